/** Sub-buckets in each power of two: a recorded value is known to within 1/128 of itself, as in Redis. */
const SUB_BUCKET_BITS = 7;
const SUB_BUCKETS = 1 << SUB_BUCKET_BITS;
/** Values of 2^30 ns (about a second) and more are counted as 2^30. */
const MAX_POWER = 30;

/**
 * A histogram of call durations: log-linear, in nanoseconds, after Gil Tene's HdrHistogram, with the bounds that Redis uses
 * (1 ns to 1 s, two significant digits). 24 KB each, allocated at the first call of a command.
 */
export class LatencyHistogram {
  readonly #counts = new Float64Array((MAX_POWER - SUB_BUCKET_BITS + 1) * SUB_BUCKETS);
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** Records `calls` calls of `nanoseconds` each. O(1). */
  record(nanoseconds: number, calls: number): void {
    this.#counts[bucketOf(nanoseconds)]! += calls;
    this.#total += calls;
  }

  /** The `percent` (0 … 100) percentile in nanoseconds, to within 1/128. O(buckets). */
  percentile(percent: number): number {
    let rest = Math.max(1, Math.ceil((percent / 100) * this.#total));
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      rest -= this.#counts[bucket]!;
      if (rest <= 0) return highestOf(bucket);
    }
    return 0;
  }

  /**
   * Cumulative counts at powers of two from 1024 ns on, as LATENCY HISTOGRAM replies them: pairs of the upper bound in
   * microseconds and the number of calls up to and including its bucket. Empty steps are omitted. O(buckets).
   */
  cumulativeMicroseconds(): [bound: number, calls: number][] {
    const pairs: [number, number][] = [];
    let seen = 0;
    let bucket = 0;
    for (let bound = 1024; seen < this.#total; bound *= 2) {
      const before = seen;
      const last = bucketOf(bound);
      for (; bucket <= last; bucket++) seen += this.#counts[bucket]!;
      if (seen > before) pairs.push([Math.floor(highestOf(last) / 1000), seen]);
    }
    return pairs;
  }
}

function bucketOf(nanoseconds: number): number {
  const value = Math.min(Math.max(Math.round(nanoseconds), 1), 2 ** MAX_POWER - 1);
  const power = 31 - Math.clz32(value);
  if (power < SUB_BUCKET_BITS) return value;
  return (power - SUB_BUCKET_BITS + 1) * SUB_BUCKETS + ((value >>> (power - SUB_BUCKET_BITS)) - SUB_BUCKETS);
}

function highestOf(bucket: number): number {
  if (bucket < SUB_BUCKETS) return bucket;
  const shift = (bucket >>> SUB_BUCKET_BITS) - 1;
  return ((SUB_BUCKETS + (bucket & (SUB_BUCKETS - 1)) + 1) << shift) - 1;
}
