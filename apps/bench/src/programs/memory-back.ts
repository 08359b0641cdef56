import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeCommand } from '@nanoredis/resp-codec';
import type { Figures } from '../results/figures';
import { residentBytesOf } from '../servers/process-figures';
import type { RunningServer } from '../servers/running-server';
import { ServerRun } from './server-run';
import { openSocket } from './write-load';

const MEBIBYTE = 2 ** 20;
/** What a server has to give its memory back. */
const TIME_TO_GIVE_BACK_MS = 10_000;
/** What a server rests between two cases, after its memory was purged. */
const REST_MS = 3000;
const LINE_FEED = 0x0a;
/** Bytes of requests that are sent before their replies are waited for. */
const MAX_BYTES_IN_FLIGHT = 2 ** 20;
const SOAK_MS = 20_000;

/** The command line of `nanoredis-bench memory-back`. */
export interface MemoryBackOptions {
  readonly servers: readonly string[];
  /** Names of `memoryBackCases`; all of them if left out. */
  readonly cases?: readonly string[];
  readonly output?: string;
}

/** Fills a server, and empties it again but for a few survivors. */
type Case = (server: RunningServer, socket: Socket) => Promise<void>;

/** The cases by name: what is left behind after each is a small part of the memory that it needed. */
export const memoryBackCases: Readonly<Record<string, Case>> = {
  '5,000 × 100 KB, 1 of 100 stays': (_server, socket) =>
    fillAndThin(socket, 5000, setOf(100_000), (i) => i % 100 === 0),
  '300,000 × 1 KB, 1 of 100 stays': (_server, socket) =>
    fillAndThin(socket, 300_000, setOf(1000), (i) => i % 100 === 0),
  'FLUSHALL of 300 MB': async (_server, socket) => {
    await fill(socket, 300_000, setOf(1000));
    await send(socket, [encodeCommand(['FLUSHALL'])]);
  },
  '300 MB of replies unread': async (server, socket) => {
    await send(socket, [encodeCommand(['SET', 'big', 'x'.repeat(100_000)])]);
    const client = await openSocket(server);
    client.pause();
    client.write(Buffer.concat(Array.from({ length: 3000 }, () => encodeCommand(['GET', 'big']))));
    await sleep(REST_MS);
    client.destroy();
  },
  'a request of 200 MB': async (_server, socket) => {
    await send(socket, [encodeCommand(['SET', 'huge', Buffer.alloc(200_000_000, 'x')])]);
    await send(socket, [encodeCommand(['DEL', 'huge'])]);
  },
  soak,
  '3,000,000 × 100 B, 1 of 50 stays at random': (_server, socket) =>
    fillAndThin(socket, 3_000_000, setOf(100), survives),
  '300,000 × 1 KB, 1 of 50 stays at random': (_server, socket) => fillAndThin(socket, 300_000, setOf(1000), survives),
};

/**
 * What of the memory of a server comes back within ten seconds after it was needed, how long another client waits meanwhile, and what
 * is left after MEMORY PURGE.
 */
export async function measureMemoryBack({
  servers,
  cases = Object.keys(memoryBackCases),
  output,
}: MemoryBackOptions): Promise<void> {
  const run = await ServerRun.start(
    servers,
    {},
    {
      name: 'memory-back',
      title: 'Memory that comes back',
      description: `RSS ten seconds after most of the data are gone, beyond that of the empty server before the case (added), and after MEMORY PURGE; what a client waits for a PING every millisecond in those ten seconds. Where survivors are spread at random, NanoRedis runs with activedefrag, and ignores 10 MiB of fragmentation.`,
      command: 'nanoredis-bench memory-back',
    },
    output,
  );
  try {
    for (const name of cases) {
      const prepare = memoryBackCases[name];
      if (prepare === undefined) throw new Error(`there is no case '${name}'`);
      for (const server of run.servers) {
        const [after, purged] = await measureCase(server, name, prepare);
        run.add(server.name, { case: name, when: 'after 10 s' }, [after]);
        run.add(server.name, { case: name, when: 'purged' }, [purged]);
      }
    }
  } finally {
    await run.close();
  }
}

