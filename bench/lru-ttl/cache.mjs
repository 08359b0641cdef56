/**
 * LruTtlCache against its peers: get (all present), set and mixed (a get, and a set if it finds nothing; keys of twice the size of the
 * cache), string keys, values small integers. Interleaved rounds, medians of CPU time; the first round warms up.
 *   pnpm exec turbo run build --filter @nanoredis/lru-ttl && node bench/lru-ttl/cache.mjs [--write] [size …]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { contestants } from './contestants.mjs';

/** Rounds of each launch. */
const ROUNDS = 4;
/** How often all processes are started anew: where all is in the nearest cache, a process may be a third slower than its twin, by chance. */
const LAUNCHES = { 1000: 5, 100000: 2 };
const WORK = ['get', 'set', 'mixed'];
const resultsFile = new URL('../results/lru-ttl.json', import.meta.url);
const words = process.argv.slice(2);
const isWriting = words.includes('--write');
const sizes = words.filter((word) => word !== '--write').map(Number);

async function ask(child, what) {
  child.send(what);
  const [answer] = await once(child, 'message');
  return answer;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

function launch(name, count, ttl) {
  const child = fork(new URL('./contestant.mjs', import.meta.url), [name, count, ttl], {
    execArgv: ['--expose-gc', '--max-old-space-size=4000'],
  });
  // One that fails has said why; one that is killed at the end has no code.
  child.once('exit', (code) => code !== null && process.exit(1));
  return child;
}

/** Starts every contestant, and adds what it measures to its result. */
async function measureOnce(results) {
  const children = results.map(({ name, count, ttl }) => launch(name, count, ttl));
  try {
    await Promise.all(children.map((child) => once(child, 'message')));
    for (const [i, child] of children.entries()) {
      await ask(child, 'check');
      results[i].bytes.push(await ask(child, 'memory'));
    }
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [i, child] of children.entries()) {
        for (const what of WORK) {
          const nanoseconds = await ask(child, what);
          if (round > 0) results[i][what].push(nanoseconds);
        }
      }
    }
  } finally {
    for (const child of children) child.kill();
  }
}

async function measure(count, ttl) {
  const names = Object.keys(contestants).filter((name) => contestants[name].ttl.includes(ttl));
  const results = names.map((name) => ({ count, ttl, name, bytes: [], get: [], set: [], mixed: [] }));
  for (let launches = LAUNCHES[count] ?? 1; launches > 0; launches--) await measureOnce(results);
  const cells = ['bytes', ...WORK];
  return results.map((result) => ({
    ...result,
    ...Object.fromEntries(cells.map((cell) => [cell, Math.round(median(result[cell]) * 10) / 10])),
  }));
}

function print(results) {
  const peer = results.find(({ name }) => name === 'lru-cache');
  console.log(`\n${results[0].count} entries, ttl: ${results[0].ttl}; ns an operation (x: of lru-cache's)`);
  for (const result of results) {
    const cells = [...WORK, 'bytes'].map(
      (what) => `${what} ${result[what].toFixed(1).padStart(7)} ${(result[what] / peer[what]).toFixed(2)}x`,
    );
    console.log(`  ${result.name.padEnd(26)} ${cells.join('   ')}`);
  }
}

const all = [];
for (const count of sizes.length > 0 ? sizes : [1000, 100_000, 1_000_000]) {
  for (const ttl of ['no', 'yes']) {
    const results = await measure(count, ttl);
    print(results);
    all.push(...results);
  }
}
if (isWriting) {
  const kept = readKept().filter(({ count }) => !all.some((result) => result.count === count));
  const machine = {
    date: new Date().toISOString(),
    processor: os.cpus()[0].model,
    cores: os.cpus().length,
    kernel: os.release(),
    node: process.versions.node,
  };
  writeFileSync(
    resultsFile,
    `${JSON.stringify({ machine, rounds: ROUNDS, launches: LAUNCHES, cells: [...kept, ...all] }, null, 2)}\n`,
  );
}

/** Cells of sizes that this run does not measure. */
function readKept() {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8')).cells;
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
