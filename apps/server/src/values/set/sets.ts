import {
  type Address,
  type Arena,
  type HashSeed,
  moveRecords,
  moveTable,
  type RecordMover,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';
import { Encoding } from '../entry';
import type { EntryRecords } from '../entry-records';
import type { PackingLimits } from '../packing-limits';
import type { ValueStore } from '../value-store';
import type { ValueVisitor } from '../value-visitor';
import { Int64 } from './int64';
import { IntegerSets } from './integer-sets';
import { Member, MemberTable, MemberWord } from './member-table';
import { SetCursor } from './set-cursor';

/** Redis' limit of an intset, whatever set-max-intset-entries is. */
const MAX_INTEGERS = 2 ** 30;

/** Digits of the longest 64-bit number, with its sign. */
const MAX_INTEGER_DIGITS = 20;

/**
 * The sets. A small set of integers is an intset, any other a hash table with one record per member.
 *
 * ```
 * entry.value → intset      count, width, members ascending                      (integer-sets.ts)
 * entry.value → hashtable   root of a table → member → member …                  (member-table.ts)
 * ```
 *
 * A set without members is the intset 0, which has no record. A new entry begins with it.
 */
export class Sets implements ValueStore {
  readonly integers: IntegerSets;
  readonly table: MemberTable;
  /** A shared cursor, for code that needs only one at a time and calls nothing that may use it meanwhile. */
  readonly cursor: SetCursor;
  readonly #integer = new Int64();
  readonly #converted: SetCursor;
  /** Of `walk`, which may be called while the others are in use. */
  readonly #walkedInteger = new Int64();
  readonly #walkedDigits = Buffer.allocUnsafeSlow(MAX_INTEGER_DIGITS);
  readonly #limits: PackingLimits;

  constructor(
    readonly arena: Arena,
    readonly entries: EntryRecords,
    limits: PackingLimits,
    seed: HashSeed,
    readonly randomUint32: () => number,
  ) {
    this.integers = new IntegerSets(arena);
    this.table = new MemberTable(arena, seed);
    this.cursor = new SetCursor(this);
    this.#converted = new SetCursor(this);
    this.#limits = limits;
  }

  /** Number of members. O(1). */
  size(entry: Address): number {
    const value = this.entries.valueOf(entry);
    return this.isTable(entry) ? this.table.size(value) : this.integers.size(value);
  }

  /** Whether a set is a hash table instead of an intset. O(1). */
  isTable(entry: Address): boolean {
    return this.entries.encodingOf(entry) === Encoding.hashtable;
  }

  /** Whether `bytes[start, end)` is a member. O(length), for integers O(log size). */
  has(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const value = this.entries.valueOf(entry);
    if (this.isTable(entry)) return this.table.lookUp(value, bytes, start, end) !== 0;
    return this.#integer.parse(bytes, start, end) && this.integers.search(value, this.#integer) >= 0;
  }

  /**
   * Adds `bytes[start, end)`. Returns whether it is new. O(length), for integers O(size).
   * @throws ArenaFullError when the arena is full; the members are unchanged then.
   */
  add(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.isTable(entry)) {
      if (this.#integer.parse(bytes, start, end)) {
        const place = this.integers.search(this.entries.valueOf(entry), this.#integer);
        if (place >= 0) return false;
        if (this.#insertInteger(entry, this.#integer, place)) return true;
      }
      this.#toTable(entry);
    }
    return this.#addToTable(entry, bytes, start, end, this.table.hash(bytes, start, end));
  }

  /**
   * Removes `bytes[start, end)`. Returns whether it was a member. The caller deletes the key if the set is then empty.
   * O(length), for integers O(size).
   */
  remove(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const value = this.entries.valueOf(entry);
    if (this.isTable(entry)) {
      const record = this.table.lookUp(value, bytes, start, end);
      if (record === 0) return false;
      this.table.delete(value, record);
      return true;
    }
    if (!this.#integer.parse(bytes, start, end)) return false;
    const index = this.integers.search(value, this.#integer);
    if (index < 0) return false;
    this.#removeInteger(entry, index);
    return true;
  }

  /** Moves `cursor` to a random member of a set that is not empty, and returns it. O(1) expected. */
  random(entry: Address): SetCursor {
    this.cursor.random(entry);
    return this.cursor;
  }

  /** `has` for the member of a cursor, which need not have its text. O(1) expected, O(log size) in an intset. */
  hasMember(entry: Address, cursor: SetCursor): boolean {
    const value = this.entries.valueOf(entry);
    if (cursor.record !== 0) {
      if (!this.isTable(entry)) return this.has(entry, cursor.bytes, cursor.start, cursor.end);
      return this.table.find(value, cursor.bytes, cursor.start, cursor.end, cursor.hash) !== 0;
    }
    if (!this.isTable(entry)) return this.integers.search(value, cursor.integer) >= 0;
    cursor.spell();
    return this.table.lookUp(value, cursor.bytes, cursor.start, cursor.end) !== 0;
  }

  /** `add` for the member of a cursor over another set, which need not have its text. */
  addMember(entry: Address, cursor: SetCursor): boolean {
    if (cursor.record !== 0) {
      if (!this.isTable(entry)) return this.add(entry, cursor.bytes, cursor.start, cursor.end);
      return this.#addToTable(entry, cursor.bytes, cursor.start, cursor.end, cursor.hash);
    }
    if (!this.isTable(entry)) {
      const place = this.integers.search(this.entries.valueOf(entry), cursor.integer);
      if (place >= 0) return false;
      if (this.#insertInteger(entry, cursor.integer, place)) return true;
    }
    cursor.spell();
    return this.add(entry, cursor.bytes, cursor.start, cursor.end);
  }

  /** `remove` for the member of a cursor over another set, which need not have its text. */
  removeMember(entry: Address, cursor: SetCursor): boolean {
    cursor.spell();
    return this.remove(entry, cursor.bytes, cursor.start, cursor.end);
  }

  /** Removes the member of a cursor over this set; the cursor is then at none. O(1) expected, O(size) in an intset. */
  removeAt(entry: Address, cursor: SetCursor): void {
    if (cursor.record !== 0) this.table.delete(this.entries.valueOf(entry), cursor.record);
    else this.#removeInteger(entry, cursor.index);
  }

  /** Exchanges the members of two sets. O(1). */
  exchange(first: Address, second: Address): void {
    const { entries } = this;
    const value = entries.valueOf(first);
    const encoding = entries.encodingOf(first);
    entries.setValue(first, entries.valueOf(second), entries.encodingOf(second));
    entries.setValue(second, value, encoding);
  }

  free(value: Address, encoding: Encoding): void {
    if (encoding === Encoding.hashtable) this.table.free(value);
    else this.arena.free(value);
  }

  freeSome(value: Address, encoding: Encoding, budget: number): boolean {
    if (encoding === Encoding.hashtable) return this.table.freeSome(value, budget);
    this.arena.free(value);
    return true;
  }

  freeEffort(value: Address, encoding: Encoding): number {
    return encoding === Encoding.hashtable ? this.table.size(value) : 1;
  }

  copy(value: Address, encoding: Encoding): Address {
    return encoding === Encoding.hashtable ? this.table.copy(value) : this.integers.copy(value);
  }

  memoryOf(value: Address, encoding: Encoding, samples: number): number {
    return encoding === Encoding.hashtable ? this.table.memoryOf(value, samples) : this.arena.usableBytes(value);
  }

  count(value: Address, encoding: Encoding): number {
    return encoding === Encoding.hashtable ? this.table.size(value) : this.integers.size(value);
  }

  walk(value: Address, encoding: Encoding, cursor: number, budget: number, visitor: ValueVisitor): number {
    if (encoding === Encoding.hashtable) {
      const { table, arena } = this;
      let left = budget;
      const visit = (record: Address): void => {
        const segment = record >>> SEGMENT_SHIFT;
        const start = ((record & SEGMENT_MASK) << 3) + Member.key;
        const length = arena.words[segment]![((record & SEGMENT_MASK) << 1) + MemberWord.length]!;
        visitor.element(arena.bytes[segment]!, start, start + length);
        left--;
      };
      let next = cursor;
      do next = table.scan(value, next, visit);
      while (next !== 0 && left > 0);
      return next;
    }
    const { integers } = this;
    const size = integers.size(value);
    const end = Math.min(size, cursor + budget);
    for (let index = cursor; index < end; index++) {
      integers.read(value, index, this.#walkedInteger);
      visitor.element(this.#walkedDigits, 0, this.#walkedInteger.write(this.#walkedDigits, 0));
    }
    return end === size ? 0 : end;
  }

  moveRoot(value: Address, encoding: Encoding, mover: RecordMover): Address {
    return encoding === Encoding.hashtable ? moveTable(this.arena, value, mover) : mover.move(value);
  }

  moveElements(value: Address, encoding: Encoding, cursor: number, budget: number, mover: RecordMover): number {
    return encoding === Encoding.hashtable ? moveRecords(this.table, value, cursor, budget, mover) : 0;
  }

  /** Adds an integer to an intset, unless that is at its limit. Returns whether it was added. */
  #insertInteger(entry: Address, integer: Int64, place: number): boolean {
    const value = this.entries.valueOf(entry);
    if (this.integers.size(value) >= Math.min(this.#limits.setIntegers, MAX_INTEGERS)) return false;
    const moved = this.integers.insert(value, integer, place);
    if (moved !== value) this.entries.setValue(entry, moved, Encoding.intset);
    return true;
  }

  #removeInteger(entry: Address, index: number): void {
    const value = this.entries.valueOf(entry);
    const moved = this.integers.removeAt(value, index);
    if (moved !== value) this.entries.setValue(entry, moved, Encoding.intset);
  }

  #addToTable(entry: Address, bytes: Uint8Array, start: number, end: number, hash: number): boolean {
    const root = this.entries.valueOf(entry);
    if (this.table.find(root, bytes, start, end, hash) !== 0) return false;
    this.table.add(root, bytes, start, end, hash);
    return true;
  }

  /** Converts an intset to a table. */
  #toTable(entry: Address): void {
    const { table } = this;
    const cursor = this.#converted;
    const root = table.create();
    try {
      for (cursor.begin(entry); cursor.next(); ) {
        const hash = table.hash(cursor.bytes, cursor.start, cursor.end);
        table.add(root, cursor.bytes, cursor.start, cursor.end, hash);
      }
    } catch (error) {
      table.free(root);
      throw error;
    }
    const integers = this.entries.valueOf(entry);
    this.entries.setValue(entry, root, Encoding.hashtable);
    if (integers !== 0) this.arena.free(integers);
  }
}
