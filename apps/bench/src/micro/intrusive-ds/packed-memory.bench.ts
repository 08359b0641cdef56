/**
 * Bytes of lists of a million elements and of a million small hashes: packed records against redis-server, which is started on a
 * unix socket (`used_memory` before and after). For our keys, 48 bytes and the bytes of the name are counted.
 *   npm run bench:packages -- intrusive-ds/packed-memory
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arena, PackedDeque, PackedList } from '@nanoredis/intrusive-ds';
import { report } from '../../harness/compare';

const COUNT = Number(process.argv[2] ?? 1_000_000);
const BATCH = 1000;
const KEY_BYTES = 48;

/** A pseudo-random number for an index, the same in each run. */
function scatter(i: number): number {
  const mixed = Math.imul(i ^ (i >>> 15), 0x2c1b3c6d);
  return (Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) ^ (mixed >>> 3)) >>> 0;
}

const letters = (i: number, length: number) =>
  Array.from({ length }, (_, at) => String.fromCharCode(0x67 + (scatter(i * length + at) % 20))).join('');

const bytes = (i: number, length: number) =>
  Array.from({ length }, (_, at) => String.fromCharCode(scatter(i * length + at) & 0xff)).join('');

const lists: Record<string, (i: number) => string> = {
  xxx: () => 'xxx',
  'integers 0 to 99': (i) => String(i % 100),
  'integers 0 to 999999': (i) => String(i),
  'ten random digits': (i) => String(1_000_000_000 + scatter(i)),
  'element:000000012345': (i) => `element:${String(i).padStart(12, '0')}`,
  '16 random letters': (i) => letters(i, 16),
  '16 hexadecimal digits': (i) =>
    (scatter(i).toString(16) + scatter(i + COUNT).toString(16)).padStart(16, '0').slice(0, 16),
  '16 random bytes': (i) => bytes(i, 16),
  '100 random letters': (i) => letters(i, 100),
  '100 random bytes': (i) => bytes(i, 100),
};

const hashes: Record<string, (i: number, field: number) => string> = {
  'value:0000000042': (i, field) => `value:${String((i + field) % 1e6).padStart(10, '0')}`,
  '16 random letters': (i, field) => letters(i * 10 + field, 16),
  'small numbers': (i, field) => String((i + field) % 1000),
};

class RedisServer {
  readonly #directory = mkdtempSync(join(tmpdir(), 'packed-memory-'));
  readonly #path = join(this.#directory, 'redis.sock');
  readonly #child = spawn('redis-server', ['--port', '0', '--unixsocket', this.#path, '--save', ''], {
    stdio: 'ignore',
  });
  #socket: Socket | undefined;

  /** Sends commands and resolves with the text of all replies when it has `replies` line ends. */
  async send(commands: readonly (readonly string[])[], replies: number): Promise<string> {
    const socket = await this.#connect();
    const wire = commands.map(
      (parts) => `*${parts.length}\r\n${parts.map((part) => `$${part.length}\r\n${part}\r\n`).join('')}`,
    );
    let text = '';
    let lines = 0;
    const done = new Promise<void>((resolve) => {
      const receive = (chunk: Buffer) => {
        text += chunk.toString('latin1');
        lines += chunk.toString('latin1').split('\n').length - 1;
        if (lines < replies) return;
        socket.off('data', receive);
        resolve();
      };
      socket.on('data', receive);
    });
    socket.write(wire.join(''), 'latin1');
    await done;
    return text;
  }

  async usedMemory(): Promise<number> {
    const info = await this.send([['INFO', 'memory']], 20);
    return Number(/used_memory:(\d+)/.exec(info)?.[1]);
  }

  async stop(): Promise<void> {
    this.#socket?.destroy();
    this.#child.kill();
    await once(this.#child, 'exit');
    rmSync(this.#directory, { recursive: true });
  }

  async #connect(): Promise<Socket> {
    while (this.#socket === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const socket = createConnection(this.#path);
      const isConnected = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('error', () => resolve(false));
      });
      if (isConnected) this.#socket = socket;
    }
    return this.#socket;
  }
}

const redis = new RedisServer();

async function redisBytes(commandOf: (i: number) => readonly string[]): Promise<number> {
  await redis.send([['FLUSHALL']], 1);
  const before = await redis.usedMemory();
  for (let i = 0; i < COUNT; i += BATCH) {
    await redis.send(
      Array.from({ length: BATCH }, (_, k) => commandOf(i + k)),
      BATCH,
    );
  }
  return (await redis.usedMemory()) - before;
}

function reportBytes(title: string, bytes: number, redisBytes: number): void {
  report({
    title,
    competitors: [
      { name: '@nanoredis/intrusive-ds', runs: [{ usedBytesPerElement: bytes / COUNT }] },
      { name: 'redis-server', runs: [{ usedBytesPerElement: redisBytes / COUNT }] },
    ],
  });
}

const span = (text: string) => Buffer.from(text, 'latin1');

for (const [name, textOf] of Object.entries(lists)) {
  const arena = new Arena();
  const deques = new PackedDeque(arena);
  const root = deques.create();
  for (let i = 0; i < COUNT; i++) {
    const text = span(textOf(i));
    deques.pushBack(root, text, 0, text.length);
  }
  reportBytes(`a list of ${name}`, arena.used, await redisBytes((i) => ['RPUSH', 'list', textOf(i)]));
}

for (const [name, textOf] of Object.entries(hashes)) {
  const arena = new Arena();
  const packedLists = new PackedList(arena);
  for (let i = 0; i < COUNT; i++) {
    let list = packedLists.create();
    for (let field = 0; field < 10; field++) {
      const key = span(`field:${field}`);
      const value = span(textOf(i, field));
      list = packedLists.append(list, key, 0, key.length);
      list = packedLists.append(list, value, 0, value.length);
    }
  }
  const keyBytes = COUNT * (KEY_BYTES + `hash:${COUNT}`.length);
  const commandOf = (i: number) => [
    'HSET',
    `hash:${i}`,
    ...Array.from({ length: 10 }, (_, field) => [`field:${field}`, textOf(i, field)]).flat(),
  ];
  reportBytes(`hashes of ten fields, ${name}`, arena.used + keyBytes, await redisBytes(commandOf));
}
await redis.stop();
