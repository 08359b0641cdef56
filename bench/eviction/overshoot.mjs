/**
 * How far used_memory goes beyond maxmemory at 100 % write load: redis-benchmark sets new keys as fast as it can, and INFO is asked every
 * ten milliseconds.
 *   npm run build && node bench/eviction/overshoot.mjs [--seconds 60] [--output FILE]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ServerRun } from '../server-run.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, output: { type: 'string' } } });
const seconds = Number(values.seconds);
const LIMIT_BYTES = 50 * 2 ** 20;
const MEBIBYTE = 2 ** 20;
const ASK_EVERY_MS = 10;

/** Sets keys of 5 million until it is killed. */
function load({ port }) {
  const args = ['-p', port, '-t', 'set', '-n', 1_000_000_000, '-r', 5_000_000, '-P', 16, '-d', 32, '-q'];
  const child = spawn('redis-benchmark', args.map(String), { stdio: 'ignore' });
  process.once('exit', () => child.kill());
  return child;
}

async function measure(server) {
  const client = await server.connect();
  const child = load(server);
  const usedBytes = async () => Number(/used_memory:(\d+)/.exec(await client.call('INFO', 'memory'))[1]);
  while ((await usedBytes()) < LIMIT_BYTES * 0.99) await sleep(ASK_EVERY_MS);
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(ASK_EVERY_MS)) {
    const used = await usedBytes();
    most = Math.max(most, used);
    least = Math.min(least, used);
  }
  child.kill();
  await once(child, 'exit');
  client.close();
  const evicted = (await server.info('stats')).number('evicted_keys');
  if (!(evicted > 0)) throw new Error(`${server.name} has evicted nothing`);
  console.log(server.name, { most, least, evicted });
  return { overLimitMebibytes: (most - LIMIT_BYTES) / MEBIBYTE, underLimitMebibytes: (LIMIT_BYTES - least) / MEBIBYTE };
}

const run = await ServerRun.start(
  ['redis-server', 'io_uring'],
  { maxmemory: String(LIMIT_BYTES), 'maxmemory-policy': 'allkeys-lru' },
  {
    name: 'eviction-overshoot',
    title: 'Memory at the limit under full write load',
    description: `How far used_memory goes beyond and below a maxmemory of 50 MiB in ${seconds} s, while redis-benchmark sets ever new keys at pipeline 16.`,
    command: `node bench/eviction/overshoot.mjs --seconds ${seconds}`,
    reference: 'redis-server',
  },
  values.output,
);
try {
  for (const server of run.servers) run.add(server.name, { policy: 'allkeys-lru' }, [await measure(server)]);
} finally {
  await run.close();
}
