/**
 * A million keys that expire within the same second while others write: how long after the last deadline their memory is back, and what
 * another client waits meanwhile, beside what it waits under the same load before.
 *   npm run build && node bench/expiry/same-second.mjs [--output FILE]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openSocket, repeat, send, setOf } from '../load.mjs';
import { ServerRun } from '../server-run.mjs';

const { values } = parseArgs({ options: { output: { type: 'string' } } });
const KEYS = 1_000_000;
const BATCH = 1000;
/** From the start of the filling to the first deadline: the slower server has filled, and been watched, by then. */
const LEAD_MS = 12_000;
const WATCHED_BEFORE_MS = 3000;
const WATCHED_AFTER_MS = 10_000;
/** The load: so many keys are written every millisecond, out of LOAD_KEYS. */
const LOAD_BATCH = 50;
const LOAD_KEYS = 10_000;
/** Memory counts as back when no more than this is in use beyond what was before, in bytes: tables shrink bit by bit. */
const RESIDUE_BYTES = 2 ** 20;

/** The longest wait for a PING, of one every millisecond until a time of day. */
async function longestWait(client, untilMs) {
  let longest = 0;
  while (Date.now() < untilMs) {
    const start = performance.now();
    await client.call('PING');
    longest = Math.max(longest, performance.now() - start);
    await sleep(1);
  }
  return longest;
}

const usedBytes = async (server) => (await server.info('memory')).number('used_memory');

async function measure(server) {
  const [filler, loader, client] = await Promise.all([openSocket(server), openSocket(server), server.connect()]);
  let written = 0;
  const writeSome = async () => {
    await send(
      loader,
      Array.from({ length: LOAD_BATCH }, () => setOf(`load:${String(written++ % LOAD_KEYS).padStart(6, '0')}`)),
    );
    await sleep(1);
  };
  while (written < LOAD_KEYS) await writeSome();
  const before = await usedBytes(server);
  const firstDeadlineMs = Date.now() + LEAD_MS;
  for (let first = 0; first < KEYS; first += BATCH) {
    const commands = Array.from({ length: BATCH }, (_, i) =>
      setOf(`key:${String(first + i).padStart(12, '0')}`, 'PXAT', String(firstDeadlineMs + ((first + i) % 1000))),
    );
    await send(filler, commands);
  }
  const filled = await usedBytes(server);
  if (Date.now() > firstDeadlineMs - WATCHED_BEFORE_MS) throw new Error(`${server.name} fills too slowly`);
  await sleep(firstDeadlineMs - WATCHED_BEFORE_MS - Date.now());
  const load = repeat(writeSome);
  await server.longestLoopDelay();
  const calm = { maxMs: await longestWait(client, firstDeadlineMs - 100), ...(await server.longestLoopDelay()) };
  let memoryBackMs = Number.NaN;
  const watch = repeat(async () => {
    await sleep(10);
    if (!Number.isNaN(memoryBackMs) || (await usedBytes(server)) > before + RESIDUE_BYTES) return;
    memoryBackMs = Math.max(0, Date.now() - (firstDeadlineMs + 999));
  });
  const longest = await longestWait(client, firstDeadlineMs + 3000);
  while (Number.isNaN(memoryBackMs) && Date.now() < firstDeadlineMs + WATCHED_AFTER_MS) await sleep(50);
  await watch.stop();
  const storm = { maxMs: longest, ...(await server.longestLoopDelay()) };
  await load.stop();
  for (const socket of [filler, loader, client]) (socket.destroy ?? socket.close).call(socket);
  console.log(server.name, { before, filled, calm, storm, memoryBackMs });
  return { calm, storm: { ...storm, ...(Number.isNaN(memoryBackMs) ? {} : { memoryBackMs }) } };
}

const run = await ServerRun.start(
  ['redis-server', 'io_uring'],
  {},
  {
    name: 'expiry-same-second',
    title: 'A million keys that expire within the same second',
    description: `${KEYS} keys whose deadlines lie within a second, while ${LOAD_BATCH} other keys are set every millisecond; what another client waits for a PING, and when used_memory is back within 1 MiB, counted from the last deadline.`,
    command: 'node bench/expiry/same-second.mjs',
    reference: 'redis-server',
  },
  values.output,
);
try {
  for (const server of run.servers) {
    const { calm, storm } = await measure(server);
    run.add(server.name, { phase: 'before' }, [calm]);
    run.add(server.name, { phase: 'keys expire' }, [storm]);
  }
} finally {
  await run.close();
}
