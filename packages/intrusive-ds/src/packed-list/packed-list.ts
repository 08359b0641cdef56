import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import { ArenaFullError } from '../arena/arena-errors';
import { copyBytes } from '../bytes/copy-bytes';
import { moveBytes } from '../bytes/move-bytes';
import { ElementEncoder } from './element-encoder';
import { ELEMENT_BYTES, longElementBytes } from './element-format';
import { ElementView } from './element-view';
import { PackedHeader } from './packed-list-record';

/** What a search or a step answers where there is nothing. */
const NOWHERE = -1;

/** Bytes that a record must have for `used` bytes of header and elements. */
function recordBytes(count: number, used: number): number {
  return count < PackedHeader.wide && used < PackedHeader.wide ? used : used + PackedHeader.trailerBytes;
}

/**
 * Sequences of byte strings, each in one arena record without a word of links: for small collections, of which there are many.
 * One object serves all lists of an arena; a list is named by its address, which every change may change.
 *
 * A position is where an element begins, in bytes from the start of the record: it holds until the list changes in front of
 * it. Steps and searches walk from the start, as elements do not tell where the one before begins: for lists of up to a few
 * hundred elements, although any size works. Texts that are passed in must not lie in the list that is changed.
 */
export class PackedList {
  private readonly arena: Arena;
  private readonly words: Uint32Array[];
  private readonly segments: Uint8Array[];
  private readonly encoder = new ElementEncoder();
  /** Of the second of two texts that are inserted together. */
  private readonly secondEncoder = new ElementEncoder();
  private readonly view = new ElementView();
  /** ELEMENT_BYTES as a field: V8 knows the shape of what is in a field, but not that of a bundled module's variable. */
  private readonly elementBytes = ELEMENT_BYTES;

  constructor(arena: Arena) {
    this.arena = arena;
    this.words = arena.words;
    this.segments = arena.bytes;
  }

  /** A new empty list, with room for `bytes` bytes of elements; the caller owns it. Throws ArenaFullError. O(1). */
  create(bytes = 0): Address {
    const list = this.arena.allocate(PackedHeader.bytes + bytes);
    this.setNumbers(list, 0, PackedHeader.bytes);
    return list;
  }

  /** Frees the list. O(1). */
  free(list: Address): void {
    this.arena.free(list);
  }

  /** Another list with the same elements, without room to spare; the caller owns it. Throws ArenaFullError. O(bytes). */
  copy(list: Address): Address {
    const used = this.bytes(list);
    const count = this.count(list);
    const twin = this.arena.allocate(recordBytes(count, used));
    this.move(list, PackedHeader.bytes, used, twin, PackedHeader.bytes);
    this.setNumbers(twin, count, used);
    return twin;
  }

  /** Elements in the list. O(1). */
  count(list: Address): number {
    const header = this.words[list >>> SEGMENT_SHIFT]![(list & SEGMENT_MASK) << 1]!;
    return header >>> 16 === PackedHeader.wide ? this.trailerWord(list, 2) : header & 0xffff;
  }

  /** Bytes of the elements and the header; what the arena counts is `allocationBytes` of it or more, while there is room. O(1). */
  bytes(list: Address): number {
    const used = this.words[list >>> SEGMENT_SHIFT]![(list & SEGMENT_MASK) << 1]! >>> 16;
    return used === PackedHeader.wide ? this.trailerWord(list, 1) : used;
  }

  /** The position of the first element, or -1. O(1). */
  first(list: Address): number {
    return this.bytes(list) === PackedHeader.bytes ? NOWHERE : PackedHeader.bytes;
  }

  /** The position after that of an element, or -1 behind the last. O(1). */
  next(list: Address, position: number): number {
    const next = position + this.sizeAt(list, position);
    return next === this.bytes(list) ? NOWHERE : next;
  }

  /** The position of the last element, or -1. O(count). */
  last(list: Address): number {
    return this.at(list, -1);
  }

  /** The position in front of that of an element, or -1 before the first. O(count). */
  previous(list: Address, position: number): number {
    let before = NOWHERE;
    for (let at: number = PackedHeader.bytes; at < position; at += this.sizeAt(list, at)) before = at;
    return before;
  }

  /** The position of element `index`, counted from 0, or backwards from -1 for the last; -1 if there is none. O(index). */
  at(list: Address, index: number): number {
    const count = this.count(list);
    const steps = index < 0 ? count + index : index;
    if (steps < 0 || steps >= count) return NOWHERE;
    return this.skip(list, PackedHeader.bytes, steps);
  }

