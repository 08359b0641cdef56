/** Random numbers of [0, 1) from a seed, so that every run and every server sees the same trace. */
function randomOf(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The keys in an order that has nothing to do with how often they are asked for. */
function shuffled(keys, random) {
  const order = Uint32Array.from({ length: keys }, (_, i) => i);
  for (let i = keys - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Draws keys so that the i-th of them comes with a probability in proportion to 1 / i^s. */
function zipfOf(keys, s, random) {
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
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

const zipf = (s) => (keys, requests) => {
  const random = randomOf(2463534242);
  const order = shuffled(keys, random);
  const draw = zipfOf(keys, s, random);
  return Uint32Array.from({ length: requests }, () => order[draw()]);
};

/** Zipf (s = 0.9), and now and then somebody reads a tenth of all keys in a row, every second request for a while. */
function scan(keys, requests) {
  const random = randomOf(88675123);
  const order = shuffled(keys, random);
  const draw = zipfOf(keys, 0.9, random);
  let next = 0;
  let left = 0;
  return Uint32Array.from({ length: requests }, () => {
    if (left === 0 && random() < 5 / keys) left = Math.floor(keys / 10);
    if (left === 0 || random() < 0.5) return order[draw()];
    left--;
    next = (next + 1) % keys;
    return order[next];
  });
}

/** All keys round and round. */
function loop(keys, requests) {
  const order = shuffled(keys, randomOf(362436069));
  return Uint32Array.from({ length: requests }, (_, i) => order[i % keys]);
}

/** A loop that ends: what a cache does in the one must not hurt it in what follows. */
function loopThenZipf(keys, requests) {
  const half = Math.floor(requests / 2);
  const trace = loop(keys, requests);
  trace.set(zipf(0.9)(keys, requests - half), half);
  return trace;
}

/** Traces by name; each makes `requests` numbers of keys below `keys`, the same ones every time. */
export const traces = {
  'zipf 0.7': zipf(0.7),
  'zipf 0.9': zipf(0.9),
  'zipf 1.1': zipf(1.1),
  scan,
  loop,
  'loop, then zipf 0.9': loopThenZipf,
};

/** How many requests of a trace find their key in a cache that keeps exactly the `room` keys used last. */
export function trueLruHits(trace, keys, room) {
  const older = new Int32Array(keys).fill(-1);
  const newer = new Int32Array(keys).fill(-1);
  const isThere = new Uint8Array(keys);
  let newest = -1;
  let oldest = -1;
  let count = 0;
  let hits = 0;
  const takeOut = (key) => {
    if (newer[key] >= 0) older[newer[key]] = older[key];
    else newest = older[key];
    if (older[key] >= 0) newer[older[key]] = newer[key];
    else oldest = newer[key];
  };
  for (const key of trace) {
    if (isThere[key] === 1) {
      hits++;
      takeOut(key);
    } else {
      if (count === room) {
        isThere[oldest] = 0;
        takeOut(oldest);
      } else {
        count++;
      }
      isThere[key] = 1;
    }
    newer[key] = -1;
    older[key] = newest;
    if (newest >= 0) newer[newest] = key;
    else oldest = key;
    newest = key;
  }
  return hits;
}
