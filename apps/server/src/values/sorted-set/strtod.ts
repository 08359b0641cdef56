/** The result of C's strtod. */
export interface ScannedDouble {
  /** The number; 0 if the text does not begin with one. */
  readonly value: number;
  /** Number of characters read, with leading white space; 0 if there is no number. */
  readonly length: number;
  /** Whether the number overflows to infinity or underflows to zero (ERANGE). */
  readonly isOutOfRange: boolean;
}

const NUMBER =
  /^[ \t-\r]*([+-]?)(?:(inf(?:inity)?)|(nan)(?:\(\w*\))?|0x(?=\.?[\da-f])([\da-f]*)\.?([\da-f]*)(?:p([+-]?\d+))?|((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))/i;

const NOTHING: ScannedDouble = { value: 0, length: 0, isOutOfRange: false };

/** Bits of a double's significand, its minimum exponent, and the exponent from which on a number is infinite. */
const SIGNIFICAND_BITS = 53;
const MIN_EXPONENT = -1074;
const INFINITE_EXPONENT = 1024;

/**
 * Parses the number at the beginning of a text as glibc's strtod does in the C locale: white space, a sign, then decimal or
 * hexadecimal digits, `inf`, `infinity` or `nan`, in any case; rounds to nearest, ties to even. Stops at the end of the number,
 * at the latest before a NUL character. O(length). Slow: faster loops handle the common texts.
 */
export function strtod(text: string): ScannedDouble {
  const match = NUMBER.exec(text);
  if (match === null) return NOTHING;
  const [all, sign, infinite, nan, whole = '', fraction = '', exponent = '0', decimal] = match;
  let magnitude: number;
  let isOutOfRange = false;
  if (infinite !== undefined) {
    magnitude = Number.POSITIVE_INFINITY;
  } else if (nan !== undefined) {
    magnitude = Number.NaN;
  } else {
    magnitude = decimal === undefined ? binary(whole, fraction, exponent) : Number(decimal);
    const isZero = !/[1-9a-f]/i.test(decimal === undefined ? whole + fraction : decimal.replace(/e.*/i, ''));
    isOutOfRange = magnitude === Number.POSITIVE_INFINITY || (magnitude === 0 && !isZero);
  }
  return { value: sign === '-' ? -magnitude : magnitude, length: all.length, isOutOfRange };
}

/** The hexadecimal number `whole.fraction * 2^exponent` as the nearest double, ties to even. */
function binary(whole: string, fraction: string, exponent: string): number {
  const significand = BigInt(`0x0${whole}${fraction}`);
  if (significand === 0n) return 0;
  const lowest = Number(exponent) - 4 * fraction.length;
  const top = significand.toString(2).length + lowest;
  if (top > INFINITE_EXPONENT) return Number.POSITIVE_INFINITY;
  if (top < MIN_EXPONENT) return 0;
  const kept = Math.max(top - SIGNIFICAND_BITS, MIN_EXPONENT);
  if (kept <= lowest) return Number(significand) * 2 ** lowest;
  const shift = BigInt(kept - lowest);
  const floor = significand >> shift;
  const rest = significand - (floor << shift);
  const half = 1n << (shift - 1n);
  const isUp = rest > half || (rest === half && (floor & 1n) === 1n);
  return Number(isUp ? floor + 1n : floor) * 2 ** kept;
}
