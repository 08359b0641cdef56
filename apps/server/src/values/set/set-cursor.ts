import { type Address, type Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { Encoding } from '../entry';
import type { EntryRecords } from '../entry-records';
import { Int64 } from './int64';
import type { IntegerSets } from './integer-sets';
import { Member, type MemberTable, MemberWord } from './member-table';

/** Length of the longest 64-bit number, with its sign. */
const MAX_INTEGER_BYTES = 20;

/** The stores in which the members of sets are; see Sets. */
export interface SetStores {
  readonly arena: Arena;
  readonly entries: EntryRecords;
  readonly integers: IntegerSets;
  readonly table: MemberTable;
  readonly randomUint32: () => number;
}

/**
 * Iterates over the members of a set without allocating:
 *
 * ```ts
 * for (cursor.begin(entry); cursor.next(); ) reply.bulk(cursor.bytes, cursor.start, cursor.end);
 * ```
 *
 * The set must not change meanwhile. A cursor serves one walk at a time; code that needs only one uses `Sets.cursor`.
 */
export class SetCursor {
  /** The current member is `bytes[start, end)`, valid until the keyspace changes or the cursor moves. */
  bytes: Buffer;
  start = 0;
  end = 0;
  /** The record of the member, or 0 if it is an integer. */
  record: Address = 0;
  /** The member if `record` is 0. */
  readonly integer = new Int64();
  /** Index of the member in its intset. */
  index = 0;
  readonly #sets: SetStores;
  readonly #digits = Buffer.allocUnsafeSlow(MAX_INTEGER_BYTES);
  #value: Address = 0;
  #isTable = false;
  /** Number of members of the intset. */
  #count = 0;
  /** The record after `record` in its bucket. */
  #following: Address = 0;
  /** The next bucket of the table, and how many there are. */
  #bucket = 0;
  #buckets = 0;

  constructor(sets: SetStores) {
    this.#sets = sets;
    this.bytes = this.#digits;
  }

  /** Moves before the first member of a set. An intset is in ascending order, a table is unordered. O(1). */
  begin(entry: Address): void {
    const { entries } = this.#sets;
    this.#value = entries.valueOf(entry);
    this.#isTable = entries.encodingOf(entry) === Encoding.hashtable;
    this.record = 0;
    this.index = -1;
    this.#following = 0;
    this.#bucket = 0;
    this.#buckets = this.#isTable ? this.#sets.table.bucketCount(this.#value) : 0;
    this.#count = this.#isTable ? 0 : this.#sets.integers.size(this.#value);
  }

  /** Moves to the next member; returns false if there is none. O(1) expected. */
  next(): boolean {
    if (!this.advance()) return false;
    this.spell();
    return true;
  }

  /**
   * As `next`, but does not convert an integer to text: it is only in `integer`. For walks that compare sets. O(1) expected.
   */
  advance(): boolean {
    if (!this.#isTable) {
      const index = this.index + 1;
      if (index >= this.#count) return false;
      this.index = index;
      this.#sets.integers.read(this.#value, index, this.integer);
      return true;
    }
    let record = this.#following;
    while (record === 0) {
      if (this.#bucket === this.#buckets) return false;
      record = this.#sets.table.firstOf(this.#value, this.#bucket++);
    }
    this.#goTo(record);
    return true;
  }

  /** Moves to the member of a `handle()`; the set must not have changed since `begin`. O(1). */
  seek(handle: number): void {
    if (this.#isTable) {
      this.#goTo(handle);
    } else {
      this.index = handle;
      this.#sets.integers.read(this.#value, handle, this.integer);
      this.spell();
    }
  }

  /** An unsigned 32-bit number that `seek` finds the member by. O(1). */
  handle(): number {
    return this.#isTable ? this.record : this.index;
  }

  /** Moves to a uniformly random member of a set that is not empty (see HashTable.random). O(1) expected. */
  random(entry: Address): void {
    const { entries, table, integers, randomUint32 } = this.#sets;
    this.begin(entry);
    if (this.#isTable) {
      this.#goTo(table.random(this.#value, randomUint32));
      return;
    }
    const size = integers.size(this.#value);
    this.index = Math.floor(((randomUint32() >>> 0) / 2 ** 32) * size);
    integers.read(entries.valueOf(entry), this.index, this.integer);
    this.spell();
  }

  /** Converts the integer of `advance` to text in `bytes[start, end)`. O(digits). */
  spell(): void {
    if (this.#isTable) return;
    this.bytes = this.#digits;
    this.start = 0;
    this.end = this.integer.write(this.#digits, 0);
  }

  /** The hash of the current member, which must have a record. O(1). */
  get hash(): number {
    const { record } = this;
    return this.#sets.arena.words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + MemberWord.hash]!;
  }

  #goTo(record: Address): void {
    const { arena } = this.#sets;
    const segment = record >>> SEGMENT_SHIFT;
    const words = arena.words[segment]!;
    const word = (record & SEGMENT_MASK) << 1;
    this.record = record;
    this.#following = words[word + MemberWord.chain]!;
    this.bytes = arena.bytes[segment]!;
    this.start = ((record & SEGMENT_MASK) << 3) + Member.key;
    this.end = this.start + words[word + MemberWord.length]!;
  }
}
