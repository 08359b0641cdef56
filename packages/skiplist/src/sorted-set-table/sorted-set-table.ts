import {
  type Address,
  type Arena,
  type HashSeed,
  HashTable,
  KEY_LENGTH_MASK,
  type RecordMover,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';
import type { BlockSearch } from './block-search';
import { BlockedOrder } from './blocked-order';
import { ElementCursor } from './element-cursor';
import { ElementRecords } from './element-records';
import { LexBound } from './lex-bound';
import { MemberWords } from './member-words';
import { ElementMoves } from './move-elements';
import { ScoreWords } from './score-words';
import { ELEMENT_BYTES, Element, NEGATIVE_ZERO, Root } from './sorted-set-layout';

/** Where a HashTable finds its words in an element. */
const HASH_LAYOUT = {
  chain: Element.chain * 4,
  hash: Element.hash * 4,
  keyLength: Element.length * 4,
  key: Element.member * 4,
} as const;

/**
 * Sorted sets of members with scores in an arena: for each element one record, which is in a hash table by its member and in a blocked
 * skip list by its score, and among equal scores by its member (bytes, as memcmp). Sets are named by root addresses, elements by
 * theirs, which stay the same until the element is removed. An empty set costs 96 bytes; the arena's memory behind a set is the set's.
 *
 * The order, and what counts as a range of it, is that of Redis' sorted sets: -0 equals 0 (and is kept), infinities are scores.
 */
export class SortedSetTable {
  /** The memory that all sets are in. */
  readonly arena: Arena;
  readonly #words: Uint32Array[];
  readonly #bytesOfSegment: Buffer[];
  readonly #randomUint32: () => number;
  readonly #table: HashTable;
  readonly #order: BlockedOrder;
  readonly #search: BlockSearch;
  readonly #moves: ElementMoves;
  readonly #records: ElementRecords;
  /** Walks through a set that is copied. */
  readonly #copied: ElementCursor;
  readonly #score = new ScoreWords();
  readonly #bound = new MemberWords();

  /** `seed` is the secret of the members' hash; `randomUint32` gives uniform 32-bit numbers, for the levels of elements and for `random`. */
  constructor(arena: Arena, seed: HashSeed, randomUint32: () => number) {
    this.arena = arena;
    this.#words = arena.words;
    this.#bytesOfSegment = arena.bytes;
    this.#randomUint32 = randomUint32;
    this.#table = new HashTable(arena, HASH_LAYOUT, seed);
    this.#moves = new ElementMoves(arena, this.#table);
    this.#copied = new ElementCursor(arena);
    this.#order = new BlockedOrder(arena, randomUint32);
    this.#search = this.#order.search;
    this.#records = new ElementRecords(arena);
  }

  /** A new empty set; the caller owns it. Its address is not that of an arena record. Throws ArenaFullError. O(1). */
  create(): Address {
    const before = this.arena.used;
    const table = this.#table.create();
    let root = 0;
    try {
      root = this.#records.createRoot(table);
      this.#order.begin(root);
    } catch (error) {
      if (root !== 0) this.#records.freeRoot(root);
      this.#table.destroy(table);
      throw error;
    }
    this.#account(root, before);
    return root;
  }

  /** Frees a set with all its elements. O(n). */
  destroy(root: Address): void {
    this.destroySome(root, Number.POSITIVE_INFINITY);
  }

  /**
   * Frees up to `budget` elements of a set, and the set itself after the last one; answers whether it is gone. After the first call,
   * the set is good for `destroySome`, `destroy`, `size` and `bytes` only. O(budget); the last call also O(n / 16384), for the hash table.
   */
  destroySome(root: Address, budget: number): boolean {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const rootWord = (root & SEGMENT_MASK) << 1;
    const before = this.arena.used;
    let left = budget;
    while (left > 0 && rootWords[rootWord + Root.size] !== 0)
      left -= this.#order.removeLast(root, left, this.#freeElement);
    if (rootWords[rootWord + Root.size] !== 0) {
      this.#account(root, before);
      return false;
    }
    this.#order.end(root);
    this.#table.destroy(rootWords[rootWord + Root.table]!);
    this.#records.freeRoot(root);
    return true;
  }

  /** Moves the root of a set out of sparse memory: see RecordMover. Returns its address, which may be new. O(1). */
  moveRoot(root: Address, mover: RecordMover): Address {
    return this.#moves.moveRoot(root, mover);
  }

  /**
   * Moves about `budget` elements from a rank on, and the blocks that they are in, out of sparse memory. Returns the next rank, 0
   * behind the last element. O(budget + log n).
   */
  moveElements(root: Address, rank: number, budget: number, mover: RecordMover): number {
    return this.#moves.moveFrom(root, rank, budget, mover);
  }

  /** Elements of a set. O(1). */
  size(root: Address): number {
    return this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.size]!;
  }

  /** Arena bytes of a set: its elements, its root and its hash table. Exact, O(1). */
  bytes(root: Address): number {
    return this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.units]! * 8;
  }

  /** A new set of the same elements, which the caller owns. Throws ArenaFullError, and has kept nothing then. O(n). */
  copy(root: Address): Address {
    const fresh = this.create();
    const before = this.arena.used;
    try {
      for (let element = this.#copied.toElement(root, this.first(root)); element !== 0; element = this.#copied.next()) {
        const words = this.#words[element >>> SEGMENT_SHIFT]!;
        const word = this.#wordOf(element);
        const copy = this.#records.copy(element);
        this.#search.seekEnd(fresh);
        this.#place(
          fresh,
          copy,
          words[word + Element.scoreHigh]! | 0,
          words[word + Element.scoreLow]! | 0,
          words[word + Element.hash]!,
        );
      }
    } catch (error) {
      this.destroy(fresh);
      throw error;
    }
    this.#account(fresh, before);
    return fresh;
  }

  /** The keyed hash of a member, for `find` and `insert` of the same one. O(length). */
  hash(bytes: Uint8Array, start: number, end: number): number {
    return this.#table.hash(bytes, start, end);
  }

  /** The element whose member is `bytes[start, end)`, or 0. `hash` is that of the member, if it is known already. O(1) expected. */
  find(root: Address, bytes: Uint8Array, start: number, end: number, hash = this.hash(bytes, start, end)): Address {
    return this.#table.find(this.#tableOf(root), bytes, start, end, hash);
  }

  /** The score of an element. O(1). */
  scoreOf(element: Address): number {
    const words = this.#words[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    if ((words[word + Element.length]! & NEGATIVE_ZERO) !== 0) return -0;
    return this.#score.decode(words[word + Element.scoreHigh]! | 0, words[word + Element.scoreLow]! | 0);
  }

  /** The segment that the member of an element stands in; valid until the element is removed. O(1). */
  memberBytes(element: Address): Buffer {
    return this.#bytesOfSegment[element >>> SEGMENT_SHIFT]!;
  }

  /** Where the member starts in `memberBytes`. O(1). */
  memberStart(element: Address): number {
    return ((element & SEGMENT_MASK) << 3) + ELEMENT_BYTES;
  }

  /** Bytes of the member. O(1). */
  memberLength(element: Address): number {
    return this.#words[element >>> SEGMENT_SHIFT]![this.#wordOf(element) + Element.length]! & KEY_LENGTH_MASK;
  }

  /**
   * Adds an element whose member `bytes[start, end)` is not in the set yet (the caller has made sure), and answers it. `hash` is that of
   * the member, if it is known already. Throws RangeError if the score is NaN or the member has 2^29 bytes, and ArenaFullError;
   * nothing has changed then. O(log n) expected.
   */
  insert(
    root: Address,
    bytes: Uint8Array,
    start: number,
    end: number,
    score: number,
    hash = this.hash(bytes, start, end),
  ): Address {
    this.#score.encode(score);
    const before = this.arena.used;
    const element = this.#records.create(bytes, start, end, this.#score, Object.is(score, -0));
    this.#search.seek(root, this.#score.high, this.#score.low, element);
    this.#place(root, element, this.#score.high, this.#score.low, hash);
    this.#account(root, before);
    return element;
  }

  /**
   * Gives an element of the set another score. Where its neighbours stay the same, only the score is written; else the same record moves.
   * Throws RangeError if the score is NaN, and ArenaFullError; nothing has changed then. O(log n) expected.
   */
  setScore(root: Address, element: Address, score: number): void {
    this.#score.encode(score);
    const { high, low } = this.#score;
    const words = this.#words[element >>> SEGMENT_SHIFT]!;
    const word = this.#wordOf(element);
    // Equal scores are -0 and 0, or the same.
    if ((words[word + Element.scoreHigh]! | 0) !== high || (words[word + Element.scoreLow]! | 0) !== low) {
      this.#search.seekElement(root, element);
      if (this.#order.fits(high, low, element)) this.#order.rescore(root, high, low);
      else this.#move(root, element, high, low);
    }
    words[word + Element.scoreHigh] = high;
    words[word + Element.scoreLow] = low;
    if (Object.is(score, -0)) words[word + Element.length]! |= NEGATIVE_ZERO;
    else words[word + Element.length]! &= ~NEGATIVE_ZERO;
  }

  /** Takes an element out of the set and frees it. O(log n) expected. */
  remove(root: Address, element: Address): void {
    this.removeRange(root, element, 1);
  }

  /** Removes `count` elements (or as many as there are) from `element` on; `visit` sees each before it is freed, and must not change the set. O(log n + count). */
  removeRange(root: Address, element: Address, count: number, visit?: (element: Address) => void): void {
    // Most removals of queues and of leaderboards begin with the first, which is found without a comparison.
    this.#search.seekRank(root, 0);
    if (this.#search.element(root) !== element) this.#search.seekElement(root, element);
    const before = this.arena.used;
    const table = this.#tableOf(root);
    const rank = count > 1 ? this.#search.rank(root) : 0;
    for (let left = Math.min(count, this.size(root) - rank); left > 0; ) {
      const removed = this.#order.remove(root, left);
      for (let i = 0; i < removed; i++) {
        const gone = this.#order.removed[i]!;
        if (visit !== undefined) visit(gone);
        this.#table.remove(table, gone);
        this.#records.free(gone);
      }
      left -= removed;
      if (left > 0) this.#search.seekRank(root, rank);
    }
    this.#account(root, before);
  }

  /** The element with the lowest score, or 0. O(log n) expected. */
  first(root: Address): Address {
    return this.at(root, 0);
  }

  /** The element with the highest score, or 0. O(log n) expected. */
  last(root: Address): Address {
    return this.at(root, this.size(root) - 1);
  }

  /** The rank of an element of the set, from 0. O(log n) expected. */
  rankOf(root: Address, element: Address): number {
    this.#search.seekElement(root, element);
    return this.#search.rank(root);
  }

  /** The element of a rank from 0, or 0. O(log n) expected. */
  at(root: Address, rank: number): Address {
    if (rank < 0 || rank >= this.size(root)) return 0;
    this.#search.seekRank(root, rank);
    return this.#search.element(root);
  }

  /** The first element with a score of at least `score`, or above it if `exclusive`; 0 if there is none. Throws RangeError for NaN. O(log n) expected. */
  firstAtOrAbove(root: Address, score: number, exclusive: boolean): Address {
    this.#seekBound(root, score, exclusive);
    return this.#search.element(root);
  }

  /** The last element with a score of at most `score`, or below it if `exclusive`; 0 if there is none. Throws RangeError for NaN. O(log n) expected. */
  lastAtOrBelow(root: Address, score: number, exclusive: boolean): Address {
    this.#seekBound(root, score, !exclusive);
    return this.#search.stepBack(root);
  }

  /** How many elements have scores from `min` to `max`. Throws RangeError for NaN. O(log n) expected. */
  countInScoreRange(root: Address, min: number, minExclusive: boolean, max: number, maxExclusive: boolean): number {
    this.#seekBound(root, min, minExclusive);
    const below = this.#search.rank(root);
    this.#seekBound(root, max, !maxExclusive);
    return Math.max(this.#search.rank(root) - below, 0);
  }

  /**
   * The first element whose member is not below a bound, or 0. The bound is `bytes[start, end)` and `kind`; of an infinite one the bytes
   * are not read. Like all of `Lex`, for sets with one score: else the answer is undefined. O(log n) expected.
   */
  firstLexAtOrAbove(root: Address, bytes: Uint8Array, start: number, end: number, kind: LexBound): Address {
    this.#seekLex(root, bytes, start, end, kind, kind === LexBound.exclusive);
    return this.#search.element(root);
  }

  /** The last element whose member is not above a bound, or 0. See `firstLexAtOrAbove`. */
  lastLexAtOrBelow(root: Address, bytes: Uint8Array, start: number, end: number, kind: LexBound): Address {
    this.#seekLex(root, bytes, start, end, kind, kind !== LexBound.exclusive);
    return this.#search.stepBack(root);
  }

  /** How many elements have members between two bounds. See `firstLexAtOrAbove`. O(log n) expected. */
  countInLexRange(
    root: Address,
    min: Uint8Array,
    minStart: number,
    minEnd: number,
    minKind: LexBound,
    max: Uint8Array,
    maxStart: number,
    maxEnd: number,
    maxKind: LexBound,
  ): number {
    this.#seekLex(root, min, minStart, minEnd, minKind, minKind === LexBound.exclusive);
    const below = this.#search.rank(root);
    this.#seekLex(root, max, maxStart, maxEnd, maxKind, maxKind !== LexBound.exclusive);
    return Math.max(this.#search.rank(root) - below, 0);
  }

  /** One step of a scan, with the guarantees of `HashTable.scan`; `visit` must not change the set. O(chain). */
  scan(root: Address, cursor: number, visit: (element: Address) => void): number {
    return this.#table.scan(this.#tableOf(root), cursor, visit);
  }

  /** A random element, or 0; as uniform as `HashTable.random`. O(1) expected. */
  random(root: Address): Address {
    return this.#table.random(this.#tableOf(root), this.#randomUint32);
  }

  /** Moves an element, which keeps its record, to where its new score belongs. */
  #move(root: Address, element: Address, high: number, low: number): void {
    const before = this.arena.used;
    // First in, then out: only coming in may need memory. Of two entries of one element, a search tells by the score which is which.
    this.#search.seek(root, high, low, element);
    this.#order.insert(root, high, low, element, this.#order.reserve());
    this.#search.seekElement(root, element);
    this.#order.remove(root, 1);
    this.#account(root, before);
  }

  /** Goes behind all elements with scores below `score`, or (`orEqual`) equal to it: those below the next double. */
  #seekBound(root: Address, score: number, orEqual: boolean): void {
    this.#score.encode(score);
    const { high, low } = this.#score;
    if (!orEqual) this.#search.seekScore(root, high, low);
    else if (low === 0x7fffffff) this.#search.seekScore(root, high + 1, -0x80000000);
    else this.#search.seekScore(root, high, low + 1);
  }

  /** Goes behind all elements with members below a bound, or (`orEqual`) equal to it. */
  #seekLex(root: Address, bytes: Uint8Array, start: number, end: number, kind: LexBound, orEqual: boolean): void {
    if (kind === LexBound.minusInfinity) {
      this.#search.seekRank(root, 0);
    } else if (kind === LexBound.plusInfinity) {
      this.#search.seekEnd(root);
    } else {
      this.#bound.copy(bytes, start, end);
      this.#search.seekMember(root, this.#bound.words, 0, end - start, orEqual);
    }
  }

  /** Takes a new element into the set, at the place that was sought, or frees it and throws ArenaFullError. */
  #place(root: Address, element: Address, high: number, low: number, hash: number): void {
    let room = 0;
    try {
      room = this.#order.reserve();
      this.#table.insert(this.#tableOf(root), element, hash);
    } catch (error) {
      if (room !== 0) this.arena.free(room);
      this.#records.free(element);
      throw error;
    }
    this.#order.insert(root, high, low, element, room);
  }

  readonly #freeElement = (element: Address): void => {
    this.#records.free(element);
  };

  /** Adds to the memory of a set what the arena has handed out, or taken back, since it had `before` bytes in use. */
  #account(root: Address, before: number): void {
    const words = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = ((root & SEGMENT_MASK) << 1) + Root.units;
    words[at] = words[at]! + (this.arena.used - before) / 8;
  }

  #tableOf(root: Address): Address {
    return this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.table]!;
  }

  #wordOf(element: Address): number {
    return (element & SEGMENT_MASK) << 1;
  }
}
