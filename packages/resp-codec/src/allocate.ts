import { copyBytes } from './copy-bytes';

/** Node allocates a smaller buffer in a pool of its own. */
const MIN_UNPOOLED_BYTES = 4096;

/** Returns a new buffer outside of the V8 heap with undefined contents, or null if there is not enough memory. O(1). */
export function allocate(bytes: number): Buffer | null {
  try {
    return Buffer.allocUnsafeSlow(bytes);
  } catch {
    return null;
  }
}

/** Returns a copy of `numbers` with `length` elements, the others being 0, or null if there is not enough memory. O(length). */
export function grow(numbers: Int32Array, length: number): Int32Array | null {
  try {
    const grown = new Int32Array(length);
    grown.set(numbers);
    return grown;
  } catch {
    return null;
  }
}

/** Returns a copy of `bytes[start, end)` that the caller owns, or null if there is not enough memory. O(end - start). */
export function copyOf(bytes: Uint8Array, start: number, end: number): Buffer | null {
  const length = end - start;
  const copy = length < MIN_UNPOOLED_BYTES ? Buffer.allocUnsafe(length) : allocate(length);
  if (copy !== null) copyBytes(bytes, start, end, copy, 0);
  return copy;
}
