/**
 * Hit ratios of the policies of LruTtlCache: 1 M requests of 100 k keys, with a cache of 1 % and of 10 % of them; what misses is set. For
 * each trace the share of requests that hit, in per cent.
 *   npm run bench:packages -- lru-ttl/hit-ratio --save
 */
import { LruTtlCache } from '../../packages/lru-ttl/dist/index.js';

const KEYS = 100_000;
const REQUESTS = 1_000_000;
const POLICIES = ['lru', 'sieve', 'lfu', 'random'];

let state = 1;
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 2 ** 32;
}

/** Numbers of keys by Zipf's law: the k-th is asked for 1 / k^s as often as the first. */
function zipf(s) {
  const sums = new Float64Array(KEYS);
  let sum = 0;
  for (let i = 0; i < KEYS; i++) sums[i] = sum += 1 / (i + 1) ** s;
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, KEYS - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Every other thousand requests ask for keys that nobody asks for again. */
function polluted(next) {
  let [request, scanned] = [0, KEYS];
  return () => (Math.floor(request++ / 1000) % 2 === 0 ? next() : scanned++);
}

/** One key after the other, half again as many as a cache of 10 % has room for. */
function loop() {
  let key = 0;
  return () => key++ % (KEYS * 0.15);
}

const traces = {
  'Zipf 0.7': () => zipf(0.7),
  'Zipf 0.9': () => zipf(0.9),
  'Zipf 1.1': () => zipf(1.1),
  'Zipf 0.9, half scans': () => polluted(zipf(0.9)),
  'loop over 15 %': loop,
};

for (const share of [0.01, 0.1]) {
  console.log(
    `\na cache of ${share * 100} % of the keys`.padEnd(32),
    POLICIES.map((policy) => policy.padStart(7)).join(''),
  );
  for (const [name, trace] of Object.entries(traces)) {
    const ratios = POLICIES.map((policy) => {
      state = 1;
      const next = trace();
      const cache = new LruTtlCache({ maxEntries: KEYS * share, policy, random });
      let hits = 0;
      for (let i = 0; i < REQUESTS; i++) {
        const key = next();
        if (cache.get(key) === undefined) cache.set(key, key);
        else hits++;
      }
      return (100 * hits) / REQUESTS;
    });
    console.log(`  ${name.padEnd(28)}`, ratios.map((ratio) => ratio.toFixed(1).padStart(7)).join(''));
    const contenders = POLICIES.map((policy, i) => ({ name: policy, runs: [{ hitPercent: ratios[i] }] }));
    process.send?.({ title: name, dimensions: { room: `${share * 100} %` }, contenders });
  }
}
