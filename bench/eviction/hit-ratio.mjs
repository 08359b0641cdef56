/**
 * Hit ratios of a cache (GET, and SET of what was missing) under an LRU and an LFU policy, beside true LRU of the same number of keys, whose
 * rows are those of a server that is called `true LRU`. Each server gets the same traces, and room for the same number of keys: maxmemory is
 * what so many keys take in that server, which is checked at the end.
 *   npm run build && node bench/eviction/hit-ratio.mjs [--traces 'zipf 0.9;loop'] [--output FILE]
 */
import { parseArgs } from 'node:util';
import { ServerRun } from '../server-run.mjs';
import { CacheClient } from './cache-client.mjs';
import { traces, trueLruHits } from './traces.mjs';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '10000000' },
    policies: { type: 'string', default: 'allkeys-lru,allkeys-lfu' },
    traces: { type: 'string', default: Object.keys(traces).join(';') },
    output: { type: 'string' },
  },
});
const keys = Number(values.keys);
const requests = Number(values.requests);
const SHARES = [0.01, 0.1, 0.5];
/** Requests that are sent at once; a second one for a key among them finds what the first one has put there. */
const BATCH = 200;
const SAMPLES = '5';
/** Requests after which it is looked how many keys a server holds, and times that its limit is mended by what is missing or too much. */
const REHEARSAL = 50_000;
const MENDINGS = 4;
/** Share of the keys by which what is held at the end may be off; a twentieth more room is worth less than a point. */
const MOST_OFF = 0.05;

/** Keys that no trace asks for, from the `start`-th to before the `end`-th of them. */
function* batchesOf(start, end) {
  for (let first = start; first < end; first += BATCH) {
    yield Uint32Array.from({ length: Math.min(BATCH, end - first) }, (_, i) => keys + first + i);
  }
}

/**
 * Lets a server hold so many keys of a trace and no more. The limit counts buffers of connections too, which come and go in redis-server and weigh
 * as much as hundreds of keys: so it is mended until the trace leaves the right number.
 */
async function limitTo(server, client, count, trace) {
  await server.ask('CONFIG', 'SET', 'maxmemory', '0');
  await server.ask('FLUSHALL');
  const emptyBytes = (await server.info('memory')).number('used_memory');
  for (const batch of batchesOf(0, count)) await client.set(batch);
  let room = (await server.info('memory')).number('used_memory');
  const keyBytes = (room - emptyBytes) / count;
  for (let mending = 0; mending <= MENDINGS; mending++) {
    await server.ask('FLUSHALL');
    await server.ask('CONFIG', 'SET', 'maxmemory', String(Math.ceil(room)));
    if (mending === MENDINGS) break;
    for (const batch of batchesOf(count, 2 * count)) await client.set(batch);
    await hitsOf(client, trace.subarray(0, REHEARSAL));
    room += (count - (await client.count())) * keyBytes;
  }
}

async function hitsOf(client, trace) {
  let hits = 0;
  for (let start = 0; start < trace.length; start += BATCH) {
    const asked = trace.subarray(start, start + BATCH);
    const found = await client.get(asked);
    const missing = new Set();
    for (let i = 0; i < asked.length; i++) {
      if (found[i] === 1 || missing.has(asked[i])) hits++;
      else missing.add(asked[i]);
    }
    if (missing.size > 0) await client.set([...missing]);
  }
  return hits;
}

const percentOf = (hits) => ({ hitPercent: (hits * 100) / requests });

const run = await ServerRun.start(
  ['redis-server', 'io_uring'],
  { 'maxmemory-samples': SAMPLES },
  {
    name: 'eviction-hit-ratio',
    title: 'Hit ratios under maxmemory',
    description: `${requests} requests of ${keys} keys with room for a part of them, ${SAMPLES} samples; what is missing is set.`,
    command: `node bench/eviction/hit-ratio.mjs --requests ${requests}`,
    reference: 'redis-server',
  },
  values.output,
);
try {
  const clients = await Promise.all(run.servers.map((server) => CacheClient.open(server, BATCH)));
  for (const name of values.traces.split(';')) {
    const trace = traces[name](keys, requests);
    const distinct = new Set(trace).size;
    for (const share of SHARES) {
      const count = Math.floor(keys * share);
      const room = `${share * 100} %`;
      for (const policy of values.policies.split(',')) {
        const dimensions = { trace: name, room, policy };
        if (policy.endsWith('lru')) run.add('true LRU', dimensions, [percentOf(trueLruHits(trace, keys, count))]);
        // Side by side: neither is measured by the clock.
        const measured = run.servers.map(async (server, i) => {
          await server.ask('CONFIG', 'SET', 'maxmemory-policy', policy);
          await limitTo(server, clients[i], count, trace);
          const figures = percentOf(await hitsOf(clients[i], trace));
          const held = await clients[i].count();
          const expected = Math.min(count, distinct);
          if (Math.abs(held - expected) > expected * MOST_OFF) {
            throw new Error(`${server.name} holds ${held} keys instead of ${expected}`);
          }
          return figures;
        });
        for (const [i, figures] of (await Promise.all(measured)).entries()) {
          run.add(run.servers[i].name, dimensions, [figures]);
          console.log(JSON.stringify({ ...dimensions, server: run.servers[i].name, ...figures }));
        }
      }
    }
  }
  for (const client of clients) client.close();
} finally {
  await run.close();
}
