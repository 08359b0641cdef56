import { LexBound } from '@nanoredis/skiplist';

const PLUS = 0x2b;
const MINUS = 0x2d;
const PARENTHESIS = 0x28;
const BRACKET = 0x5b;

/**
 * A range of members in the order of their bytes, as clients write it. The members are borrowed from the request's bytes. Made
 * once, read into again and again.
 */
export class LexicalRange {
  bytes: Uint8Array = Buffer.alloc(0);
  min: LexBound = LexBound.minusInfinity;
  minStart = 0;
  minEnd = 0;
  max: LexBound = LexBound.plusInfinity;
  maxStart = 0;
  maxEnd = 0;

  /** Reads the lower bound `bytes[start, end)`; false where it is none. O(1). Both bounds have to stand in the same bytes. */
  readMin(bytes: Uint8Array, start: number, end: number): boolean {
    const bound = boundAt(bytes, start, end);
    if (bound === null) return false;
    this.bytes = bytes;
    this.min = bound;
    this.minStart = start + 1;
    this.minEnd = end;
    return true;
  }

  /** Reads the upper bound `bytes[start, end)`; false where it is none. O(1). */
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

/** The kind of bound at `start`, or null; as in Redis, `+` and `-` may be followed by a NUL byte and more. */
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
