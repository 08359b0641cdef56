/** From this many bytes on, two memcpys are faster than copyWithin where that moves single bytes. */
const MIN_BOUNCED_BYTES = 640;

/** How much the buffer between the two memcpys holds. */
const BOUNCE_BYTES = 16 * 1024;

const { fill } = Buffer.prototype;
const bounce = new Uint8Array(BOUNCE_BYTES);

/**
 * Moves `bytes[start, end)` to `at` in the same array. The two ranges may overlap; `copyBytes` is for those that do not. O(length).
 *
 * copyWithin moves shared memory eight bytes at a time where the distance is a multiple of eight, else byte by byte. So longer ranges
 * go through a buffer on the heap, in chunks, and in the order that reads each chunk before it is overwritten (bench copy.bench.ts).
 */
export function moveBytes(bytes: Uint8Array, start: number, end: number, at: number): void {
  const length = end - start;
  if (length < MIN_BOUNCED_BYTES || ((at - start) & 7) === 0) {
    bytes.copyWithin(at, start, end);
    return;
  }
  const chunks = Math.ceil(length / BOUNCE_BYTES);
  for (let i = 0; i < chunks; i++) {
    const offset = (at < start ? i : chunks - 1 - i) * BOUNCE_BYTES;
    const size = Math.min(BOUNCE_BYTES, length - offset);
    fill.call(bounce, bytes.subarray(start + offset, start + offset + size), 0, size);
    fill.call(bytes, bounce.subarray(0, size), at + offset, at + offset + size);
  }
}
