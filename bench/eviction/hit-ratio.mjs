// Hit ratios of a cache (GET, and SET of what was missing) under an LRU and an LFU policy, beside true LRU of the same number of keys.
//   node bench/eviction/hit-ratio.mjs [--keys 100000] [--requests 1000000] [--policies allkeys-lru,allkeys-lfu] [--write]
// Each server gets the same traces, and room for the same number of keys: maxmemory is what so many keys take in that server.
import { parseArgs } from 'node:util';
import { infoOf, startServer, subjects, writeResults } from './servers.mjs';
import { traces, trueLruHits } from './traces.mjs';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '1000000' },
    policies: { type: 'string', default: 'allkeys-lru,allkeys-lfu' },
    traces: { type: 'string', default: Object.keys(traces).join() },
    write: { type: 'boolean', default: false },
  },
});
const keys = Number(values.keys);
const requests = Number(values.requests);
const shares = [0.01, 0.1, 0.5];
const batch = 200;
const value = 'v'.repeat(32);
const nameOf = (key) => `key:${String(key).padStart(12, '0')}`;
const getOf = (key) => `*2\r\n$3\r\nGET\r\n$16\r\n${nameOf(key)}\r\n`;
const setOf = (key) => `*3\r\n$3\r\nSET\r\n$16\r\n${nameOf(key)}\r\n$32\r\n${value}\r\n`;

/** Lets a server hold so many keys of the traces and no more; the limit in bytes. */
async function limitTo({ client }, count) {
  await client.call('CONFIG', 'SET', 'maxmemory', '0');
  await client.call('FLUSHALL');
  const room = [];
  for (let key = 0; key < count; key += batch) {
    const names = Array.from({ length: Math.min(batch, count - key) }, (_, i) => setOf(keys + key + i));
    await client.send(names.join(''), names.length);
  }
  room.push(Number((await infoOf(client)).used_memory));
  await client.call('FLUSHALL');
  await client.call('CONFIG', 'SET', 'maxmemory', String(room[0]));
}

async function hitsOf({ client }, trace) {
  let hits = 0;
  for (let start = 0; start < trace.length; start += batch) {
    const asked = trace.subarray(start, start + batch);
    const replies = await client.send(Array.from(asked, getOf).join(''), asked.length);
    const missing = new Set();
    replies.forEach((reply, i) => {
      // A second request for a key in the same batch finds what the first one has put there.
      if (reply !== null || missing.has(asked[i])) hits++;
      else missing.add(asked[i]);
    });
    if (missing.size > 0) await client.send(Array.from(missing, setOf).join(''), missing.size);
  }
  return hits;
}

const figures = [];
const percent = (hits) => Number(((hits * 100) / requests).toFixed(3));
const servers = [];
try {
  for (const name of Object.keys(subjects)) servers.push(await startServer(name, ['--maxmemory-samples', '5']));
  for (const name of values.traces.split(',')) {
    const trace = traces[name](keys, requests);
    for (const share of shares) {
      const count = Math.floor(keys * share);
      const row = { trace: name, share, 'true LRU': percent(trueLruHits(trace, keys, count)) };
      for (const policy of values.policies.split(',')) {
        for (const server of servers) {
          await server.client.call('CONFIG', 'SET', 'maxmemory-policy', policy);
          await limitTo(server, count);
          row[`${server.name} ${policy}`] = percent(await hitsOf(server, trace));
          row[`${server.name} ${policy} keys`] = Number(await server.client.call('DBSIZE'));
        }
      }
      figures.push(row);
      console.log(JSON.stringify(row));
    }
  }
  if (values.write) writeResults('eviction-hit-ratio', { keys, requests, batch, samples: 5, figures });
} finally {
  await Promise.all(servers.map((server) => server.stop()));
}
