import { Block, Node } from './deque-records';

const MIN_LIMIT_BYTES = 4096;
/** The limit in bytes where the option counts elements; SIZE_SAFETY_LIMIT in Redis. */
const SAFE_BYTES = 8192;
const MIN_FILL = -5;

/** How much fits into a node: what Redis' `list-max-listpack-size` sets. */
export interface FillLimit {
  /** How many elements at most. */
  readonly count: number;
  /** How many bytes of elements at most; a single element may have more. */
  readonly bytes: number;
}

/**
 * The limit for a value of `list-max-listpack-size`. Positive: that many elements, in at most 8 KiB. -1 to -5: 4, 8, 16, 32 or 64 KiB,
 * including the header. 0 counts as 1, less than -5 as -5.
 */
export function fillLimit(fill: number): FillLimit {
  if (fill >= 0) return { count: Math.max(fill, 1), bytes: elementBytesIn(SAFE_BYTES) };
  return { count: 2 ** 31 - 1, bytes: elementBytesIn(MIN_LIMIT_BYTES << (-Math.max(fill, MIN_FILL) - 1)) };
}

/** Where the space for elements ends in a record of so many bytes; the first starts follow it. O(1). */
export function limitOf(recordBytes: number): number {
  return recordBytes > Node.maxShared ? recordBytes : recordBytes - ((recordBytes + Block.mask) >>> Block.shift);
}

/** How many bytes a record needs for so many bytes of elements. O(1). */
export function recordBytesFor(elementBytes: number): number {
  const limit = elementBytes + Node.headerBytes;
  const shared = limit + Math.ceil(limit / Block.mask);
  return shared > Node.maxShared ? Math.max(limit, Node.maxShared + 1) : shared;
}

function elementBytesIn(recordBytes: number): number {
  return limitOf(recordBytes) - Node.headerBytes;
}
