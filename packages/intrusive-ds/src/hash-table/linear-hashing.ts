/*
 * The arithmetic of linear hashing (Litwin 1980): a table has any number of buckets, not only powers of two. The last `depth` bits of a
 * hash name a bucket. Records of a bucket that does not exist yet are in the bucket with the first of these bits cleared.
 */

/** How many bits of a hash name a bucket. `buckets` is 1 or more. O(1). */
export function depthOf(buckets: number): number {
  return 32 - Math.clz32(buckets - 1);
}

/** The bucket of a hash. O(1). */
export function bucketOf(hash: number, buckets: number): number {
  const mask = (1 << depthOf(buckets)) - 1;
  const bucket = hash & mask;
  return bucket < buckets ? bucket : bucket & (mask >>> 1);
}

/** The bit that separates the hashes of bucket `fresh` (1 or more) from those of the bucket that it is split from. O(1). */
export function splitBitOf(fresh: number): number {
  return 1 << (31 - Math.clz32(fresh));
}

/** The bucket of a step of a scan, and the cursor of the next step. */
export interface ScanStep {
  bucket: number;
  next: number;
}

/**
 * Writes the bucket of any 32-bit `cursor` of a scan to `step`, and the next cursor. 0 starts and ends. O(1).
 *
 * A bucket is a leaf of the trie over bit-reversed hashes, and covers an interval of them. A split halves the interval, a merge joins
 * two. The cursor is the start of the next interval, reversed, so that it is a small number as in Redis.
 */
export function scanStep(cursor: number, buckets: number, step: ScanStep): void {
  let depth = depthOf(buckets);
  const half = depth === 0 ? 0 : 1 << (depth - 1);
  let bucket = cursor & ((1 << depth) - 1);
  if (bucket >= buckets) {
    bucket -= half;
    depth--;
  } else if (bucket < half && bucket + half >= buckets) {
    depth--;
  }
  const end = reverseBits(bucket) + 2 ** (32 - depth);
  step.bucket = bucket;
  step.next = end >= 2 ** 32 ? 0 : reverseBits(end);
}

function reverseBits(word: number): number {
  let bits = word;
  bits = ((bits >>> 1) & 0x55555555) | ((bits & 0x55555555) << 1);
  bits = ((bits >>> 2) & 0x33333333) | ((bits & 0x33333333) << 2);
  bits = ((bits >>> 4) & 0x0f0f0f0f) | ((bits & 0x0f0f0f0f) << 4);
  bits = ((bits >>> 8) & 0x00ff00ff) | ((bits & 0x00ff00ff) << 8);
  return ((bits >>> 16) | (bits << 16)) >>> 0;
}
