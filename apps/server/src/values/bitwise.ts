/** The operations of BITOP that combine several strings. */
export type BitwiseOperation = 'and' | 'or' | 'xor';

/** Below this many bytes, creating word views costs more than it saves. */
const MIN_VIEW_BYTES = 64;

/**
 * Combines `target` with `source[start, start + length)`, bit by bit, into `target`, which is at least `length` bytes long.
 * The source is treated as padded with zero bytes. O(target length); a word at a time where both are aligned to words.
 */
export function combineBits(
  operation: BitwiseOperation,
  target: Uint8Array,
  source: Uint8Array,
  start: number,
  length: number,
): void {
  let done = 0;
  if (length >= MIN_VIEW_BYTES && ((target.byteOffset | (source.byteOffset + start)) & 3) === 0) {
    const count = length >>> 2;
    const targetWords = new Int32Array(target.buffer, target.byteOffset, count);
    combineWords(operation, targetWords, new Int32Array(source.buffer, source.byteOffset + start, count));
    done = count * 4;
  }
  combineBytes(operation, target, source, start, done, length);
  if (operation === 'and') target.fill(0, length);
}

/** Complements every bit of `target`. O(length). */
export function complementBits(target: Uint8Array): void {
  let done = 0;
  if (target.length >= MIN_VIEW_BYTES && (target.byteOffset & 3) === 0) {
    const words = new Int32Array(target.buffer, target.byteOffset, target.length >>> 2);
    for (let i = 0; i < words.length; i++) words[i] = ~words[i]!;
    done = words.length * 4;
  }
  for (let i = done; i < target.length; i++) target[i] = ~target[i]!;
}

/**
 * One loop per operation: a branch inside the loop would cost more than the operation. Words and bytes have separate
 * functions, because a loop that sees both array types runs ten times slower. V8 keeps signed words as integers.
 */
function combineWords(operation: BitwiseOperation, target: Int32Array, source: Int32Array): void {
  const count = target.length;
  if (operation === 'and') for (let i = 0; i < count; i++) target[i]! &= source[i]!;
  else if (operation === 'or') for (let i = 0; i < count; i++) target[i]! |= source[i]!;
  else for (let i = 0; i < count; i++) target[i]! ^= source[i]!;
}

function combineBytes(
  operation: BitwiseOperation,
  target: Uint8Array,
  source: Uint8Array,
  start: number,
  from: number,
  end: number,
): void {
  if (operation === 'and') for (let i = from; i < end; i++) target[i]! &= source[start + i]!;
  else if (operation === 'or') for (let i = from; i < end; i++) target[i]! |= source[start + i]!;
  else for (let i = from; i < end; i++) target[i]! ^= source[start + i]!;
}
