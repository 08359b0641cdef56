/** Sub-buckets in each power of two: a recorded value is known to within 1/128 of itself, as in Redis. */
const SUB_BUCKET_BITS = 7;
const SUB_BUCKETS = 1 << SUB_BUCKET_BITS;
/** Values at or above 2^30 ns (about a second) count as that. */
const HIGHEST_POWER = 30;

/**
 * How long calls took: a log-linear histogram of nanoseconds, after Gil Tene's HdrHistogram, with its bounds as Redis
 * uses it (1 ns to 1 s, two significant digits). 24 KB each, made when a command is first called.
 */
export class LatencyHistogram {
  readonly #counts = new Float64Array((HIGHEST_POWER - SUB_BUCKET_BITS + 1) * SUB_BUCKETS);
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** Records `calls` calls of `nanoseconds` each. O(1). */
  record(nanoseconds: number, calls: number): void {
    this.#counts[bucketOf(nanoseconds)]! += calls;
    this.#total += calls;
  }

  /** The time in nanoseconds that `percent` (0 … 100) of the calls stayed at or under, to within 1/128. O(buckets). */
  percentile(percent: number): number {
    let rest = Math.max(1, Math.ceil((percent / 100) * this.#total));
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      rest -= this.#counts[bucket]!;
      if (rest <= 0) return highestOf(bucket);
    }
    return 0;
  }

  /**
   * Cumulative counts at powers of two from 1024 ns on, as LATENCY HISTOGRAM prints them: pairs of the upper bound in
   * microseconds and the calls at or under it, empty steps left out; the bucket of the power itself counts. O(buckets).
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
  const value = Math.min(Math.max(Math.round(nanoseconds), 1), 2 ** HIGHEST_POWER - 1);
  const power = 31 - Math.clz32(value);
  if (power < SUB_BUCKET_BITS) return value;
  return (power - SUB_BUCKET_BITS + 1) * SUB_BUCKETS + ((value >>> (power - SUB_BUCKET_BITS)) - SUB_BUCKETS);
}

function highestOf(bucket: number): number {
  if (bucket < SUB_BUCKETS) return bucket;
  const shift = (bucket >>> SUB_BUCKET_BITS) - 1;
  return ((SUB_BUCKETS + (bucket & (SUB_BUCKETS - 1)) + 1) << shift) - 1;
}
