import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import { ArenaFullError } from '../arena/arena-errors';
import { copyBytes } from '../bytes/copy-bytes';
import { moveBytes } from '../bytes/move-bytes';
import { ElementEncoder } from './element-encoder';
import { ELEMENT_BYTES, longElementBytes } from './element-format';
import { ElementView } from './element-view';
import { PackedHeader } from './packed-list-record';

/** What a search or a step returns if there is no element. */
const NO_POSITION = -1;

/** How many bytes a record needs for `used` bytes of header and elements. */
function recordBytes(count: number, used: number): number {
  return count < PackedHeader.wide && used < PackedHeader.wide ? used : used + PackedHeader.trailerBytes;
}

/**
 * Sequences of byte strings, each in one arena record without links: for many small collections. One object serves all lists of an
 * arena. A list is named by its address, which any change may change.
 *
 * A position is where an element begins, in bytes from the start of the record. It is valid until the list changes in front of it.
 * An element does not have the start of the previous one, so steps back and searches read the list from its start. That suits lists of
 * up to a few hundred elements, although any size works. A text that is passed in must not be in the list that changes.
 */
export class PackedList {
  readonly #arena: Arena;
  readonly #words: Uint32Array[];
  readonly #segments: Uint8Array[];
  readonly #encoder = new ElementEncoder();
  /** For the second of two texts that are inserted together. */
  readonly #secondEncoder = new ElementEncoder();
  readonly #view = new ElementView();
  /** ELEMENT_BYTES as a field: V8 tracks the shape of a field's value, but not that of a variable of a bundled module. */
  readonly #elementBytes = ELEMENT_BYTES;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#words = arena.words;
    this.#segments = arena.bytes;
  }

  /**
   * Creates an empty list with space for `bytes` bytes of elements; the caller owns it. O(1).
   * @throws ArenaFullError when there is no memory
   */
  create(bytes = 0): Address {
    const list = this.#arena.allocate(PackedHeader.bytes + bytes);
    this.#setNumbers(list, 0, PackedHeader.bytes);
    return list;
  }

  /** Frees the list. O(1). */
  free(list: Address): void {
    this.#arena.free(list);
  }

  /**
   * Creates a list with the same elements and without unused space; the caller owns it. O(bytes).
   * @throws ArenaFullError when there is no memory
   */
  copy(list: Address): Address {
    const used = this.bytes(list);
    const count = this.count(list);
    const twin = this.#arena.allocate(recordBytes(count, used));
    this.#move(list, PackedHeader.bytes, used, twin, PackedHeader.bytes);
    this.#setNumbers(twin, count, used);
    return twin;
  }

  /** How many elements the list has. O(1). */
  count(list: Address): number {
    const header = this.#words[list >>> SEGMENT_SHIFT]![(list & SEGMENT_MASK) << 1]!;
    return header >>> 16 === PackedHeader.wide ? this.#trailerWord(list, 2) : header & 0xffff;
  }

  /** Bytes of the header and the elements, without unused space. O(1). */
  bytes(list: Address): number {
    const used = this.#words[list >>> SEGMENT_SHIFT]![(list & SEGMENT_MASK) << 1]! >>> 16;
    return used === PackedHeader.wide ? this.#trailerWord(list, 1) : used;
  }

  /** The position of the first element, or -1. O(1). */
  first(list: Address): number {
    return this.bytes(list) === PackedHeader.bytes ? NO_POSITION : PackedHeader.bytes;
  }

  /** The position of the next element, or -1 after the last. O(1). */
  next(list: Address, position: number): number {
    const next = position + this.#sizeAt(list, position);
    return next === this.bytes(list) ? NO_POSITION : next;
  }

  /** The position of the last element, or -1. O(count). */
  last(list: Address): number {
    return this.at(list, -1);
  }

  /** The position of the previous element, or -1 before the first. O(count). */
  previous(list: Address, position: number): number {
    let before = NO_POSITION;
    for (let at: number = PackedHeader.bytes; at < position; at += this.#sizeAt(list, at)) before = at;
    return before;
  }

  /** The position of element `index`, counted from 0, or backwards from -1 for the last; -1 if there is none. O(index). */
  at(list: Address, index: number): number {
    const count = this.count(list);
    const steps = index < 0 ? count + index : index;
    if (steps < 0 || steps >= count) return NO_POSITION;
    return this.#skip(list, PackedHeader.bytes, steps);
  }

  /** Makes `into` read an element and returns the next position, or -1 after the last. A loop needs no other call. O(1). */
  read(list: Address, position: number, into: ElementView): number {
    const base = (list & SEGMENT_MASK) << 3;
    const next = into.readAt(this.#segments[list >>> SEGMENT_SHIFT]!, base + position) - base;
    return next === this.bytes(list) ? NO_POSITION : next;
  }

  /** Bytes of the text of an element. O(1). */
  elementLength(list: Address, position: number): number {
    this.read(list, position, this.#view);
    return this.#view.length;
  }

  /** Writes the text of an element to `target` from `at` on, where the caller has ensured enough space. Returns its length. O(length). */
  copyElement(list: Address, position: number, target: Uint8Array, at: number): number {
    this.read(list, position, this.#view);
    return this.#view.copyTo(target, at);
  }

  /** Whether the text of an element is `bytes[start, end)`. O(length). */
  isEqual(list: Address, position: number, bytes: Uint8Array, start: number, end: number): boolean {
    const encoder = this.#encoder;
    encoder.prepare(bytes, start, end);
    const segment = this.#segments[list >>> SEGMENT_SHIFT]!;
    const at = ((list & SEGMENT_MASK) << 3) + position;
    return segment[at] === encoder.first && encoder.isAt(segment, at);
  }

  /**
   * The position of the first element that equals `bytes[start, end)` among those with index `offset`, `offset + stride`, …; -1 if there
   * is none. A stride of 2 finds a key in a list of keys and values. O(bytes of the list).
   *
   * Hot: the text is encoded once, and most elements differ in their first byte, so a step compares one byte and does one table
   * look-up (bench packed-list.bench.ts).
   */
  find(list: Address, bytes: Uint8Array, start: number, end: number, stride = 1, offset = 0): number {
    const encoder = this.#encoder;
    const elementBytes = this.#elementBytes;
    encoder.prepare(bytes, start, end);
    const { first, last } = encoder;
    const toLast = (encoder.bytes - 1) | 0;
    const segment = this.#segments[list >>> SEGMENT_SHIFT]!;
    const base = (list & SEGMENT_MASK) << 3;
    const limit = (base + this.bytes(list)) | 0;
    if (offset >= this.count(list)) return NO_POSITION;
    let at = (base + this.#skip(list, PackedHeader.bytes, offset)) | 0;
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
    return NO_POSITION;
  }

  /**
   * Adds `bytes[start, end)` at the end and returns the list. O(length); O(bytes) if it moves.
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  append(list: Address, bytes: Uint8Array, start: number, end: number): Address {
    return this.#insert(list, this.bytes(list), bytes, start, end);
  }

  /**
   * Adds `bytes[start, end)` in front and returns the list. O(bytes).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  prepend(list: Address, bytes: Uint8Array, start: number, end: number): Address {
    return this.#insert(list, PackedHeader.bytes, bytes, start, end);
  }

  /**
   * Adds `bytes[start, end)` in front of the element at `position` and returns the list. `position` is that of the new element then.
   * O(bytes).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  insertBefore(list: Address, position: number, bytes: Uint8Array, start: number, end: number): Address {
    return this.#insert(list, position, bytes, start, end);
  }

  /**
   * Adds two texts in front of the element at `position`: `first[firstStart, firstEnd)`, which is at `position` then, followed by
   * `second[start, end)`. `bytes(list)` as the position adds them at the end. Returns the list. O(bytes).
   * @throws ArenaFullError when there is no memory; nothing has changed then
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
    const encoder = this.#encoder;
    const secondEncoder = this.#secondEncoder;
    const size = encoder.prepare(first, firstStart, firstEnd);
    const secondSize = secondEncoder.prepare(second, start, end);
    const target = this.#splice(list, position, 0, size + secondSize, this.count(list) + 2);
    const segment = this.#segments[target >>> SEGMENT_SHIFT]!;
    const at = ((target & SEGMENT_MASK) << 3) + position;
    encoder.write(segment, at);
    secondEncoder.write(segment, at + size);
    return target;
  }

  /**
   * Replaces the element at `position` by `bytes[start, end)` and returns the list. O(bytes).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  replace(list: Address, position: number, bytes: Uint8Array, start: number, end: number): Address {
    const size = this.#encoder.prepare(bytes, start, end);
    const old = this.#sizeAt(list, position);
    const target = size === old ? list : this.#splice(list, position, old, size, this.count(list));
    this.#encoder.write(this.#segments[target >>> SEGMENT_SHIFT]!, ((target & SEGMENT_MASK) << 3) + position);
    return target;
  }

  /** Removes up to `count` elements from `position` on and returns the list, which may move to a smaller record. O(bytes). */
  removeRange(list: Address, position: number, count: number): Address {
    const used = this.bytes(list);
    let end = position;
    let removed = 0;
    for (; removed < count && end < used; removed++) end += this.#sizeAt(list, end);
    return this.#splice(list, position, end - position, 0, this.count(list) - removed);
  }

  #insert(list: Address, position: number, bytes: Uint8Array, start: number, end: number): Address {
    const size = this.#encoder.prepare(bytes, start, end);
    const target = this.#splice(list, position, 0, size, this.count(list) + 1);
    this.#encoder.write(this.#segments[target >>> SEGMENT_SHIFT]!, ((target & SEGMENT_MASK) << 3) + position);
    return target;
  }

  /** Replaces `removed` bytes at `position` by `inserted` bytes, which the caller writes, in the same record or another one. */
  #splice(list: Address, position: number, removed: number, inserted: number, count: number): Address {
    const used = this.bytes(list);
    const newUsed = used + inserted - removed;
    const usable = this.#arena.usableBytes(list);
    const needed = recordBytes(count, newUsed);
    let target = list;
    if (needed > usable) target = this.#arena.allocate(needed);
    else if (removed > inserted && usable - needed > usable >>> 2) target = this.#allocateSmaller(list, needed);
    if (target === list) {
      const base = (list & SEGMENT_MASK) << 3;
      if (position + removed !== used && inserted !== removed) {
        moveBytes(
          this.#segments[list >>> SEGMENT_SHIFT]!,
          base + position + removed,
          base + used,
          base + position + inserted,
        );
      }
    } else {
      this.#move(list, PackedHeader.bytes, position, target, PackedHeader.bytes);
      this.#move(list, position + removed, used, target, position + inserted);
      this.#arena.free(list);
    }
    this.#setNumbers(target, count, newUsed);
    return target;
  }

  /** A record of `bytes` bytes, or the old one if there is no memory or it would not be smaller: a removal must not fail. */
  #allocateSmaller(list: Address, bytes: number): Address {
    if (this.#arena.allocationBytes(bytes) >= this.#arena.usableBytes(list)) return list;
    try {
      return this.#arena.allocate(bytes);
    } catch (error) {
      if (error instanceof ArenaFullError) return list;
      throw error;
    }
  }

  #move(from: Address, start: number, end: number, to: Address, at: number): void {
    const fromBase = (from & SEGMENT_MASK) << 3;
    copyBytes(
      this.#segments[from >>> SEGMENT_SHIFT]!,
      fromBase + start,
      fromBase + end,
      this.#segments[to >>> SEGMENT_SHIFT]!,
      ((to & SEGMENT_MASK) << 3) + at,
    );
  }

  #skip(list: Address, position: number, steps: number): number {
    const elementBytes = this.#elementBytes;
    const segment = this.#segments[list >>> SEGMENT_SHIFT]!;
    const base = (list & SEGMENT_MASK) << 3;
    let at = base + position;
    for (let step = 0; step < steps; step++) {
      const size = elementBytes[segment[at]!]!;
      at = (at + (size !== 0 ? size : longElementBytes(segment, at))) | 0;
    }
    return at - base;
  }

  #sizeAt(list: Address, position: number): number {
    const segment = this.#segments[list >>> SEGMENT_SHIFT]!;
    const at = ((list & SEGMENT_MASK) << 3) + position;
    const size = this.#elementBytes[segment[at]!]!;
    return size !== 0 ? size : longElementBytes(segment, at);
  }

  #setNumbers(list: Address, count: number, used: number): void {
    const words = this.#words[list >>> SEGMENT_SHIFT]!;
    const at = (list & SEGMENT_MASK) << 1;
    if (count < PackedHeader.wide && used < PackedHeader.wide) {
      words[at] = (used << 16) | count;
      return;
    }
    const end = at + (this.#arena.usableBytes(list) >>> 2);
    words[at] = PackedHeader.wide << 16;
    words[end - 2] = count;
    words[end - 1] = used;
  }

  #trailerWord(list: Address, fromEnd: number): number {
    const end = ((list & SEGMENT_MASK) << 1) + (this.#arena.usableBytes(list) >>> 2);
    return this.#words[list >>> SEGMENT_SHIFT]![end - fromEnd]!;
  }
}
