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
import { BoundSearch } from './bound-search';
import { ElementCursor } from './element-cursor';
import { ElementMoves } from './element-moves';
import { ElementRecords } from './element-records';
import { LexBound } from './lex-bound';

import { ScoreWords } from './score-words';
import { ELEMENT_BYTES, Element, NEGATIVE_ZERO, Root } from './sorted-set-layout';

/** Where an element has the words of a HashTable. */
const HASH_LAYOUT = {
  chain: Element.chain * 4,
  hash: Element.hash * 4,
  keyLength: Element.length * 4,
  key: Element.member * 4,
} as const;

/**
 * Sorted sets of members with scores in an arena. Each element is one record, which is in a hash table by its member, and in a blocked
 * skip list by its score and, for equal scores, its member (bytes, as memcmp compares them). A set is named by its root address, an
 * element by its own, which does not change until the element is removed or `moveElements` moves it. An empty set takes 96 bytes.
 *
 * The order and its ranges are those of Redis' sorted sets: -0 equals 0 (and is kept), infinities are scores.
 */
export class SortedSetTable {
  /** The memory of all sets. */
  readonly arena: Arena;
  readonly #words: Uint32Array[];
  readonly #bytesOfSegment: Buffer[];
  readonly #randomUint32: () => number;
  readonly #table: HashTable;
  readonly #order: BlockedOrder;
  readonly #search: BlockSearch;
  readonly #moves: ElementMoves;
  readonly #records: ElementRecords;
  /** Reads the elements of a set that is copied. */
  readonly #copied: ElementCursor;
  readonly #bounds: BoundSearch;
  readonly #score = new ScoreWords();

