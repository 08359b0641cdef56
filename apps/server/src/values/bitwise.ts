/** What BITOP does with bits of several strings. */
export type BitwiseOperation = 'and' | 'or' | 'xor';

/** Below this many bytes, making views of words costs more than it saves. */
const WORDS_WORTH_A_VIEW = 64;

/**
 * Combines `target` with `source[start, start + length)`, bit by bit, into `target`, which is at least as long; the source
 * counts as followed by zero bytes. O(target length), by the word where both are aligned to words.
 */
export function combineBits(
  operation: BitwiseOperation,
  target: Uint8Array,
  source: Uint8Array,
  start: number,
  length: number,
): void {
  let done = 0;
  if (length >= WORDS_WORTH_A_VIEW && ((target.byteOffset | (source.byteOffset + start)) & 3) === 0) {
    const count = length >>> 2;
    combine(
      operation,
      new Uint32Array(target.buffer, target.byteOffset, count),
      new Uint32Array(source.buffer, source.byteOffset + start, count),
      0,
      0,
      count,
    );
    done = count * 4;
  }
  combine(operation, target, source, done, start + done, length);
  if (operation === 'and') target.fill(0, length);
}

/** Complements every bit of `target`. O(length). */
export function complementBits(target: Uint8Array): void {
  let done = 0;
  if (target.length >= WORDS_WORTH_A_VIEW && (target.byteOffset & 3) === 0) {
    const words = new Uint32Array(target.buffer, target.byteOffset, target.length >>> 2);
    for (let i = 0; i < words.length; i++) words[i] = ~words[i]!;
    done = words.length * 4;
  }
  for (let i = done; i < target.length; i++) target[i] = ~target[i]!;
}

/** One loop an operation: a choice inside the loop would cost more than the operation. */
function combine(
  operation: BitwiseOperation,
  target: Uint8Array | Uint32Array,
  source: Uint8Array | Uint32Array,
  at: number,
  from: number,
  end: number,
): void {
  const shift = from - at;
  if (operation === 'and') for (let i = at; i < end; i++) target[i]! &= source[i + shift]!;
  else if (operation === 'or') for (let i = at; i < end; i++) target[i]! |= source[i + shift]!;
  else for (let i = at; i < end; i++) target[i]! ^= source[i + shift]!;
}
