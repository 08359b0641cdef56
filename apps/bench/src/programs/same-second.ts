import { setTimeout as sleep } from 'node:timers/promises';
import type { Figures } from '../results/figures';
import type { Client } from '../servers/client';
import type { RunningServer } from '../servers/running-server';
import { ServerRun } from './server-run';
import { openSocket, repeat, send, setCommand } from './write-load';

const KEYS = 1_000_000;
const BATCH = 1000;
/** From the start of the filling to the first deadline: the slower server is filled, and has been watched, by then. */
const LEAD_MS = 12_000;
const WATCHED_BEFORE_MS = 3000;
const WATCHED_AFTER_MS = 10_000;
/** The load sets so many keys every millisecond, out of LOAD_KEYS. */
const LOAD_BATCH = 50;
const LOAD_KEYS = 10_000;
/** The memory counts as freed when at most this is in use beyond what was before, in bytes: tables shrink step by step. */
const RESIDUE_BYTES = 2 ** 20;

/** The command line of `nanoredis-bench same-second`. */
export interface SameSecondOptions {
  readonly output?: string;
}

/**
 * A million keys that expire within the same second while other keys are written: how long after the last deadline their memory is
 * free, and how long another client waits meanwhile, beside its wait under the same load before.
 */
export async function measureSameSecond({ output }: SameSecondOptions): Promise<void> {
  const run = await ServerRun.start(
    ['redis-server', 'io_uring'],
    {},
    {
      name: 'expiry-same-second',
      title: 'A million keys that expire within the same second',
      description: `${KEYS} keys with deadlines within one second, while ${LOAD_BATCH} other keys are set every millisecond: the longest wait of another client for a PING, and how long after the last deadline used_memory is within 1 MiB of what it was before.`,
      command: 'nanoredis-bench same-second',
    },
    output,
  );
  try {
    for (const server of run.servers) {
      const { before, expiring } = await measureServer(server);
      run.add(server.name, { phase: 'before' }, [before]);
      run.add(server.name, { phase: 'keys expire' }, [expiring]);
    }
  } finally {
    await run.close();
  }
}

async function measureServer(server: RunningServer): Promise<{ before: Figures; expiring: Figures }> {
  const [filler, loader, client] = await Promise.all([openSocket(server), openSocket(server), server.connect()]);
  let written = 0;
  const writeBatch = async (): Promise<void> => {
    const commands = Array.from({ length: LOAD_BATCH }, () =>
      setCommand(`load:${String(written++ % LOAD_KEYS).padStart(6, '0')}`),
    );
    await send(loader, commands);
    await sleep(1);
  };
  while (written < LOAD_KEYS) await writeBatch();
  const usedBefore = await usedBytesOf(server);
  const firstDeadlineMs = Date.now() + LEAD_MS;
  for (let first = 0; first < KEYS; first += BATCH) {
    const commands = Array.from({ length: BATCH }, (_, i) =>
      setCommand(`key:${String(first + i).padStart(12, '0')}`, 'PXAT', String(firstDeadlineMs + ((first + i) % 1000))),
    );
    await send(filler, commands);
  }
  const usedFilled = await usedBytesOf(server);
  if (Date.now() > firstDeadlineMs - WATCHED_BEFORE_MS) throw new Error(`${server.name} fills too slowly`);
  await sleep(firstDeadlineMs - WATCHED_BEFORE_MS - Date.now());
  const load = repeat(writeBatch);
  await server.longestLoopDelay();
  const before = { maxMs: await longestWait(client, firstDeadlineMs - 100), ...(await server.longestLoopDelay()) };
  let memoryBackMs = Number.NaN;
  const memoryWatch = repeat(async () => {
    await sleep(10);
    if (!Number.isNaN(memoryBackMs) || (await usedBytesOf(server)) > usedBefore + RESIDUE_BYTES) return;
    memoryBackMs = Math.max(0, Date.now() - (firstDeadlineMs + 999));
  });
  const maxMs = await longestWait(client, firstDeadlineMs + 3000);
  while (Number.isNaN(memoryBackMs) && Date.now() < firstDeadlineMs + WATCHED_AFTER_MS) await sleep(50);
  await memoryWatch.stop();
  const expiring = {
    maxMs,
    ...(await server.longestLoopDelay()),
    ...(!Number.isNaN(memoryBackMs) && { memoryBackMs }),
  };
  await load.stop();
  filler.destroy();
  loader.destroy();
  client.close();
  console.log(server.name, { usedBefore, usedFilled, before, expiring });
  return { before, expiring };
}

async function usedBytesOf(server: RunningServer): Promise<number> {
  return (await server.info('memory')).number('used_memory');
}

/** The longest wait for a PING, of one every millisecond until a time of day. */
async function longestWait(client: Client, untilMs: number): Promise<number> {
  let longestMs = 0;
  while (Date.now() < untilMs) {
    const startMs = performance.now();
    await client.call('PING');
    longestMs = Math.max(longestMs, performance.now() - startMs);
    await sleep(1);
  }
  return longestMs;
}
