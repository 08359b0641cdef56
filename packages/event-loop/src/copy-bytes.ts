/** Below this many bytes the loop is the fastest: 49 ns at 64 bytes, where `set` takes 66 to 71 ns; 91 ns at 128, `set` 65 to 86 ns. */
const MIN_NATIVE_BYTES = 96;
/** From this many bytes on, `fill` is faster than `set` if the source is shared: 104 and 121 ns at 256 bytes, 0.76 and 4.6 us at 16 KiB. */
const MIN_FILL_BYTES = 192;
/** `Buffer` is a getter of the global object, which takes 10 ns. */
const NodeBuffer = Buffer;

/**
 * Copies `source[start, end)` to `target` at `at`. The ranges must not overlap, and `target` must have the space. O(end - start).
 *
 * Hot. It copies in the way that is the fastest for the length, see apps/bench/src/micro/resp-codec/copy.bench.ts. `set` is a memcpy
 * between ordinary buffers, but slow out of a SharedArrayBuffer. `fill` with a pattern as long as the target is one memcpy out of any
 * memory; its call takes 40 ns longer. The memory of values is shared and is passed as a plain Uint8Array, bytes of a socket are a
 * Buffer. The type is only a hint: the exact check, `source.buffer instanceof SharedArrayBuffer`, takes 15 ns.
 */
export function copyBytes(source: Uint8Array, start: number, end: number, target: Buffer, at: number): void {
  const length = end - start;
  if (length < MIN_NATIVE_BYTES) copyInLoop(source, start, end, target, at);
  else if (length < MIN_FILL_BYTES || source instanceof NodeBuffer) target.set(source.subarray(start, end), at);
  else target.fill(source.subarray(start, end), at, at + length);
}

/**
 * An iteration copies eight bytes, because V8 checks both arrays again in each iteration; the last bytes follow without a loop. That
 * takes a third of the instructions of one byte per iteration. Two short functions instead of one, because V8 inlines only short ones.
 */
function copyInLoop(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
  const length = (end - start) | 0;
  let from = start | 0;
  let to = at | 0;
  for (const last = (end - 8) | 0; from <= last; from += 8, to += 8) {
    target[to] = source[from]!;
    target[to + 1] = source[from + 1]!;
    target[to + 2] = source[from + 2]!;
    target[to + 3] = source[from + 3]!;
    target[to + 4] = source[from + 4]!;
    target[to + 5] = source[from + 5]!;
    target[to + 6] = source[from + 6]!;
    target[to + 7] = source[from + 7]!;
  }
  if ((length & 4) !== 0) {
    target[to] = source[from]!;
    target[to + 1] = source[from + 1]!;
    target[to + 2] = source[from + 2]!;
    target[to + 3] = source[from + 3]!;
    from += 4;
    to += 4;
  }
  if ((length & 2) !== 0) {
    target[to] = source[from]!;
    target[to + 1] = source[from + 1]!;
    from += 2;
    to += 2;
  }
  if ((length & 1) !== 0) target[to] = source[from]!;
}
