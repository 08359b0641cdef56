/**
 * The arithmetic of INCRBYFLOAT, which Redis does in `long double`: the x87 format of 80 bits with a 64-bit significand. A
 * value is exactly `significand * 2^exponent`; |significand| < 2^64. Zero has no sign, because no reply shows it.
 */
export interface LongDouble {
  readonly significand: bigint;
  readonly exponent: number;
}

export const LONG_DOUBLE_ZERO: LongDouble = { significand: 0n, exponent: 0 };
export const LONG_DOUBLE_INFINITY: LongDouble = { significand: 1n, exponent: Number.POSITIVE_INFINITY };
const MINUS_INFINITY: LongDouble = { significand: -1n, exponent: Number.POSITIVE_INFINITY };

const SIGNIFICAND_BITS = 64;
/** Exponents of the least significant bit: of the smallest subnormal, and of the largest value. */
const MIN_EXPONENT = -16445;
const MAX_EXPONENT = 16320;
/** Decimal exponents of the first digit beyond which every number is infinite or rounds to zero. */
const INFINITE_PLACE = 4934;
const VANISHING_PLACE = -4952;
/** Length of the longest text that can be a number: Redis copies it into a buffer of this size. */
const MAX_TEXT_BYTES = 5119;
/** Maximum number of decimal places in a reply. */
const FRACTION_DIGITS = 17;

const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;
const HEXADECIMAL = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)(?:p([+-]?\d+))?$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;

/**
 * The number in `bytes[start, end)` as C's strtold reads it: decimal, hexadecimal or infinite, with nothing around it.
 * Returns null for everything else: for NaN, for a number that is too large, and for one that is not zero but rounds to it.
 * Rounds to nearest, ties to even. O(digits^2).
 */
export function parseLongDouble(bytes: Uint8Array, start: number, end: number): LongDouble | null {
  if (start === end || end - start > MAX_TEXT_BYTES) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? MINUS_INFINITY : LONG_DOUBLE_INFINITY;
  const match = DECIMAL.exec(text) ?? HEXADECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponentText] = match;
  if (whole === '' && fraction === '') return null;
  const isHexadecimal = text.length > 1 && /x/i.test(text);
  const magnitude = BigInt(`${isHexadecimal ? '0x' : ''}${whole}${fraction}`);
  if (magnitude === 0n) return LONG_DOUBLE_ZERO;
  const significand = sign === '-' ? -magnitude : magnitude;
  const exponent = Number(exponentText ?? 0);
  const value = isHexadecimal
    ? roundBinary(significand, exponent - 4 * fraction.length)
    : roundDecimal(significand, exponent - fraction.length);
  return value === null || value.significand === 0n ? null : value;
}

/** The sum, rounded to nearest, ties to even; null if it is not finite. O(1), on bigints of up to 32 K bits. */
export function addLongDoubles(a: LongDouble, b: LongDouble): LongDouble | null {
  if (a.exponent === Number.POSITIVE_INFINITY || b.exponent === Number.POSITIVE_INFINITY) return null;
  const exponent = Math.min(a.exponent, b.exponent);
  const significand =
    (a.significand << BigInt(a.exponent - exponent)) + (b.significand << BigInt(b.exponent - exponent));
  return roundToFormat(significand, exponent);
}

/** A value times an integer, rounded to nearest, ties to even; null if it is not finite. O(1). */
export function multiplyLongDouble({ significand, exponent }: LongDouble, factor: bigint): LongDouble | null {
  return exponent === Number.POSITIVE_INFINITY ? null : roundToFormat(significand * factor, exponent);
}

/** A finite value rounded up to an integer. O(1), on bigints of up to 16 K bits. */
export function ceilLongDouble({ significand, exponent }: LongDouble): bigint {
  return exponent >= 0 ? significand << BigInt(exponent) : -(-significand >> BigInt(-exponent));
}

/**
 * A finite value with up to 17 decimal places and no trailing zeros, as Redis' ld2string in human-friendly mode prints it.
 * O(digits^2).
 */
export function formatLongDouble({ significand, exponent }: LongDouble): string {
  const scaled = shiftRounding(significand * 10n ** BigInt(FRACTION_DIGITS), exponent);
  if (scaled === 0n) return '0';
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(FRACTION_DIGITS + 1, '0');
  const whole = digits.slice(0, -FRACTION_DIGITS);
  const fraction = digits.slice(-FRACTION_DIGITS).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** significand * 10^exponent as a long double; null if it is too large. */
function roundDecimal(significand: bigint, exponent: number): LongDouble | null {
  const place = significand.toString().length - (significand < 0n ? 1 : 0) + exponent;
  if (place > INFINITE_PLACE) return null;
  if (place < VANISHING_PLACE) return LONG_DOUBLE_ZERO;
  if (exponent >= 0) return roundToFormat(significand * 10n ** BigInt(exponent), 0);
  const divisor = 10n ** BigInt(-exponent);
  // Two more bits than the format has, and a sticky bit for the remainder: enough to round correctly.
  const shift = Math.max(0, SIGNIFICAND_BITS + 2 + bitLength(divisor) - bitLength(significand));
  const dividend = significand << BigInt(shift);
  const quotient = (dividend / divisor) << 1n;
  const rest = dividend % divisor;
  const sticky = rest === 0n ? 0n : significand < 0n ? -1n : 1n;
  return roundToFormat(quotient + sticky, -shift - 1);
}

/** significand * 2^exponent as a long double; null if it is too large. */
function roundBinary(significand: bigint, exponent: number): LongDouble | null {
  const top = bitLength(significand) + exponent;
  if (top > MAX_EXPONENT + SIGNIFICAND_BITS) return null;
  if (top < MIN_EXPONENT - 1) return LONG_DOUBLE_ZERO;
  return roundToFormat(significand, exponent);
}

/** Rounds to a 64-bit significand and an exponent in range; null if the value is too large. */
function roundToFormat(significand: bigint, exponent: number): LongDouble | null {
  const excess = Math.max(bitLength(significand) - SIGNIFICAND_BITS, MIN_EXPONENT - exponent, 0);
  const rounded = excess === 0 ? significand : shiftRounding(significand, -excess);
  if (rounded === 0n) return LONG_DOUBLE_ZERO;
  const isTooLarge = bitLength(rounded) + exponent + excess > MAX_EXPONENT + SIGNIFICAND_BITS;
  return isTooLarge ? null : { significand: rounded, exponent: exponent + excess };
}

/** n * 2^shift, rounded to the nearest integer, ties to even. */
function shiftRounding(n: bigint, shift: number): bigint {
  if (shift >= 0) return n << BigInt(shift);
  const bits = BigInt(-shift);
  const floor = n >> bits;
  const rest = n - (floor << bits);
  const half = 1n << (bits - 1n);
  if (rest < half || (rest === half && (floor & 1n) === 0n)) return floor;
  return floor + 1n;
}

function bitLength(n: bigint): number {
  const magnitude = n < 0n ? -n : n;
  if (magnitude < 0x1_0000_0000n) return 32 - Math.clz32(Number(magnitude));
  const hexadecimal = magnitude.toString(16);
  return hexadecimal.length * 4 - Math.clz32(Number.parseInt(hexadecimal[0]!, 16)) + 28;
}
