import { writeInteger } from '@nanoredis/resp-codec';
import { isInteger } from '../integer';

const MINUS = 0x2d;
const ZERO = 0x30;
/** A long number is split into a head and a tail of this many digits; both are exact in a double. */
const TAIL_DIGITS = 9;
const TAIL = 1e9;

/**
 * A signed 64-bit integer as two words, `high * 2^32 + (low >>> 0)`: exact without allocating a bigint per number. Both words
 * are signed 32-bit numbers, which V8 stores unboxed.
 */
export class Int64 {
  low = 0;
  high = 0;

  /** Bytes that the number needs in an intset: 2, 4 or 8. O(1). */
  get width(): number {
    const { low } = this;
    if (this.high !== low >> 31) return 8;
    return low === (low << 16) >> 16 ? 2 : 4;
  }

  /**
   * Parses the canonical text `bytes[start, end)`. Returns whether it is one; if not, the number is undefined. O(digits): most
   * other texts fail at their first byte.
   */
  parse(bytes: Uint8Array, start: number, end: number): boolean {
    if (!isInteger(bytes, start, end)) return false;
    const negative = bytes[start] === MINUS;
    let at = negative ? start + 1 : start;
    if (end - at <= TAIL_DIGITS) {
      let value = 0;
      for (; at < end; at++) value = (value * 10 + bytes[at]! - ZERO) | 0;
      this.low = negative ? -value | 0 : value;
      this.high = this.low >> 31;
      return true;
    }
    let head = 0;
    for (; at < end - TAIL_DIGITS; at++) head = head * 10 + (bytes[at]! - ZERO);
    let tail = 0;
    for (; at < end; at++) tail = tail * 10 + (bytes[at]! - ZERO);
    this.#multiply(head, tail, negative);
    return true;
  }

  /** Writes the canonical text to `target` at `at`, up to 20 bytes; returns where it ends. O(digits). */
  write(target: Uint8Array, at: number): number {
    const { low, high } = this;
    if (high === low >> 31) return writeInteger(target, at, low);
    const negative = high < 0;
    const lower = negative ? -low >>> 0 : low >>> 0;
    const upper = negative ? (~high + (lower === 0 ? 1 : 0)) >>> 0 : high;
    // Long division in steps of 16 bits, so that a remainder and its next digit stay below 2^53.
    const first = Math.floor(upper / TAIL);
    const middle = (upper % TAIL) * 65536 + (lower >>> 16);
    const last = (middle % TAIL) * 65536 + (lower & 0xffff);
    const head = first * 2 ** 32 + Math.floor(middle / TAIL) * 65536 + Math.floor(last / TAIL);
    let tail = last % TAIL;
    const tailAt = writeInteger(target, at, negative ? -head : head);
    const end = tailAt + TAIL_DIGITS;
    for (let digit = end - 1; digit >= tailAt; digit--) {
      const rest = Math.floor(tail / 10);
      target[digit] = ZERO + tail - 10 * rest;
      tail = rest;
    }
    return end;
  }

  /** Assigns `head * 10^9 + tail`, for a head below 2^34, or its negative. */
  #multiply(head: number, tail: number, negative: boolean): void {
    const upper = Math.floor(head / 65536) * TAIL;
    const lower = (head % 65536) * TAIL + tail + (upper % 65536) * 65536;
    const high = Math.floor(upper / 65536) + Math.floor(lower / 2 ** 32);
    const low = lower | 0;
    this.low = negative ? -low | 0 : low;
    this.high = negative ? (~high + (low === 0 ? 1 : 0)) | 0 : high | 0;
  }
}
