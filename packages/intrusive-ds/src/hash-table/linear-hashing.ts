/*
 * The arithmetic of linear hashing (Litwin 1980): a table of any number of buckets, not a power of two only. The last `depth` bits of a
 * hash name a bucket; one that is not there yet has its records in the bucket with the first of these bits off.
 */

/** Bits of the hash that name a bucket, the unsplit ones included. `buckets` is 1 or more. O(1). */
export function depthOf(buckets: number): number {
  return 32 - Math.clz32(buckets - 1);
}

/** The bucket of a hash. O(1). */
export function bucketOf(hash: number, buckets: number): number {
  const mask = (1 << depthOf(buckets)) - 1;
  const bucket = hash & mask;
  return bucket < buckets ? bucket : bucket & (mask >>> 1);
}

/** The bit of the hash that tells the records of bucket `fresh` (1 or more) from those of the bucket that it is split from. O(1). */
export function splitBitOf(fresh: number): number {
  return 1 << (31 - Math.clz32(fresh));
}

/** Where a step of a scan looks, and where the next one begins. */
export interface ScanStep {
  bucket: number;
  next: number;
}

/**
 * Writes to `step` the bucket that any 32-bit `cursor` of a scan means, and the cursor behind it; 0 starts and ends.
 *
 * A bucket is a leaf of the trie over bit-reversed hashes, and covers an interval of them; a split halves the interval, a merge
 * joins two. The cursor is where the next interval begins (reversed, so that it is a small number, as Redis has it). O(1).
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
