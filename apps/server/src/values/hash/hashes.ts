import {
  type Address,
  type Arena,
  ElementView,
  type HashSeed,
  PackedList,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';
import { ENCODING_SHIFT, Encoding, EntryWord } from '../entry';
import type { EntryRecords } from '../entry-records';
import type { PackingLimits } from '../packing-limits';
import type { ValueStore } from '../value-store';
import { FieldTable } from './field-table';

/** Bytes beyond which Redis does not let a listpack grow, whatever its limits. */
const MOST_PACKED_BYTES = 2 ** 30;

/** Reads one field; both views hold until the hash changes or the next field is visited. */
export type FieldVisitor = (field: ElementView, value: ElementView) => void;

/**
 * The hashes. A small one (`listpack`) is a packed list of field, value, field, value …, in the order in which the fields
 * came; one that has passed a limit (`hashtable`) is a FieldTable for the rest of its life. What changes a hash works on the
 * entry that holds it, because the value may move.
 *
 * Hot: what ordinary commands call reads the words of the entry itself, as calls for each would cost as much as the rest.
 */
export class Hashes implements ValueStore {
  /** The field that was read last. */
  readonly field = new ElementView();
  /** The value that was read last, by `find` among others. */
  readonly value = new ElementView();
  readonly packed: PackedList;
  readonly table: FieldTable;
  readonly #arena: Arena;
  readonly #entries: EntryRecords;
  readonly #limits: PackingLimits;
  readonly #randomUint32: () => number;

  constructor(entries: EntryRecords, limits: PackingLimits, seed: HashSeed, randomUint32: () => number) {
    this.#arena = entries.arena;
    this.#entries = entries;
    this.#limits = limits;
    this.#randomUint32 = randomUint32;
    this.packed = new PackedList(entries.arena);
    this.table = new FieldTable(entries.arena, seed);
  }

  /** An empty hash in the encoding `listpack`, with room for `bytes` bytes; the caller owns it. O(1). @throws ArenaFullError */
  create(bytes: number): Address {
    return this.packed.create(bytes);
  }

  /** Number of fields. O(1). */
  length(entry: Address): number {
    const value = this.#entries.valueOf(entry);
    return this.#isTable(entry) ? this.table.size(value) : this.packed.count(value) >>> 1;
  }

  /** Whether the hash is a packed list, so that a random place is found by walking. O(1). */
  isPacked(entry: Address): boolean {
    return !this.#isTable(entry);
  }

  /** Looks a field up and lets `value` look at its value. Returns whether the field is there. O(1) expected, O(bytes) if packed. */
  find(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const words = this.#arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    const value = words[word + EntryWord.value]!;
    if (words[word + EntryWord.access]! >>> ENCODING_SHIFT === Encoding.hashtable) {
      const record = this.table.find(value, bytes, start, end);
      if (record === 0) return false;
      this.table.readValue(record, this.value);
      return true;
    }
    const { packed } = this;
    const position = packed.find(value, bytes, start, end, 2);
    if (position < 0) return false;
    packed.read(value, packed.next(value, position), this.value);
    return true;
  }

  /** Tells whether a field is there. O(1) expected, O(bytes) if packed. */
  has(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const words = this.#arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    const value = words[word + EntryWord.value]!;
    return words[word + EntryWord.access]! >>> ENCODING_SHIFT === Encoding.hashtable
      ? this.table.find(value, bytes, start, end) !== 0
      : this.packed.find(value, bytes, start, end, 2) >= 0;
  }

  /**
   * Makes a hash ready for fields and values that are going to be set, of which the longest has `longest` bytes and all
   * together `total`: Redis looks at what a command brings before it sets anything. O(1), O(size) if the encoding changes.
   * @throws ArenaFullError before anything was changed.
   */
  admit(entry: Address, longest: number, total: number): void {
    const { hashValueBytes, hashEntries } = this.#limits;
    if (longest <= hashValueBytes) {
      // With limits like these, no packed hash comes near the most that it may have.
      if (hashEntries * hashValueBytes < MOST_PACKED_BYTES / 8) return;
      if (this.#isTable(entry) || this.packed.bytes(this.#entries.valueOf(entry)) + total <= MOST_PACKED_BYTES) return;
    } else if (this.#isTable(entry)) {
      return;
    }
    this.#unpack(entry);
  }

  /**
   * Gives a field a value, both copied. Returns whether the field is new. O(1) expected, O(bytes) if packed.
   * @throws ArenaFullError before anything was changed.
   */
  set(
    entry: Address,
    field: Uint8Array,
    fieldStart: number,
    fieldEnd: number,
    value: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const words = this.#arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    const old = words[word + EntryWord.value]!;
    if (words[word + EntryWord.access]! >>> ENCODING_SHIFT === Encoding.hashtable) {
      return this.table.set(old, field, fieldStart, fieldEnd, value, start, end);
    }
    const { packed } = this;
    const { hashValueBytes, hashEntries } = this.#limits;
    if (fieldEnd - fieldStart <= hashValueBytes && end - start <= hashValueBytes) {
      const position = packed.find(old, field, fieldStart, fieldEnd, 2);
      const isNew = position < 0;
      if ((packed.count(old) >>> 1) + (isNew ? 1 : 0) <= hashEntries) {
        const list = isNew
          ? packed.insertPairBefore(old, packed.bytes(old), field, fieldStart, fieldEnd, value, start, end)
          : packed.replace(old, packed.next(old, position), value, start, end);
        if (list !== old) words[word + EntryWord.value] = list;
        return isNew;
      }
    }
    this.#unpack(entry);
    return this.table.set(words[word + EntryWord.value]!, field, fieldStart, fieldEnd, value, start, end);
  }

  /** Removes a field. Returns whether it was there; the last one may go, and the caller deletes the key then. O(1) expected, O(bytes) if packed. */
  remove(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const words = this.#arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    const value = words[word + EntryWord.value]!;
    if (words[word + EntryWord.access]! >>> ENCODING_SHIFT === Encoding.hashtable)
      return this.table.remove(value, bytes, start, end);
    const position = this.packed.find(value, bytes, start, end, 2);
    if (position < 0) return false;
    this.#setPacked(entry, this.packed.removeRange(value, position, 2));
    return true;
  }

  /** Gives back room that a packed hash was created with and has not used. O(bytes). */
  trim(entry: Address): void {
    if (this.#isTable(entry)) return;
    const list = this.#entries.valueOf(entry);
    const arena = this.#arena;
    if (arena.allocationBytes(this.packed.bytes(list)) >= arena.usableBytes(list)) return;
    this.#setPacked(entry, this.packed.copy(list));
    this.packed.free(list);
  }

  /** Visits every field once; `visit` must not change the hash. O(size). */
  forEach(entry: Address, visit: FieldVisitor): void {
    const { field, value } = this;
    const root = this.#entries.valueOf(entry);
    if (this.#isTable(entry)) {
      const { table } = this;
      table.forEach(root, (record) => {
        table.readField(record, field);
        table.readValue(record, value);
        visit(field, value);
      });
    } else {
      this.#forEachPacked(root, visit);
    }
  }

  /** Lets `field` and `value` look at the field at a place that one of the methods below has told. O(1). */
  readPlace(entry: Address, place: number): void {
    if (this.#isTable(entry)) {
      this.table.readField(place, this.field);
      this.table.readValue(place, this.value);
    } else {
      const list = this.#entries.valueOf(entry);
      this.packed.read(list, this.packed.read(list, place, this.field), this.value);
    }
  }

  /**
   * Visits the places of some fields: of one bucket, of all where the hash is packed. The cursor and its guarantees are those of
   * SCAN; returns the next one, 0 at the end. A place is a 32-bit number that holds until the hash changes.
   */
  scan(entry: Address, cursor: number, visit: (place: number) => void): number {
    const value = this.#entries.valueOf(entry);
    if (this.#isTable(entry)) return this.table.scan(value, cursor, visit);
    this.forEachPlace(entry, visit);
    return 0;
  }

  /** Visits the place of every field once; `visit` must not change the hash. O(size). */
  forEachPlace(entry: Address, visit: (place: number) => void): void {
    const value = this.#entries.valueOf(entry);
    if (this.#isTable(entry)) {
      this.table.forEach(value, visit);
      return;
    }
    const { packed } = this;
    for (let place = packed.first(value); place >= 0; place = packed.next(value, packed.next(value, place)))
      visit(place);
  }

  /** The place of a fairly chosen field of a hash that is not empty. O(1) expected, O(size) if packed. */
  randomPlace(entry: Address): number {
    const value = this.#entries.valueOf(entry);
    if (this.#isTable(entry)) return this.table.random(value, this.#randomUint32);
    const { packed } = this;
    const index = Math.floor((this.#randomUint32() / 2 ** 32) * (packed.count(value) >>> 1));
    return packed.at(value, 2 * index);
  }

  free(value: Address, encoding: Encoding): void {
    if (encoding === Encoding.hashtable) this.table.freeSome(value, Number.POSITIVE_INFINITY);
    else this.packed.free(value);
  }

  freeSome(value: Address, encoding: Encoding, budget: number): boolean {
    if (encoding === Encoding.hashtable) return this.table.freeSome(value, budget);
    this.packed.free(value);
    return true;
  }

  freeEffort(value: Address, encoding: Encoding): number {
    return encoding === Encoding.hashtable ? this.table.size(value) : 1;
  }

  copy(value: Address, encoding: Encoding): Address {
    return encoding === Encoding.hashtable ? this.table.copy(value) : this.packed.copy(value);
  }

  memoryOf(value: Address, encoding: Encoding, samples: number): number {
    return encoding === Encoding.hashtable ? this.table.memoryOf(value, samples) : this.#arena.usableBytes(value);
  }

  #isTable(entry: Address): boolean {
    return this.#entries.encodingOf(entry) === Encoding.hashtable;
  }

  #setPacked(entry: Address, list: Address): void {
    this.#entries.setValue(entry, list, Encoding.listpack);
  }

  #forEachPacked(list: Address, visit: FieldVisitor): void {
    const { packed, field, value } = this;
    let position = packed.first(list);
    while (position >= 0) {
      position = packed.read(list, packed.read(list, position, field), value);
      visit(field, value);
    }
  }

  /** Turns a packed hash into a table. Nothing has changed where memory is too short for it. */
  #unpack(entry: Address): void {
    const { table } = this;
    const list = this.#entries.valueOf(entry);
    const root = table.create();
    try {
      this.#forEachPacked(list, (field, value) => table.add(root, field, value));
    } catch (error) {
      table.freeSome(root, Number.POSITIVE_INFINITY);
      throw error;
    }
    this.#entries.setValue(entry, root, Encoding.hashtable);
    this.packed.free(list);
  }
}
