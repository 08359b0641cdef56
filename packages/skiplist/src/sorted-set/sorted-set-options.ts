import type { Arena } from '@nanoredis/intrusive-ds';
import type { RandomOptions } from '../random/random-source';
import type { Member } from './member-codec';

/** What a SortedSet can be told at its start. */
export interface SortedSetOptions extends RandomOptions {
  /** The memory that the set lives in; the set must be destroyed then to give it back. Default: an arena of its own. */
  readonly arena?: Arena;
  /** What members are answered as: strings (decoded as UTF-8), or copies of their bytes. Default: 'strings'. */
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
  /** Whether `min` itself is left out. Default: false. */
  readonly minExclusive?: boolean;
  /** Whether `max` itself is left out. Default: false. */
  readonly maxExclusive?: boolean;
}

/** Members from `min` to `max` in the order of their bytes; a bound that is left out does not bound. */
export interface LexRange {
  readonly min?: Member | undefined;
  readonly max?: Member | undefined;
  /** Whether `min` itself is left out. Default: false. */
  readonly minExclusive?: boolean;
  /** Whether `max` itself is left out. Default: false. */
  readonly maxExclusive?: boolean;
}

/** Which part of a range is wanted, and in which order. */
export interface RangeWindow {
  /** Members to pass over first. Default: 0. */
  readonly offset?: number;
  /** Most members to answer. Default: all. */
  readonly limit?: number;
  /** From the highest to the lowest. Default: false. */
  readonly reverse?: boolean;
}

/** Throws RangeError naming the option, if its value is not a whole number of at least 0 or Infinity. */
export function requireCount(option: string, value: number): void {
  if (!(value >= 0) || (value !== Number.POSITIVE_INFINITY && !Number.isInteger(value))) {
    throw new RangeError(`the option "${option}" must be a whole number of at least 0`);
  }
}

/** Throws TypeError or RangeError naming the value, if it is no number or NaN. */
export function requireNumber(name: string, value: number): void {
  if (typeof value !== 'number') throw new TypeError(`"${name}" must be a number`);
  if (Number.isNaN(value)) throw new RangeError(`"${name}" must not be NaN`);
}
