import { setTimeout as sleep } from 'node:timers/promises';
import type { Figures } from '../results/figures';
import type { RunningServer } from '../servers/running-server';
import { ServerRun } from './server-run';
import { FullWriteLoad } from './write-load';

const MEBIBYTE = 2 ** 20;
const LIMIT_BYTES = 50 * MEBIBYTE;
/** Many times as many keys as the limit has space for. */
const KEYSPACE = 5_000_000;
const ASK_EVERY_MS = 10;

/** The command line of `nanoredis-bench overshoot`. */
export interface OvershootOptions {
  readonly seconds: number;
  readonly output?: string;
}

/**
 * How far used_memory goes beyond maxmemory under full write load: redis-benchmark sets new keys as fast as it can, and INFO is asked
 * every ten milliseconds.
 */
export async function measureOvershoot({ seconds, output }: OvershootOptions): Promise<void> {
  const run = await ServerRun.start(
    ['redis-server', 'io_uring'],
    { maxmemory: String(LIMIT_BYTES), 'maxmemory-policy': 'allkeys-lru' },
    {
      name: 'eviction-overshoot',
      title: 'Memory at the limit under full write load',
      description: `How far used_memory goes above and below a maxmemory of 50 MiB in ${seconds} s, while redis-benchmark sets new keys at pipeline 16.`,
      command: `nanoredis-bench overshoot --seconds ${seconds}`,
    },
    output,
  );
  try {
    for (const server of run.servers) {
      run.add(server.name, { policy: 'allkeys-lru' }, [await measureServer(server, seconds)]);
    }
  } finally {
    await run.close();
  }
}

async function measureServer(server: RunningServer, seconds: number): Promise<Figures> {
  const client = await server.connect();
  const load = new FullWriteLoad(server, KEYSPACE);
  const usedBytes = async (): Promise<number> =>
    Number(/used_memory:(\d+)/.exec(String(await client.call('INFO', 'memory')))?.[1]);
  while ((await usedBytes()) < LIMIT_BYTES * 0.99) await sleep(ASK_EVERY_MS);
  let highest = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(ASK_EVERY_MS)) {
    const used = await usedBytes();
    highest = Math.max(highest, used);
    lowest = Math.min(lowest, used);
  }
  await load.stop();
  client.close();
  const evicted = (await server.info('stats')).number('evicted_keys');
  if (!(evicted > 0)) throw new Error(`${server.name} has evicted nothing`);
  console.log(server.name, { highest, lowest, evicted });
  return {
    overLimitMebibytes: (highest - LIMIT_BYTES) / MEBIBYTE,
    underLimitMebibytes: (LIMIT_BYTES - lowest) / MEBIBYTE,
  };
}
