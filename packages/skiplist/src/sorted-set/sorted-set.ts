import { type Address, Arena } from '@nanoredis/intrusive-ds';
import { randomSource } from '../random/random-source';
import { ElementCursor } from '../sorted-set-table/element-cursor';
import { LexBound } from '../sorted-set-table/lex-bound';
import { SortedSetTable } from '../sorted-set-table/sorted-set-table';
import { type Member, MemberCodec } from './member-codec';
import {
  type LexRange,
  type RangeWindow,
  requireCount,
  requireNumber,
  type ScoredMember,
  type ScoreRange,
  type SortedSetOptions,
} from './sorted-set-options';

/**
 * Members with scores, ordered by score and, for equal scores, by the bytes of the member: Redis' sorted set as a class, in arena memory
 * that the garbage collector does not see. `M` is the type of returned members: string, or Buffer with `members: 'bytes'`.
 */
export class SortedSet<M extends Member = string> {
  readonly #table: SortedSetTable;
  readonly #codec = new MemberCodec();
  readonly #asStrings: boolean;
  /** For methods that read elements in order and return before the set can change. */
  readonly #cursor: ElementCursor;
  #address: Address;
  /** Counts the changes of the order, for iterators. */
  #version = 0;

  /** @throws TypeError when an option is not valid; ArenaFullError when there is no memory */
  constructor(options: SortedSetOptions = {}) {
    const { arena = new Arena(), members = 'strings' } = options;
    if (typeof arena?.allocate !== 'function') throw new TypeError('the option "arena" must be an Arena');
    if (members !== 'strings' && members !== 'bytes') {
      throw new TypeError("the option \"members\" must be 'strings' or 'bytes'");
    }
    const random = randomSource(options);
    this.#table = new SortedSetTable(arena, { k0: random(), k1: random() }, random);
    this.#asStrings = members === 'strings';
    this.#cursor = new ElementCursor(arena);
    this.#address = this.#table.create();
  }

  /** How many members the set has. O(1). */
  get size(): number {
    return this.#table.size(this.#root);
  }

  /** Arena bytes of the set. O(1). */
  get bytes(): number {
    return this.#table.bytes(this.#root);
  }

  /**
   * Sets the score of a member, which is added if it does not exist. Returns whether it was added. O(log n) expected.
   * @throws TypeError when an argument has the wrong type; RangeError when the score is NaN; ArenaFullError when there is no memory.
   * Nothing has changed then
   */
  add(member: Member, score: number): boolean {
    requireNumber('score', score);
    const codec = this.#codec;
    const table = this.#table;
    const root = this.#root;
    codec.encode(member);
    const hash = table.hash(codec.bytes, 0, codec.length);
    const element = table.find(root, codec.bytes, 0, codec.length, hash);
    this.#version++;
    if (element === 0) table.insert(root, codec.bytes, 0, codec.length, score, hash);
    else table.setScore(root, element, score);
    return element === 0;
  }

