import { Block, Node } from './deque-records';

const SMALLEST_LIMIT_BYTES = 4096;
const SAFE_BYTES = 8192;
const SMALLEST_FILL = -5;

/** How much a node takes: the meaning of Redis' `list-max-listpack-size`. */
export interface FillLimit {
  /** Most elements. */
  readonly count: number;
  /** Most bytes of elements; one element alone may have more. */
  readonly bytes: number;
}

/**
 * Positive: that many elements, in at most 8 KiB; -1 to -5: 4, 8, 16, 32 or 64 KiB, the header included. 0 counts as 1, less than
 * -5 as -5.
 */
export function fillLimit(fill: number): FillLimit {
  if (fill >= 0) return { count: Math.max(fill, 1), bytes: elementBytesIn(SAFE_BYTES) };
  return { count: 2 ** 31 - 1, bytes: elementBytesIn(SMALLEST_LIMIT_BYTES << (-Math.max(fill, SMALLEST_FILL) - 1)) };
}

/** Where the room for elements ends in a record of so many bytes, so that the first starts fit behind it. O(1). */
export function limitOf(recordBytes: number): number {
  return recordBytes > Node.largestShared ? recordBytes : recordBytes - ((recordBytes + Block.mask) >>> Block.shift);
}

/** Bytes that a record must have for so many bytes of elements. O(1). */
export function recordBytesFor(elementBytes: number): number {
  const limit = elementBytes + Node.headerBytes;
  const shared = limit + Math.ceil(limit / Block.mask);
  return shared > Node.largestShared ? Math.max(limit, Node.largestShared + 1) : shared;
}

function elementBytesIn(recordBytes: number): number {
  return limitOf(recordBytes) - Node.headerBytes;
}
