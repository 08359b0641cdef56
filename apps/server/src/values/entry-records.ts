import { type Address, type Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import {
  ACCESS_MASK,
  ENCODING_CLEARED,
  ENCODING_SHIFT,
  type Encoding,
  Entry,
  EntryWord,
  EXPIRY_BYTES,
  EXPIRY_UNITS,
  HAS_EXPIRY,
  KEY_LENGTH_MASK,
  SNAPSHOT_PARITY,
  VALUE_OUTSIDE,
  type ValueType,
} from './entry';

/** Reads and writes the fields of entries (see values/entry.ts) by name. Every method is O(1) and reads only the record. */
export class EntryRecords {
  constructor(readonly arena: Arena) {}

  typeOf(entry: Address): ValueType {
    return ((this.wordOf(entry, EntryWord.access) >>> 24) & 15) as ValueType;
  }

  encodingOf(entry: Address): Encoding {
    return (this.wordOf(entry, EntryWord.access) >>> 28) as Encoding;
  }

  /** Address of a value outside its entry: everything but a short string. */
  valueOf(entry: Address): Address {
    return this.wordOf(entry, EntryWord.value);
  }

  /** Points an entry to a value outside that has moved or changed its encoding. The type and the recency stay. */
  setValue(entry: Address, value: Address, encoding: Encoding): void {
    const words = this.arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    words[word + EntryWord.value] = value;
    words[word + EntryWord.access] =
      (words[word + EntryWord.access]! & ENCODING_CLEARED) | (encoding << ENCODING_SHIFT);
  }

  setEncoding(entry: Address, encoding: Encoding): void {
    const access = this.wordOf(entry, EntryWord.access);
    this.setWord(entry, EntryWord.access, (access & ENCODING_CLEARED) | (encoding << ENCODING_SHIFT));
  }

  isValueOutside(entry: Address): boolean {
    return (this.wordOf(entry, EntryWord.keyLength) & VALUE_OUTSIDE) !== 0;
  }

  /** The 24 bits of recency or frequency of an entry. */
  accessOf(entry: Address): number {
    return this.wordOf(entry, EntryWord.access) & ACCESS_MASK;
  }

  /** Writes the 24 bits of recency or frequency of an entry. */
  setAccess(entry: Address, access: number): void {
    const words = this.arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = ((entry & SEGMENT_MASK) << 1) + EntryWord.access;
    words[word] = (words[word]! & ~ACCESS_MASK) | (access & ACCESS_MASK);
  }

  keyLengthOf(entry: Address): number {
    return this.wordOf(entry, EntryWord.keyLength) & KEY_LENGTH_MASK;
  }

  /** The buffer that holds the entry's key, from `keyStartOf(entry)` for `keyLengthOf(entry)` bytes. */
  keyBytesOf(entry: Address): Buffer {
    return this.arena.bytes[entry >>> SEGMENT_SHIFT]!;
  }

  keyStartOf(entry: Address): number {
    return ((entry & SEGMENT_MASK) << 3) + Entry.key;
  }

  hasDeadline(entry: Address): boolean {
    return (this.wordOf(entry, EntryWord.keyLength) & HAS_EXPIRY) !== 0;
  }

  /** SNAPSHOT_PARITY or 0. */
  snapshotParityOf(entry: Address): number {
    return this.wordOf(entry, EntryWord.keyLength) & SNAPSHOT_PARITY;
  }

  /** @param parity SNAPSHOT_PARITY or 0. */
  setSnapshotParity(entry: Address, parity: number): void {
    const word = this.wordOf(entry, EntryWord.keyLength);
    this.setWord(entry, EntryWord.keyLength, (word & ~SNAPSHOT_PARITY) | parity);
  }

  /** Bytes of the entry's own record in the arena, without a value outside and without its share of the hash table. */
  recordBytes(entry: Address): number {
    return this.arena.usableBytes(this.hasDeadline(entry) ? entry - EXPIRY_UNITS : entry);
  }

  protected wordOf(entry: Address, word: number): number {
    return this.arena.words[entry >>> SEGMENT_SHIFT]![((entry & SEGMENT_MASK) << 1) + word]!;
  }

  protected setWord(entry: Address, word: number, value: number): void {
    this.arena.words[entry >>> SEGMENT_SHIFT]![((entry & SEGMENT_MASK) << 1) + word] = value;
  }

  protected setTypeBits(entry: Address, bits: number): void {
    this.setWord(entry, EntryWord.access, bits | (this.wordOf(entry, EntryWord.access) & ACCESS_MASK));
  }

  protected allocateEntry(size: number, withExpiry: boolean): Address {
    return withExpiry ? this.arena.allocate(EXPIRY_BYTES + size) + EXPIRY_UNITS : this.arena.allocate(size);
  }

  protected inlineBytesOf(entry: Address): number {
    return this.isValueOutside(entry) ? 0 : this.wordOf(entry, EntryWord.value);
  }
}
