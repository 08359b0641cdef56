import { LexBound } from '@nanoredis/skiplist';

const PLUS = 0x2b;
const MINUS = 0x2d;
const PARENTHESIS = 0x28;
const BRACKET = 0x5b;

/**
 * A lexicographical range of members, as clients write it. The bounds refer to the bytes of the request. One object is reused
 * for many requests.
 */
export class LexicalRange {
  bytes: Uint8Array = Buffer.alloc(0);
  min: LexBound = LexBound.minusInfinity;
  minStart = 0;
  minEnd = 0;
  max: LexBound = LexBound.plusInfinity;
  maxStart = 0;
  maxEnd = 0;

  /** Parses the lower bound `bytes[start, end)`; returns false if it is invalid. Both bounds must be in the same bytes. O(1). */
  readMin(bytes: Uint8Array, start: number, end: number): boolean {
    const bound = boundAt(bytes, start, end);
    if (bound === null) return false;
    this.bytes = bytes;
    this.min = bound;
    this.minStart = start + 1;
    this.minEnd = end;
    return true;
  }

  /** Parses the upper bound `bytes[start, end)`; returns false if it is invalid. O(1). */
  readMax(bytes: Uint8Array, start: number, end: number): boolean {
    const bound = boundAt(bytes, start, end);
    if (bound === null) return false;
    this.bytes = bytes;
    this.max = bound;
    this.maxStart = start + 1;
    this.maxEnd = end;
    return true;
  }
}

/** The kind of the bound at `start`, or null. As in Redis, `+` and `-` may be followed by a NUL byte and more. */
function boundAt(bytes: Uint8Array, start: number, end: number): LexBound | null {
  if (start === end) return null;
  const isAlone = end - start === 1 || bytes[start + 1] === 0;
  switch (bytes[start]) {
    case BRACKET:
      return LexBound.inclusive;
    case PARENTHESIS:
      return LexBound.exclusive;
    case MINUS:
      return isAlone ? LexBound.minusInfinity : null;
    case PLUS:
      return isAlone ? LexBound.plusInfinity : null;
    default:
      return null;
  }
}
