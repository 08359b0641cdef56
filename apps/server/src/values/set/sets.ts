import type { Address, Arena, HashSeed } from '@nanoredis/intrusive-ds';
import { Encoding } from '../entry';
import type { EntryRecords } from '../entry-records';
import type { PackingLimits } from '../packing-limits';
import type { ValueStore } from '../value-store';
import { Int64 } from './int64';
import { IntegerSets } from './integer-sets';
import { MemberTable } from './member-table';
import { SetCursor } from './set-cursor';

/** Redis' bound of an intset, whatever set-max-intset-entries says. */
const MOST_INTEGERS = 2 ** 30;

/**
 * The sets of all keys: as an intset while they are small and of integers, else as a hash table with one record a member.
 *
 * ```
 * entry.value → intset      count, width, members ascending                      (integer-sets.ts)
 * entry.value → hashtable   root of a table → member → member …                  (member-table.ts)
 * ```
 *
 * A set without members is the intset 0, which has no record: a prepared entry may begin with it.
 */
export class Sets implements ValueStore {
  readonly integers: IntegerSets;
  readonly table: MemberTable;
  /** A cursor for whoever needs only one at a time, and calls nobody meanwhile who may need it too. */
  readonly cursor: SetCursor;
  readonly #integer = new Int64();
  readonly #converted: SetCursor;

  constructor(
    readonly arena: Arena,
    readonly entries: EntryRecords,
    private readonly limits: PackingLimits,
    seed: HashSeed,
    readonly randomUint32: () => number,
  ) {
    this.integers = new IntegerSets(arena);
    this.table = new MemberTable(arena, seed);
    this.cursor = new SetCursor(this);
    this.#converted = new SetCursor(this);
  }

  /** Number of members. O(1). */
  size(entry: Address): number {
    const value = this.entries.valueOf(entry);
    return this.isTable(entry) ? this.table.size(value) : this.integers.size(value);
  }

  /** Whether a set is a hash table, and not an intset. O(1). */
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
   * Adds `bytes[start, end)`. Returns whether it was no member yet. O(length), for integers O(size).
   * @throws ArenaFullError; the members are the same then.
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
   * Removes `bytes[start, end)`. Returns whether it was a member; a set that is left empty is the caller's to delete.
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

  /** Points `cursor` at a random member of a set that has some, and returns it. O(1) expected. */
  random(entry: Address): SetCursor {
    this.cursor.random(entry);
    return this.cursor;
  }

  /** `has` for the member that a cursor is at, which need not have been spelled. O(1) expected, in an intset O(log size). */
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

  /** `add` for the member that a cursor over another set is at, which need not have been spelled. */
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

  /** `remove` for the member that a cursor over another set is at, which need not have been spelled. */
  removeMember(entry: Address, cursor: SetCursor): boolean {
    cursor.spell();
    return this.remove(entry, cursor.bytes, cursor.start, cursor.end);
  }

  /** Removes the member of this set that a cursor is at; the cursor then is at none. O(1) expected, in an intset O(size). */
  removeAt(entry: Address, cursor: SetCursor): void {
    if (cursor.record !== 0) this.table.delete(this.entries.valueOf(entry), cursor.record);
    else this.#removeInteger(entry, cursor.index);
  }

  /** Lets two sets change their members. O(1). */
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

  /** Adds an integer to an intset, unless that has come to its limit: returns whether it did. */
  #insertInteger(entry: Address, integer: Int64, place: number): boolean {
    const value = this.entries.valueOf(entry);
    if (this.integers.size(value) >= Math.min(this.limits.setIntegers, MOST_INTEGERS)) return false;
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

  /** Turns an intset into a table of the same members. */
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
