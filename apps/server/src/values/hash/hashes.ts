import {
  type Address,
  type Arena,
  ElementView,
  type HashSeed,
  PackedList,
  type RecordMover,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';
import { ENCODING_SHIFT, Encoding, EntryWord } from '../entry';
import type { EntryRecords } from '../entry-records';
import type { PackingLimits } from '../packing-limits';
import type { ValueStore } from '../value-store';
import type { ValueVisitor } from '../value-visitor';
import { FieldTable } from './field-table';

/** Bytes beyond which Redis does not let a listpack grow, whatever its limits. */
const MAX_PACKED_BYTES = 2 ** 30;

/** Receives one field; both views are valid until the hash changes or the next field is visited. */
export type FieldVisitor = (field: ElementView, value: ElementView) => void;

/**
 * The hashes. A small one (`listpack`) is a packed list of field, value, field, value …, in insertion order. One that has
 * exceeded a limit (`hashtable`) is a FieldTable from then on. Methods take the entry instead of the value, because a change
 * may move the value.
 *
 * Hot: the methods that ordinary commands call read the words of the entry directly; accessor calls would cost as much as the
 * rest of the method.
 */
export class Hashes implements ValueStore {
  /** The field read last. */
  readonly field = new ElementView();
  /** The value read last, by `find` or another method. */
  readonly value = new ElementView();
  /** Of `walk`, which may be called while the others are in use. */
  readonly #walkedField = new ElementView();
  readonly #walkedValue = new ElementView();
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

  /**
   * An empty hash in the encoding `listpack`, with capacity for `bytes` bytes; the caller owns it. O(1).
   * @throws ArenaFullError when the arena is full.
   */
  create(bytes: number): Address {
    return this.packed.create(bytes);
  }

  /** Number of fields. O(1). */
  length(entry: Address): number {
    const value = this.#entries.valueOf(entry);
    return this.#isTable(entry) ? this.table.size(value) : this.packed.count(value) >>> 1;
  }

  /** Whether the hash is a packed list, where finding a random position takes O(size). O(1). */
  isPacked(entry: Address): boolean {
    return !this.#isTable(entry);
  }

  /** Looks up a field and points `value` at its value. Returns whether it exists. O(1) expected, O(bytes) if packed. */
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

  /** Tells whether a field exists. O(1) expected, O(bytes) if packed. */
  has(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const words = this.#arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    const value = words[word + EntryWord.value]!;
    return words[word + EntryWord.access]! >>> ENCODING_SHIFT === Encoding.hashtable
      ? this.table.find(value, bytes, start, end) !== 0
      : this.packed.find(value, bytes, start, end, 2) >= 0;
  }

  /**
   * Converts a packed hash if one of the fields and values that a command is about to set exceeds a limit, as Redis does before
   * it sets the first one. The longest of them has `maxLength` bytes, all together have `total`. O(1), O(size) if converted.
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  admit(entry: Address, maxLength: number, total: number): void {
    const { hashValueBytes, hashEntries } = this.#limits;
    if (maxLength <= hashValueBytes) {
      // With these limits no packed hash can reach MAX_PACKED_BYTES.
      if (hashEntries * hashValueBytes < MAX_PACKED_BYTES / 8) return;
      if (this.#isTable(entry) || this.packed.bytes(this.#entries.valueOf(entry)) + total <= MAX_PACKED_BYTES) return;
    } else if (this.#isTable(entry)) {
      return;
    }
    this.#unpack(entry);
  }

  /**
   * Sets a field to a value; both are copied. Returns whether the field is new. O(1) expected, O(bytes) if packed.
   * @throws ArenaFullError when the arena is full; nothing has changed then.
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

  /**
   * Removes a field. Returns whether it existed. The caller deletes the key if that was the last one. O(1) expected, O(bytes)
   * if packed.
   */
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

  /** Frees the unused capacity of a packed hash. O(bytes). */
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

  /** Points `field` and `value` at a position that one of the methods below has returned. O(1). */
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
   * Visits the positions of the fields of one bucket, or of all fields if the hash is packed, with the cursor and the guarantees
   * of SCAN. Returns the next cursor, 0 at the end. A position is a 32-bit number that is valid until the hash changes.
   */
  scan(entry: Address, cursor: number, visit: (place: number) => void): number {
    const value = this.#entries.valueOf(entry);
    if (this.#isTable(entry)) return this.table.scan(value, cursor, visit);
    this.forEachPlace(entry, visit);
    return 0;
  }

  /** Visits the position of every field once; `visit` must not change the hash. O(size). */
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

  /** The position of a uniformly random field of a hash that is not empty. O(1) expected, O(size) if packed. */
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

  count(value: Address, encoding: Encoding): number {
    return encoding === Encoding.hashtable ? this.table.size(value) : this.packed.count(value) >>> 1;
  }

  walk(value: Address, encoding: Encoding, cursor: number, budget: number, visitor: ValueVisitor): number {
    const field = this.#walkedField;
    const text = this.#walkedValue;
    let left = budget;
    if (encoding === Encoding.hashtable) {
      const { table } = this;
      const visit = (record: Address): void => {
        table.readField(record, field);
        table.readValue(record, text);
        visitor.field(field.bytes, field.start, field.end, text.bytes, text.start, text.end);
        left--;
      };
      let next = cursor;
      do next = table.scan(value, next, visit);
      while (next !== 0 && left > 0);
      return next;
    }
    const { packed } = this;
    let position = cursor === 0 ? packed.first(value) : cursor;
    for (; position >= 0 && left > 0; left--) {
      position = packed.read(value, packed.read(value, position, field), text);
      visitor.field(field.bytes, field.start, field.end, text.bytes, text.start, text.end);
    }
    return Math.max(0, position);
  }

  moveRoot(value: Address, encoding: Encoding, mover: RecordMover): Address {
    return encoding === Encoding.hashtable ? this.table.moveRoot(value, mover) : mover.move(value);
  }

  moveElements(value: Address, encoding: Encoding, cursor: number, budget: number, mover: RecordMover): number {
    return encoding === Encoding.hashtable ? this.table.moveFields(value, cursor, budget, mover) : 0;
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

  /**
   * Converts a packed hash to a table.
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
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
