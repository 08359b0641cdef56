import {
  type Address,
  type Arena,
  copyBytes,
  type ElementView,
  type HashSeed,
  HashTable,
  type HashTableStatistics,
  moveRecords,
  moveTable,
  type RecordMover,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';
import { FIELD_LAYOUT, FieldRecord, FieldWord } from './field-record';

/**
 * The encoding of large hashes: a hash table with one record per field. One object serves all such hashes; each is identified
 * by the root of its table, whose address does not change while the hash exists.
 */
export class FieldTable {
  readonly #arena: Arena;
  readonly #table: HashTable;

  constructor(arena: Arena, seed: HashSeed) {
    this.#arena = arena;
    this.#table = new HashTable(arena, FIELD_LAYOUT, seed);
  }

  /**
   * An empty hash; the caller owns it. O(1).
   * @throws ArenaFullError when the arena is full.
   */
  create(): Address {
    return this.#table.create();
  }

  /** Number of fields. O(1). */
  size(root: Address): number {
    return this.#table.size(root);
  }

  /** The record of the field `bytes[start, end)`, or 0. O(1) expected. */
  find(root: Address, bytes: Uint8Array, start: number, end: number): Address {
    const table = this.#table;
    return table.find(root, bytes, start, end, table.hash(bytes, start, end));
  }

  /** Points a view at the field of a record. It is valid until the record is freed. O(1). */
  readField(record: Address, into: ElementView): void {
    const start = ((record & SEGMENT_MASK) << 3) + FieldRecord.field;
    into.bytes = this.#arena.bytes[record >>> SEGMENT_SHIFT]!;
    into.start = start;
    into.end =
      start + this.#arena.words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + FieldWord.fieldLength]!;
  }

  /** Points a view at the value of a record. It is valid until the field is set again or removed. O(1). */
  readValue(record: Address, into: ElementView): void {
    const words = this.#arena.words[record >>> SEGMENT_SHIFT]!;
    const word = (record & SEGMENT_MASK) << 1;
    const start = ((record & SEGMENT_MASK) << 3) + FieldRecord.field + words[word + FieldWord.fieldLength]!;
    into.bytes = this.#arena.bytes[record >>> SEGMENT_SHIFT]!;
    into.start = start;
    into.end = start + words[word + FieldWord.valueLength]!;
  }

  /**
   * Sets a field to a value; both are copied. Returns whether the field is new. A value whose record needs the same memory as
   * the old one is written in place. O(1) expected, plus copying.
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  set(
    root: Address,
    field: Uint8Array,
    fieldStart: number,
    fieldEnd: number,
    value: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const arena = this.#arena;
    const table = this.#table;
    const hash = table.hash(field, fieldStart, fieldEnd);
    const old = table.find(root, field, fieldStart, fieldEnd, hash);
    if (old === 0) {
      this.#insert(root, field, fieldStart, fieldEnd, value, start, end, hash);
      return true;
    }
    const words = arena.words[old >>> SEGMENT_SHIFT]!;
    const word = ((old & SEGMENT_MASK) << 1) + FieldWord.valueLength;
    const fieldLength = fieldEnd - fieldStart;
    const prefix = FieldRecord.field + fieldLength;
    const length = end - start;
    const oldLength = words[word]!;
    if (length === oldLength || arena.allocationBytes(prefix + length) === arena.allocationBytes(prefix + oldLength)) {
      words[word] = length;
      copyBytes(value, start, end, arena.bytes[old >>> SEGMENT_SHIFT]!, ((old & SEGMENT_MASK) << 3) + prefix);
      return false;
    }
    const fresh = this.#createRecord(field, fieldStart, fieldEnd, value, start, end);
    table.replace(root, old, fresh);
    arena.free(old);
    return false;
  }

  /**
   * Adds a field that the caller knows to be missing. O(1), plus copying.
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  add(root: Address, field: ElementView, value: ElementView): void {
    const hash = this.#table.hash(field.bytes, field.start, field.end);
    this.#insert(root, field.bytes, field.start, field.end, value.bytes, value.start, value.end, hash);
  }

  /** Removes the field `bytes[start, end)`. Returns whether it existed. O(1) expected. */
  remove(root: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const record = this.find(root, bytes, start, end);
    if (record === 0) return false;
    this.#table.remove(root, record);
    this.#arena.free(record);
    return true;
  }

  /** Visits the record of every field once; `visit` must not change the hash. O(size). */
  forEach(root: Address, visit: (record: Address) => void): void {
    this.#table.forEach(root, visit);
  }

  /** Visits the records of one bucket, with the cursor and the guarantees of SCAN. Returns the next cursor, 0 at the end. */
  scan(root: Address, cursor: number, visit: (record: Address) => void): number {
    return this.#table.scan(root, cursor, visit);
  }

  /** A record chosen uniformly at random, or 0 if there is none; `random` returns uniform 32-bit numbers. O(1) expected. */
  random(root: Address, random: () => number): Address {
    return this.#table.random(root, random);
  }

  /** Frees about `budget` fields of an unreachable hash. Returns whether the whole hash is freed. O(budget). */
  freeSome(root: Address, budget: number): boolean {
    if (!this.#table.drain(root, budget, this.#freeRecord)) return false;
    this.#table.destroy(root);
    return true;
  }

  /**
   * A copy of a hash; the caller owns it. O(size).
   * @throws ArenaFullError when the arena is full; nothing is left allocated then.
   */
  copy(root: Address): Address {
    const arena = this.#arena;
    const table = this.#table;
    const twin = table.create();
    try {
      table.forEach(root, (record) => {
        const words = arena.words[record >>> SEGMENT_SHIFT]!;
        const word = (record & SEGMENT_MASK) << 1;
        const bytes = FieldRecord.field + words[word + FieldWord.fieldLength]! + words[word + FieldWord.valueLength]!;
        const fresh = arena.allocate(bytes);
        const from = (record & SEGMENT_MASK) << 3;
        const target = arena.bytes[fresh >>> SEGMENT_SHIFT]!;
        copyBytes(arena.bytes[record >>> SEGMENT_SHIFT]!, from, from + bytes, target, (fresh & SEGMENT_MASK) << 3);
        this.#insertRecord(twin, fresh, words[word + (FieldRecord.hash >>> 2)]!);
      });
    } catch (error) {
      this.freeSome(twin, Number.POSITIVE_INFINITY);
      throw error;
    }
    return twin;
  }

  /** Bytes of a hash in the arena, estimated from `samples` of its fields; 0 samples all. O(samples). */
  memoryOf(root: Address, samples: number): number {
    const arena = this.#arena;
    const size = this.#table.size(root);
    const wanted = samples === 0 ? size : Math.min(samples, size);
    let seen = 0;
    let bytes = 0;
    let cursor = 0;
    const measure = (record: Address): void => {
      seen++;
      bytes += arena.usableBytes(record);
    };
    do cursor = this.#table.scan(root, cursor, measure);
    while (cursor !== 0 && seen < wanted);
    return this.#table.bytes(root) + (seen === 0 ? 0 : Math.round((bytes / seen) * size));
  }

  /** Size and chain lengths of a hash's table, for DEBUG HTSTATS-KEY. O(size). */
  statistics(root: Address): HashTableStatistics {
    return this.#table.statistics(root);
  }

  /** Moves the table's own records out of sparse memory; returns the root's address, which may be new. O(1). */
  moveRoot(root: Address, mover: RecordMover): Address {
    return moveTable(this.#arena, root, mover);
  }

  /** Moves some `budget` fields from a cursor of `scan` on; returns the next one, 0 at the end. O(budget). */
  moveFields(root: Address, cursor: number, budget: number, mover: RecordMover): number {
    return moveRecords(this.#table, root, cursor, budget, mover);
  }

  readonly #freeRecord = (record: Address): void => {
    this.#arena.free(record);
  };

  #insert(
    root: Address,
    field: Uint8Array,
    fieldStart: number,
    fieldEnd: number,
    value: Uint8Array,
    start: number,
    end: number,
    hash: number,
  ): void {
    this.#insertRecord(root, this.#createRecord(field, fieldStart, fieldEnd, value, start, end), hash);
  }

  #insertRecord(root: Address, record: Address, hash: number): void {
    try {
      this.#table.insert(root, record, hash);
    } catch (error) {
      this.#arena.free(record);
      throw error;
    }
  }

  #createRecord(
    field: Uint8Array,
    fieldStart: number,
    fieldEnd: number,
    value: Uint8Array,
    start: number,
    end: number,
  ): Address {
    const arena = this.#arena;
    const fieldLength = fieldEnd - fieldStart;
    const record = arena.allocate(FieldRecord.field + fieldLength + end - start);
    const words = arena.words[record >>> SEGMENT_SHIFT]!;
    const word = (record & SEGMENT_MASK) << 1;
    words[word + FieldWord.fieldLength] = fieldLength;
    words[word + FieldWord.valueLength] = end - start;
    const bytes = arena.bytes[record >>> SEGMENT_SHIFT]!;
    const at = ((record & SEGMENT_MASK) << 3) + FieldRecord.field;
    copyBytes(field, fieldStart, fieldEnd, bytes, at);
    copyBytes(value, start, end, bytes, at + fieldLength);
    return record;
  }
}
