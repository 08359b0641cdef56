import { type Address, type Arena, type HashTable, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { type Encoding, EntryWord, EXPIRY_UNITS, HAS_EXPIRY, VALUE_OUTSIDE, type ValueType } from '../values/entry';
import type { Values } from '../values/values';

/** Keys, or elements of a value, that are freed between two readings of the clock. */
const RECORDS_AT_ONCE = 64;

/** A value of more records than this is worth freeing later; LAZYFREE_THRESHOLD of Redis. */
const LAZY_FREE_THRESHOLD = 64;

/** A value that is out of reach. */
interface Value {
  readonly type: ValueType;
  readonly encoding: Encoding;
  readonly address: Address;
}

/** Frees what was removed from the keyspace, in slices, so that a FLUSHALL of millions of keys stalls no client. */
export class Reclaimer {
  readonly #arena: Arena;
  readonly #table: HashTable;
  readonly #stores: Values;
  /** Tables of flushed databases, by their roots. */
  readonly #tables: Address[] = [];
  readonly #values: Value[] = [];
  /** Keys of flushed databases and other values that were freed lazily, since the start or the last CONFIG RESETSTAT. */
  freed = 0;

  constructor(arena: Arena, table: HashTable, values: Values) {
    this.#arena = arena;
    this.#table = table;
    this.#stores = values;
  }

  /** Keys and values that still wait to be freed. O(databases that wait). */
  get pending(): number {
    return this.#tables.reduce((sum, root) => sum + this.#table.size(root), this.#values.length);
  }

  /** Takes over a table that was cut off from its database, with the entries in it. O(1). */
  takeTable(root: Address): void {
    this.#tables.push(root);
  }

  /** Frees a table that was cut off from its database now, with the entries in it. O(keys and elements). */
  destroyTable(root: Address): void {
    this.#table.drain(root, Number.POSITIVE_INFINITY, this.#destroyEntry);
    this.#table.destroy(root);
  }

  /**
   * Frees an entry that is in no table and no wheel any more, with its value; one of many records waits, if `lazily`. Returns
   * whether it does. O(1) besides freeing the value now.
   */
  takeEntry(entry: Address, lazily: boolean): boolean {
    const arena = this.#arena;
    const stores = this.#stores;
    const words = arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    const flags = words[word + EntryWord.keyLength]!;
    let waits = false;
    if ((flags & VALUE_OUTSIDE) !== 0) {
      const type = stores.entries.typeOf(entry);
      const encoding = stores.entries.encodingOf(entry);
      const value = words[word + EntryWord.value]!;
      if (lazily) waits = this.#takeValue(type, encoding, value);
      else stores.of(type).free(value, encoding);
    }
    arena.free((flags & HAS_EXPIRY) !== 0 ? entry - EXPIRY_UNITS : entry);
    return waits;
  }

  /** Takes over a value that is out of reach. Returns false for one of few records, which is freed at once. O(1). */
  #takeValue(type: ValueType, encoding: Encoding, address: Address): boolean {
    const store = this.#stores.of(type);
    const isWorthwhile = store.freeEffort(address, encoding) > LAZY_FREE_THRESHOLD;
    if (isWorthwhile) this.#values.push({ type, encoding, address });
    else store.free(address, encoding);
    return isWorthwhile;
  }

  /** Whether nothing waits. O(1). */
  get isIdle(): boolean {
    return this.#values.length === 0 && this.#tables.length === 0;
  }

  /** Frees some 64 records of what waits: of values first, since the keys of databases leave more of them behind. O(1). */
  step(): void {
    if (this.#values.length > 0) this.#freeSomeElements();
    else if (this.#tables.length > 0) this.#freeSomeKeys();
  }

  /**
   * Frees until nothing is left or `isOver` says that the slice is used up, which is asked after each step: however short
   * the slice, it does one. Returns whether nothing is left.
   */
  run(isOver: () => boolean): boolean {
    while (!this.isIdle) {
      this.step();
      if (isOver()) break;
    }
    return this.isIdle;
  }

  #freeSomeElements(): void {
    const { type, encoding, address } = this.#values.at(-1)!;
    if (!this.#stores.of(type).freeSome(address, encoding, RECORDS_AT_ONCE)) return;
    this.#values.pop();
    this.freed++;
  }

  #freeSomeKeys(): void {
    const root = this.#tables[0]!;
    if (!this.#table.drain(root, RECORDS_AT_ONCE, this.#freeEntry)) return;
    this.#table.destroy(root);
    this.#tables.shift();
  }

  /** A big value waits on in place of its key, and is counted in its place when it is freed. */
  readonly #freeEntry = (entry: Address): void => {
    if (!this.takeEntry(entry, true)) this.freed++;
  };

  readonly #destroyEntry = (entry: Address): void => {
    this.takeEntry(entry, false);
  };
}
