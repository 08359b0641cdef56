import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from 'simple-statistics';
import type { Figures } from '../results/figures';
import type { Client } from '../servers/client';
import { InfoText } from '../servers/info-text';
import { residentBytesOf } from '../servers/process-figures';
import type { RunningServer } from '../servers/running-server';
import { ServerRun } from './server-run';
import { FullWriteLoad, openSocket, send, setCommand } from './write-load';

const KEYS = 5_000_000;
const BATCH = 1000;
const LOAD_KEYSPACE = 10_000;
/** A load that has just started is not measured yet. */
const LOAD_WARM_UP_MS = 500;
const WATCHED_BEFORE_MS = 3000;
/** What is watched after the memory is free, because the pages behind it are given back to the kernel later. */
const WATCHED_AFTER_MS = 1000;
const MEMORY_BACK_LIMIT_MS = 20_000;
/** The memory counts as freed when used_memory is within this many bytes of what the load alone takes: tables shrink step by step. */
const RESIDUE_BYTES = 2 ** 20;
const MEBIBYTE = 2 ** 20;
const ASK_MEMORY_EVERY_MS = 10;

/** The command line of `nanoredis-bench flush-async`. */
export interface FlushAsyncOptions {
  readonly servers: readonly string[];
  readonly rounds: number;
  readonly output?: string;
}

/**
 * FLUSHALL ASYNC of five million keys while redis-benchmark writes others as fast as it can: how long another client waits for a PING
 * until the memory is free, beside its wait under the same load before, and how long that takes.
 */
export async function measureFlushAsync({ servers, rounds, output }: FlushAsyncOptions): Promise<void> {
  const run = await ServerRun.start(
    servers,
    {},
    {
      name: 'flush-async',
      title: 'FLUSHALL ASYNC of five million keys under full load',
      description: `How long a client waits for a PING every millisecond while redis-benchmark sets keys of 10,000 at pipeline 16: before FLUSHALL ASYNC of ${KEYS} keys, and from it until a second after the memory is free. Free means that nothing is left to be freed and used_memory is within 1 MiB of what it was before the keys. RSS is that of the end.`,
      command: `nanoredis-bench flush-async --rounds ${rounds}`,
    },
    output,
  );
  try {
    const measured = run.servers.map((server) => ({ server, before: [] as Figures[], flushing: [] as Figures[] }));
    for (let round = 0; round < rounds; round++) {
      for (const { server, before, flushing } of measured) {
        const figures = await measureServer(server);
        before.push(figures.before);
        flushing.push(figures.flushing);
      }
    }
    for (const { server, before, flushing } of measured) {
      run.add(server.name, { phase: 'before' }, before);
      run.add(server.name, { phase: 'FLUSHALL ASYNC' }, flushing);
    }
  } finally {
    await run.close();
  }
}

async function measureServer(server: RunningServer): Promise<{ before: Figures; flushing: Figures }> {
  const [client, observer] = await Promise.all([server.connect(), server.connect()]);
  const loadAlone = new FullWriteLoad(server, LOAD_KEYSPACE);
  await sleep(LOAD_WARM_UP_MS);
  const usedBytes = (await server.info('memory')).number('used_memory');
  await loadAlone.stop();
  await fill(server);
  const load = new FullWriteLoad(server, LOAD_KEYSPACE);
  await sleep(LOAD_WARM_UP_MS);
  await server.longestLoopDelay();
  const before = { ...(await waitsUntil(sleep(WATCHED_BEFORE_MS), client)), ...(await server.longestLoopDelay()) };
  await observer.call('FLUSHALL', 'ASYNC');
  const freed = memoryBack(observer, usedBytes + RESIDUE_BYTES);
  const waits = await waitsUntil(
    freed.then(() => sleep(WATCHED_AFTER_MS)),
    client,
  );
  const memoryBackMs = await freed;
  const pid = await server.findPid();
  const flushing = {
    ...waits,
    ...(await server.longestLoopDelay()),
    ...(memoryBackMs !== null && { memoryBackMs }),
    ...(pid !== null && { residentMebibytes: residentBytesOf(pid) / MEBIBYTE }),
  };
  await load.stop();
  for (const each of [client, observer]) each.close();
  console.log(server.name, { usedBytes, before, flushing });
  return { before, flushing };
}

async function fill(server: RunningServer): Promise<void> {
  const socket = await openSocket(server);
  for (let first = 0; first < KEYS; first += BATCH) {
    const commands = Array.from({ length: BATCH }, (_, i) =>
      setCommand(`flushed:${String(first + i).padStart(9, '0')}`),
    );
    await send(socket, commands);
  }
  socket.destroy();
}

/** Sends PING every millisecond until `end` resolves. */
async function waitsUntil(end: Promise<unknown>, client: Client): Promise<Figures> {
  const waits: number[] = [];
  let isOver = false;
  end.finally(() => {
    isOver = true;
  });
  for (; !isOver; await sleep(1)) {
    const startMs = performance.now();
    await client.call('PING');
    waits.push(performance.now() - startMs);
  }
  const [p50Ms = 0, p99Ms = 0, p999Ms = 0, maxMs = 0] = quantile(waits, [0.5, 0.99, 0.999, 1]);
  return { p50Ms, p99Ms, p999Ms, maxMs };
}

/** Milliseconds from now until used_memory is down and nothing is left to be freed; null when that takes too long. */
async function memoryBack(client: Client, targetBytes: number): Promise<number | null> {
  const startMs = performance.now();
  for (; performance.now() < startMs + MEMORY_BACK_LIMIT_MS; await sleep(ASK_MEMORY_EVERY_MS)) {
    const info = new InfoText(String(await client.call('INFO', 'memory')));
    if (info.number('lazyfree_pending_objects') === 0 && info.number('used_memory') <= targetBytes) {
      return performance.now() - startMs;
    }
  }
  return null;
}
