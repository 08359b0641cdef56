import {
  type Address,
  copyBytes,
  type HashTable,
  moveTable,
  type RecordMover,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
  TimingWheel,
} from '@nanoredis/intrusive-ds';
import {
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
import type { KeyLookup } from './key-lookup';
import type { KeyspaceContext } from './keyspace-context';

/**
 * The entries of one database: the table that finds them by key, and the wheel of their deadlines. How an entry gets in,
 * changes its record, and gets out.
 *
 * Addresses of entries stay valid until the next write to that key: giving a key a deadline, taking it away, or a value
 * of another size may move its record, and the methods that do so return the new address.
 */
export class EntryTable extends EntryRecords implements KeyLookup {
  /** Root of the table in the arena; FLUSHDB and SWAPDB exchange it. */
  root: Address;
  wheel: TimingWheel;
  protected readonly context: KeyspaceContext;
  protected readonly table: HashTable;

  constructor(
    context: KeyspaceContext,
    readonly index: number,
  ) {
    super(context.arena);
    this.context = context;
    this.table = context.table;
    this.root = this.table.create();
    this.wheel = new TimingWheel(this.arena, Expiry, context.nowMs);
  }

  /** Number of keys, including those past their deadline that were not deleted yet. O(1). */
  get size(): number {
    return this.table.size(this.root);
  }

  /** Number of keys that have a deadline. O(1). */
  get volatileSize(): number {
    return this.wheel.size;
  }

  /**
   * The entry of a key, or 0. A key past its deadline counts as absent and is deleted (see `expireFound`). O(1) expected; the hottest function
   * of the server, so it is straight-line code on the arena's words.
   */
  find(key: Uint8Array, start: number, end: number): Address {
    const entry = this.table.lookUp(this.root, key, start, end);
    if (entry === 0) return 0;
    const words = this.arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    if ((words[word + EntryWord.keyLength]! & HAS_EXPIRY) !== 0 && this.isPast(entry)) {
      this.expireFound(entry);
      return 0;
    }
    return entry;
  }

  /** Like `find`, for a change to the value that is no access of the key: that of a blocked client. */
  findForChange(key: Uint8Array, start: number, end: number): Address {
    const entry = this.find(key, start, end);
    if (entry !== 0) this.beforeChange(entry);
    return entry;
  }

  /** The entry of a key even if it is past its deadline, or 0; changes nothing. O(1) expected. */
  findRaw(key: Uint8Array, start: number, end: number): Address {
    return this.table.lookUp(this.root, key, start, end);
  }

  /** Whether a key is there but past its deadline. O(1) expected. */
  isExpired(key: Uint8Array, start: number, end: number): boolean {
    const entry = this.findRaw(key, start, end);
    return entry !== 0 && this.isPastDeadline(entry);
  }

  /** Whether an entry is past its deadline, so that it counts as absent. O(1). */
  isPastDeadline(entry: Address): boolean {
    return this.hasDeadline(entry) && this.isPast(entry);
  }

  /** Milliseconds since the epoch at which the entry expires, or -1 if it has no deadline. O(1). */
  deadlineOf(entry: Address): number {
    return this.hasDeadline(entry) ? this.wheel.deadlineOf(entry - EXPIRY_UNITS) : -1;
  }

  /** Gives an entry a deadline (ms since the epoch, 0 … 2^53); returns its address, which may be new. O(record size). */
  setDeadline(entry: Address, deadlineMs: number): Address {
    this.beforeChange(entry);
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
    return this.hasDeadline(entry) ? this.relocate(entry, false) : entry;
  }

  /**
   * To be called before an entry changes in any way. The methods of this class and of StringEntries do so themselves, and
   * so does `Database.findForWrite`; what finds an entry otherwise and then writes to its value has to.
   * One comparison while there is no snapshot; otherwise see SnapshotHook.
   */
  beforeChange(entry: Address): void {
    const { snapshot } = this.context;
    if (snapshot !== null) snapshot.beforeChange(this.root, entry);
  }

  /**
   * Makes an entry for a value outside its record. The value belongs to the entry from now on; nothing finds the entry
   * until `attach`. The value may be 0 as long as its store does not ask for it. O(key length).
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
    words[word + EntryWord.keyLength] = (keyEnd - keyStart) | VALUE_OUTSIDE | this.context.snapshotParity;
    words[word + EntryWord.access] = typeBits(type, encoding) | this.context.access.fresh;
    words[word + EntryWord.value] = value;
    const keyAt = ((entry & SEGMENT_MASK) << 3) + Entry.key;
    copyBytes(key, keyStart, keyEnd, this.arena.bytes[entry >>> SEGMENT_SHIFT]!, keyAt);
    return entry;
  }

  /**
   * Lets an entry that `prepare` made be found, in place of what was under its key. O(1) expected, besides freeing that.
   * @throws ArenaFullError; the entry is still unattached then, and what was under its key is still there.
   */
  attach(entry: Address): void {
    const { table } = this;
    const key = this.keyBytesOf(entry);
    const start = this.keyStartOf(entry);
    const end = start + this.keyLengthOf(entry);
    const hash = table.hash(key, start, end);
    let old = table.find(this.root, key, start, end, hash);
    if (old !== 0 && this.isPastDeadline(old)) {
      this.expire(old);
      old = 0;
    }
    const { access } = this.context;
    if (old !== 0 && access.countsUses) this.setAccess(entry, access.afterUse(this.accessOf(old)));
    this.place(entry, old, hash, -1, old === 0);
  }

  /** Frees an entry that `prepare` made and that is not needed, with its value unless that is 0. */
  discard(entry: Address): void {
    const value = this.valueOf(entry);
    if (value !== 0) this.context.values.of(this.typeOf(entry)).free(value, this.encodingOf(entry));
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
   * Puts an entry into the table: the one place where an entry gets in. O(1) expected, besides freeing `old`.
   * @param old the entry under the same key, which is freed with its value, or 0.
   * @param hash that of the key; not used if there is an old entry.
   * @param deadlineMs the deadline of the entry, whose record has space for it; or -1.
   * @param isNew whether this is the creation of a key, for listeners and blocked clients.
   * @throws ArenaFullError before anything was changed.
   */
  place(entry: Address, old: Address, hash: number, deadlineMs: number, isNew: boolean): void {
    const { context, table } = this;
    if (old === 0) {
      table.insert(this.root, entry, hash);
    } else {
      this.beforeChange(old);
      table.replace(this.root, old, entry);
      this.#release(old, context.lazyFree.serverDelete);
    }
    if (deadlineMs >= 0) this.wheel.insert(entry - EXPIRY_UNITS, deadlineMs);
    if (isNew && context.changes.interests !== 0) {
      const start = this.keyStartOf(entry);
      context.changes.created(this, this.typeOf(entry), this.keyBytesOf(entry), start, start + this.keyLengthOf(entry));
    }
  }

  /**
   * Deletes an entry for a command. A value of many records is freed now, which takes O(records), or `lazily`, in slices
   * of the background work; left out, as lazyfree-lazy-server-del says.
   */
  remove(entry: Address, lazily = this.context.lazyFree.serverDelete): void {
    this.beforeChange(entry);
    this.table.remove(this.root, entry);
    this.#release(entry, lazily);
  }

  /** Deletes an entry that was found past its deadline, unless such entries are kept. */
  expireFound(entry: Address): void {
    if (!this.context.keepsExpired) this.expire(entry);
  }

  /**
   * Deletes an entry because its deadline has passed, and reports it.
   * @param isInWheel false only while the wheel hands out what is due, which it has unlinked by then.
   */
  expire(entry: Address, isInWheel = true): void {
    const { context } = this;
    const lazily = context.lazyFree.expire;
    context.expired++;
    const key = this.#drop(entry, lazily, isInWheel);
    if (key !== null) context.changes.expired(this, key, 0, key.length, lazily);
  }

  /** Deletes an entry to free memory, and reports it; one that is past its deadline has expired instead. */
  evict(entry: Address): void {
    if (this.isPastDeadline(entry)) {
      this.expire(entry);
      return;
    }
    const { context } = this;
    const lazily = context.lazyFree.eviction;
    context.evicted++;
    const key = this.#drop(entry, lazily, true);
    if (key !== null) context.changes.evicted(this, key, 0, key.length, lazily);
  }

  /**
   * Takes an entry out of its table and its wheel, and frees its record but not its value, which another entry has now
   * (RENAME, MOVE).
   */
  removeMoved(entry: Address): void {
    this.beforeChange(entry);
    this.table.remove(this.root, entry);
    if (this.hasDeadline(entry)) {
      this.wheel.remove(entry - EXPIRY_UNITS);
      this.arena.free(entry - EXPIRY_UNITS);
    } else {
      this.arena.free(entry);
    }
  }

  /**
   * Cuts the contents off, so that the database is empty. Returns the root of their table, which is the caller's. The
   * wheel is dropped as a whole: it holds nothing but links in the entries. O(1).
   */
  cutOff(): Address {
    const { root } = this;
    this.root = this.table.create();
    this.wheel = new TimingWheel(this.arena, Expiry, this.context.nowMs);
    return root;
  }

  /**
   * Moves an entry into a record with or without space for a deadline, keeping `inlineBytes` of what follows its key; it is
   * not in the wheel afterwards. Returns the new address. O(record size).
   * @throws ArenaFullError before anything was changed.
   */
  relocate(entry: Address, withExpiry: boolean, inlineBytes = this.inlineBytesOf(entry)): Address {
    this.beforeChange(entry);
    const { arena } = this;
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
    this.table.replace(this.root, entry, fresh);
    if ((keyLength & HAS_EXPIRY) !== 0) {
      this.wheel.remove(entry - EXPIRY_UNITS);
      arena.free(entry - EXPIRY_UNITS);
    } else {
      arena.free(entry);
    }
    return fresh;
  }

  /**
   * Moves an entry out of sparse memory, and the record that its value is named by; returns the address of the entry, which may be
   * new. Not while there is a snapshot, which keeps addresses of values. O(record size).
   */
  moveRecords(entry: Address, mover: RecordMover): Address {
    if (this.isValueOutside(entry)) {
      const value = this.valueOf(entry);
      const encoding = this.encodingOf(entry);
      const moved = this.context.values.of(this.typeOf(entry)).moveRoot(value, encoding, mover);
      if (moved !== value) this.setWord(entry, EntryWord.value, moved);
    }
    const units = this.hasDeadline(entry) ? EXPIRY_UNITS : 0;
    const fresh = mover.copyOf(entry - units);
    if (fresh === 0) return entry;
    this.table.replace(this.root, entry, fresh + units);
    if (units !== 0) this.wheel.move(entry - units, fresh);
    mover.free(entry - units);
    return fresh + units;
  }

  /** Moves the records of the table itself out of sparse memory. O(1). */
  moveTable(mover: RecordMover): void {
    this.root = moveTable(this.arena, this.root, mover);
  }

  protected isPast(entry: Address): boolean {
    return this.wheel.deadlineOf(entry - EXPIRY_UNITS) <= this.context.nowMs;
  }

  /** Deletes an entry that no command deletes. Returns its key, which is the caller's, or null while there is no interest. */
  #drop(entry: Address, lazily: boolean, isInWheel: boolean): Buffer | null {
    this.beforeChange(entry);
    this.table.remove(this.root, entry);
    let key: Buffer | null = null;
    if (this.context.changes.interests !== 0) {
      const start = this.keyStartOf(entry);
      key = Buffer.from(this.keyBytesOf(entry).subarray(start, start + this.keyLengthOf(entry)));
    }
    this.#release(entry, lazily, isInWheel);
    return key;
  }

  /** Frees an entry that is not in the table any more, with its value: a big one later, if `lazily`. */
  #release(entry: Address, lazily: boolean, isInWheel = true): void {
    if (isInWheel && this.hasDeadline(entry)) this.wheel.remove(entry - EXPIRY_UNITS);
    this.context.reclaimer.takeEntry(entry, lazily);
  }
}
