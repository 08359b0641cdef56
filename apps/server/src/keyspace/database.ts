import {
  type Address,
  copyBytes,
  type HashTable,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
  TimingWheel,
} from '@nanoredis/intrusive-ds';
import {
  ACCESS_MASK,
  type Encoding,
  Entry,
  EntryWord,
  EXPIRY_UNITS,
  Expiry,
  HAS_EXPIRY,
  KEY_LENGTH_MASK,
  typeBits,
  VALUE_OUTSIDE,
  type ValueType,
} from '../values/entry';
import { EntryRecords } from '../values/entry-records';
import { type KeyEvent, KeyEvents } from './key-event';
import type { Keyspace } from './keyspace';
import { StringEntries } from './string-entries';

/**
 * One numbered database: the table of its entries, and the wheel of their deadlines.
 *
 * Addresses of entries stay valid until the next write to that key: giving a key a deadline, taking it away, or a value
 * of another size may move its record, and the methods that do so return the new address.
 */
export class Database extends EntryRecords {
  /** Root of the table in the arena; FLUSHDB and SWAPDB exchange it. */
  root: Address;
  wheel: TimingWheel;
  /** The entries whose values are strings. */
  readonly strings: StringEntries;
  readonly #keyspace: Keyspace;
  readonly #table: HashTable;

  constructor(
    keyspace: Keyspace,
    readonly index: number,
  ) {
    super(keyspace.arena);
    this.#keyspace = keyspace;
    this.#table = keyspace.table;
    this.root = this.#table.create();
    this.wheel = new TimingWheel(this.arena, Expiry, keyspace.nowMs);
    this.strings = new StringEntries(this, keyspace);
  }

  /** Number of keys, including those past their deadline that nobody has met yet. O(1). */
  get size(): number {
    return this.#table.size(this.root);
  }

  /** Number of keys that have a deadline. O(1). */
  get volatileSize(): number {
    return this.wheel.size;
  }

  /**
   * The entry of a key, or 0. A key past its deadline is deleted on the way and counts as absent. O(1) expected; the
   * hottest function of the server, so it is straight-line code on the arena's words.
   */
  find(key: Uint8Array, start: number, end: number): Address {
    const entry = this.#table.lookUp(this.root, key, start, end);
    if (entry === 0) return 0;
    const words = this.arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    if ((words[word + EntryWord.keyLength]! & HAS_EXPIRY) !== 0 && this.#isPast(entry)) {
      this.expire(entry);
      return 0;
    }
    return entry;
  }

  /**
   * Tells of look-ups to come of the keys `bytes[spans[2i], spans[2i + 1])`, i below `count`: they will find their memory
   * fetched and their hashes made. See HashTable.foresee; ends with `Keyspace.table.forget()`.
   */
  foresee(bytes: Uint8Array, spans: Int32Array, count: number): void {
    this.#table.foresee(this.root, bytes, spans, count);
  }

  /** Like `find`, for a command that reads: counts a hit or a miss and notes the access. */
  findForRead(key: Uint8Array, start: number, end: number): Address {
    const entry = this.find(key, start, end);
    const keyspace = this.#keyspace;
    if (entry === 0) {
      keyspace.misses++;
      if (keyspace.notifiedClasses !== 0) this.notify(KeyEvents.keyMiss.keymiss, key, start, end);
      return 0;
    }
    keyspace.hits++;
    this.touch(entry);
    return entry;
  }

  /** Like `findForRead`, for a command that only asks about a key: the access is counted, but not noted in the entry. */
  peek(key: Uint8Array, start: number, end: number): Address {
    const entry = this.find(key, start, end);
    const keyspace = this.#keyspace;
    if (entry === 0) {
      keyspace.misses++;
      if (keyspace.notifiedClasses !== 0) this.notify(KeyEvents.keyMiss.keymiss, key, start, end);
    } else {
      keyspace.hits++;
    }
    return entry;
  }

  /** Like `find`, for a command that writes: notes the access. */
  findForWrite(key: Uint8Array, start: number, end: number): Address {
    const entry = this.find(key, start, end);
    if (entry !== 0) this.touch(entry);
    return entry;
  }