  /** Lets `into` look at an element, and answers the next position, or -1 behind the last: a whole walk needs no other call. O(1). */
  read(list: Address, position: number, into: ElementView): number {
    const base = (list & SEGMENT_MASK) << 3;
    const next = into.readAt(this.segments[list >>> SEGMENT_SHIFT]!, base + position) - base;
    return next === this.bytes(list) ? NOWHERE : next;
  }

  /** Bytes of the text of an element. O(1). */
  elementLength(list: Address, position: number): number {
    this.read(list, position, this.view);
    return this.view.length;
  }

  /** Writes the text of an element to `target` from `at` on and answers its length; the caller has made sure of the room. O(length). */
  copyElement(list: Address, position: number, target: Uint8Array, at: number): number {
    this.read(list, position, this.view);
    return this.view.copyTo(target, at);
  }

  /** Whether the text of an element is `bytes[start, end)`. O(length). */
  isEqual(list: Address, position: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { encoder } = this;
    encoder.prepare(bytes, start, end);
    const segment = this.segments[list >>> SEGMENT_SHIFT]!;
    const at = ((list & SEGMENT_MASK) << 3) + position;
    return segment[at] === encoder.first && encoder.isAt(segment, at);
  }

  /**
   * The position of the first element that is `bytes[start, end)` among those of index `offset`, `offset + stride`, …; -1 if there is
   * none. A stride of 2 finds a key in a list of keys and values. O(bytes of the list).
   *
   * Hot: the text gets the form of an element once, and most elements differ in their first byte, so a step is a look at one byte
   * and one table look-up (bench packed-list.bench.ts).
   */
  find(list: Address, bytes: Uint8Array, start: number, end: number, stride = 1, offset = 0): number {
    const { encoder, elementBytes } = this;
    encoder.prepare(bytes, start, end);
    const { first, last } = encoder;
    const toLast = (encoder.bytes - 1) | 0;
    const segment = this.segments[list >>> SEGMENT_SHIFT]!;
    const base = (list & SEGMENT_MASK) << 3;
    const limit = (base + this.bytes(list)) | 0;
    if (offset >= this.count(list)) return NOWHERE;
    let at = (base + this.skip(list, PackedHeader.bytes, offset)) | 0;
    while (at < limit) {
      const head = segment[at]!;
      if (head === first && segment[(at + toLast) | 0] === last && encoder.isAt(segment, at)) return (at - base) | 0;
      const size = elementBytes[head]!;
      at = (at + (size !== 0 ? size : longElementBytes(segment, at))) | 0;
      for (let passed = 1; passed < stride && at < limit; passed++) {
        const passedSize = elementBytes[segment[at]!]!;
        at = (at + (passedSize !== 0 ? passedSize : longElementBytes(segment, at))) | 0;
      }
    }
    return NOWHERE;
  }

  /** Adds `bytes[start, end)` at the end and answers the list. Throws ArenaFullError, and has changed nothing then. O(length), O(bytes) if it moves. */
  append(list: Address, bytes: Uint8Array, start: number, end: number): Address {
    return this.insert(list, this.bytes(list), bytes, start, end);
  }

  /** Adds `bytes[start, end)` in front and answers the list. Throws ArenaFullError, and has changed nothing then. O(bytes). */
  prepend(list: Address, bytes: Uint8Array, start: number, end: number): Address {
    return this.insert(list, PackedHeader.bytes, bytes, start, end);
  }

  /**
   * Adds `bytes[start, end)` in front of the element at `position`, which moves on, and answers the list; the new element is at
   * `position`. Throws ArenaFullError, and has changed nothing then. O(bytes).
   */
  insertBefore(list: Address, position: number, bytes: Uint8Array, start: number, end: number): Address {
    return this.insert(list, position, bytes, start, end);
  }

  /**
   * `insertBefore` of two texts that belong together: first `first[firstStart, firstEnd)`, which is at `position` then, behind it
   * `second[start, end)`. `bytes(list)` as a position adds them at the end. Throws ArenaFullError, and has changed nothing then. O(bytes).
   */
  insertPairBefore(
    list: Address,
    position: number,
    first: Uint8Array,
    firstStart: number,
    firstEnd: number,
    second: Uint8Array,
    start: number,
    end: number,
  ): Address {
    const { encoder, secondEncoder } = this;
    const size = encoder.prepare(first, firstStart, firstEnd);
    const secondSize = secondEncoder.prepare(second, start, end);
    const target = this.splice(list, position, 0, size + secondSize, this.count(list) + 2);
    const segment = this.segments[target >>> SEGMENT_SHIFT]!;
    const at = ((target & SEGMENT_MASK) << 3) + position;
    encoder.write(segment, at);
    secondEncoder.write(segment, at + size);
    return target;
  }

