/**
 * FLUSHALL ASYNC of five million keys while redis-benchmark writes others as fast as it can: what another client waits for a PING until
 * the memory is back, beside what it waits under the same load before, and how long that takes.
 *   npm run build && node bench/lazy-free/flush-async.mjs [--servers redis-server,io_uring] [--rounds 3] [--output FILE]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { residentBytesOf } from '../../apps/bench/dist/index.js';
import { openSocket, send, setOf } from '../load.mjs';
import { ServerRun } from '../server-run.mjs';

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: 'redis-server,io_uring' },
    rounds: { type: 'string', default: '3' },
    output: { type: 'string' },
  },
});
const KEYS = 5_000_000;
const BATCH = 1000;
const WATCHED_BEFORE_MS = 3000;
/** What is watched beyond the return of the memory, because the pages behind it go back to the kernel later still. */
const AFTERMATH_MS = 1000;
const MEMORY_BACK_LIMIT_MS = 20_000;
/** Memory counts as back when used_memory is within this many bytes of what the load alone takes: tables shrink bit by bit. */
const RESIDUE_BYTES = 2 ** 20;
const MEBIBYTE = 2 ** 20;
const ASK_MEMORY_EVERY_MS = 10;

/** Sets keys of 10,000 at pipeline 16 until it is stopped. */
function load({ port }) {
  const args = ['-p', port, '-t', 'set', '-n', 1_000_000_000, '-r', 10_000, '-P', 16, '-d', 32, '-q'];
  const child = spawn('redis-benchmark', args.map(String), { stdio: 'ignore' });
  const kill = () => child.kill();
  process.once('exit', kill);
  return {
    stop: async () => {
      process.off('exit', kill);
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function fill(server) {
  const socket = await openSocket(server);
  for (let first = 0; first < KEYS; first += BATCH) {
    await send(
      socket,
      Array.from({ length: BATCH }, (_, i) => setOf(`flushed:${String(first + i).padStart(9, '0')}`)),
    );
  }
  socket.destroy();
}

/** Asks PING every millisecond until `end` resolves. */
async function waitsUntil(end, client) {
  const waits = [];
  let isOver = false;
  end.finally(() => {
    isOver = true;
  });
  for (; !isOver; await sleep(1)) {
    const start = performance.now();
    await client.call('PING');
    waits.push(performance.now() - start);
  }
  waits.sort((a, b) => a - b);
  const quantile = (share) => waits[Math.floor((waits.length - 1) * share)];
  return { p50Ms: quantile(0.5), p99Ms: quantile(0.99), p999Ms: quantile(0.999), maxMs: quantile(1) };
}

/** How long from now until used_memory is down and nothing is left to be freed, in milliseconds; NaN if that takes too long. */
async function memoryBack(client, targetBytes) {
  const start = performance.now();
  for (; performance.now() < start + MEMORY_BACK_LIMIT_MS; await sleep(ASK_MEMORY_EVERY_MS)) {
    const info = String(await client.call('INFO', 'memory'));
    const figure = (name) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)[1]);
    if (figure('lazyfree_pending_objects') === 0 && figure('used_memory') <= targetBytes) {
      return performance.now() - start;
    }
  }
  return Number.NaN;
}

async function measure(server) {
  const [client, observer] = await Promise.all([server.connect(), server.connect()]);
  const writes = load(server);
  await sleep(500);
  const before = (await server.info('memory')).number('used_memory');
  await writes.stop();
  await fill(server);
  const again = load(server);
  await sleep(500);
  await server.longestLoopDelay();
  const calm = { ...(await waitsUntil(sleep(WATCHED_BEFORE_MS), client)), ...(await server.longestLoopDelay()) };
  await observer.call('FLUSHALL', 'ASYNC');
  const back = memoryBack(observer, before + RESIDUE_BYTES);
  const waits = await waitsUntil(
    back.then(() => sleep(AFTERMATH_MS)),
    client,
  );
  const memoryBackMs = await back;
  const flushed = {
    ...waits,
    ...(await server.longestLoopDelay()),
    ...(Number.isNaN(memoryBackMs) ? {} : { memoryBackMs }),
    residentMebibytes: residentBytesOf(await server.findPid()) / MEBIBYTE,
  };
  await again.stop();
  for (const each of [client, observer]) each.close();
  console.log(server.name, { before, calm, flushed });
  return { calm, flushed };
}

const run = await ServerRun.start(
  values.servers.split(','),
  {},
  {
    name: 'flush-async',
    title: 'FLUSHALL ASYNC of five million keys under full load',
    description: `What a client waits for a PING every millisecond while redis-benchmark sets keys of 10,000 at pipeline 16, before FLUSHALL ASYNC of ${KEYS} keys, and from it until a second after the memory is back: nothing is left to be freed, and used_memory is within 1 MiB of what it was before the keys. RSS is that of the end.`,
    command: `node bench/lazy-free/flush-async.mjs --rounds ${values.rounds}`,
    reference: 'redis-server',
  },
  values.output,
);
try {
  const runs = new Map(run.servers.map((server) => [server, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [server, rounds] of runs) rounds.push(await measure(server));
  }
  for (const [{ name }, rounds] of runs) {
    run.add(
      name,
      { phase: 'before' },
      rounds.map(({ calm }) => calm),
    );
    run.add(
      name,
      { phase: 'FLUSHALL ASYNC' },
      rounds.map(({ flushed }) => flushed),
    );
  }
} finally {
  await run.close();
}
