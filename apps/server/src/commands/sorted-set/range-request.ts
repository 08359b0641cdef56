import type { Address } from '@nanoredis/intrusive-ds';
import { ReplyError, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import { LexicalRange } from '../../values/sorted-set/lexical-range';
import { ScoreRange } from '../../values/sorted-set/score-range';
import type { SortedSets } from '../../values/sorted-set/sorted-sets';

const NOT_A_SCORE_RANGE = new ReplyError('ERR min or max is not a float');
const NOT_A_LEXICAL_RANGE = new ReplyError('ERR min or max not valid string range item');
const LIMIT_OF_RANKS = new ReplyError(
  'ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX',
);
const SCORES_OF_MEMBERS = new ReplyError('ERR syntax error, WITHSCORES not supported in combination with BYLEX');

/** The kind of the bounds of a range. */
export enum RangeKind {
  /** Given by an option; ranks by default. */
  open = 0,
  rank = 1,
  score = 2,
  lexical = 3,
}

/** The direction of a range. */
export enum RangeDirection {
  /** Given by the option REV; forward by default. */
  open = 0,
  forward = 1,
  reverse = 2,
}

/** A range of a sorted set, as in the arguments of the ZRANGE commands. One object is reused for many requests. */
export class RangeRequest {
  withScores = false;
  isReverse = false;
  #kind = RangeKind.rank;
  #start = 0;
  #stop = 0;
  #offset = 0;
  /** Maximum number of members; negative for all. */
  #limit = -1;
  readonly #scores = new ScoreRange();
  readonly #members = new LexicalRange();

  /**
   * Parses the bounds after the key at argument `key`, and the options after the bounds. WITHSCORES is not an option if the range
   * `isStored`. O(arguments).
   * @throws ReplyError when the arguments are invalid.
   */
  read(args: Arguments, key: number, kind: RangeKind, direction: RangeDirection, isStored: boolean): this {
    let givenKind = kind;
    let givenDirection = direction;
    this.withScores = false;
    this.#offset = 0;
    this.#limit = -1;
    for (let i = key + 3; i < args.count; i++) {
      if (!isStored && args.equals(i, 'withscores')) {
        this.withScores = true;
      } else if (args.equals(i, 'limit') && i + 2 < args.count) {
        this.#offset = args.requireInteger(i + 1);
        this.#limit = args.requireInteger(i + 2);
        i += 2;
      } else if (givenDirection === RangeDirection.open && args.equals(i, 'rev')) {
        givenDirection = RangeDirection.reverse;
      } else if (givenKind === RangeKind.open && args.equals(i, 'bylex')) {
        givenKind = RangeKind.lexical;
      } else if (givenKind === RangeKind.open && args.equals(i, 'byscore')) {
        givenKind = RangeKind.score;
      } else {
        throw SYNTAX_ERROR;
      }
    }
    if (givenKind === RangeKind.open) givenKind = RangeKind.rank;
    if (this.#limit !== -1 && givenKind === RangeKind.rank) throw LIMIT_OF_RANKS;
    if (this.withScores && givenKind === RangeKind.lexical) throw SCORES_OF_MEMBERS;
    this.isReverse = givenDirection === RangeDirection.reverse;
    this.#readBounds(args, key, givenKind);
    return this;
  }

  /**
   * Parses only the bounds after the key at argument `key`, of a forward range.
   * @throws ReplyError when they are invalid.
   */
  readBounds(args: Arguments, key: number, kind: RangeKind): this {
    this.isReverse = false;
    this.#offset = 0;
    this.#limit = -1;
    this.#readBounds(args, key, kind);
    return this;
  }

  /** Moves the store's cursor to the start of the range in a set, and returns its number of members. O(log n), O(n) if packed. */
  select(sets: SortedSets, entry: Address): number {
    switch (this.#kind) {
      case RangeKind.score:
        return this.#selectScores(sets, entry);
      case RangeKind.lexical:
        return this.#skip(sets, sets.ranges.selectMembers(entry, this.#members, this.isReverse, sets.cursor), entry);
      default:
        return this.#selectRanks(sets, entry);
    }
  }

  /** Number of members of the range in a set. O(log n), O(n) if packed. */
  count(sets: SortedSets, entry: Address): number {
    return this.#kind === RangeKind.score ? sets.ranges.countScores(entry, this.#scores) : this.select(sets, entry);
  }

  /** In a reverse range, the maximum of scores or members precedes the minimum. */
  #readBounds(args: Arguments, key: number, kind: RangeKind): void {
    this.#kind = kind;
    const { bytes } = args;
    const min = kind !== RangeKind.rank && this.isReverse ? key + 2 : key + 1;
    const max = 2 * key + 3 - min;
    if (kind === RangeKind.score) {
      const range = this.#scores;
      if (!range.readMin(bytes, args.start(min), args.end(min))) throw NOT_A_SCORE_RANGE;
      if (!range.readMax(bytes, args.start(max), args.end(max))) throw NOT_A_SCORE_RANGE;
    } else if (kind === RangeKind.lexical) {
      const range = this.#members;
      if (!range.readMin(bytes, args.start(min), args.end(min))) throw NOT_A_LEXICAL_RANGE;
      if (!range.readMax(bytes, args.start(max), args.end(max))) throw NOT_A_LEXICAL_RANGE;
    } else {
      this.#start = args.requireInteger(min);
      this.#stop = args.requireInteger(max);
    }
  }

  #selectRanks(sets: SortedSets, entry: Address): number {
    const size = sets.size(entry);
    const start = Math.max(this.#start < 0 ? this.#start + size : this.#start, 0);
    const stop = Math.min(this.#stop < 0 ? this.#stop + size : this.#stop, size - 1);
    if (start > stop) return 0;
    sets.cursor.toRank(entry, this.isReverse ? size - 1 - start : start);
    return stop - start + 1;
  }

  #selectScores(sets: SortedSets, entry: Address): number {
    const count = sets.ranges.selectScores(entry, this.#scores, this.isReverse, sets.cursor);
    return this.#skip(sets, count, entry);
  }

  /** Applies LIMIT to a range of `count` members that begins at the cursor. */
  #skip(sets: SortedSets, count: number, entry: Address): number {
    const offset = this.#offset;
    if (offset < 0 || offset >= count) return 0;
    const rest = this.#limit < 0 ? count - offset : Math.min(count - offset, this.#limit);
    if (offset > 0 && rest > 0) sets.cursor.advance(entry, this.isReverse ? -offset : offset);
    return rest;
  }
}

/**
 * The range of the running command. Scratch of one call: valid until the command ends or calls another command.
 */
export const rangeRequest = new RangeRequest();
