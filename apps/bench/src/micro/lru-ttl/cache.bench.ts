/**
 * LruTtlCache against other caches: `get` (every key is present), `set` and `mixed` (a get, and a set when it misses; twice as many keys
 * as entries), string keys, small integers as values; and the bytes of an entry. Each cache runs in a process of its own, and the caches
 * are measured in interleaved rounds of CPU time, of which the first warms up. A cache that needs longer than ANSWER_LIMIT_MS for one
 * answer is left out of the rest of that size.
 *   npm run bench:packages -- lru-ttl/cache-1k lru-ttl/cache-100k lru-ttl/cache-1m --save
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { report } from '../../harness/compare';
import { builtFile } from '../../places';
import type { CacheRequest, CacheWork } from './cache.process';
import { comparedCaches, type HasTtl } from './compared-caches';

/** How often all processes are started, because two processes of one program may differ by a third in speed, and rounds of each. */
interface Plan {
  readonly launches: number;
  readonly rounds: number;
}

const PLANS: Readonly<Record<number, Plan>> = {
  1000: { launches: 5, rounds: 4 },
  100000: { launches: 3, rounds: 3 },
  1000000: { launches: 2, rounds: 2 },
};
const WORK: readonly CacheWork[] = ['get', 'set', 'mixed'];
/** The slowest of the others takes a second or two: a million entries are set before each get. */
const ANSWER_LIMIT_MS = 5000;
const count = Number(process.argv[2]);
const plan = PLANS[count]!;

/** A compared cache: the process that it runs in, and what was measured of it. */
class Competitor {
  readonly name: string;
  /** The bytes of an entry, one number a launch, and nanoseconds of an operation, one number a round. */
  readonly figures: Record<'bytes' | CacheWork, number[]> = { bytes: [], get: [], set: [], mixed: [] };
  /** Why it is left out; empty while it takes part. */
  whyLeftOut = '';
  #child: ChildProcess | null = null;

  constructor(name: string) {
    this.name = name;
  }

  async start(hasTtl: HasTtl): Promise<void> {
    this.#child = fork(builtFile('micro/lru-ttl/cache.process.js'), [this.name, String(count), hasTtl], {
      execArgv: ['--expose-gc', '--max-old-space-size=4000'],
    });
    // A process that fails has printed why; one that was killed at the end has no exit code.
    this.#child.once('exit', (code) => code !== null && process.exit(1));
    await once(this.#child, 'message');
  }

  /** The answer of the process; NaN, and it is left out, when it takes too long. */
  async ask(request: CacheRequest): Promise<number> {
    if (this.whyLeftOut !== '') return Number.NaN;
    this.#child!.send(request);
    const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
    try {
      const [answer] = await once(this.#child!, 'message', { signal: limit });
      return answer;
    } catch (error) {
      if (!limit.aborted) throw error;
      this.whyLeftOut = `${request} takes more than ${ANSWER_LIMIT_MS / 1000} s`;
      this.stop();
      return Number.NaN;
    }
  }

  stop(): void {
    this.#child?.kill();
  }
}

/** Starts every competitor that still takes part, and adds what it measures to its figures. */
async function measureOnce(all: readonly Competitor[], hasTtl: HasTtl): Promise<void> {
  const running = all.filter(({ whyLeftOut }) => whyLeftOut === '');
  try {
    await Promise.all(running.map((competitor) => competitor.start(hasTtl)));
    for (const competitor of running) {
      await competitor.ask('check');
      competitor.figures.bytes.push(await competitor.ask('memory'));
    }
    for (let round = 0; round <= plan.rounds; round++) {
      for (const competitor of running) {
        for (const work of WORK) {
          const nanoseconds = await competitor.ask(work);
          if (round > 0) competitor.figures[work].push(nanoseconds);
        }
      }
    }
  } finally {
    for (const competitor of running) competitor.stop();
  }
}

async function measure(hasTtl: HasTtl): Promise<Competitor[]> {
  const names = Object.keys(comparedCaches).filter((name) => comparedCaches[name]!.ttl.includes(hasTtl));
  const all = names.map((name) => new Competitor(name));
  for (let launch = 0; launch < plan.launches; launch++) await measureOnce(all, hasTtl);
  return all;
}

/** Reports all figures of the competitors that have taken part to the end, and the names of the others. */
function reportAll(all: readonly Competitor[], hasTtl: HasTtl): void {
  const done = all.filter(({ whyLeftOut }) => whyLeftOut === '');
  const leftOut = all
    .filter(({ whyLeftOut }) => whyLeftOut !== '')
    .map(({ name, whyLeftOut }) => ({ name, why: whyLeftOut }));
  const dimensions = { entries: count, ttl: hasTtl };
  for (const title of WORK) {
    const competitors = done.map(({ name, figures }) => ({
      name,
      runs: figures[title].map((nanosecondsPerOperation) => ({ nanosecondsPerOperation })),
    }));
    report({ title, dimensions, competitors });
  }
  const competitors = done.map(({ name, figures }) => ({
    name,
    runs: figures.bytes.map((bytesPerElement) => ({ bytesPerElement })),
  }));
  report({ title: 'memory', dimensions, competitors, leftOut });
}

for (const hasTtl of ['no', 'yes'] as const) reportAll(await measure(hasTtl), hasTtl);
