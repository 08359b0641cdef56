import { type Address, type Arena, copyBytes, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { Entry, EntryWord, KEY_LENGTH_MASK, VALUE_OUTSIDE } from './entry';

/**
 * The record of a long string. It is separate from the key's, so that the string can grow without moving the key:
 *
 * ```
 *   0 length  u32
 *   4 bytes
 * ```
 */
export enum LongString {
  length = 0,
  bytes = 4,
}

/** Values of up to this many bytes are stored in their key's record; longer ones have a record of their own. */
export const INLINE_STRING_BYTES = 512;

/**
 * The bytes of a string value: `bytes[start, start + length)`. One view is reused for many entries, so reading a value
 * allocates nothing. It is valid until the next write to the keyspace.
 */
export class StringView {
  bytes: Buffer;
  start = 0;
  length = 0;
  readonly #arena: Arena;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.bytes = Buffer.alloc(0);
  }

  get end(): number {
    return this.start + this.length;
  }

  /** Points the view at the value of a string entry; the caller has checked the type. O(1). */
  locate(entry: Address): this {
    const arena = this.#arena;
    const segment = entry >>> SEGMENT_SHIFT;
    const words = arena.words[segment]!;
    const word = (entry & SEGMENT_MASK) << 1;
    const keyLength = words[word + EntryWord.keyLength]!;
    const value = words[word + EntryWord.value]!;
    if ((keyLength & VALUE_OUTSIDE) === 0) {
      this.bytes = arena.bytes[segment]!;
      this.start = ((entry & SEGMENT_MASK) << 3) + Entry.key + (keyLength & KEY_LENGTH_MASK);
      this.length = value;
    } else {
      const outside = value >>> SEGMENT_SHIFT;
      this.bytes = arena.bytes[outside]!;
      this.start = ((value & SEGMENT_MASK) << 3) + LongString.bytes;
      this.length = arena.words[outside]![(value & SEGMENT_MASK) << 1]!;
    }
    return this;
  }
}

/**
 * Creates the record of a string of `length` bytes: `bytes[start, end)`, padded with zeros. A string longer than its source
 * gets spare capacity, because it is likely to be appended to again. The caller owns the record. O(length).
 * @throws ArenaFullError when the arena is full.
 */
export function createLongString(
  arena: Arena,
  bytes: Uint8Array,
  start: number,
  end: number,
  length = end - start,
): Address {
  const slack = length > end - start ? Math.min(length, 1 << 20) : 0;
  const record = arena.allocate(LongString.bytes + length + slack);
  const target = arena.bytes[record >>> SEGMENT_SHIFT]!;
  const at = ((record & SEGMENT_MASK) << 3) + LongString.bytes;
  arena.words[record >>> SEGMENT_SHIFT]![(record & SEGMENT_MASK) << 1] = length;
  copyBytes(bytes, start, end, target, at);
  if (length > end - start) target.fill(0, at + end - start, at + length);
  return record;
}