  /** `seed` is the secret of the members' hash. `randomUint32` returns uniform 32-bit numbers, for the levels of elements and for `random`. */
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
    this.#bounds = new BoundSearch(this.#search);
    this.#records = new ElementRecords(arena);
  }

  /** Creates an empty set; the caller owns it. O(1). @throws ArenaFullError when there is no memory */
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

  /** Frees a set and its elements. O(n). */
  destroy(root: Address): void {
    this.destroySome(root, Number.POSITIVE_INFINITY);
  }

  /**
   * Frees up to `budget` elements of a set, and the set itself after the last one. Returns whether all is freed. After the first call, only
   * `destroySome`, `destroy`, `size` and `bytes` may be used. O(budget); the last call also O(n / 16384), for the hash table.
   */
  destroySome(root: Address, budget: number): boolean {
    const before = this.arena.used;
    for (let left = budget; left > 0 && this.size(root) !== 0; ) {
      left -= this.#order.removeLast(root, left, this.#freeElement);
    }
    if (this.size(root) !== 0) {
      this.#account(root, before);
      return false;
    }
    this.#order.end(root);
    this.#table.destroy(this.#tableOf(root));
    this.#records.freeRoot(root);
    return true;
  }

  /** Moves the root of a set out of sparse memory, see RecordMover. Returns its address, which may be new. O(1). */
  moveRoot(root: Address, mover: RecordMover): Address {
    return this.#moves.moveRoot(root, mover);
  }

  /**
   * Moves about `budget` elements from a rank on, and the blocks that contain them, out of sparse memory. Returns the next rank, or 0
   * after the last element. O(budget + log n).
   */
  moveElements(root: Address, rank: number, budget: number, mover: RecordMover): number {
    return this.#moves.moveFrom(root, rank, budget, mover);
  }

  /** How many elements a set has. O(1). */
  size(root: Address): number {
    return this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.size]!;
  }

  /** Arena bytes of a set: its elements, its blocks, its root and its hash table. Exact, O(1). */
  bytes(root: Address): number {
    return this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.units]! * 8;
  }

  /** Creates a set with the same elements; the caller owns it. O(n). @throws ArenaFullError when there is no memory */
  copy(root: Address): Address {
    const fresh = this.create();
    const before = this.arena.used;
    try {
      for (let element = this.#copied.toElement(root, this.first(root)); element !== 0; element = this.#copied.next()) {
        const copy = this.#records.copy(element);
        this.#search.seekEnd(fresh);
        this.#insertAt(fresh, copy, this.#words[copy >>> SEGMENT_SHIFT]![this.#wordOf(copy) + Element.hash]!);
      }
    } catch (error) {
      this.destroy(fresh);
      throw error;
    }
    this.#account(fresh, before);
    return fresh;
  }

  /** The keyed hash of a member, for `find` and `insert`. O(length). */
  hash(bytes: Uint8Array, start: number, end: number): number {
    return this.#table.hash(bytes, start, end);
  }

  /** The element whose member is `bytes[start, end)`, or 0. `hash` is the hash of the member, if it is known. O(1) expected. */
  find(root: Address, bytes: Uint8Array, start: number, end: number, hash = this.hash(bytes, start, end)): Address {
    return this.#table.find(this.#tableOf(root), bytes, start, end, hash);
  }

  /** The score of an element. O(1). */
  scoreOf(element: Address): number {
    return this.#records.scoreOf(element);
  }

  /** The segment that contains the member of an element; valid until the element is removed. O(1). */
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
   * Adds an element and returns it. The caller has checked that its member `bytes[start, end)` is not in the set. `hash` is the hash of the
   * member, if it is known. O(log n) expected.
   * @throws RangeError when the score is NaN or the member has 2^29 bytes or more; ArenaFullError when there is no memory. Nothing has
   * changed then
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
    this.#insertAt(root, element, hash);
    this.#account(root, before);
    return element;
  }

  /**
   * Gives an element of the set another score. Its record keeps its address; if its neighbours stay the same, only the score is written.
   * O(log n) expected.
   * @throws RangeError when the score is NaN; ArenaFullError when there is no memory. Nothing has changed then
   */
  setScore(root: Address, element: Address, score: number): void {
    this.#score.encode(score);
    const { high, low } = this.#score;
    const words = this.#words[element >>> SEGMENT_SHIFT]!;
    const word = this.#wordOf(element);
    // Scores with equal words are -0 and 0, or identical.
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

  /** Removes an element from the set and frees it. O(log n) expected. @throws Error when it is not in the set */
  remove(root: Address, element: Address): void {
    this.removeRange(root, element, 1);
  }

  /**
   * Removes up to `count` elements from `element` on. `visit` is called with each before it is freed, and must not change the set.
   * O(log n + count).
   * @throws Error when `element` is not in the set
   */
  removeRange(root: Address, element: Address, count: number, visit?: (element: Address) => void): void {
    // Queues and leaderboards mostly remove the first element, which is found without a comparison.
    this.#search.seekRank(root, 0);
    if (this.#search.element(root) !== element) this.#search.seekElement(root, element);
    const before = this.arena.used;
    const table = this.#tableOf(root);
    const rank = count > 1 ? this.#search.rank(root) : 0;
    for (let left = Math.min(count, this.size(root) - rank); left > 0; ) {
      const removed = this.#order.remove(root, left);
      for (let i = 0; i < removed; i++) {
        const element = this.#order.removed[i]!;
        if (visit !== undefined) visit(element);
        this.#table.remove(table, element);
        this.#records.free(element);
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

  /**
   * The first element with a score of at least `score`, or above it if `exclusive`; 0 if there is none. O(log n) expected.
   * @throws RangeError when the score is NaN
   */
  firstAtOrAbove(root: Address, score: number, exclusive: boolean): Address {
    this.#bounds.seekScore(root, score, exclusive);
    return this.#search.element(root);
  }

  /**
   * The last element with a score of at most `score`, or below it if `exclusive`; 0 if there is none. O(log n) expected.
   * @throws RangeError when the score is NaN
   */
  lastAtOrBelow(root: Address, score: number, exclusive: boolean): Address {
    this.#bounds.seekScore(root, score, !exclusive);
    return this.#search.stepBack(root);
  }

  /** How many elements have scores from `min` to `max`. O(log n) expected. @throws RangeError when a bound is NaN */
  countInScoreRange(root: Address, min: number, minExclusive: boolean, max: number, maxExclusive: boolean): number {
    const below = this.#bounds.rankOfScore(root, min, minExclusive);
    return Math.max(this.#bounds.rankOfScore(root, max, !maxExclusive) - below, 0);
  }

  /**
   * The first element whose member is not below a bound, or 0. The bound is `bytes[start, end)` and `kind`; the bytes of an infinite bound
   * are not read. As with all lexicographic methods, the result is only defined in sets with one score. O(log n) expected.
   */
  firstLexAtOrAbove(root: Address, bytes: Uint8Array, start: number, end: number, kind: LexBound): Address {
    this.#bounds.seekLex(root, bytes, start, end, kind, kind === LexBound.exclusive);
    return this.#search.element(root);
  }

  /** The last element whose member is not above a bound, or 0. See `firstLexAtOrAbove`. O(log n) expected. */
  lastLexAtOrBelow(root: Address, bytes: Uint8Array, start: number, end: number, kind: LexBound): Address {
    this.#bounds.seekLex(root, bytes, start, end, kind, kind !== LexBound.exclusive);
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
    const below = this.#bounds.rankOfLex(root, min, minStart, minEnd, minKind, minKind === LexBound.exclusive);
    const upTo = this.#bounds.rankOfLex(root, max, maxStart, maxEnd, maxKind, maxKind !== LexBound.exclusive);
    return Math.max(upTo - below, 0);
  }

  /** One step of a scan, with the guarantees of `HashTable.scan`. `visit` must not change the set. O(chain). */
  scan(root: Address, cursor: number, visit: (element: Address) => void): number {
    return this.#table.scan(this.#tableOf(root), cursor, visit);
  }

  /** A random element, or 0; as uniform as that of `HashTable.random`. O(1) expected. */
  random(root: Address): Address {
    return this.#table.random(this.#tableOf(root), this.#randomUint32);
  }

  /** Moves an element, which keeps its record, to the position of its new score. */
  #move(root: Address, element: Address, high: number, low: number): void {
    const before = this.arena.used;
    // Inserted first, because only that may need memory. The search then finds the old entry by the score in the element.
    this.#search.seek(root, high, low, element);
    this.#order.insert(root, high, low, element, this.#order.reserve());
    this.#search.seekElement(root, element);
    this.#order.remove(root, 1);
    this.#account(root, before);
  }

  /**
   * Inserts a new element at the position that the search has found.
   * @throws ArenaFullError when there is no memory; the element is freed then
   */
  #insertAt(root: Address, element: Address, hash: number): void {
    let larger = 0;
    try {
      larger = this.#order.reserve();
      this.#table.insert(this.#tableOf(root), element, hash);
    } catch (error) {
      if (larger !== 0) this.arena.free(larger);
      this.#records.free(element);
      throw error;
    }
    const words = this.#words[element >>> SEGMENT_SHIFT]!;
    const word = this.#wordOf(element);
    this.#order.insert(
      root,
      words[word + Element.scoreHigh]! | 0,
      words[word + Element.scoreLow]! | 0,
      element,
      larger,
    );
  }

  readonly #freeElement = (element: Address): void => {
    this.#records.free(element);
  };

  /** Adds what was allocated or freed since the arena had `before` bytes in use to the memory of a set. */
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
