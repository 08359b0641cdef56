/**
 * Hit ratios of the policies of LruTtlCache: a million requests of 100,000 keys, with a cache of 1 % and of 10 % of them; a key that is
 * missing is set.
 *   npm run bench:packages -- lru-ttl/hit-ratio --save
 */
import { LruTtlCache } from '@nanoredis/lru-ttl';
import { report } from '../../harness/compare';

const KEYS = 100_000;
const REQUESTS = 1_000_000;
const POLICIES = ['lru', 'sieve', 'lfu', 'random'] as const;
const SHARES = [0.01, 0.1];
/** The loop is longer than the larger cache. */
const LOOP_KEYS = KEYS * 0.15;

let state = 1;
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 2 ** 32;
}

/** The number of the next key. */
type Next = () => number;

/** Zipf's law: the k-th key is requested 1 / k^s as often as the first. */
function zipf(s: number): Next {
  const sums = new Float64Array(KEYS);
  let sum = 0;
  for (let i = 0; i < KEYS; i++) {
    sum += 1 / (i + 1) ** s;
    sums[i] = sum;
  }
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, KEYS - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Every other thousand requests are for keys that are requested only once. */
function withScans(next: Next): Next {
  let [request, scanned] = [0, KEYS];
  return () => (Math.floor(request++ / 1000) % 2 === 0 ? next() : scanned++);
}

/** The same keys in the same order, again and again. */
function loop(): Next {
  let key = 0;
  return () => key++ % LOOP_KEYS;
}

const traces: Readonly<Record<string, () => Next>> = {
  'Zipf 0.7': () => zipf(0.7),
  'Zipf 0.9': () => zipf(0.9),
  'Zipf 1.1': () => zipf(1.1),
  'Zipf 0.9, half scans': () => withScans(zipf(0.9)),
  'loop over 15 %': loop,
};

function hitPercentOf(next: Next, policy: (typeof POLICIES)[number], maxEntries: number): number {
  const cache = new LruTtlCache<number, number>({ maxEntries, policy, random });
  let hits = 0;
  for (let i = 0; i < REQUESTS; i++) {
    const key = next();
    if (cache.get(key) === undefined) cache.set(key, key);
    else hits++;
  }
  return (100 * hits) / REQUESTS;
}

for (const share of SHARES) {
  for (const [title, trace] of Object.entries(traces)) {
    const competitors = POLICIES.map((policy) => {
      state = 1;
      return { name: policy, runs: [{ hitPercent: hitPercentOf(trace(), policy, KEYS * share) }] };
    });
    report({ title, dimensions: { capacity: `${share * 100} %` }, competitors });
  }
}
