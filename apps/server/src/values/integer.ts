/**
 * Integers as Redis writes them: signed 64 bits, canonical decimal text (no plus sign, no leading zero, no space, no minus
 * zero). Follows redis-server's string2ll.
 */

const MAX_INT64_DIGITS = '9223372036854775807';
const MIN_INT64_DIGITS = '9223372036854775808';

export const INT64_MAX = 9223372036854775807n;
export const INT64_MIN = -9223372036854775808n;

/**
 * Tells whether `bytes[start, end)` is a canonical signed 64-bit integer. O(digits), reads at most 20 bytes. Most texts fail
 * at their first byte, so SET can afford this check for every value.
 */
export function isInteger(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length === 0 || length > 20) return false;
  let at = start;
  let byte = bytes[at]!;
  const negative = byte === 0x2d;
  if (negative) {
    at++;
    if (at === end) return false;
    byte = bytes[at]!;
  }
  if (byte === 0x30) return !negative && length === 1;
  if (byte < 0x31 || byte > 0x39) return false;
  const digits = end - at;
  for (let i = at + 1; i < end; i++) {
    byte = bytes[i]!;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  if (digits < 19) return true;
  if (digits > 19) return false;
  const limit = negative ? MIN_INT64_DIGITS : MAX_INT64_DIGITS;
  for (let i = 0; i < 19; i++) {
    const difference = bytes[at + i]! - limit.charCodeAt(i);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

/**
 * The integer in `bytes[start, end)`, or NaN if it is not a canonical signed 64-bit one. Exact up to 2^53; beyond that the
 * nearest double, which is enough for bounds and clamping (`parseBigInteger` is exact). O(digits), allocates nothing.
 */
export function parseInteger(bytes: Uint8Array, start: number, end: number): number {
  if (!isInteger(bytes, start, end)) return Number.NaN;
  const negative = bytes[start] === 0x2d;
  let value = 0;
  // Subtract from the digit, not from the sum: the sum would exceed 2^53 for numbers just below it.
  for (let i = negative ? start + 1 : start; i < end; i++) value = value * 10 + (bytes[i]! - 0x30);
  return negative ? -value : value;
}

/** The exact integer in `bytes[start, end)`, or null if it is not a canonical signed 64-bit one. O(digits). */
export function parseBigInteger(bytes: Uint8Array, start: number, end: number): bigint | null {
  if (!isInteger(bytes, start, end)) return null;
  const negative = bytes[start] === 0x2d;
  let value = 0n;
  for (let i = negative ? start + 1 : start; i < end; i++) value = value * 10n + BigInt(bytes[i]! - 0x30);
  return negative ? -value : value;
}
