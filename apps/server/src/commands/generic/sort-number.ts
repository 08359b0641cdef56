import { readScore } from '../../values/sorted-set/score-text';
import { strtod } from '../../values/sorted-set/strtod';

/** Least positive number of a double's full precision; what is below has been rounded. */
const LEAST_NORMAL = 2 ** -1022;

const HEXADECIMAL = /x/i;

/**
 * Reads the number that SORT sorts `bytes[start, end)` by into `numbers[index]`, and tells whether it is one: what C's strtod
 * reads up to the first NUL byte, white space in front and nothing at all (0) included, unless it is too large or too small for
 * a double. O(length); plain decimals allocate nothing.
 */
export function readSortNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  numbers: Float64Array,
  index: number,
): boolean {
  if (readScore(bytes, start, end, numbers, index) && !isSubnormal(numbers[index]!)) return true;
  let textEnd = start;
  while (textEnd < end && bytes[textEnd] !== 0) textEnd++;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, textEnd - start).toString('latin1');
  const { value, length, isOutOfRange } = strtod(text);
  numbers[index] = value;
  if (length !== text.length || isOutOfRange || Number.isNaN(value)) return false;
  // Below, decimal digits are never exact, and C says so; hexadecimal ones are.
  return !isSubnormal(value) || HEXADECIMAL.test(text);
}

function isSubnormal(value: number): boolean {
  return value !== 0 && Math.abs(value) < LEAST_NORMAL;
}