  /**
   * Adds to the score of a member, which is 0 if the member does not exist, and returns the new score. O(log n) expected.
   * @throws TypeError when an argument has the wrong type; RangeError when the new score is NaN; ArenaFullError when there is no memory.
   * Nothing has changed then
   */
  incrementBy(member: Member, amount: number): number {
    requireNumber('amount', amount);
    const element = this.#find(member);
    const score = (element === 0 ? 0 : this.#table.scoreOf(element)) + amount;
    requireNumber('score', score);
    this.#version++;
    if (element === 0) this.#table.insert(this.#root, this.#codec.bytes, 0, this.#codec.length, score);
    else this.#table.setScore(this.#root, element, score);
    return score;
  }

  /** Removes a member. Returns whether it existed. O(log n) expected. */
  delete(member: Member): boolean {
    const element = this.#find(member);
    if (element === 0) return false;
    this.#version++;
    this.#table.remove(this.#root, element);
    return true;
  }

  /** Removes all members. O(n). */
  clear(): void {
    const root = this.#root;
    this.#address = 0;
    this.#version++;
    this.#table.destroy(root);
    this.#address = this.#table.create();
  }

  /** Frees the memory of the set, which cannot be used afterwards. O(n). */
  destroy(): void {
    const root = this.#root;
    this.#address = 0;
    this.#table.destroy(root);
  }

  /** Whether a member is in the set. O(1) expected. */
  has(member: Member): boolean {
    return this.#find(member) !== 0;
  }

  /** The score of a member, or undefined. O(1) expected. */
  score(member: Member): number | undefined {
    const element = this.#find(member);
    return element === 0 ? undefined : this.#table.scoreOf(element);
  }

  /** The rank of a member from the lowest score, from 0, or undefined. O(log n) expected. */
  rank(member: Member): number | undefined {
    const element = this.#find(member);
    return element === 0 ? undefined : this.#table.rankOf(this.#root, element);
  }

  /** The rank of a member from the highest score, from 0, or undefined. O(log n) expected. */
  reverseRank(member: Member): number | undefined {
    const rank = this.rank(member);
    return rank === undefined ? undefined : this.size - 1 - rank;
  }

  /** The member of a rank; a negative one counts from the end. Undefined if there is none. O(log n) expected. */
  at(rank: number): ScoredMember<M> | undefined {
    const whole = Math.trunc(rank) || 0;
    return this.#read(this.#table.at(this.#root, whole < 0 ? whole + this.size : whole));
  }

  /**
   * The members of the ranks from `start` to `stop`, inclusive; negative ranks count from the end, as in ZRANGE. With `reverse`, ranks
   * count from the highest score. O(log n + returned).
   */
  range(start = 0, stop = -1, { reverse = false }: Pick<RangeWindow, 'reverse'> = {}): ScoredMember<M>[] {
    const { size } = this;
    const root = this.#root;
    const table = this.#table;
    const from = this.#firstRank(start);
    const count = this.#lastRank(stop) - from + 1;
    if (count <= 0) return [];
    return this.#collect(table.at(root, reverse ? size - 1 - from : from), count, reverse);
  }

  /** The members with scores in a range. O(log n + returned). @throws TypeError or RangeError when an option is not valid */
  rangeByScore(options: ScoreRange & RangeWindow = {}): ScoredMember<M>[] {
    return this.#window(this.count(options), this.#firstByScore(options), options);
  }

  /**
   * The members in a range of members. Only defined for sets in which all scores are equal. O(log n + returned).
   * @throws TypeError or RangeError when an option is not valid
   */
  rangeByLex(options: LexRange & RangeWindow = {}): ScoredMember<M>[] {
    return this.#window(this.countByLex(options), this.#firstByLex(options), options);
  }

  /** How many members have scores in a range. O(log n) expected. */
  count(range: ScoreRange = {}): number {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range;
    requireNumber('min', min);
    requireNumber('max', max);
    return this.#table.countInScoreRange(
      this.#root,
      min,
      range.minExclusive === true,
      max,
      range.maxExclusive === true,
    );
  }