  /** Makes the element at `position` be `bytes[start, end)` and answers the list. Throws ArenaFullError, and has changed nothing then. O(bytes). */
  replace(list: Address, position: number, bytes: Uint8Array, start: number, end: number): Address {
    const size = this.encoder.prepare(bytes, start, end);
    const old = this.sizeAt(list, position);
    const target = size === old ? list : this.splice(list, position, old, size, this.count(list));
    this.encoder.write(this.segments[target >>> SEGMENT_SHIFT]!, ((target & SEGMENT_MASK) << 3) + position);
    return target;
  }

  /** Takes out `count` elements (or as many as there are) from `position` on and answers the list, which gives memory back. O(bytes). */
  removeRange(list: Address, position: number, count: number): Address {
    const used = this.bytes(list);
    let end = position;
    let removed = 0;
    for (; removed < count && end < used; removed++) end += this.sizeAt(list, end);
    return this.splice(list, position, end - position, 0, this.count(list) - removed);
  }

  private insert(list: Address, position: number, bytes: Uint8Array, start: number, end: number): Address {
    const size = this.encoder.prepare(bytes, start, end);
    const target = this.splice(list, position, 0, size, this.count(list) + 1);
    this.encoder.write(this.segments[target >>> SEGMENT_SHIFT]!, ((target & SEGMENT_MASK) << 3) + position);
    return target;
  }

  /** Makes `removed` bytes at `position` become `inserted` bytes that are still to be written, where there is the right room for it. */
  private splice(list: Address, position: number, removed: number, inserted: number, count: number): Address {
    const used = this.bytes(list);
    const newUsed = used + inserted - removed;
    const usable = this.arena.usableBytes(list);
    const needed = recordBytes(count, newUsed);
    let target = list;
    if (needed > usable) target = this.arena.allocate(needed);
    else if (removed > inserted && usable - needed > usable >>> 2) target = this.allocateSmaller(list, needed);
    if (target === list) {
      const base = (list & SEGMENT_MASK) << 3;
      if (position + removed !== used && inserted !== removed) {
        moveBytes(
          this.segments[list >>> SEGMENT_SHIFT]!,
          base + position + removed,
          base + used,
          base + position + inserted,
        );
      }
    } else {
      this.move(list, PackedHeader.bytes, position, target, PackedHeader.bytes);
      this.move(list, position + removed, used, target, position + inserted);
      this.arena.free(list);
    }
    this.setNumbers(target, count, newUsed);
    return target;
  }

  /** A record of `bytes`, or the old one where memory is too short for it: a removal must not fail. */
  private allocateSmaller(list: Address, bytes: number): Address {
    if (this.arena.allocationBytes(bytes) >= this.arena.usableBytes(list)) return list;
    try {
      return this.arena.allocate(bytes);
    } catch (error) {
      if (error instanceof ArenaFullError) return list;
      throw error;
    }
  }

  private move(from: Address, start: number, end: number, to: Address, at: number): void {
    const fromBase = (from & SEGMENT_MASK) << 3;
    copyBytes(
      this.segments[from >>> SEGMENT_SHIFT]!,
      fromBase + start,
      fromBase + end,
      this.segments[to >>> SEGMENT_SHIFT]!,
      ((to & SEGMENT_MASK) << 3) + at,
    );
  }

  private skip(list: Address, position: number, steps: number): number {
    const { elementBytes } = this;
    const segment = this.segments[list >>> SEGMENT_SHIFT]!;
    const base = (list & SEGMENT_MASK) << 3;
    let at = base + position;
    for (let step = 0; step < steps; step++) {
      const size = elementBytes[segment[at]!]!;
      at = (at + (size !== 0 ? size : longElementBytes(segment, at))) | 0;
    }
    return at - base;
  }

  private sizeAt(list: Address, position: number): number {
    const segment = this.segments[list >>> SEGMENT_SHIFT]!;
    const at = ((list & SEGMENT_MASK) << 3) + position;
    const size = this.elementBytes[segment[at]!]!;
    return size !== 0 ? size : longElementBytes(segment, at);
  }

  private setNumbers(list: Address, count: number, used: number): void {
    const words = this.words[list >>> SEGMENT_SHIFT]!;
    const at = (list & SEGMENT_MASK) << 1;
    if (count < PackedHeader.wide && used < PackedHeader.wide) {
      words[at] = (used << 16) | count;
      return;
    }
    const end = at + (this.arena.usableBytes(list) >>> 2);
    words[at] = PackedHeader.wide << 16;
    words[end - 2] = count;
    words[end - 1] = used;
  }

  private trailerWord(list: Address, fromEnd: number): number {
    const end = ((list & SEGMENT_MASK) << 1) + (this.arena.usableBytes(list) >>> 2);
    return this.words[list >>> SEGMENT_SHIFT]![end - fromEnd]!;
  }
}
