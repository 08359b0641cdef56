import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { cpus, release } from 'node:os';
import { fileURLToPath } from 'node:url';

/** How the two compared servers start, without persistence; each gets `options` and a port besides. */
export const subjects = {
  'redis-server': ['redis-server', '--save', '', '--appendonly', 'no'],
  nanoredis: [process.execPath, fileURLToPath(new URL('../../apps/server/dist/cli.js', import.meta.url))],
};

/** Starts a server on a free port and waits for its first answer; `stop` ends it. However this process ends, so does the server. */
export async function startServer(name, options) {
  const port = await freePort();
  const [program, ...args] = subjects[name];
  const child = spawn(program, [...args, ...options, '--port', String(port)], { stdio: 'ignore' });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  for (let attempt = 0; ; attempt++) {
    try {
      const client = await Pipeline.open(port);
      const stop = () =>
        new Promise((resolve) => {
          client.close();
          child.once('exit', resolve);
          kill();
          process.off('exit', kill);
        });
      return { name, port, pid: child.pid, client, stop };
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** A connection that sends many commands at once and counts their replies, which are single lines or bulk strings. */
export class Pipeline {
  #socket;
  #rest = Buffer.alloc(0);
  #replies = [];
  #expected = 0;
  #done = null;
  #fail = null;

  static open(port) {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Pipeline(socket)));
      socket.once('error', reject);
    });
  }

  constructor(socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('close', () => this.#fail?.(new Error('the server has closed the connection')));
  }

  /** Sends what is written already and resolves with its `count` replies: null for none, else their text. */
  send(bytes, count) {
    return new Promise((resolve, reject) => {
      this.#replies = [];
      this.#expected = count;
      this.#done = resolve;
      this.#fail = reject;
      this.#socket.write(bytes);
    });
  }

  async call(...args) {
    const text = `*${args.length}\r\n${args.map((arg) => `$${arg.length}\r\n${arg}\r\n`).join('')}`;
    return (await this.send(text, 1))[0];
  }

  close() {
    this.#fail = null;
    this.#socket.destroy();
  }

  #receive(received) {
    let bytes = this.#rest.length === 0 ? received : Buffer.concat([this.#rest, received]);
    let at = 0;
    for (;;) {
      const lineEnd = bytes.indexOf(13, at);
      if (lineEnd < 0 || lineEnd + 1 >= bytes.length) break;
      const mark = bytes[at];
      if (mark !== 0x24) {
        this.#replies.push(bytes.latin1Slice(at + 1, lineEnd));
        if (mark === 0x2d) this.#fail?.(new Error(this.#replies.at(-1)));
        at = lineEnd + 2;
        continue;
      }
      const length = Number(bytes.latin1Slice(at + 1, lineEnd));
      if (length < 0) {
        this.#replies.push(null);
        at = lineEnd + 2;
        continue;
      }
      const end = lineEnd + 2 + length + 2;
      if (end > bytes.length) break;
      this.#replies.push(bytes.latin1Slice(lineEnd + 2, end - 2));
      at = end;
    }
    this.#rest = bytes.subarray(at);
    bytes = null;
    if (this.#replies.length >= this.#expected && this.#done !== null) {
      const done = this.#done;
      this.#done = null;
      done(this.#replies);
    }
  }
}

/** Figures of INFO by name. */
export async function infoOf(client) {
  return Object.fromEntries(
    (await client.call('INFO', 'everything')).split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );
}

/** Writes figures with the machine and the date to bench/results/NAME.json. */
export function writeResults(name, figures) {
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  const processors = cpus();
  const machine = {
    date: new Date().toISOString(),
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    kernel: release(),
    node: process.versions.node,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify({ machine, ...figures }, null, 2)}\n`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
