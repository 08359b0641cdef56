/** Up to this many bytes an unrolled loop is faster than a call, in every direction. */
const MAX_LOOPED_BYTES = 160;

/** Up to this many bytes copyWithin is faster than fill where it can move eight bytes at a time. */
const MAX_COPIED_WITHIN_BYTES = 4096;

const { fill } = Buffer.prototype;

/**
 * Copies `source[start, end)` to `target` from `at` on, in any direction between the heap and shared memory. The two ranges must not
 * overlap; `moveBytes` is for those that do. All positions are below 2 GiB. O(length); allocates nothing up to 160 bytes, and at
 * most one view beyond.
 *
 * Hot (bench copy.bench.ts): V8 checks both arrays again in each iteration of a loop, so an iteration copies eight bytes, and the
 * rest needs no loop.
 */
export function copyBytes(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
  const length = end - start;
  if (length > MAX_LOOPED_BYTES) {
    copyLong(source, start, end, target, at);
    return;
  }
  let from = start | 0;
  let to = at | 0;
  for (const last = (end - 8) | 0; from <= last; from = (from + 8) | 0, to = (to + 8) | 0) {
    target[to] = source[from]!;
    target[(to + 1) | 0] = source[(from + 1) | 0]!;
    target[(to + 2) | 0] = source[(from + 2) | 0]!;
    target[(to + 3) | 0] = source[(from + 3) | 0]!;
    target[(to + 4) | 0] = source[(from + 4) | 0]!;
    target[(to + 5) | 0] = source[(from + 5) | 0]!;
    target[(to + 6) | 0] = source[(from + 6) | 0]!;
    target[(to + 7) | 0] = source[(from + 7) | 0]!;
  }
  if ((length & 4) !== 0) {
    target[to] = source[from]!;
    target[(to + 1) | 0] = source[(from + 1) | 0]!;
    target[(to + 2) | 0] = source[(from + 2) | 0]!;
    target[(to + 3) | 0] = source[(from + 3) | 0]!;
    from = (from + 4) | 0;
    to = (to + 4) | 0;
  }
  if ((length & 2) !== 0) {
    target[to] = source[from]!;
    target[(to + 1) | 0] = source[(from + 1) | 0]!;
    from = (from + 2) | 0;
    to = (to + 2) | 0;
  }
  if ((length & 1) !== 0) target[to] = source[from]!;
}

/**
 * Buffer's fill with the range as its pattern is one memcpy. TypedArray.set, copyWithin and (on Node 20) Buffer.copy treat shared
 * memory as memory that other threads write to: they copy it eight bytes at a time where both ranges have the same alignment, as
 * records of one segment do, else byte by byte.
 */
function copyLong(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
  const length = end - start;
  if (source === target && length <= MAX_COPIED_WITHIN_BYTES && ((at - start) & 7) === 0) {
    target.copyWithin(at, start, end);
  } else {
    fill.call(target, source.subarray(start, end), at, at + length);
  }
}
