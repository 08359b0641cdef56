import { type Address, type HashTable, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { ACCESS_MASK, EntryWord, EXPIRY_UNITS } from '../values/entry';
import { EntryTable } from './entry-table';
import { type KeyEvent, KeyEvents } from './key-event';
import type { KeyspaceContext } from './keyspace-context';
import { StringEntries } from './string-entries';

/** Expired keys after which RANDOMKEY gives up while they are kept: as many as a replica of Redis tries. */
const MAX_KEPT_MET = 100;

/**
 * One numbered database: what commands ask for by key. It finds entries, notes their uses, and reports changes. How entries
 * are stored is the matter of EntryTable.
 */
export class Database extends EntryTable {
  /** The entries whose values are strings. */
  readonly strings: StringEntries;

  constructor(context: KeyspaceContext, index: number) {
    super(context, index);
    this.strings = new StringEntries(this, context);
  }

  /**
   * Prepares look-ups of the keys `bytes[spans[2i], spans[2i + 1])`, i below `count`, until `Keyspace.table.endPrefetch()`. See
   * HashTable.prefetch. O(count).
   */
  prefetch(bytes: Uint8Array, spans: Int32Array, count: number): void {
    this.table.prefetch(this.root, bytes, spans, count);
  }

  /** Like `find`, for a command that reads: counts a hit or a miss and notes the access. */
  findForRead(key: Uint8Array, start: number, end: number): Address {
    const entry = this.peek(key, start, end);
    if (entry !== 0) this.touch(entry);
    return entry;
  }

  /** Like `findForRead`, for a command that only asks about a key: the access is counted, but not noted in the entry. */
  peek(key: Uint8Array, start: number, end: number): Address {
    const entry = this.find(key, start, end);
    const { context } = this;
    if (entry === 0) {
      context.misses++;
      const { changes } = context;
      if (changes.interests !== 0) changes.notify(KeyEvents.keyMiss.keymiss, this, key, start, end);
    } else {
      context.hits++;
    }
    return entry;
  }

  /**
   * Like `find`, for a command that writes: notes the access, and prepares the entry for a change of its value. The
   * command may change the value until it returns.
   */
  findForWrite(key: Uint8Array, start: number, end: number): Address {
    const entry = this.find(key, start, end);
    if (entry !== 0) {
      this.touch(entry);
      this.beforeChange(entry);
    }
    return entry;
  }

  /** Notes that the entry was used now: OBJECT IDLETIME, OBJECT FREQ and eviction ask for it. O(1). */
  touch(entry: Address): void {
    const words = this.arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = ((entry & SEGMENT_MASK) << 1) + EntryWord.access;
    const old = words[word]!;
    words[word] = (old & ~ACCESS_MASK) | this.context.access.afterUse(old);
  }

  /** Whole seconds since the entry was last used, as far as the access bits tell the last use; up to 194 days. O(1). */
  idleSeconds(entry: Address): number {
    return Math.floor(this.context.access.recency.idleMs(this.accessOf(entry)) / 1000);
  }

  /**
   * Reports that a command has changed a key: it counts as `count` changes, and whoever is interested is notified. To be
   * called for every key that a command changes, after the change, once for each event; for all but the first with a
   * `count` of 0. One comparison while there is no interest.
   * @param event what is published, or null for nothing.
   * @param count by how much redis-server increments `dirty`; 0 where it counts the change elsewhere.
   */
  changed(event: KeyEvent | null, key: Uint8Array, start: number, end: number, count = 1): void {
    const { changes } = this.context;
    changes.dirty += count;
    if (changes.interests !== 0) changes.reportChange(this, event, key, start, end, count);
  }

  /** Visits part of the keys; the cursor and its guarantees are those of SCAN. Returns the next cursor, 0 at the end. */
  scan(cursor: number, visit: (entry: Address) => void): number {
    return this.table.scan(this.root, cursor, visit);
  }

  /** Visits every entry; `visit` must not change the database. O(n). */
  forEach(visit: (entry: Address) => void): void {
    this.table.forEach(this.root, visit);
  }

  /**
   * A live entry chosen uniformly at random, or 0 if there is none. O(1) expected; expired keys that it meets are deleted. While they
   * are kept, it gives up after MAX_KEPT_MET of them.
   */
  randomEntry(): Address {
    for (let met = 0; this.size > 0 && met < MAX_KEPT_MET; ) {
      const entry = this.randomRaw();
      if (!this.isPastDeadline(entry)) return entry;
      this.expireFound(entry);
      if (this.context.keepsExpired) met++;
    }
    return 0;
  }

  /** An entry chosen uniformly at random, even one past its deadline; 0 if there is none. O(1) expected. */
  randomRaw(): Address {
    return this.table.random(this.root, this.context.randomUint32);
  }

  /** The entry with the earliest deadline, or nearly (TimingWheel.earliest); 0 if none has one. O(1). */
  earliestVolatile(): Address {
    const record = this.wheel.earliest();
    return record === 0 ? 0 : record + EXPIRY_UNITS;
  }

  /** Deletes entries past their deadline, at most `budget` of them. Returns whether none is left. */
  expireDue(nowMs: number, budget: number): boolean {
    return this.wheel.advance(nowMs, this.#expireRecord, budget);
  }

  readonly #expireRecord = (record: Address): void => {
    this.expire(record + EXPIRY_UNITS, false);
  };

  /** Statistics of the table's chains, for DEBUG HTSTATS. O(n). */
  tableStatistics(): ReturnType<HashTable['statistics']> {
    return this.table.statistics(this.root);
  }

  /**
   * Bytes that an entry takes in the arena: its record, a value of its own, and its share of the table. Big values are
   * estimated by `samples` of their elements, 0 for all of them. O(samples).
   */
  memoryOf(entry: Address, samples: number): number {
    const outside = this.isValueOutside(entry)
      ? this.context.values.of(this.typeOf(entry)).memoryOf(this.valueOf(entry), this.encodingOf(entry), samples)
      : 0;
    return this.recordBytes(entry) + outside + 4;
  }
}
