import { type Address, ElementView, type HashSeed, type RecordMover } from '@nanoredis/intrusive-ds';
import { ElementCursor, SortedSetTable } from '@nanoredis/skiplist';
import { Encoding } from '../entry';
import type { EntryRecords } from '../entry-records';
import type { PackingLimits } from '../packing-limits';
import type { ValueStore } from '../value-store';
import type { ValueVisitor } from '../value-visitor';
import { PackedPairs } from './packed-pairs';
import { SortedSetCursor } from './sorted-set-cursor';
import { SortedSetRanges } from './sorted-set-ranges';
import { UpdateFlag, UpdateResult } from './update';

/** Bytes beyond which Redis does not let a listpack grow, whatever its limits. */
const MAX_PACKED_BYTES = 2 ** 30;

/**
 * The sorted sets. A small one (`listpack`) is a PackedPairs. One that has exceeded a limit (`skiplist`) is a SortedSetTable
 * from then on. Methods take the entry instead of the value, because a change may move the value.
 *
 * A packed set stores -0 as 0, as in Redis. Only `append` keeps -0, until `settle`.
 */
export class SortedSets implements ValueStore {
  readonly pairs: PackedPairs;
  readonly table: SortedSetTable;
  readonly entries: EntryRecords;
  /** A shared cursor, for code that needs only one at a time and calls nothing that may use it meanwhile. */
  readonly cursor: SortedSetCursor;
  readonly randomUint32: () => number;
  /** Selects ranges of scores and of members. */
  readonly ranges: SortedSetRanges;
  readonly #limits: PackingLimits;
  /** Walks through a set during its conversion, while `cursor` may be in use. */
  readonly #converted: SortedSetCursor;
  /** Of `walk`, which may be called while the others are in use. */
  readonly #walkedMember = new ElementView();
  readonly #walkedElements: ElementCursor;
  /** [0] is the score after the last `update`. A typed array stores it unboxed. */
  readonly #updated = new Float64Array(1);

  constructor(entries: EntryRecords, limits: PackingLimits, seed: HashSeed, randomUint32: () => number) {
    this.pairs = new PackedPairs(entries.arena);
    this.table = new SortedSetTable(entries.arena, seed, randomUint32);
    this.entries = entries;
    this.cursor = new SortedSetCursor(this);
    this.randomUint32 = randomUint32;
    this.ranges = new SortedSetRanges(this);
    this.#limits = limits;
    this.#converted = new SortedSetCursor(this);
    this.#walkedElements = new ElementCursor(entries.arena);
  }

