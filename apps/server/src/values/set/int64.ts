import { writeInteger } from '@nanoredis/resp-codec';
import { isInteger } from '../integer';

const MINUS = 0x2d;
const ZERO = 0x30;
/** Digits that a long number is taken apart by, and their weight: both parts are whole numbers below 2^53 then. */
const TAIL_DIGITS = 9;
const TAIL = 1e9;

/**
 * One signed 64-bit integer as two words, `high * 2^32 + (low >>> 0)`: exact, and without a bigint for every number that
 * passes. Both are kept as signed 32-bit numbers, which V8 stores in an object without a box.
 */
export class Int64 {
  low = 0;
  high = 0;

  /** Bytes that the number takes in an intset: 2, 4 or 8. O(1). */
  get width(): number {
    const { low } = this;
    if (this.high !== low >> 31) return 8;
    return low === (low << 16) >> 16 ? 2 : 4;
  }

  /**
   * Takes the number that `bytes[start, end)` is the canonical text of. Returns whether it is one; where not, the number is
   * undefined. O(digits): most texts that are none fail at their first byte.
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
    // Long division in steps of 16 bits, so that no remainder with its next digit passes 2^53.
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

  /** Takes `head * 10^9 + tail`, for a head below 2^34, or its negative. */
  #multiply(head: number, tail: number, negative: boolean): void {
    const upper = Math.floor(head / 65536) * TAIL;
    const lower = (head % 65536) * TAIL + tail + (upper % 65536) * 65536;
    const high = Math.floor(upper / 65536) + Math.floor(lower / 2 ** 32);
    const low = lower | 0;
    this.low = negative ? -low | 0 : low;
    this.high = negative ? (~high + (low === 0 ? 1 : 0)) | 0 : high | 0;
  }
}