async function measureCase(
  server: RunningServer,
  name: string,
  prepare: Case,
): Promise<[after: Figures, purged: Figures]> {
  const socket = await openSocket(server);
  await send(socket, [encodeCommand(['FLUSHALL']), encodeCommand(['MEMORY', 'PURGE'])]);
  // Refused by a redis-server without a jemalloc of its own.
  const defragments = name.includes('at random') ? 'yes' : 'no';
  await send(socket, [encodeCommand(['CONFIG', 'SET', 'active-defrag-ignore-bytes', '10mb'])]);
  await send(socket, [encodeCommand(['CONFIG', 'SET', 'activedefrag', defragments])]);
  await sleep(REST_MS);
  const pid = await server.findPid();
  if (pid === null) throw new Error(`${server.name} does not tell its process`);
  const idleBytes = residentBytesOf(pid);
  await prepare(server, socket);
  await server.longestLoopDelay();
  const waits = await waitsDuring(TIME_TO_GIVE_BACK_MS, socket);
  const after = { ...(await figuresOf(server, pid, idleBytes)), ...waits, ...(await server.longestLoopDelay()) };
  await send(socket, [encodeCommand(['MEMORY', 'PURGE'])]);
  await sleep(500);
  const purged = await figuresOf(server, pid, idleBytes);
  socket.destroy();
  console.log(server.name, name, { after, purged });
  return [after, purged];
}

async function figuresOf(server: RunningServer, pid: number, idleBytes: number): Promise<Figures> {
  const residentBytes = residentBytesOf(pid);
  return {
    residentMebibytes: residentBytes / MEBIBYTE,
    addedMebibytes: (residentBytes - idleBytes) / MEBIBYTE,
    usedMebibytes: (await server.info('memory')).number('used_memory') / MEBIBYTE,
  };
}

async function waitsDuring(ms: number, socket: Socket): Promise<Figures> {
  const ping = [encodeCommand(['PING'])];
  const endMs = performance.now() + ms;
  let maxMs = 0;
  for (; performance.now() < endMs; await sleep(1)) {
    const startMs = performance.now();
    await send(socket, ping);
    maxMs = Math.max(maxMs, performance.now() - startMs);
  }
  return { maxMs };
}

function setOf(bytes: number): (i: number) => Uint8Array {
  const value = 'x'.repeat(bytes);
  return (i) => encodeCommand(['SET', `key:${i}`, value]);
}

/** One of 50, at random but always the same. */
function survives(i: number): boolean {
  return Math.imul(i ^ 0x5bd1e995, 2654435761) >>> 0 < 2 ** 32 / 50;
}

async function fillAndThin(
  socket: Socket,
  count: number,
  write: (i: number) => Uint8Array,
  stays: (i: number) => boolean,
): Promise<void> {
  await fill(socket, count, write);
  await fill(socket, count, (i) => (stays(i) ? null : encodeCommand(['DEL', `key:${i}`])));
}

/** Keys of all sizes that are written and deleted at random. */
async function soak(_server: RunningServer, socket: Socket): Promise<void> {
  const sizes = [20, 60, 200, 700, 2000, 9000, 40_000].map((bytes) => 'x'.repeat(bytes));
  let random = 1;
  const next = (below: number): number => {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    return (random >>> 8) % below;
  };
  for (const endMs = performance.now() + SOAK_MS; performance.now() < endMs; ) {
    await fill(socket, 100, () => {
      const key = `key:${next(30_000)}`;
      if (next(2) === 0) return encodeCommand(['DEL', key]);
      const value = sizes[next(sizes.length)]!;
      return encodeCommand(['SET', key, value.slice(next(value.length >>> 1))]);
    });
  }
}

/** Sends the commands 0 to `count`, of which some may be null, whose replies have one line each. */
async function fill(socket: Socket, count: number, command: (i: number) => Uint8Array | null): Promise<void> {
  let batch: Uint8Array[] = [];
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const request = command(i);
    if (request === null) continue;
    batch.push(request);
    bytes += request.length;
    if (bytes < MAX_BYTES_IN_FLIGHT) continue;
    await send(socket, batch);
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) await send(socket, batch);
}

/** Sends commands whose replies have one line each, and waits for all of them. */
async function send(socket: Socket, commands: readonly Uint8Array[]): Promise<void> {
  let missing = commands.length;
  socket.write(Buffer.concat(commands));
  while (missing > 0) {
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    for (const byte of bytes) if (byte === LINE_FEED) missing--;
  }
}
