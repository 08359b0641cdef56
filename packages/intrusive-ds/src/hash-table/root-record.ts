/** `bucket >>> CHUNK_SHIFT` is the chunk of a bucket. */
export const CHUNK_SHIFT = 14;

/** Buckets of a full chunk: 64 KiB of addresses. Growth never copies more than that at once. */
export const CHUNK_BUCKETS = 1 << CHUNK_SHIFT;

/** `bucket & CHUNK_MASK` is the index of a bucket in its chunk. */
export const CHUNK_MASK = CHUNK_BUCKETS - 1;
/** Capacity of the first chunk, in buckets. */
export const MIN_CHUNK_BUCKETS = 4;
/** Capacity of the first list, in chunks. */
export const MIN_LIST_CHUNKS = 16;

/**
 * The root record of a table, in 32-bit words.
 *
 * ```
 *      0       1          2            3
 *  +-------+---------+-----------+----------+
 *  | size  | buckets | directory | (unused) |
 *  +-------+---------+-----------+----------+
 *                         |
 *      up to 16384 buckets|              beyond
 *                         v                 v
 *              chunk: [h0 h1 h2 …]     list: [chunk 0, chunk 1, …]   each chunk 16384 heads, which no longer moves
 * ```
 * A head is the address of the first record of the bucket's chain. `buckets` is 0 (and `directory` null) until the first insert.
 */
export enum Root {
  size = 0,
  buckets = 1,
  directory = 2,
}

/** Bytes of a root record. */
export const ROOT_BYTES = 16;
