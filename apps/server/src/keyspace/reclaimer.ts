import { type Address, SEGMENT_MASK, SEGMENT_SHIFT, TimingWheel } from '@nanoredis/intrusive-ds';
import {
  type Encoding,
  EntryWord,
  EXPIRY_UNITS,
  Expiry,
  HAS_EXPIRY,
  VALUE_OUTSIDE,
  type ValueType,
} from '../values/entry';
import type { Database } from './database';
import type { Keyspace } from './keyspace';

/** Elements of a value that are freed between two looks at the clock. */
const ELEMENTS_AT_ONCE = 64;

/** A value of more records than this is worth freeing later; LAZYFREE_THRESHOLD of Redis. */
const LAZY_FREE_THRESHOLD = 64;

const AT_ONCE = (): boolean => true;

/** The contents of a whole database, cut off by FLUSHALL. */
interface Contents {
  readonly root: Address;
  cursor: number;
}

/** A value that nobody reaches any more. */
interface Value {
  readonly type: ValueType;
  readonly encoding: Encoding;
  readonly address: Address;
}

/** Frees what was cut off from the keyspace, in slices, so that a FLUSHALL of millions of keys stalls nobody. */
export class Reclaimer {
  readonly #keyspace: Keyspace;
  readonly #contents: Contents[] = [];
  readonly #values: Value[] = [];
  /** Keys and values that were freed lazily since the start. */
  freed = 0;

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace;
  }

  /** Keys and values that still wait to be freed. O(databases that wait). */
  get pending(): number {
    const table = this.#keyspace.table;
    return this.#contents.reduce((sum, { root }) => sum + table.size(root), this.#values.length);
  }

  /** Takes a database's contents over and leaves it empty. O(1). */
  takeContents(database: Database): void {
    const { table, arena, nowMs } = this.#keyspace;
    this.#contents.push({ root: database.root, cursor: 0 });
    database.root = table.create();
    database.wheel = new TimingWheel(arena, Expiry, nowMs);
  }

  /** Takes over a value that nobody reaches any more; one of few records is freed at once. O(1). */
  takeValue(type: ValueType, encoding: Encoding, address: Address): void {
    const store = this.#keyspace.values.of(type);
    if (store.freeEffort(address, encoding) > LAZY_FREE_THRESHOLD) this.#values.push({ type, encoding, address });
    else store.free(address, encoding);
  }

  /** Whether nothing waits. O(1). */
  get isIdle(): boolean {
    return this.#values.length === 0 && this.#contents.length === 0;
  }

  /** Frees some 64 records of what waits. O(1). */
  step(): void {
    this.run(AT_ONCE);
  }

  /** Frees until nothing is left or `isOver` says that the slice is used up. Returns whether nothing is left. */
  run(isOver: () => boolean): boolean {
    for (;;) {
      if (this.#values.length > 0) {
        if (!this.#freeLastValue(isOver)) return false;
      } else if (this.#contents.length > 0) {
        if (!this.#freeFirstContents(isOver)) return false;
      } else {
        return true;
      }
      if (isOver()) return this.isIdle;
    }
  }

  /** Frees everything now. O(n). */
  finish(): void {
    this.run(() => false);
  }

  #freeLastValue(isOver: () => boolean): boolean {
    const { type, encoding, address } = this.#values.at(-1)!;
    const store = this.#keyspace.values.of(type);
    while (!store.freeSome(address, encoding, ELEMENTS_AT_ONCE)) if (isOver()) return false;
    this.#values.pop();
    this.freed++;
    return true;
  }

  /** Frees the keys of a database as far as time goes; big values among them come next. */
  #freeFirstContents(isOver: () => boolean): boolean {
    const { table } = this.#keyspace;
    const head = this.#contents[0]!;
    do {
      head.cursor = table.scan(head.root, head.cursor, this.#freeEntry);
      if (head.cursor !== 0 && (this.#values.length > 0 || isOver())) return this.#values.length > 0;
    } while (head.cursor !== 0);
    table.destroy(head.root);
    this.#contents.shift();
    return true;
  }

  /** The wheel that knew the entry is gone as a whole, so only its memory has to go. */
  readonly #freeEntry = (entry: Address): void => {
    const { arena, table, values } = this.#keyspace;
    table.remove(this.#contents[0]!.root, entry);
    const words = arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    const flags = words[word + EntryWord.keyLength]!;
    if ((flags & VALUE_OUTSIDE) !== 0) {
      this.takeValue(values.entries.typeOf(entry), values.entries.encodingOf(entry), words[word + EntryWord.value]!);
    }
    arena.free((flags & HAS_EXPIRY) !== 0 ? entry - EXPIRY_UNITS : entry);
    this.freed++;
  };
}