  /** The entry of a key even if it is past its deadline, or 0; changes nothing. O(1) expected. */
  findRaw(key: Uint8Array, start: number, end: number): Address {
    return this.#table.lookUp(this.root, key, start, end);
  }

  /** Tells whether a key is there but past its deadline. O(1). */
  isExpired(key: Uint8Array, start: number, end: number): boolean {
    const entry = this.findRaw(key, start, end);
    return entry !== 0 && this.hasDeadline(entry) && this.#isPast(entry);
  }

  /** Tells whether an entry is past its deadline, so that it has to count as absent. O(1). */
  isPastDeadline(entry: Address): boolean {
    return this.hasDeadline(entry) && this.#isPast(entry);
  }

  /** Notes that the entry was used now: OBJECT IDLETIME, OBJECT FREQ and eviction ask for it. O(1). */
  touch(entry: Address): void {
    const words = this.arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = ((entry & SEGMENT_MASK) << 1) + EntryWord.access;
    const old = words[word]!;
    words[word] = (old & ~ACCESS_MASK) | this.#keyspace.accessAfterUse(old);
  }

  /** Whole seconds since the entry was last used, as far as the access bits tell the last use; up to 194 days. O(1). */
  idleSeconds(entry: Address): number {
    return Math.floor(this.#keyspace.recency.idleMs(this.accessOf(entry)) / 1000);
  }

  /**
   * Makes an entry for a value that lies outside of it, which belongs to the entry from now on; nobody finds the entry until
   * `attach`. The value may be 0 as long as its store does not ask for it. O(key length).
   * @throws ArenaFullError; the value is still the caller's then.
   */
  prepare(
    key: Uint8Array,
    keyStart: number,
    keyEnd: number,
    type: ValueType,
    encoding: Encoding,
    value: Address,
  ): Address {
    const entry = this.allocateEntry(Entry.key + keyEnd - keyStart, false);
    const words = this.arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    words[word + EntryWord.keyLength] = (keyEnd - keyStart) | VALUE_OUTSIDE;
    words[word + EntryWord.access] = typeBits(type, encoding) | this.#keyspace.freshAccess;
    words[word + EntryWord.value] = value;
    const keyAt = ((entry & SEGMENT_MASK) << 3) + Entry.key;
    copyBytes(key, keyStart, keyEnd, this.arena.bytes[entry >>> SEGMENT_SHIFT]!, keyAt);
    return entry;
  }

  /**
   * Lets an entry that `prepare` made be found, in place of whatever was under its key. O(1) expected, besides freeing that.
   * @throws ArenaFullError; the entry is still unattached then, and what was under its key still there.
   */
  attach(entry: Address): void {
    const table = this.#table;
    const key = this.keyBytesOf(entry);
    const start = this.keyStartOf(entry);
    const end = start + this.keyLengthOf(entry);
    const hash = table.hash(key, start, end);
    const old = table.find(this.root, key, start, end, hash);
    const { awaited } = this.#keyspace;
    // As in redis-server, those who wait for the key do not hear of a value that takes the place of another one.
    const isAwaited = awaited.count !== 0 && (old === 0 || this.isPastDeadline(old));
    if (old !== 0) {
      if (this.#keyspace.countsUses) this.setAccess(entry, this.#keyspace.accessAfterUse(this.accessOf(old)));
      table.replace(this.root, old, entry);
      this.release(old, this.#keyspace.lazyFree.serverDelete);
    } else {
      table.insert(this.root, entry, hash);
      if (this.#keyspace.notifiedClasses !== 0) this.notify(KeyEvents.newKey.new, key, start, end);
    }
    if (isAwaited) awaited.keyCreated(this, this.typeOf(entry), key, start, end);
  }

  /** Frees an entry that `prepare` made and nobody wants any more, with its value unless that is 0. */
  discard(entry: Address): void {
    const value = this.valueOf(entry);
    if (value !== 0) this.#keyspace.values.of(this.typeOf(entry)).free(value, this.encodingOf(entry));
    this.arena.free(entry);
  }

  /** An entry for a value outside under a key that is absent: `prepare` and `attach`. O(1) expected. */
  create(key: Uint8Array, start: number, end: number, type: ValueType, encoding: Encoding, value: Address): Address {
    const entry = this.prepare(key, start, end, type, encoding, value);
    try {
      this.attach(entry);
    } catch (error) {
      this.arena.free(entry);
      throw error;
    }
    return entry;
  }

  /**
   * Deletes an entry. A value of many records is freed now, which takes O(records), or `lazily`, in slices of the background
   * work; left out, it is as lazyfree-lazy-server-del says.
   */
  remove(entry: Address, lazily = this.#keyspace.lazyFree.serverDelete): void {
    this.#table.remove(this.root, entry);
    this.release(entry, lazily);
  }

  /**
   * Deletes an entry because its deadline has passed, and tells the world; as in Redis, it does not count in `dirty`.
   * `isInWheel` is false only while the wheel hands out what is due, which it has unlinked by then.
   */
  expire(entry: Address, isInWheel = true): void {
    this.#keyspace.expired++;
    this.#vanish(entry, KeyEvents.expired.expired, this.#keyspace.lazyFree.expire, isInWheel);
  }

  /** Deletes an entry to make room for others, and tells the world as `expire` does, which it does where the deadline has passed. */
  evict(entry: Address): void {
    if (this.isPastDeadline(entry)) {
      this.expire(entry);
      return;
    }
    this.#keyspace.evicted++;
    this.#vanish(entry, KeyEvents.evicted.evicted, this.#keyspace.lazyFree.eviction, true);
  }

  /** Deletes an entry that no command has deleted. */
  #vanish(entry: Address, event: KeyEvent, lazily: boolean, isInWheel: boolean): void {
    const keyspace = this.#keyspace;
    this.#table.remove(this.root, entry);
    if (keyspace.watched.count === 0 && keyspace.notifiedClasses === 0) {
      this.release(entry, lazily, isInWheel);
      return;
    }
    const start = this.keyStartOf(entry);
    const key = Buffer.from(this.keyBytesOf(entry).subarray(start, start + this.keyLengthOf(entry)));
    this.release(entry, lazily, isInWheel);
    this.markWatched(key, 0, key.length);
    this.notify(event, key, 0, key.length);
  }

  /** Milliseconds since the epoch at which the entry ends, or -1 where it has no deadline. O(1). */
  deadlineOf(entry: Address): number {
    return this.hasDeadline(entry) ? this.wheel.deadlineOf(entry - EXPIRY_UNITS) : -1;
  }

  /** Gives an entry a deadline (ms since the epoch, 0 … 2^53); returns its address, which may be new. O(record size). */
  setDeadline(entry: Address, deadlineMs: number): Address {
    if (this.hasDeadline(entry)) {
      this.wheel.remove(entry - EXPIRY_UNITS);
      this.wheel.insert(entry - EXPIRY_UNITS, deadlineMs);
      return entry;
    }
    const fresh = this.relocate(entry, true);
    this.wheel.insert(fresh - EXPIRY_UNITS, deadlineMs);
    return fresh;
  }

  /** Takes an entry's deadline away, if it has one; returns its address, which may be new. O(record size). */
  clearDeadline(entry: Address): Address {
    if (!this.hasDeadline(entry)) return entry;
    return this.relocate(entry, false);
  }

  /**
   * The one place that learns that a command changed a key: counts the change, marks transactions that watch the key,
   * and publishes `event`. O(1) while nobody watches or listens.
   */
  changed(event: KeyEvent, key: Uint8Array, start: number, end: number): void {
    const keyspace = this.#keyspace;
    keyspace.dirty++;
    if (keyspace.watched.count !== 0) keyspace.watched.touch(this, key, start, end);
    if (keyspace.notifiedClasses !== 0) this.notify(event, key, start, end);
  }

  /** Marks the transactions that watch a key which changed along with the one that `changed` was told of (RENAME's target). */
  markWatched(key: Uint8Array, start: number, end: number): void {
    if (this.#keyspace.watched.count !== 0) this.#keyspace.watched.touch(this, key, start, end);
  }

  /** Publishes a further event of a change that `changed` has counted already. */
  notify(event: KeyEvent, key: Uint8Array, start: number, end: number): void {
    const keyspace = this.#keyspace;
    if ((keyspace.notifiedClasses & event.class) !== 0) keyspace.onEvent(event, this.index, key, start, end);
  }

  /** Visits part of the keys; the cursor and its guarantees are those of SCAN. Returns the next cursor, 0 at the end. */
  scan(cursor: number, visit: (entry: Address) => void): number {
    return this.#table.scan(this.root, cursor, visit);
  }

  /** Visits every entry; `visit` must not change the database. O(n). */
  forEach(visit: (entry: Address) => void): void {
    this.#table.forEach(this.root, visit);
  }

  /** A fairly chosen live entry, or 0 if there is none. O(1) expected; expired keys met on the way are deleted. */
  randomEntry(): Address {
    const random = this.#keyspace.randomUint32;
    while (this.size > 0) {
      const entry = this.#table.random(this.root, random);
      if (!this.hasDeadline(entry) || !this.#isPast(entry)) return entry;
      this.expire(entry);
    }
    return 0;
  }

  /** Any entry, fairly chosen, be it past its deadline or not; 0 if there is none. O(1) expected. */
  randomRaw(): Address {
    return this.#table.random(this.root, this.#keyspace.randomUint32);
  }

  /** The entry whose deadline comes first, or nearly (TimingWheel.earliest); 0 if none has one. O(1). */
  earliestVolatile(): Address {
    const record = this.wheel.earliest();
    return record === 0 ? 0 : record + EXPIRY_UNITS;
  }

  /**
   * Deletes entries past their deadline, at most `budget` of them. Returns whether none is left.
   */
  expireDue(nowMs: number, budget: number): boolean {
    return this.wheel.advance(nowMs, this.#expireRecord, budget);
  }

  readonly #expireRecord = (record: Address): void => {
    this.expire(record + EXPIRY_UNITS, false);
  };

  /** Statistics of the table's chains, for DEBUG HTSTATS. O(n). */
  tableStatistics(): ReturnType<HashTable['statistics']> {
    return this.#table.statistics(this.root);
  }

  #isPast(entry: Address): boolean {
    return this.wheel.deadlineOf(entry - EXPIRY_UNITS) <= this.#keyspace.nowMs;
  }

  /**
   * Frees an entry that is out of the table already, with its place in the wheel, and its value: a big one later, if
   * `lazily`.
   */
  release(entry: Address, lazily: boolean, isInWheel = true): void {
    if (isInWheel && this.hasDeadline(entry)) this.wheel.remove(entry - EXPIRY_UNITS);
    this.#keyspace.reclaimer.takeEntry(entry, lazily);
  }

  /**
   * Bytes that an entry takes in the arena: its record, a value of its own, and its share of the table. Big values are
   * estimated by `samples` of their elements, 0 for all of them. O(samples).
   */
  memoryOf(entry: Address, samples: number): number {
    const outside = this.isValueOutside(entry)
      ? this.#keyspace.values.of(this.typeOf(entry)).memoryOf(this.valueOf(entry), this.encodingOf(entry), samples)
      : 0;
    return this.recordBytes(entry) + outside + 4;
  }

  /**
   * Moves an entry into a record with or without room for a deadline, keeping `inlineBytes` of what lies behind its key;
   * the wheel no longer knows it. Nothing has changed where the allocation throws.
   */
  relocate(entry: Address, withExpiry: boolean, inlineBytes = this.inlineBytesOf(entry)): Address {
    const arena = this.arena;
    const keyLength = this.wordOf(entry, EntryWord.keyLength);
    const size = Entry.key + (keyLength & KEY_LENGTH_MASK) + inlineBytes;
    const fresh = this.allocateEntry(size, withExpiry);
    const from = (entry & SEGMENT_MASK) << 3;
    copyBytes(
      arena.bytes[entry >>> SEGMENT_SHIFT]!,
      from,
      from + size,
      arena.bytes[fresh >>> SEGMENT_SHIFT]!,
      (fresh & SEGMENT_MASK) << 3,
    );
    this.setWord(fresh, EntryWord.keyLength, (keyLength & ~HAS_EXPIRY) | (withExpiry ? HAS_EXPIRY : 0));
    this.#table.replace(this.root, entry, fresh);
    if ((keyLength & HAS_EXPIRY) !== 0) {
      this.wheel.remove(entry - EXPIRY_UNITS);
      arena.free(entry - EXPIRY_UNITS);
    } else {
      arena.free(entry);
    }
    return fresh;
  }
}
