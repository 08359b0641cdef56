import type { Figures } from '../results/figures';
import type { RunningServer } from '../servers/running-server';
import { CacheClient } from './cache-client';
import { ServerRun } from './server-run';
import { type Trace, traces, trueLruHits } from './traces';

/** The parts of the keys that the compared caches have space for. */
const SHARES = [0.01, 0.1, 0.5];
/** Requests that are sent at once. A second request for a key of the same batch counts as a hit: the first has set it by then. */
const BATCH = 200;
const SAMPLES = '5';
/** Requests after which the keys of a server are counted, and how often its limit is corrected by the difference. */
const TRIAL_REQUESTS = 50_000;
const CORRECTIONS = 4;
/** The share by which the number of keys at the end may differ. A twentieth more capacity changes a hit ratio by less than a point. */
const MAX_DEVIATION = 0.05;

/** The command line of `nanoredis-bench hit-ratio`. */
export interface HitRatioOptions {
  readonly keys: number;
  readonly requests: number;
  readonly policies: readonly string[];
  /** Names of traces; all when undefined. */
  readonly traces?: readonly string[];
  readonly output?: string;
}

/**
 * Hit ratios of a cache (GET, and SET when it misses) under the LRU and LFU policies, beside those of true LRU with the same number of
 * keys, whose rows are those of a server called `true LRU`. Every server gets the same traces and space for the same number of keys:
 * maxmemory is what so many keys take in that server, which is checked at the end.
 */
export async function measureHitRatios(options: HitRatioOptions): Promise<void> {
  const { keys, requests, policies, output } = options;
  const run = await ServerRun.start(
    ['redis-server', 'io_uring'],
    { 'maxmemory-samples': SAMPLES },
    {
      name: 'eviction-hit-ratio',
      title: 'Hit ratios under maxmemory',
      description: `${requests} requests of ${keys} keys with space for a part of them, ${SAMPLES} samples; a key that is missing is set.`,
      command: `nanoredis-bench hit-ratio --requests ${requests}`,
    },
    output,
  );
  try {
    const clients = await Promise.all(run.servers.map((server) => CacheClient.open(server, BATCH)));
    for (const name of options.traces ?? Object.keys(traces)) {
      const trace = traces[name]!(keys, requests);
      for (const share of SHARES) {
        const capacity = Math.floor(keys * share);
        for (const policy of policies) {
          const dimensions = { trace: name, capacity: `${share * 100} %`, policy };
          if (policy.endsWith('lru')) {
            run.add('true LRU', dimensions, [hitPercent(trueLruHits(trace, keys, capacity), trace)]);
          }
          // Both servers run at the same time: no clock is involved.
          const measured = run.servers.map((server, i) =>
            measureServer({ server, client: clients[i]!, policy, keys, capacity, trace }),
          );
          for (const [i, figures] of (await Promise.all(measured)).entries()) {
            const { name: server } = run.servers[i]!;
            run.add(server, dimensions, [figures]);
            console.log(JSON.stringify({ ...dimensions, server, ...figures }));
          }
        }
      }
    }
    for (const client of clients) client.close();
  } finally {
    await run.close();
  }
}

interface Order {
  readonly server: RunningServer;
  readonly client: CacheClient;
  readonly policy: string;
  /** The keys of the trace are below this. */
  readonly keys: number;
  /** How many keys the server shall have space for. */
  readonly capacity: number;
  readonly trace: Trace;
}

async function measureServer(order: Order): Promise<Figures> {
  const { server, client, policy, capacity, trace } = order;
  await server.ask('CONFIG', 'SET', 'maxmemory-policy', policy);
  await limitKeys(order);
  const figures = hitPercent(await countHits(client, trace), trace);
  const held = await client.count();
  const expected = Math.min(capacity, new Set(trace).size);
  if (Math.abs(held - expected) > expected * MAX_DEVIATION) {
    throw new Error(`${server.name} holds ${held} keys instead of ${expected}`);
  }
  return figures;
}

/**
 * Sets maxmemory so that the server holds `capacity` keys of the trace. The limit counts the buffers of connections too, whose sizes
 * change in redis-server and equal hundreds of keys, so the limit is corrected until the right number of keys stays.
 */
async function limitKeys({ server, client, keys, capacity, trace }: Order): Promise<void> {
  await server.ask('CONFIG', 'SET', 'maxmemory', '0');
  await server.ask('FLUSHALL');
  const emptyBytes = (await server.info('memory')).number('used_memory');
  for (const batch of unusedKeys(keys, 0, capacity)) await client.set(batch);
  let limitBytes = (await server.info('memory')).number('used_memory');
  const keyBytes = (limitBytes - emptyBytes) / capacity;
  for (let corrections = 0; ; corrections++) {
    await server.ask('FLUSHALL');
    await server.ask('CONFIG', 'SET', 'maxmemory', String(Math.ceil(limitBytes)));
    if (corrections === CORRECTIONS) return;
    for (const batch of unusedKeys(keys, capacity, 2 * capacity)) await client.set(batch);
    await countHits(client, trace.subarray(0, TRIAL_REQUESTS));
    limitBytes += (capacity - (await client.count())) * keyBytes;
  }
}

/** Batches of keys that no trace requests: the `start`-th of them up to before the `end`-th. */
function* unusedKeys(keys: number, start: number, end: number): Generator<Uint32Array> {
  for (let first = start; first < end; first += BATCH) {
    yield Uint32Array.from({ length: Math.min(BATCH, end - first) }, (_, i) => keys + first + i);
  }
}

async function countHits(client: CacheClient, trace: Trace): Promise<number> {
  let hits = 0;
  for (let start = 0; start < trace.length; start += BATCH) {
    const requested = trace.subarray(start, start + BATCH);
    const found = await client.get(requested);
    const missing = new Set<number>();
    for (const [i, key] of requested.entries()) {
      if (found[i] === 1 || missing.has(key)) hits++;
      else missing.add(key);
    }
    if (missing.size > 0) await client.set([...missing]);
  }
  return hits;
}

function hitPercent(hits: number, trace: Trace): Figures {
  return { hitPercent: (hits * 100) / trace.length };
}
