const ZERO = 0x30;
const MINUS = 0x2d;
const E8 = 100_000_000;

/**
 * Writes the decimal digits of an integer to `bytes` at `position` and returns the position behind them. 64 bits need 20 bytes. O(digits).
 *
 * Numbers are converted without a string, eight digits at a time: V8 compiles the division of small integers to an integer
 * multiplication, and that of doubles not.
 * @throws RangeError when a number is not a safe integer
 */
export function writeInteger(bytes: Uint8Array, position: number, n: number | bigint): number {
  if (typeof n === 'bigint') return writeBigInteger(bytes, position, n);
  if (!Number.isSafeInteger(n)) throw new RangeError(`${n} is not a safe integer`);
  let size = n;
  if (n < 0) {
    bytes[position++] = MINUS;
    size = -n;
  }
  if (size < E8) return writeShort(bytes, position, size | 0);
  const high = Math.floor(size / E8);
  const low = (size - high * E8) | 0;
  return writeEight(bytes, high < E8 ? writeShort(bytes, position, high | 0) : writeTwice(bytes, position, high), low);
}

function writeTwice(bytes: Uint8Array, position: number, size: number): number {
  const high = Math.floor(size / E8);
  return writeEight(bytes, writeShort(bytes, position, high | 0), (size - high * E8) | 0);
}

/** Writes 0 to 99 999 999 without leading zeros. */
function writeShort(bytes: Uint8Array, position: number, size: number): number {
  let end = position + 1;
  if (size >= 10) end = position + (size < 100 ? 2 : size < 1000 ? 3 : size < 10_000 ? 4 : longDigits(size));
  let at = end;
  do {
    const rest = (size / 10) | 0;
    bytes[--at] = ZERO + size - 10 * rest;
    size = rest;
  } while (size !== 0);
  return end;
}

function longDigits(size: number): number {
  return size < 100_000 ? 5 : size < 1_000_000 ? 6 : size < 10_000_000 ? 7 : 8;
}

function writeEight(bytes: Uint8Array, position: number, size: number): number {
  for (let at = position + 7; at >= position; at--) {
    const rest = (size / 10) | 0;
    bytes[at] = ZERO + size - 10 * rest;
    size = rest;
  }
  return position + 8;
}

function writeBigInteger(bytes: Uint8Array, position: number, n: bigint): number {
  const text = BigInt.asIntN(64, n).toString();
  for (let i = 0; i < text.length; i++) bytes[position + i] = text.charCodeAt(i);
  return position + text.length;
}

/** The type of a decoded integer beyond 2^53. */
export type LargeIntegers = 'bigint' | 'string' | 'number';

/** Parses a decimal integer of up to 19 digits; undefined if `text` is something else. O(digits). */
export function parseIntegerText(text: string, large: LargeIntegers): number | bigint | string | undefined {
  if (!/^[+-]?\d{1,19}$/.test(text)) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) || large === 'number') return number;
  const digits = text[0] === '+' ? text.slice(1) : text;
  return large === 'bigint' ? BigInt(digits) : digits;
}
