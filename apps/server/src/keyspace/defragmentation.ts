import { type Address, RecordMover } from '@nanoredis/intrusive-ds';
import type { Encoding, ValueType } from '../values/entry';
import type { Database } from './database';
import type { Keyspace } from './keyspace';

/** Elements of a large value that are looked at between two looks at the clock. */
const ELEMENTS_AT_ONCE = 64;

/** What is done between two looks at the clock besides: chains of the table of a database. */
const BUCKETS_AT_ONCE = 8;

/** A value that is moved in parts. It is found by its key each time, because no address holds in between. */
interface LargeValue {
  readonly databaseIndex: number;
  readonly key: Buffer;
  readonly type: ValueType;
  readonly encoding: Encoding;
  cursor: number;
}

enum Phase {
  none = 0,
  choosing = 1,
  moving = 2,
  ending = 3,
}

/**
 * Moves live records out of sparse memory, in steps between commands: entries with their places in table and wheel, and the records of
 * values, which each value store moves by itself. A pass has the arena choose the memory that has to come empty, goes through the keys
 * of all databases as SCAN does, and gives back what was chosen in vain. No address is kept from one step to the next.
 */
export class Defragmentation {
  /** Keys of which a record was moved, and keys of which all stayed. */
  keyHits = 0;
  keyMisses = 0;
  /** Values of more elements than this are moved in parts. */
  maxElementsAtOnce = 1000;
  readonly #keyspace: Keyspace;
  readonly #mover: RecordMover;
  #phase = Phase.none;
  #databaseIndex = 0;
  #cursor = 0;
  readonly #large: LargeValue[] = [];

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace;
    this.#mover = new RecordMover(keyspace.arena);
  }

  /** Records that were moved. */
  get hits(): number {
    return this.#mover.moved;
  }

  /** Records that were looked at and stayed. */
  get misses(): number {
    return this.#mover.kept;
  }

  /** Whether a pass is under way. O(1). */
  get isRunning(): boolean {
    return this.#phase !== Phase.none;
  }

  /** Counts from 0 again. O(1). */
  resetStatistics(): void {
    this.#mover.moved = 0;
    this.#mover.kept = 0;
    this.keyHits = 0;
    this.keyMisses = 0;
  }

  /** Begins a pass, unless one is under way. O(1). */
  begin(): void {
    if (this.#phase !== Phase.none) return;
    this.#phase = Phase.choosing;
    this.#databaseIndex = 0;
    this.#cursor = 0;
    this.#keyspace.arena.compaction.begin();
  }

  /** Has the pass end with the next steps: no further record is moved. O(1). */
  abandon(): void {
    if (this.#phase === Phase.none || this.#phase === Phase.ending) return;
    this.#large.length = 0;
    this.#phase = Phase.ending;
    this.#keyspace.arena.compaction.end();
  }

  /**
   * Goes on with the pass until it is over or `isOver` says that the time is used up, which is asked after each step. Returns whether
   * it is over. Between commands only, and not while there is a snapshot.
   */
  run(isOver: () => boolean): boolean {
    while (this.#phase !== Phase.none) {
      this.#step();
      if (isOver()) break;
    }
    return this.#phase === Phase.none;
  }

  /** A step takes some 0.1 ms at most, but for a value of `maxElementsAtOnce` elements. */
  #step(): void {
    const { compaction } = this.#keyspace.arena;
    switch (this.#phase) {
      case Phase.choosing:
        if (compaction.some()) this.#phase = Phase.moving;
        break;
      case Phase.moving:
        if (this.#large.length > 0) this.#moveSomeOf(this.#large.at(-1)!);
        else if (this.#databaseIndex < this.#keyspace.databases.length) this.#moveSomeKeys();
        else this.abandon();
        break;
      default:
        if (compaction.some()) this.#phase = Phase.none;
    }
  }

  #moveSomeKeys(): void {
    const database = this.#keyspace.databases[this.#databaseIndex]!;
    if (this.#cursor === 0) database.moveTable(this.#mover);
    const visit = (entry: Address): void => this.#moveKey(database, entry);
    let left = BUCKETS_AT_ONCE;
    do this.#cursor = database.scan(this.#cursor, visit);
    while (this.#cursor !== 0 && --left > 0 && this.#large.length === 0);
    if (this.#cursor === 0) this.#databaseIndex++;
  }

  #moveKey(database: Database, entry: Address): void {
    const mover = this.#mover;
    const before = mover.moved;
    const moved = database.moveRecords(entry, mover);
    if (database.isValueOutside(moved)) this.#moveElements(database, moved);
    if (mover.moved > before) this.keyHits++;
    else this.keyMisses++;
  }

  #moveElements(database: Database, entry: Address): void {
    const { values } = this.#keyspace;
    const type = database.typeOf(entry);
    const encoding = database.encodingOf(entry);
    const value = database.valueOf(entry);
    const store = values.of(type);
    if (store.freeEffort(value, encoding) <= this.maxElementsAtOnce) {
      for (let cursor = 0; ; ) {
        cursor = store.moveElements(value, encoding, cursor, ELEMENTS_AT_ONCE, this.#mover);
        if (cursor === 0) return;
      }
    }
    const start = database.keyStartOf(entry);
    const key = Buffer.from(database.keyBytesOf(entry).subarray(start, start + database.keyLengthOf(entry)));
    this.#large.push({ databaseIndex: database.index, key, type, encoding, cursor: 0 });
  }

  #moveSomeOf(large: LargeValue): void {
    const { databases, values } = this.#keyspace;
    const { key, type, encoding } = large;
    const database = databases[large.databaseIndex]!;
    const entry = database.findRaw(key, 0, key.length);
    const isThere = entry !== 0 && database.typeOf(entry) === type && database.encodingOf(entry) === encoding;
    if (isThere) {
      const value = database.valueOf(entry);
      large.cursor = values.of(type).moveElements(value, encoding, large.cursor, ELEMENTS_AT_ONCE, this.#mover);
    }
    if (!isThere || large.cursor === 0) this.#large.splice(this.#large.indexOf(large), 1);
  }
}
