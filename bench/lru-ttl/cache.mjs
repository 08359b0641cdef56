/**
 * LruTtlCache against its peers: get (all present), set and mixed (a get, and a set if it finds nothing; keys of twice the size of the
 * cache), string keys, values small integers; and the bytes of an entry. Interleaved rounds of CPU time; the first round warms up. Who takes
 * longer than ANSWER_LIMIT_MS for one of them is left out of all that is left of its size.
 *   npm run bench:packages -- lru-ttl/cache-1k lru-ttl/cache-100k lru-ttl/cache-1m --save
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { contestants } from './contestants.mjs';

/** How often all processes are started anew, because a process may be a third slower than its twin, by chance; and rounds of each of them. */
const PLANS = {
  1000: { launches: 5, rounds: 4 },
  100000: { launches: 3, rounds: 3 },
  1000000: { launches: 2, rounds: 2 },
};
const WORK = ['get', 'set', 'mixed'];
/** The slowest of the others takes a second or two: a million entries are set before each get. */
const ANSWER_LIMIT_MS = 5000;
const count = Number(process.argv[2]);

/** A contestant in a process of its own, and what was measured of it. */
class Contestant {
  /** What it takes: `bytes` of an entry by launches, and ns an operation by rounds. */
  figures = { bytes: [], get: [], set: [], mixed: [] };
  /** Why it takes part no more; empty while it does. */
  whyLeftOut = '';
  #child = null;

  constructor(name) {
    this.name = name;
  }

  async start(ttl) {
    this.#child = fork(new URL('./contestant.mjs', import.meta.url), [this.name, count, ttl], {
      execArgv: ['--expose-gc', '--max-old-space-size=4000'],
    });
    // One that fails has said why; one that is killed at the end has no code.
    this.#child.once('exit', (code) => code !== null && process.exit(1));
    await once(this.#child, 'message');
  }

  /** What the process answers; NaN, and it is out, where it takes too long. */
  async ask(what) {
    if (this.whyLeftOut !== '') return Number.NaN;
    this.#child.send(what);
    const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
    try {
      const [answer] = await once(this.#child, 'message', { signal: limit });
      return answer;
    } catch (error) {
      if (!limit.aborted) throw error;
      this.whyLeftOut = `${what} takes more than ${ANSWER_LIMIT_MS / 1000} s, left out`;
      this.stop();
      return Number.NaN;
    }
  }

  stop() {
    this.#child?.kill();
  }
}

/** Starts every contestant that is still in, and adds what it measures to its figures. */
async function measureOnce(all, ttl) {
  const running = all.filter(({ whyLeftOut }) => whyLeftOut === '');
  try {
    await Promise.all(running.map((contestant) => contestant.start(ttl)));
    for (const contestant of running) {
      await contestant.ask('check');
      contestant.figures.bytes.push(await contestant.ask('memory'));
    }
    for (let round = 0; round <= PLANS[count].rounds; round++) {
      for (const contestant of running) {
        for (const what of WORK) {
          const nanoseconds = await contestant.ask(what);
          if (round > 0) contestant.figures[what].push(nanoseconds);
        }
      }
    }
  } finally {
    for (const contestant of running) contestant.stop();
  }
}

async function measure(ttl) {
  const names = Object.keys(contestants).filter((name) => contestants[name].ttl.includes(ttl));
  const all = names.map((name) => new Contestant(name));
  for (let { launches } = PLANS[count]; launches > 0; launches--) await measureOnce(all, ttl);
  return all;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

function print(all, ttl) {
  const peer = all.find(({ name }) => name === 'lru-cache');
  console.log(`\n${count} entries, ttl: ${ttl}; ns an operation (x: of lru-cache's)`);
  for (const { name, figures, whyLeftOut } of all) {
    const cells = [...WORK, 'bytes'].map((what) => {
      const figure = median(figures[what]);
      return `${what} ${figure.toFixed(1).padStart(7)} ${(figure / median(peer.figures[what])).toFixed(2)}x`;
    });
    console.log(`  ${name.padEnd(26)} ${whyLeftOut || cells.join('   ')}`);
  }
}

/** Tells the program that has started this one, which keeps it at once. */
function tell(all, ttl) {
  const done = all.filter(({ whyLeftOut }) => whyLeftOut === '');
  const dimensions = { entries: count, ttl };
  for (const title of WORK) {
    const contenders = done.map(({ name, figures }) => ({
      name,
      runs: figures[title].map((nanosecondsPerOperation) => ({ nanosecondsPerOperation })),
    }));
    process.send?.({ title, dimensions, contenders });
  }
  const leftOut = all
    .filter(({ whyLeftOut }) => whyLeftOut !== '')
    .map(({ name, whyLeftOut }) => ({ name, why: whyLeftOut }));
  const contenders = done.map(({ name, figures }) => ({
    name,
    runs: figures.bytes.map((bytesPerElement) => ({ bytesPerElement })),
  }));
  process.send?.({ title: 'memory', dimensions, contenders, leftOut });
}

for (const ttl of ['no', 'yes']) {
  const all = await measure(ttl);
  print(all, ttl);
  tell(all, ttl);
}
