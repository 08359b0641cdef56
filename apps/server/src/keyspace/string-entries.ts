import { type Address, copyBytes, type HashTable, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import {
  Encoding,
  Entry,
  EntryWord,
  EXPIRY_BYTES,
  EXPIRY_UNITS,
  HAS_EXPIRY,
  KEY_LENGTH_MASK,
  typeBits,
  VALUE_OUTSIDE,
  ValueType,
} from '../values/entry';
import { EntryRecords } from '../values/entry-records';
import { encodingOfString } from '../values/string-encoding';
import { createLongString, INLINE_STRING_BYTES, LongString } from '../values/string-view';
import type { EntryTable } from './entry-table';
import type { KeyspaceContext } from './keyspace-context';

/**
 * The strings of a database: short ones are stored in the records of their entries, behind the key, long ones in records of
 * their own. For how long the addresses of entries are valid, see EntryTable.
 */
export class StringEntries extends EntryRecords {
  readonly #entries: EntryTable;
  readonly #context: KeyspaceContext;
  readonly #table: HashTable;

  constructor(entries: EntryTable, context: KeyspaceContext) {
    super(context.arena);
    this.#entries = entries;
    this.#context = context;
    this.#table = context.table;
  }

  /**
   * Stores a string under a key, whatever was there, and drops the key's deadline unless `keepDeadline`. Returns the
   * entry. O(length) for the copy; a value that fits where the old one lay is written in place.
   * `encoding` is what OBJECT ENCODING will answer; left out, it is chosen as SET chooses it.
   * @throws ArenaFullError before anything was changed.
   */
  set(
    key: Uint8Array,
    keyStart: number,
    keyEnd: number,
    value: Uint8Array,
    start: number,
    end: number,
    keepDeadline = false,
    encoding: Encoding = encodingOfString(value, start, end),
  ): Address {
    const arena = this.arena;
    const table = this.#table;
    const entries = this.#entries;
    const context = this.#context;
    const { access } = context;
    let old = table.lookUp(entries.root, key, keyStart, keyEnd);
    const length = end - start;
    const size = Entry.key + keyEnd - keyStart + (length <= INLINE_STRING_BYTES ? length : 0);
    let deadline = -1;
    if (old !== 0) {
      const words = arena.words[old >>> SEGMENT_SHIFT]!;
      const word = (old & SEGMENT_MASK) << 1;
      const flags = words[word + EntryWord.keyLength]! & ~KEY_LENGTH_MASK;
      // No deadline, value inside, and no snapshot waits for the entry: one comparison for all three.
      if (flags === context.snapshotParity && length <= INLINE_STRING_BYTES) {
        const oldSize = Entry.key + keyEnd - keyStart + words[word + EntryWord.value]!;
        if (arena.allocationBytes(size) === arena.allocationBytes(oldSize)) {
          words[word + EntryWord.access] = (encoding << 28) | access.afterUse(words[word + EntryWord.access]!);
          words[word + EntryWord.value] = length;
          const at = ((old & SEGMENT_MASK) << 3) + Entry.key + keyEnd - keyStart;
          copyBytes(value, start, end, arena.bytes[old >>> SEGMENT_SHIFT]!, at);
          return old;
        }
      }
      if (entries.isPastDeadline(old)) {
        entries.expire(old);
        old = 0;
      } else if (keepDeadline || (flags & HAS_EXPIRY) === 0) {
        if (this.#overwrite(old, value, start, end, encoding)) return old;
        deadline = entries.deadlineOf(old);
      }
    }
    const entry = this.allocateEntry(size, deadline >= 0);
    const words = arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    let flags = context.snapshotParity | (deadline >= 0 ? HAS_EXPIRY : 0);
    const bytes = arena.bytes[entry >>> SEGMENT_SHIFT]!;
    const keyAt = ((entry & SEGMENT_MASK) << 3) + Entry.key;
    if (length <= INLINE_STRING_BYTES) {
      words[word + EntryWord.value] = length;
      copyBytes(value, start, end, bytes, keyAt + keyEnd - keyStart);
    } else {
      let outside: Address;
      try {
        outside = createLongString(arena, value, start, end);
      } catch (error) {
        arena.free(deadline >= 0 ? entry - EXPIRY_UNITS : entry);
        throw error;
      }
      words[word + EntryWord.value] = outside;
      flags |= VALUE_OUTSIDE;
    }
    copyBytes(key, keyStart, keyEnd, bytes, keyAt);
    words[word + EntryWord.keyLength] = (keyEnd - keyStart) | flags;
    words[word + EntryWord.access] =
      (encoding << 28) | (old === 0 ? access.fresh : access.afterUse(this.accessOf(old)));
    entries.place(entry, old, old === 0 ? table.hash(key, keyStart, keyEnd) : 0, deadline, old === 0);
    return entry;
  }

  /** Creates a string of `length` zero bytes under a key that is absent. Returns the entry. O(length). */
  createZeros(key: Uint8Array, start: number, end: number, length: number): Address {
    const entry = this.set(key, start, end, key, start, start, false, Encoding.raw);
    try {
      return this.grow(entry, length);
    } catch (error) {
      this.#entries.remove(entry);
      throw error;
    }
  }

  /**
   * Makes the string of an entry at least `length` bytes long, writable and `raw`, padding with zero bytes; a StringView
   * located at the returned entry may then be written through. O(length) if it has to move, amortised O(1) for appends.
   * @throws ArenaFullError before anything was changed.
   */
  grow(entry: Address, length: number): Address {
    this.#entries.beforeChange(entry);
    const { arena } = this;
    const view = this.#context.view.locate(entry);
    const oldLength = view.length;
    const newLength = Math.max(length, oldLength);
    const isOutside = (this.wordOf(entry, EntryWord.keyLength) & VALUE_OUTSIDE) !== 0;
    if (!isOutside) {
      const prefix = Entry.key + this.keyLengthOf(entry) + (this.hasDeadline(entry) ? EXPIRY_BYTES : 0);
      if (arena.allocationBytes(prefix + newLength) === arena.allocationBytes(prefix + oldLength)) {
        view.bytes.fill(0, view.start + oldLength, view.start + newLength);
        this.setWord(entry, EntryWord.value, newLength);
      } else {
        const outside = createLongString(arena, view.bytes, view.start, view.end, newLength);
        return this.#moveOutside(entry, outside);
      }
    } else {
      const outside = this.wordOf(entry, EntryWord.value);
      if (LongString.bytes + newLength <= arena.usableBytes(outside)) {
        view.bytes.fill(0, view.start + oldLength, view.start + newLength);
        arena.words[outside >>> SEGMENT_SHIFT]![(outside & SEGMENT_MASK) << 1] = newLength;
      } else {
        const fresh = createLongString(arena, view.bytes, view.start, view.end, newLength);
        this.setWord(entry, EntryWord.value, fresh);
        arena.free(outside);
      }
    }
    this.setTypeBits(entry, typeBits(ValueType.string, Encoding.raw));
    return entry;
  }

  /** Cuts a string that `grow` has made writable down to `length` bytes, in place; its record stays as long as it is. O(1). */
  shrink(entry: Address, length: number): void {
    this.#entries.beforeChange(entry);
    if (this.isValueOutside(entry)) {
      const outside = this.valueOf(entry);
      this.arena.words[outside >>> SEGMENT_SHIFT]![(outside & SEGMENT_MASK) << 1] = length;
    } else {
      this.setWord(entry, EntryWord.value, length);
    }
  }

  /**
   * Writes a string over the one that an entry holds, if it takes a record of the same size; the deadline stays. Returns
   * whether it did. O(length).
   */
  #overwrite(entry: Address, value: Uint8Array, start: number, end: number, encoding: Encoding): boolean {
    this.#entries.beforeChange(entry);
    const arena = this.arena;
    const length = end - start;
    const isOutside = (this.wordOf(entry, EntryWord.keyLength) & VALUE_OUTSIDE) !== 0;
    if (isOutside !== length > INLINE_STRING_BYTES) return false;
    if (isOutside) {
      const outside = this.wordOf(entry, EntryWord.value);
      if (this.typeOf(entry) !== ValueType.string) return false;
      if (arena.allocationBytes(LongString.bytes + length) !== arena.usableBytes(outside)) return false;
      arena.words[outside >>> SEGMENT_SHIFT]![(outside & SEGMENT_MASK) << 1] = length;
      const at = ((outside & SEGMENT_MASK) << 3) + LongString.bytes;
      copyBytes(value, start, end, arena.bytes[outside >>> SEGMENT_SHIFT]!, at);
    } else {
      const keyEnd = Entry.key + this.keyLengthOf(entry);
      const prefix = keyEnd + (this.hasDeadline(entry) ? EXPIRY_BYTES : 0);
      const oldLength = this.wordOf(entry, EntryWord.value);
      if (arena.allocationBytes(prefix + length) !== arena.allocationBytes(prefix + oldLength)) return false;
      this.setWord(entry, EntryWord.value, length);
      copyBytes(value, start, end, arena.bytes[entry >>> SEGMENT_SHIFT]!, ((entry & SEGMENT_MASK) << 3) + keyEnd);
    }
    this.setWord(entry, EntryWord.access, (encoding << 28) | this.#context.access.afterUse(this.accessOf(entry)));
    return true;
  }

  /** Gives an inline string's entry a record without the value, of which `outside` is a copy. */
  #moveOutside(entry: Address, outside: Address): Address {
    const entries = this.#entries;
    const deadline = entries.deadlineOf(entry);
    let fresh: Address;
    try {
      fresh = entries.relocate(entry, deadline >= 0, 0);
    } catch (error) {
      this.arena.free(outside);
      throw error;
    }
    if (deadline >= 0) entries.wheel.insert(fresh - EXPIRY_UNITS, deadline);
    this.setWord(fresh, EntryWord.keyLength, this.wordOf(fresh, EntryWord.keyLength) | VALUE_OUTSIDE);
    this.setWord(fresh, EntryWord.value, outside);
    this.setTypeBits(fresh, typeBits(ValueType.string, Encoding.raw));
    return fresh;
  }
}
