import { MAX_TEXT_BYTES } from '../max-text-bytes';
import { strtod } from './strtod';

const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const SPACE = 0x20;
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;

/** Up to this many digits are exact in a double. So is a power of ten below 10^23: their quotient is rounded only once. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/**
 * Parses the score `bytes[start, end)` into `scores[index]`. Returns whether it is one: the syntax is that of redis-server's
 * string2d. O(length), allocates nothing for plain decimals of up to 15 digits.
 *
 * Hot: ZADD parses every score with it. The result is stored in an array, because V8 may box a double that a function returns.
 */
export function readScore(bytes: Uint8Array, start: number, end: number, scores: Float64Array, index: number): boolean {
  let at = start;
  const sign = bytes[at]!;
  if (sign === MINUS || sign === PLUS) at++;
  let digits = end - at;
  let fraction = 0;
  if (digits > EXACT_DIGITS + 1) return readUncommonScore(bytes, start, end, scores, index);
  let significand = 0;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >>> 0 <= 9) {
      significand = significand * 10 + digit;
    } else if (bytes[at] === POINT && fraction === 0) {
      fraction = end - at;
      digits--;
    } else {
      return readUncommonScore(bytes, start, end, scores, index);
    }
  }
  // `digits` is below 0 if the score is empty and the byte after it looks like a sign.
  if (digits <= 0 || digits > EXACT_DIGITS) return readUncommonScore(bytes, start, end, scores, index);
  const magnitude = fraction > 1 ? significand / POWERS_OF_TEN[fraction - 1]! : significand;
  scores[index] = sign === MINUS ? -magnitude : magnitude;
  return true;
}

function readUncommonScore(
  bytes: Uint8Array,
  start: number,
  end: number,
  scores: Float64Array,
  index: number,
): boolean {
  const first = bytes[start]!;
  if (start === end || first === SPACE || (first >= TAB && first <= CARRIAGE_RETURN)) return false;
  if (end - start > MAX_TEXT_BYTES) return false;
  const { value, length, isOutOfRange } = strtod(latin1(bytes, start, end));
  scores[index] = value;
  return length === end - start && !isOutOfRange && !Number.isNaN(value);
}

/** Scratch of one call: valid until the command ends or calls another command. */
const single = new Float64Array(1);

/** The score `bytes[start, end)` (see `readScore`), or NaN if it is not one. O(length). */
export function parseScore(bytes: Uint8Array, start: number, end: number): number {
  return readScore(bytes, start, end, single, 0) ? single[0]! : Number.NaN;
}

/**
 * The number `bytes[start, end)` as a bound of a range of scores, or NaN if it is not one. Redis parses a bound more liberally
 * than a score, up to the first NUL byte: leading white space is skipped, an empty text is 0, overflow is infinite. O(length).
 */
export function parseScoreBound(bytes: Uint8Array, start: number, end: number): number {
  if (readScore(bytes, start, end, single, 0)) return single[0]!;
  if (end - start > MAX_TEXT_BYTES) return Number.NaN;
  const nul = bytes.indexOf(0, start);
  const text = latin1(bytes, start, nul >= 0 && nul < end ? nul : end);
  const { value, length } = strtod(text);
  return length === text.length ? value : Number.NaN;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}
