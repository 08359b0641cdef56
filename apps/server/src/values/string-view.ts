import { type Address, type Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { copyBytes } from './bytes';
import { Entry, EntryWord, KEY_LENGTH_MASK, VALUE_OUTSIDE } from './entry';

/**
 * A long string has a record of its own, so that it can grow without moving its key:
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

/** Values up to this many bytes lie in their key's record; longer ones are worth a record of their own. */
export const INLINE_STRING_BYTES = 512;

/**
 * Where the bytes of a string value are: `bytes[start, start + length)`. One object is pointed at one entry after the
 * other, so that reading a value allocates nothing; it is valid until the next write to the keyspace.
 */
export class StringView {
  bytes: Buffer;
  start = 0;
  length = 0;

  constructor(private readonly arena: Arena) {
    this.bytes = Buffer.alloc(0);
  }

  get end(): number {
    return this.start + this.length;
  }

  /** Points the view at the value of a string entry; the caller has checked the type. O(1). */
  locate(entry: Address): this {
    const arena = this.arena;
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
 * Makes the record of a long string that begins with `bytes[start, end)` and is `length` bytes long, zeros behind; one that
 * is longer than its source gets room to grow, as it is likely to be appended to again. The caller's. O(length).
 * @throws ArenaFullError
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
