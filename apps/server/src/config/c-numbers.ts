/** Largest value of C's `int`. */
export const INT_MAX = 2 ** 31 - 1;
/** Smallest value of C's `int`. */
export const INT_MIN = -(2 ** 31);
/** Largest value of C's `unsigned int`. */
export const UINT_MAX = 2 ** 32 - 1;
/** Largest value of C's 64-bit `long` and `long long`. */
export const LONG_MAX = 2n ** 63n - 1n;
/** Largest value of C's `unsigned long long`. */
export const ULONG_MAX = 2n ** 64n - 1n;

const LONG_MIN = -(2n ** 63n);

const MEMORY_UNITS: Readonly<Record<string, bigint>> = {
  '': 1n,
  b: 1n,
  k: 1000n,
  kb: 1024n,
  m: 1000n ** 2n,
  mb: 1024n ** 2n,
  g: 1000n ** 3n,
  gb: 1024n ** 3n,
};

/** Maximum number of digits that Redis reads in a memory value. */
const MAX_MEMORY_DIGITS = 127;

/**
 * Parses a decimal 64-bit integer as Redis' `string2ll` does: no blanks, no plus sign, no leading zeros, no overflow.
 * Returns null for any other text.
 */
export function parseStrictInteger(text: string): bigint | null {
  if (!/^(?:0|-?[1-9][0-9]{0,18})$/.test(text)) {
    return null;
  }
  const value = BigInt(text);
  return value > LONG_MAX || value < LONG_MIN ? null : value;
}

/** The result of `strtoll`. */
export interface LooseInteger {
  readonly value: bigint;
  /** The text was out of range; `value` is then the nearest bound. */
  readonly overflow: boolean;
}

/**
 * Parses a whole text as C's `strtoll` does: leading blanks and a sign are allowed, the empty text is 0, overflow saturates.
 * Returns null if anything other than digits of the base follows.
 */
export function parseLooseInteger(text: string, base: 8 | 10): LooseInteger | null {
  if (text === '') {
    return { value: 0n, overflow: false };
  }
  const match = (base === 10 ? /^[ \t\n\v\f\r]*([+-]?)([0-9]+)$/ : /^[ \t\n\v\f\r]*([+-]?)([0-7]+)$/).exec(text);
  if (match === null) {
    return null;
  }
  const magnitude = BigInt(base === 10 ? match[2]! : `0o${match[2]!}`);
  const value = match[1] === '-' ? -magnitude : magnitude;
  if (value > LONG_MAX) {
    return { value: LONG_MAX, overflow: true };
  }
  if (value < LONG_MIN) {
    return { value: LONG_MIN, overflow: true };
  }
  return { value, overflow: false };
}

/**
 * Parses bytes with an optional unit (b, k, kb, m, mb, g, gb; any case; `k` is 1000, `kb` is 1024) as Redis' `memtoull` does.
 * The result is an unsigned 64-bit number: the digits saturate and the product with the unit wraps around, as in Redis. The
 * empty text is 0. Returns null for anything else, including a sign.
 */
export function parseMemory(text: string): bigint | null {
  const match = /^([0-9]*)([a-z]*)$/i.exec(text);
  if (match === null) {
    return null;
  }
  const digits = match[1]!;
  const unit = MEMORY_UNITS[match[2]!.toLowerCase()];
  if (unit === undefined || digits.length > MAX_MEMORY_DIGITS) {
    return null;
  }
  let value = digits === '' ? 0n : BigInt(digits);
  if (value > ULONG_MAX) {
    value = ULONG_MAX;
  }
  return BigInt.asUintN(64, value * unit);
}

/** Parses a whole text as a floating point number, as Redis' `string2d` does (`strtod` without leading blanks or NaN). */
export function parseDouble(text: string): number | null {
  if (/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
  }
  if (/^[+-]?inf(?:inity)?$/i.test(text)) {
    return text.startsWith('-') ? -Infinity : Infinity;
  }
  const hex = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?[0-9]+))?$/i.exec(text);
  if (hex === null || (hex[2] === '' && hex[3] === '')) {
    return null;
  }
  const fraction = hex[3]!;
  const mantissa = Number(BigInt(`0x${hex[2]}${fraction}`)) * 2 ** (-4 * fraction.length);
  const value = mantissa * 2 ** Number(hex[4] ?? 0);
  if (!Number.isFinite(value)) {
    return null;
  }
  return hex[1] === '-' ? -value : value;
}

/** Bytes in the largest unit (gb, mb, kb) that divides them, as CONFIG REWRITE writes them. */
export function formatMemory(bytes: bigint): string {
  if (bytes === 0n) {
    return '0';
  }
  for (const unit of ['gb', 'mb', 'kb']) {
    const size = MEMORY_UNITS[unit]!;
    if (bytes % size === 0n) {
      return `${bytes / size}${unit}`;
    }
  }
  return String(bytes);
}
