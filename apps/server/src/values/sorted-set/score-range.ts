import { parseScoreBound } from './score-text';

const PARENTHESIS = 0x28;

/** A range of scores as clients write it; a `(` in front excludes a bound. One object is reused for many requests. */
export class ScoreRange {
  min = 0;
  max = 0;
  isMinExcluded = false;
  isMaxExcluded = false;

  /** Parses the lower bound `bytes[start, end)`; returns false if it is not a number. O(length). */
  readMin(bytes: Uint8Array, start: number, end: number): boolean {
    this.isMinExcluded = start < end && bytes[start] === PARENTHESIS;
    this.min = parseScoreBound(bytes, this.isMinExcluded ? start + 1 : start, end);
    return !Number.isNaN(this.min);
  }

  /** Parses the upper bound `bytes[start, end)`; returns false if it is not a number. O(length). */
  readMax(bytes: Uint8Array, start: number, end: number): boolean {
    this.isMaxExcluded = start < end && bytes[start] === PARENTHESIS;
    this.max = parseScoreBound(bytes, this.isMaxExcluded ? start + 1 : start, end);
    return !Number.isNaN(this.max);
  }

  /** Sets both bounds, inclusive. O(1). */
  include(min: number, max: number): this {
    this.min = min;
    this.max = max;
    this.isMinExcluded = false;
    this.isMaxExcluded = false;
    return this;
  }
}
