import type { Arena } from '@nanoredis/intrusive-ds';
import type { RandomOptions } from '../random/random-source';
import type { Member } from './member-codec';

/** The options of a SortedSet. */
export interface SortedSetOptions extends RandomOptions {
  /** The arena of the set, whose memory `destroy` frees. Default: an arena for this set alone. */
  readonly arena?: Arena;
  /** How members are returned: as strings (decoded as UTF-8), or as copies of their bytes. Default: 'strings'. */
  readonly members?: 'strings' | 'bytes';
}

/** A member and its score. `M` is string, or Buffer in a set with `members: 'bytes'`. */
export interface ScoredMember<M extends Member = string> {
  readonly member: M;
  readonly score: number;
}

/** Scores from `min` to `max`. */
export interface ScoreRange {
  /** The lowest score. Default: -Infinity. */
  readonly min?: number;
  /** The highest score. Default: Infinity. */
  readonly max?: number;
  /** Whether `min` itself is excluded. Default: false. */
  readonly minExclusive?: boolean;
  /** Whether `max` itself is excluded. Default: false. */
  readonly maxExclusive?: boolean;
}

/** Members from `min` to `max` in the order of their bytes; without a bound the range is open at that end. */
export interface LexRange {
  readonly min?: Member | undefined;
  readonly max?: Member | undefined;
  /** Whether `min` itself is excluded. Default: false. */
  readonly minExclusive?: boolean;
  /** Whether `max` itself is excluded. Default: false. */
  readonly maxExclusive?: boolean;
}

/** Which part of a range to return, and in which order. */
export interface RangeWindow {
  /** How many members to skip. Default: 0. */
  readonly offset?: number;
  /** How many members to return at most. Default: all. */
  readonly limit?: number;
  /** From the highest to the lowest. Default: false. */
  readonly reverse?: boolean;
}

/** @throws RangeError when the value of an option is neither a whole number of at least 0 nor Infinity */
export function requireCount(option: string, value: number): void {
  if (!(value >= 0) || (value !== Number.POSITIVE_INFINITY && !Number.isInteger(value))) {
    throw new RangeError(`the option "${option}" must be a whole number of at least 0`);
  }
}

/** @throws TypeError when a value is not a number; RangeError when it is NaN */
export function requireNumber(name: string, value: number): void {
  if (typeof value !== 'number') throw new TypeError(`"${name}" must be a number`);
  if (Number.isNaN(value)) throw new RangeError(`"${name}" must not be NaN`);
}
