import {
  type Address,
  type Arena,
  ArenaFullError,
  copyBytes,
  moveBytes,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';
import type { Int64 } from './int64';

/**
 * The record of a set of integers (Redis' intset): the members in ascending order, all as wide as the widest one needs.
 *
 * ```
 *   0 count   u32
 *   4 width   2, 4 or 8 bytes per member
 *   8 members, signed, little-endian, ascending
 * ```
 *
 * The capacity follows from the size that the arena reports for the record.
 */
enum Integers {
  count = 0,
  width = 1,
  /** Offset of the members, in words. */
  members = 2,
}

const HEADER_BYTES = 8;

/**
 * Sets of integers over one arena. A set is the address of its record, or 0 until it gets its first member: the null record
 * reads as an empty set. Adding and removing may move the record; they return its new address.
 */
export class IntegerSets {
  readonly #arena: Arena;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** Number of members. O(1). */
  size(set: Address): number {
    return this.#arena.words[set >>> SEGMENT_SHIFT]![((set & SEGMENT_MASK) << 1) + Integers.count]!;
  }

  /** Reads the member at `index`, 0 being the smallest, into `integer`. O(1). */
  read(set: Address, index: number, integer: Int64): void {
    const words = this.#arena.words[set >>> SEGMENT_SHIFT]!;
    const at = (set & SEGMENT_MASK) << 1;
    const width = words[at + Integers.width]!;
    const members = at + Integers.members;
    if (width === 8) {
      integer.low = words[members + 2 * index]! | 0;
      integer.high = words[members + 2 * index + 1]! | 0;
    } else {
      integer.low = width === 4 ? words[members + index]! | 0 : halfWord(words, members, index);
      integer.high = integer.low >> 31;
    }
  }

  /** The index of a member, or `-1 - index` of the index at which to insert it. O(log size). */
  search(set: Address, integer: Int64): number {
    const words = this.#arena.words[set >>> SEGMENT_SHIFT]!;
    const at = (set & SEGMENT_MASK) << 1;
    const count = words[at + Integers.count]!;
    const width = words[at + Integers.width]!;
    if (integer.width > width) return integer.high < 0 ? -1 : -1 - count;
    const members = at + Integers.members;
    if (width === 8) return searchWide(words, members, count, integer);
    const wanted = integer.low;
    let low = 0;
    let high = count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const member = width === 4 ? words[members + middle]! | 0 : halfWord(words, members, middle);
      if (member < wanted) low = middle + 1;
      else if (member > wanted) high = middle - 1;
      else return middle;
    }
    return -1 - low;
  }

  /**
   * Adds an integer that is not a member; `place` is the result of `search`. Returns the new address. O(size).
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  insert(set: Address, integer: Int64, place: number): Address {
    const arena = this.#arena;
    const words = arena.words[set >>> SEGMENT_SHIFT]!;
    const at = (set & SEGMENT_MASK) << 1;
    const count = words[at + Integers.count]!;
    const width = words[at + Integers.width]!;
    const index = -1 - place;
    if (integer.width > width) return this.#widen(set, integer, index);
    const needed = HEADER_BYTES + (count + 1) * width;
    let target = set;
    if (needed > arena.usableBytes(set)) target = this.#moveApart(set, index, width, needed);
    else this.#shift(set, index, index + 1, count, width);
    arena.words[target >>> SEGMENT_SHIFT]![((target & SEGMENT_MASK) << 1) + Integers.count] = count + 1;
    this.#write(target, index, integer);
    return target;
  }

  /** Removes the member at `index`. Returns the new address. O(size). */
  removeAt(set: Address, index: number): Address {
    const arena = this.#arena;
    const words = arena.words[set >>> SEGMENT_SHIFT]!;
    const at = (set & SEGMENT_MASK) << 1;
    const count = words[at + Integers.count]!;
    const width = words[at + Integers.width]!;
    this.#shift(set, index + 1, index, count, width);
    words[at + Integers.count] = count - 1;
    const needed = HEADER_BYTES + (count - 1) * width;
    return arena.allocationBytes(needed) * 2 <= arena.usableBytes(set) ? this.#shrink(set, needed) : set;
  }

  /**
   * A copy; the caller owns it. O(size).
   * @throws ArenaFullError when the arena is full.
   */
  copy(set: Address): Address {
    return this.#moved(set, HEADER_BYTES + this.size(set) * this.#widthOf(set));
  }

  #widthOf(set: Address): number {
    return this.#arena.words[set >>> SEGMENT_SHIFT]![((set & SEGMENT_MASK) << 1) + Integers.width]!;
  }

  /** A new record with the first `bytes` bytes of a set. */
  #moved(set: Address, bytes: number): Address {
    const arena = this.#arena;
    const fresh = arena.allocate(bytes);
    const from = (set & SEGMENT_MASK) << 3;
    const target = arena.bytes[fresh >>> SEGMENT_SHIFT]!;
    copyBytes(arena.bytes[set >>> SEGMENT_SHIFT]!, from, from + bytes, target, (fresh & SEGMENT_MASK) << 3);
    return fresh;
  }

  /** Moves to a smaller record. Stays in the old one if the arena is full, because removal must never fail. */
  #shrink(set: Address, bytes: number): Address {
    let fresh: Address;
    try {
      fresh = this.#moved(set, bytes);
    } catch (error) {
      if (error instanceof ArenaFullError) return set;
      throw error;
    }
    this.#arena.free(set);
    return fresh;
  }

  /** Moves to a larger record with a gap at `index`. It gets an eighth of spare capacity, so that growth is amortised. */
  #moveApart(set: Address, index: number, width: number, needed: number): Address {
    const arena = this.#arena;
    const fresh = arena.allocate(needed + (needed >>> 3));
    const source = arena.bytes[set >>> SEGMENT_SHIFT]!;
    const target = arena.bytes[fresh >>> SEGMENT_SHIFT]!;
    const from = (set & SEGMENT_MASK) << 3;
    const to = (fresh & SEGMENT_MASK) << 3;
    const before = HEADER_BYTES + index * width;
    copyBytes(source, from, from + before, target, to);
    copyBytes(source, from + before, from + needed - width, target, to + before + width);
    arena.free(set);
    return fresh;
  }

  /** Moves to a record of wider members and adds an integer that is wider than all of them, and therefore first or last. */
  #widen(set: Address, integer: Int64, index: number): Address {
    const arena = this.#arena;
    const count = this.size(set);
    const { width, low, high } = integer;
    const fresh = arena.allocate(HEADER_BYTES + (count + 1) * width);
    const words = arena.words[fresh >>> SEGMENT_SHIFT]!;
    const at = (fresh & SEGMENT_MASK) << 1;
    words[at + Integers.count] = count + 1;
    words[at + Integers.width] = width;
    const offset = index === 0 ? 1 : 0;
    for (let i = 0; i < count; i++) {
      this.read(set, i, integer);
      this.#write(fresh, i + offset, integer);
    }
    integer.low = low;
    integer.high = high;
    this.#write(fresh, index, integer);
    if (set !== 0) arena.free(set);
    return fresh;
  }

  /** Moves the members `[from, count)` to index `to`. */
  #shift(set: Address, from: number, to: number, count: number, width: number): void {
    if (from === count) return;
    const members = ((set & SEGMENT_MASK) << 3) + HEADER_BYTES;
    const bytes = this.#arena.bytes[set >>> SEGMENT_SHIFT]!;
    moveBytes(bytes, members + from * width, members + count * width, members + to * width);
  }

  #write(set: Address, index: number, integer: Int64): void {
    const segment = set >>> SEGMENT_SHIFT;
    const width = this.#widthOf(set);
    if (width === 2) {
      const bytes = this.#arena.bytes[segment]!;
      const at = ((set & SEGMENT_MASK) << 3) + HEADER_BYTES + 2 * index;
      bytes[at] = integer.low;
      bytes[at + 1] = integer.low >> 8;
      return;
    }
    const words = this.#arena.words[segment]!;
    const members = ((set & SEGMENT_MASK) << 1) + Integers.members;
    if (width === 4) {
      words[members + index] = integer.low;
    } else {
      words[members + 2 * index] = integer.low;
      words[members + 2 * index + 1] = integer.high;
    }
  }
}

/** The signed 16-bit number at `index` after the word `members`. */
function halfWord(words: Uint32Array, members: number, index: number): number {
  const pair = words[members + (index >>> 1)]!;
  return (index & 1) === 0 ? (pair << 16) >> 16 : pair >> 16;
}

/** `IntegerSets.search` among members of 64 bits: compares the upper words, then the lower ones. */
function searchWide(words: Uint32Array, members: number, count: number, integer: Int64): number {
  const wantedHigh = integer.high;
  const wantedLow = integer.low >>> 0;
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const memberLow = words[members + 2 * middle]!;
    const memberHigh = words[members + 2 * middle + 1]! | 0;
    if (memberHigh < wantedHigh || (memberHigh === wantedHigh && memberLow < wantedLow)) low = middle + 1;
    else if (memberHigh !== wantedHigh || memberLow !== wantedLow) high = middle - 1;
    else return middle;
  }
  return -1 - low;
}
