/** A sequence of requests, as numbers of keys. */
export type Trace = Uint32Array;

/** Makes a trace of `requests` keys below `keys`, the same one every time. */
type MakeTrace = (keys: number, requests: number) => Trace;

/** Random numbers in [0, 1) from a seed, so that every run and every server gets the same trace. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** All keys in an order that is independent of how often they are requested. */
function shuffledKeys(keys: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length: keys }, (_, i) => i);
  for (let i = keys - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const key = order[i]!;
    order[i] = order[j]!;
    order[j] = key;
  }
  return order;
}

/** Draws ranks below `keys`; rank i has a probability in proportion to 1 / (i + 1)^s. */
function zipfRanks(keys: number, s: number, random: () => number): () => number {
  const sums = new Float64Array(keys);
  let sum = 0;
  for (let i = 0; i < keys; i++) {
    sum += (i + 1) ** -s;
    sums[i] = sum;
  }
  return () => {
    const wanted = random() * sum;
    let low = 0;
    let high = keys - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function zipf(s: number): MakeTrace {
  return (keys, requests) => {
    const random = seededRandom(2463534242);
    const order = shuffledKeys(keys, random);
    const rank = zipfRanks(keys, s, random);
    return Uint32Array.from({ length: requests }, () => order[rank()]!);
  };
}

/** Zipf (s = 0.9). At random times a tenth of all keys is also read in sequence, with every second request until it is done. */
function scan(keys: number, requests: number): Trace {
  const random = seededRandom(88675123);
  const order = shuffledKeys(keys, random);
  const rank = zipfRanks(keys, 0.9, random);
  let next = 0;
  let left = 0;
  return Uint32Array.from({ length: requests }, () => {
    if (left === 0 && random() < 5 / keys) left = Math.floor(keys / 10);
    if (left === 0 || random() < 0.5) return order[rank()]!;
    left--;
    next = (next + 1) % keys;
    return order[next]!;
  });
}

/** All keys in the same order, again and again. */
function loop(keys: number, requests: number): Trace {
  const order = shuffledKeys(keys, seededRandom(362436069));
  return Uint32Array.from({ length: requests }, (_, i) => order[i % keys]!);
}

/** A loop that ends: adapting to the loop must not hurt the hit ratio of what follows. */
function loopThenZipf(keys: number, requests: number): Trace {
  const half = Math.floor(requests / 2);
  const trace = loop(keys, requests);
  trace.set(zipf(0.9)(keys, requests - half), half);
  return trace;
}

/** The traces by name. */
export const traces: Readonly<Record<string, MakeTrace>> = {
  'zipf 0.7': zipf(0.7),
  'zipf 0.9': zipf(0.9),
  'zipf 1.1': zipf(1.1),
  scan,
  loop,
  'loop, then zipf 0.9': loopThenZipf,
};

/**
 * How many requests of a trace hit in a cache of exact LRU order with `capacity` keys. O(requests).
 *
 * @param keys all keys of the trace are below this.
 */
export function trueLruHits(trace: Trace, keys: number, capacity: number): number {
  const older = new Int32Array(keys).fill(-1);
  const newer = new Int32Array(keys).fill(-1);
  const isCached = new Uint8Array(keys);
  let newest = -1;
  let oldest = -1;
  let count = 0;
  let hits = 0;
  const unlink = (key: number): void => {
    const [before, after] = [older[key]!, newer[key]!];
    if (after >= 0) older[after] = before;
    else newest = before;
    if (before >= 0) newer[before] = after;
    else oldest = after;
  };
  for (const key of trace) {
    if (isCached[key] === 1) {
      hits++;
      unlink(key);
    } else {
      if (count === capacity) {
        isCached[oldest] = 0;
        unlink(oldest);
      } else {
        count++;
      }
      isCached[key] = 1;
    }
    newer[key] = -1;
    older[key] = newest;
    if (newest >= 0) newer[newest] = key;
    else oldest = key;
    newest = key;
  }
  return hits;
}