  /** How many members are in a range of members, in a set in which all scores are equal. O(log n) expected. */
  countByLex(range: LexRange = {}): number {
    const first = this.#firstByLex(range);
    const last = this.#lastByLex(range);
    if (first === 0 || last === 0) return 0;
    return Math.max(this.#table.rankOf(this.#root, last) - this.#table.rankOf(this.#root, first) + 1, 0);
  }

  /** Removes the members of the ranks from `start` to `stop`, inclusive, and returns how many. O(log n + removed). */
  removeRangeByRank(start: number, stop: number): number {
    const from = this.#firstRank(start);
    return this.#removeFrom(this.#table.at(this.#root, from), this.#lastRank(stop) - from + 1);
  }

  /** Removes the members with scores in a range and returns how many. O(log n + removed). */
  removeRangeByScore(range: ScoreRange): number {
    return this.#removeFrom(this.#firstByScore(range), this.count(range));
  }

  /** Removes the members in a range of members, in a set in which all scores are equal, and returns how many. O(log n + removed). */
  removeRangeByLex(range: LexRange): number {
    return this.#removeFrom(this.#firstByLex(range), this.countByLex(range));
  }

  /** Removes the member with the lowest score and returns it, or undefined. O(log n) expected. */
  popMin(): ScoredMember<M> | undefined {
    return this.#pop(this.#table.first(this.#root));
  }

  /** Removes the member with the highest score and returns it, or undefined. O(log n) expected. */
  popMax(): ScoredMember<M> | undefined {
    return this.#pop(this.#table.last(this.#root));
  }

  /** A random member, or undefined. O(1) expected. */
  random(): ScoredMember<M> | undefined {
    return this.#read(this.#table.random(this.#root));
  }

  /** Iterates over the members in order. The set may change meanwhile: the iterator continues behind the last member that it returned. */
  *[Symbol.iterator](): IterableIterator<ScoredMember<M>> {
    const cursor = new ElementCursor(this.#table.arena);
    let element = cursor.toElement(this.#root, this.#table.first(this.#root));
    while (element !== 0) {
      const given = this.#read(element)!;
      const version = this.#version;
      yield given;
      element = version === this.#version ? cursor.next() : cursor.toElement(this.#root, this.#firstAfter(given));
    }
  }

  get #root(): Address {
    if (this.#address === 0) throw new Error('this sorted set was destroyed');
    return this.#address;
  }

  #find(member: Member): Address {
    this.#codec.encode(member);
    return this.#table.find(this.#root, this.#codec.bytes, 0, this.#codec.length);
  }

  #read(element: Address): ScoredMember<M> | undefined {
    if (element === 0) return undefined;
    const bytes = this.#table.memberBytes(element);
    const start = this.#table.memberStart(element);
    const end = start + this.#table.memberLength(element);
    const member = this.#asStrings ? bytes.toString('utf8', start, end) : Buffer.from(bytes.subarray(start, end));
    return { member: member as M, score: this.#table.scoreOf(element) };
  }

  #collect(first: Address, count: number, reverse: boolean): ScoredMember<M>[] {
    const members: ScoredMember<M>[] = [];
    const cursor = this.#cursor;
    let element = cursor.toElement(this.#root, first);
    for (let left = count; left > 0 && element !== 0; left--) {
      members.push(this.#read(element)!);
      element = reverse ? cursor.previous() : cursor.next();
    }
    return members;
  }

  /** The members of the window in a range of `count` members from `first` on. */
  #window(count: number, first: Address, options: RangeWindow): ScoredMember<M>[] {
    const { offset = 0, limit = Number.POSITIVE_INFINITY, reverse = false } = options;
    requireCount('offset', offset);
    requireCount('limit', limit);
    const wanted = Math.min(count - offset, limit);
    if (wanted <= 0) return [];
    if (!reverse && offset === 0) return this.#collect(first, wanted, false);
    const rank = this.#table.rankOf(this.#root, first);
    return this.#collect(
      this.#table.at(this.#root, reverse ? rank + count - 1 - offset : rank + offset),
      wanted,
      reverse,
    );
  }

  #removeFrom(first: Address, count: number): number {
    if (first === 0 || count <= 0) return 0;
    const before = this.size;
    this.#version++;
    this.#table.removeRange(this.#root, first, count);
    return before - this.size;
  }

  #pop(element: Address): ScoredMember<M> | undefined {
    const popped = this.#read(element);
    if (popped !== undefined) {
      this.#version++;
      this.#table.remove(this.#root, element);
    }
    return popped;
  }

  #firstRank(start: number): number {
    const rank = Math.trunc(start) || 0;
    return rank < 0 ? Math.max(rank + this.size, 0) : rank;
  }

  #lastRank(stop: number): number {
    const { size } = this;
    const rank = Math.trunc(stop) || 0;
    return rank < 0 ? rank + size : Math.min(rank, size - 1);
  }

  #firstByScore({ min = Number.NEGATIVE_INFINITY, minExclusive = false }: ScoreRange): Address {
    requireNumber('min', min);
    return this.#table.firstAtOrAbove(this.#root, min, minExclusive);
  }

  #firstByLex({ min, minExclusive = false }: LexRange): Address {
    if (min === undefined) return this.#table.first(this.#root);
    this.#codec.encode(min);
    const kind = minExclusive ? LexBound.exclusive : LexBound.inclusive;
    return this.#table.firstLexAtOrAbove(this.#root, this.#codec.bytes, 0, this.#codec.length, kind);
  }

  #lastByLex({ max, maxExclusive = false }: LexRange): Address {
    if (max === undefined) return this.#table.last(this.#root);
    this.#codec.encode(max);
    const kind = maxExclusive ? LexBound.exclusive : LexBound.inclusive;
    return this.#table.lastLexAtOrBelow(this.#root, this.#codec.bytes, 0, this.#codec.length, kind);
  }

  /** The first element after the position of a member, which may have been removed or moved since. */
  #firstAfter({ member, score }: ScoredMember<M>): Address {
    const table = this.#table;
    const root = this.#root;
    const codec = this.#codec;
    const cursor = this.#cursor;
    const same = this.#find(member);
    if (same !== 0 && table.scoreOf(same) === score) {
      cursor.toElement(root, same);
      return cursor.next();
    }
    let element = cursor.toElement(root, table.firstAtOrAbove(root, score, false));
    while (element !== 0 && table.scoreOf(element) === score) {
      const start = table.memberStart(element);
      const end = start + table.memberLength(element);
      if (codec.bytes.compare(table.memberBytes(element), start, end, 0, codec.length) < 0) break;
      element = cursor.next();
    }
    return element;
  }
}
