import { MAX_TEXT_BYTES } from '../../values/max-text-bytes';
import { readScore } from '../../values/sorted-set/score-text';
import { strtod } from '../../values/sorted-set/strtod';

/** Smallest positive normal double; smaller ones have lost precision. */
const MIN_NORMAL = 2 ** -1022;

const HEXADECIMAL = /x/i;

/**
 * Parses the number that SORT sorts `bytes[start, end)` by into `numbers[index]`. Returns whether it is one: the syntax is that
 * of C's strtod up to the first NUL byte, with leading white space, and the empty text is 0. Overflow and underflow are invalid.
 * O(length); plain decimals allocate nothing.
 */
export function readSortNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  numbers: Float64Array,
  index: number,
): boolean {
  if (readScore(bytes, start, end, numbers, index) && !isSubnormal(numbers[index]!)) return true;
  if (end - start > MAX_TEXT_BYTES) return false;
  let textEnd = start;
  while (textEnd < end && bytes[textEnd] !== 0) textEnd++;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, textEnd - start).toString('latin1');
  const { value, length, isOutOfRange } = strtod(text);
  numbers[index] = value;
  if (length !== text.length || isOutOfRange || Number.isNaN(value)) return false;
  // C reports underflow for subnormal decimals, which are never exact; hexadecimal ones are.
  return !isSubnormal(value) || HEXADECIMAL.test(text);
}

function isSubnormal(value: number): boolean {
  return value !== 0 && Math.abs(value) < MIN_NORMAL;
}
