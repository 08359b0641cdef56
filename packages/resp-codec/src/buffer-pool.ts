import { allocate } from './allocate';

/** Smallest buffer of the pool. The end of a window usually fits into it. */
const MIN_BUFFER_BYTES = 1024;
/** Larger buffers are not pooled: they are seldom reused soon, and filling one costs more than its allocation. */
const MAX_BUFFER_BYTES = 4 * 1024 * 1024;
/** Maximum total size of the free buffers. */
const MAX_FREE_BYTES = 16 * 1024 * 1024;
/** There are 2^3 sizes from one power of two to the next, so rounding up adds at most 12.5 %. */
const STEP_BITS = 3;

/** The free buffers by their size. */
const freeBuffers = new Map<number, Buffer[]>();
let freeBytes = 0;

/**
 * Returns a buffer of at least `bytes` bytes with undefined contents, from the pool or newly allocated, or null if there is not enough
 * memory. The caller owns it. O(1).
 *
 * The pool exists because V8 counts memory outside of its heap when it decides to collect garbage. With a new buffer for each value of
 * 128 KiB, a server spent twice as much time in the collector as in copying values.
 */
export function acquireBuffer(bytes: number): Buffer | null {
  const size = pooledBytes(bytes);
  const buffer = freeBuffers.get(size)?.pop();
  if (buffer === undefined) return allocate(size);
  freeBytes -= size;
  return buffer;
}

/** Returns the size of the buffer that `acquireBuffer(bytes)` returns. O(1). */
export function pooledBytes(bytes: number): number {
  if (bytes <= MIN_BUFFER_BYTES) return MIN_BUFFER_BYTES;
  if (bytes > MAX_BUFFER_BYTES) return bytes;
  const step = 2 ** (31 - Math.clz32(bytes - 1) - STEP_BITS);
  return Math.ceil(bytes / step) * step;
}

/** Returns an unused buffer to the pool. Buffers whose size is not one of the pool's are left to the garbage collector. O(1). */
export function releaseBuffer(buffer: Buffer): void {
  const size = buffer.length;
  if (size > MAX_BUFFER_BYTES || size !== pooledBytes(size)) return;
  const sameSize = freeBuffers.get(size);
  if (freeBytes + size > MAX_FREE_BYTES && !dropOtherSizes(size)) return;
  if (sameSize === undefined) freeBuffers.set(size, [buffer]);
  else sameSize.push(buffer);
  freeBytes += size;
}

/**
 * Drops free buffers of other sizes until `bytes` more fit into the pool: those are left from an earlier load. Returns false if they
 * do not suffice.
 */
function dropOtherSizes(bytes: number): boolean {
  for (const [size, buffers] of freeBuffers) {
    if (size === bytes) continue;
    while (buffers.pop() !== undefined) {
      freeBytes -= size;
      if (freeBytes + bytes <= MAX_FREE_BYTES) return true;
    }
  }
  return false;
}