  /**
   * An empty sorted set in the encoding `listpack`, with capacity for a member of `bytes` bytes; the caller owns it. O(1).
   * @throws ArenaFullError when the arena is full.
   */
  create(bytes = 0): Address {
    return this.pairs.create(bytes <= this.#limits.sortedSetValueBytes ? bytes : 0);
  }

  /** Number of members. O(1). */
  size(entry: Address): number {
    const value = this.entries.valueOf(entry);
    return this.isTable(entry) ? this.table.size(value) : this.pairs.size(value);
  }

  /** Whether a set is a skip list instead of packed. O(1). */
  isTable(entry: Address): boolean {
    return this.entries.encodingOf(entry) === Encoding.skiplist;
  }

  /** The score of member `bytes[start, end)`, or NaN if it is not a member. O(1) expected, O(n) if packed. */
  scoreOf(entry: Address, bytes: Uint8Array, start: number, end: number): number {
    const value = this.entries.valueOf(entry);
    if (this.isTable(entry)) {
      const element = this.table.find(value, bytes, start, end);
      return element === 0 ? Number.NaN : this.table.scoreOf(element);
    }
    const pair = this.pairs.find(value, bytes, start, end);
    return pair < 0 ? Number.NaN : this.pairs.scoreOf(value, pair);
  }

  /** The rank of member `bytes[start, end)` from 0 for the lowest score, or -1. O(log n) expected, O(n) if packed. */
  rankOf(entry: Address, bytes: Uint8Array, start: number, end: number): number {
    const value = this.entries.valueOf(entry);
    if (this.isTable(entry)) {
      const element = this.table.find(value, bytes, start, end);
      return element === 0 ? -1 : this.table.rankOf(value, element);
    }
    const pair = this.pairs.find(value, bytes, start, end);
    return pair < 0 ? -1 : this.pairs.rankOf(value, pair);
  }

  /** The member's score after the last `update`, unless that was refused or gave NaN. O(1). */
  get updatedScore(): number {
    return this.#updated[0]!;
  }

  /**
   * Sets the score of member `bytes[start, end)`, or adds it, if the conditions in `flags` (bits of UpdateFlag) are met. The
   * score must not be NaN. Exceeding a limit converts the set. O(log n) expected, O(n) if packed.
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  update(
    entry: Address,
    bytes: Uint8Array,
    start: number,
    end: number,
    score: number,
    flags: UpdateFlag,
  ): UpdateResult {
    const { table, pairs } = this;
    const value = this.entries.valueOf(entry);
    const isTable = this.isTable(entry);
    const hash = isTable ? table.hash(bytes, start, end) : 0;
    // A missing element is 0, a missing pair -1: add 1 so that 0 means missing in both.
    const found = isTable ? table.find(value, bytes, start, end, hash) : pairs.find(value, bytes, start, end) + 1;
    if (found === 0) {
      if ((flags & UpdateFlag.onlyExisting) !== 0) return UpdateResult.refused;
      this.#updated[0] = score;
      if (isTable) table.insert(value, bytes, start, end, score, hash);
      else this.#insertPair(entry, value, bytes, start, end, score, false);
      return UpdateResult.added;
    }
    if ((flags & UpdateFlag.onlyNew) !== 0) return UpdateResult.refused;
    const current = isTable ? table.scoreOf(found) : pairs.scoreOf(value, found - 1);
    const wanted = (flags & UpdateFlag.increment) === 0 ? score : current + score;
    if (Number.isNaN(wanted)) return UpdateResult.notANumber;
    if ((flags & UpdateFlag.onlyLess) !== 0 && wanted >= current) return UpdateResult.refused;
    if ((flags & UpdateFlag.onlyGreater) !== 0 && wanted <= current) return UpdateResult.refused;
    this.#updated[0] = wanted;
    if (wanted === current) return UpdateResult.unchanged;
    if (isTable) table.setScore(value, found, wanted);
    else this.#setPacked(entry, pairs.setScore(value, found - 1, bytes, start, end, wanted + 0));
    return UpdateResult.updated;
  }

  /** Adds a member or changes its score. Returns whether it is new. See `update`. */
  add(entry: Address, bytes: Uint8Array, start: number, end: number, score: number): boolean {
    return this.update(entry, bytes, start, end, score, UpdateFlag.none) === UpdateResult.added;
  }

  /**
   * Adds a member that is not in the set, to build a result. Call `settle` before the result is stored. Exceeding a limit
   * converts the set. O(log n) expected, O(n) if packed.
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  append(entry: Address, bytes: Uint8Array, start: number, end: number, score: number): void {
    const value = this.entries.valueOf(entry);
    if (this.isTable(entry)) this.table.insert(value, bytes, start, end, score);
    else this.#insertPair(entry, value, bytes, start, end, score, true);
  }

  /** Replaces every -0 that `append` has stored in a packed set by 0. O(n). */
  settle(entry: Address): void {
    if (!this.isTable(entry)) this.#setPacked(entry, this.pairs.clearNegativeZeros(this.entries.valueOf(entry)));
  }

  /** Removes member `bytes[start, end)`. Returns whether it existed. O(log n) expected, O(n) if packed. */
  remove(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const value = this.entries.valueOf(entry);
    if (this.isTable(entry)) {
      const element = this.table.find(value, bytes, start, end);
      if (element === 0) return false;
      this.table.remove(value, element);
      return true;
    }
    const pair = this.pairs.find(value, bytes, start, end);
    if (pair < 0) return false;
    this.#setPacked(entry, this.pairs.removeRange(value, pair, 1));
    return true;
  }

  /**
   * Removes the member of a cursor over this set and the `count - 1` that follow; the cursor is then at none. O(log n + count),
   * O(n) if packed.
   */
  removeAt(entry: Address, cursor: SortedSetCursor, count: number): void {
    const value = this.entries.valueOf(entry);
    if (this.isTable(entry)) this.table.removeRange(value, cursor.position, count);
    else this.#setPacked(entry, this.pairs.removeRange(value, cursor.position, count));
  }

  /**
   * Converts a packed set to a skip list. O(n log n).
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  unpack(entry: Address): void {
    if (!this.isTable(entry)) this.#convert(entry, this.entries.valueOf(entry));
  }

  free(value: Address, encoding: Encoding): void {
    if (encoding === Encoding.skiplist) this.table.destroy(value);
    else this.pairs.free(value);
  }

  freeSome(value: Address, encoding: Encoding, budget: number): boolean {
    if (encoding === Encoding.skiplist) return this.table.destroySome(value, budget);
    this.pairs.free(value);
    return true;
  }

  freeEffort(value: Address, encoding: Encoding): number {
    return encoding === Encoding.skiplist ? this.table.size(value) : 1;
  }

  copy(value: Address, encoding: Encoding): Address {
    return encoding === Encoding.skiplist ? this.table.copy(value) : this.pairs.copy(value);
  }

  memoryOf(value: Address, encoding: Encoding): number {
    return encoding === Encoding.skiplist ? this.table.bytes(value) : this.entries.arena.usableBytes(value);
  }

  count(value: Address, encoding: Encoding): number {
    return encoding === Encoding.skiplist ? this.table.size(value) : this.pairs.size(value);
  }

  walk(value: Address, encoding: Encoding, cursor: number, budget: number, visitor: ValueVisitor): number {
    const { table, pairs } = this;
    let left = budget;
    if (encoding === Encoding.skiplist) {
      const elements = this.#walkedElements;
      let element = cursor === 0 ? elements.toRank(value, 0) : elements.toElement(value, cursor);
      for (; element !== 0 && left > 0; left--) {
        const start = table.memberStart(element);
        const end = start + table.memberLength(element);
        visitor.scoredMember(table.memberBytes(element), start, end, table.scoreOf(element));
        element = elements.next();
      }
      return element;
    }
    const member = this.#walkedMember;
    let pair = cursor === 0 ? pairs.at(value, 0) : cursor;
    for (; pair >= 0 && left > 0; left--) {
      const scoreAt = pairs.readMember(value, pair, member);
      visitor.scoredMember(member.bytes, member.start, member.end, pairs.scoreAt(value, scoreAt));
      pair = pairs.lists.next(value, scoreAt);
    }
    return Math.max(0, pair);
  }

  /** Adds a member to a packed set; converts the set first if a limit requires it. */
  moveRoot(value: Address, encoding: Encoding, mover: RecordMover): Address {
    return encoding === Encoding.skiplist ? this.table.moveRoot(value, mover) : mover.move(value);
  }

  /** The cursor is a rank. */
  moveElements(value: Address, encoding: Encoding, cursor: number, budget: number, mover: RecordMover): number {
    return encoding === Encoding.skiplist ? this.table.moveElements(value, cursor, budget, mover) : 0;
  }

  #insertPair(
    entry: Address,
    list: Address,
    bytes: Uint8Array,
    start: number,
    end: number,
    score: number,
    keepsNegativeZero: boolean,
  ): void {
    const { pairs } = this;
    const { sortedSetEntries, sortedSetValueBytes } = this.#limits;
    if (
      pairs.size(list) + 1 > sortedSetEntries ||
      end - start > sortedSetValueBytes ||
      pairs.bytes(list) + end - start > MAX_PACKED_BYTES
    ) {
      this.table.insert(this.#convert(entry, list), bytes, start, end, score);
    } else {
      this.#setPacked(entry, pairs.insert(list, bytes, start, end, keepsNegativeZero ? score : score + 0));
    }
  }

  /** Converts a packed set to a skip list, and returns its root. */
  #convert(entry: Address, list: Address): Address {
    const { table } = this;
    const cursor = this.#converted;
    const root = table.create();
    try {
      for (let more = cursor.toRank(entry, 0); more; more = cursor.next()) {
        const { member } = cursor;
        table.insert(root, member.bytes, member.start, member.end, cursor.score);
      }
    } catch (error) {
      table.destroy(root);
      throw error;
    }
    this.entries.setValue(entry, root, Encoding.skiplist);
    this.pairs.free(list);
    return root;
  }

  #setPacked(entry: Address, list: Address): void {
    this.entries.setValue(entry, list, Encoding.listpack);
  }
}
