import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import { copyBytes } from '../bytes/copy-bytes';
import { moveBytes } from '../bytes/move-bytes';
import type { ElementEncoder } from '../packed-list/element-encoder';
import { ELEMENT_BYTES, longElementBytes } from '../packed-list/element-format';
import { Block, Node } from './deque-records';
import { type FillLimit, limitOf, recordBytesFor } from './fill-limit';
import { KnownStarts } from './known-starts';

/** The side of a node's elements that gets the unused space. */
export enum Side {
  front = 0,
  back = 1,
}

/**
 * Single nodes of packed deques: their elements, the unused space around them and the first starts of their blocks. The caller writes
 * the links. First starts are valid from the block of `start` to the block of `end`. In the block of `start`, the first start may
 * belong to a removed element; `start` is used there instead.
 */
export class PackedNodes {
  readonly #arena: Arena;
  readonly #words: Uint32Array[];
  readonly #segments: Uint8Array[];
  readonly #elementBytes = ELEMENT_BYTES;
  readonly #known = new KnownStarts();

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#words = arena.words;
    this.#segments = arena.bytes;
  }

  /**
   * Creates a node without links and elements, with space for at least `bytes` bytes of elements. O(1).
   * @throws ArenaFullError when there is no memory
   */
  create(bytes: number, side: Side): Address {
    this.#known.clear();
    const node = this.#arena.allocate(recordBytesFor(bytes));
    const limit = limitOf(this.#arena.usableBytes(node));
    const words = this.#words[node >>> SEGMENT_SHIFT]!;
    const at = (node & SEGMENT_MASK) << 1;
    const start = side === Side.back ? Node.headerBytes : limit;
    words[at + Node.previous] = 0;
    words[at + Node.next] = 0;
    words[at + Node.count] = 0;
    words[at + Node.start] = start;
    words[at + Node.end] = start;
    words[at + Node.limit] = limit;
    if (limit <= Node.maxShared) {
      const blocks = (((node & SEGMENT_MASK) << 3) + limit) | 0;
      this.#segments[node >>> SEGMENT_SHIFT]![blocks + (start >>> Block.shift)] = Block.none;
    }
    return node;
  }

  /** Notes that a node has moved or was changed outside of these methods. O(1). */
  forgetStarts(): void {
    this.#known.clear();
  }

  /**
   * One word of the header. O(1). Here and below, all words are read as signed: V8 computes sums of unsigned words as doubles, which
   * takes about twice the instructions.
   */
  word(node: Address, word: Node): number {
    return this.#words[node >>> SEGMENT_SHIFT]![((node & SEGMENT_MASK) << 1) + word]! | 0;
  }

  /** Bytes of the elements. O(1). */
  bytes(node: Address): number {
    return (this.word(node, Node.end) - this.word(node, Node.start)) | 0;
  }

  /** Bytes of the element at `position`. O(1). */
  sizeAt(node: Address, position: number): number {
    const segment = this.#segments[node >>> SEGMENT_SHIFT]!;
    const at = (((node & SEGMENT_MASK) << 3) + position) | 0;
    const size = this.#elementBytes[segment[at]!]!;
    return size !== 0 ? size : longElementBytes(segment, at);
  }

  /**
   * Writes the prepared element behind the last one. Returns false, and does nothing, if it is beyond the fill limit or there is no space
   * at the back. O(length).
   */
  append(node: Address, element: ElementEncoder, fill: FillLimit): boolean {
    const words = this.#words[node >>> SEGMENT_SHIFT]!;
    const at = (node & SEGMENT_MASK) << 1;
    const end = words[at + Node.end]! | 0;
    const next = (end + element.bytes) | 0;
    const limit = words[at + Node.limit]! | 0;
    const count = words[at + Node.count]! | 0;
    if (next > limit) return false;
    if (count !== 0 && (count >= fill.count || next - (words[at + Node.start]! | 0) > fill.bytes)) return false;
    this.#known.clear();
    const segment = this.#segments[node >>> SEGMENT_SHIFT]!;
    const base = (node & SEGMENT_MASK) << 3;
    element.write(segment, base + end);
    words[at + Node.end] = next;
    words[at + Node.count] = count + 1;
    if (limit > Node.maxShared) return true;
    const blocks = (base + limit) | 0;
    let block = end >>> Block.shift;
    if (segment[blocks + block] === Block.none) segment[blocks + block] = end & Block.mask;
    for (const last = next >>> Block.shift; block < last; ) segment[blocks + ++block] = Block.none;
    return true;
  }

  /**
   * Writes the prepared element in front of the first one. Returns false, and does nothing, if it is beyond the fill limit or there is no
   * space in front. O(length).
   */
  prepend(node: Address, element: ElementEncoder, fill: FillLimit): boolean {
    const words = this.#words[node >>> SEGMENT_SHIFT]!;
    const at = (node & SEGMENT_MASK) << 1;
    const old = words[at + Node.start]! | 0;
    const start = (old - element.bytes) | 0;
    const count = words[at + Node.count]! | 0;
    if (start < Node.headerBytes) return false;
    if (count !== 0 && (count >= fill.count || (words[at + Node.end]! | 0) - start > fill.bytes)) return false;
    this.#known.clear();
    const limit = words[at + Node.limit]! | 0;
    const segment = this.#segments[node >>> SEGMENT_SHIFT]!;
    const base = (node & SEGMENT_MASK) << 3;
    element.write(segment, base + start);
    words[at + Node.start] = start;
    words[at + Node.count] = count + 1;
    if (limit > Node.maxShared) return true;
    const blocks = (base + limit) | 0;
    const first = start >>> Block.shift;
    let block = old >>> Block.shift;
    if (block !== first) {
      segment[blocks + block] = count === 0 ? Block.none : old & Block.mask;
      while (--block > first) segment[blocks + block] = Block.none;
    }
    segment[blocks + first] = start & Block.mask;
    return true;
  }

  /** Where the element begins that ends at `position`, which is not the node's start. O(128 bytes); mostly O(1) after another step back. */
  before(node: Address, position: number): number {
    const known = this.#known.before(node, position);
    if (known >= 0) return known;
    const words = this.#words[node >>> SEGMENT_SHIFT]!;
    const at = (node & SEGMENT_MASK) << 1;
    const start = words[at + Node.start]! | 0;
    const limit = words[at + Node.limit]! | 0;
    if (limit > Node.maxShared) return start;
    const elementBytes = this.#elementBytes;
    const segment = this.#segments[node >>> SEGMENT_SHIFT]!;
    const base = (node & SEGMENT_MASK) << 3;
    const blocks = (base + limit) | 0;
    const startBlock = start >>> Block.shift;
    let block = (position - 1) >>> Block.shift;
    let first: number = Block.none;
    while (block > startBlock) {
      first = segment[blocks + block]!;
      // The first element of the block may be the one that begins at `position`: then the one before it is in an earlier block.
      if (first !== Block.none && (block << Block.shift) + first < position) break;
      block--;
    }
    let from = (base + (block > startBlock ? (block << Block.shift) + first : start)) | 0;
    const target = (base + position) | 0;
    this.#known.begin(node);
    for (;;) {
      this.#known.add((from - base) | 0);
      const size = elementBytes[segment[from]!]!;
      const next = (from + (size !== 0 ? size : longElementBytes(segment, from))) | 0;
      if (next >= target) {
        this.#known.finish(position);
        return (from - base) | 0;
      }
      from = next;
    }
  }

  /** Where the element begins that is `steps` elements behind the one at `position`; the node has so many. O(steps). */
  skip(node: Address, position: number, steps: number): number {
    const elementBytes = this.#elementBytes;
    const segment = this.#segments[node >>> SEGMENT_SHIFT]!;
    const base = (node & SEGMENT_MASK) << 3;
    let at = (base + position) | 0;
    for (let step = 0; step < steps; step++) {
      const size = elementBytes[segment[at]!]!;
      at = (at + (size !== 0 ? size : longElementBytes(segment, at))) | 0;
    }
    return at - base;
  }

  /** Where element `index` of the node begins. O(index), or O(count - index) if that is less than half of it. */
  positionOf(node: Address, index: number): number {
    const back = this.word(node, Node.count) - index;
    if (back << 1 > index) return this.skip(node, this.word(node, Node.start), index);
    let position = this.word(node, Node.end);
    for (let step = 0; step < back; step++) position = this.before(node, position);
    return position;
  }

  /** How many elements there are from `position` to the end of the node, but at most `max`. O(result). */
  countFrom(node: Address, position: number, max: number): number {
    const end = this.word(node, Node.end);
    let count = 0;
    for (let at = position; count < max && at < end; at += this.sizeAt(node, at)) count++;
    return count;
  }

  /** Drops the elements in front of `position`, `removed` in number. O(1). */
  dropFront(node: Address, position: number, removed: number): void {
    const words = this.#words[node >>> SEGMENT_SHIFT]!;
    const at = (node & SEGMENT_MASK) << 1;
    words[at + Node.start] = position;
    words[at + Node.count] = words[at + Node.count]! - removed;
  }

  /** Drops the elements from `position` on, `removed` in number. O(1). */
  dropBack(node: Address, position: number, removed: number): void {
    const words = this.#words[node >>> SEGMENT_SHIFT]!;
    const at = (node & SEGMENT_MASK) << 1;
    words[at + Node.end] = position;
    words[at + Node.count] = words[at + Node.count]! - removed;
    const limit = words[at + Node.limit]! | 0;
    if (limit > Node.maxShared) return;
    const segment = this.#segments[node >>> SEGMENT_SHIFT]!;
    const block = ((node & SEGMENT_MASK) << 3) + limit + (position >>> Block.shift);
    if (segment[block]! >= (position & Block.mask)) segment[block] = Block.none;
  }

  /**
   * Moves the elements so that there are `size` unused bytes on one side. The rest of the unused space is divided between both sides,
   * so that pushes at both ends seldom move elements. O(bytes).
   */
  makeSpace(node: Address, size: number, side: Side): void {
    const bytes = this.bytes(node);
    const rest = this.word(node, Node.limit) - Node.headerBytes - bytes - size;
    const front = side === Side.front ? size + ((rest + 1) >>> 1) : rest >>> 1;
    const start = Node.headerBytes + front;
    const from = this.word(node, Node.start);
    const base = (node & SEGMENT_MASK) << 3;
    moveBytes(this.#segments[node >>> SEGMENT_SHIFT]!, base + from, base + from + bytes, base + start);
    this.setElements(node, start, start + bytes, this.word(node, Node.count));
    this.recount(node);
  }

  /**
   * Replaces the `removed` bytes at `position` by a gap of `inserted` bytes inside the record, and returns where the gap is. Returns -1,
   * and does nothing, if there is no space. Adds `change` to the count. Call `recount` when the gap is filled. O(bytes).
   */
  openGap(node: Address, position: number, removed: number, inserted: number, change: number): number {
    const start = this.word(node, Node.start);
    const end = this.word(node, Node.end);
    const growth = inserted - removed;
    const segment = this.#segments[node >>> SEGMENT_SHIFT]!;
    const base = (node & SEGMENT_MASK) << 3;
    const count = this.word(node, Node.count) + change;
    const isFrontShorter = position - start < end - position - removed;
    const fitsFront = start - growth >= Node.headerBytes;
    if (end + growth <= this.word(node, Node.limit) && !(isFrontShorter && fitsFront)) {
      moveBytes(segment, base + position + removed, base + end, base + position + inserted);
      this.setElements(node, start, end + growth, count);
      return position;
    }
    if (!fitsFront) return -1;
    moveBytes(segment, base + start, base + position, base + start - growth);
    this.setElements(node, start - growth, end, count);
    return position - growth;
  }

  /** Copies the elements in `[start, end)` of one node behind those of another with enough space. Call `recount` then. O(bytes). */
  copyInto(target: Address, node: Address, start: number, end: number, count: number): void {
    const at = this.word(target, Node.end);
    const base = (node & SEGMENT_MASK) << 3;
    copyBytes(
      this.#segments[node >>> SEGMENT_SHIFT]!,
      base + start,
      base + end,
      this.#segments[target >>> SEGMENT_SHIFT]!,
      ((target & SEGMENT_MASK) << 3) + at,
    );
    this.setElements(target, this.word(target, Node.start), at + end - start, this.word(target, Node.count) + count);
  }

  /** Moves the elements to the end of the space of a node. O(bytes). */
  moveToEnd(node: Address): void {
    const limit = this.word(node, Node.limit);
    const start = this.word(node, Node.start);
    const end = this.word(node, Node.end);
    const base = (node & SEGMENT_MASK) << 3;
    moveBytes(this.#segments[node >>> SEGMENT_SHIFT]!, base + start, base + end, base + limit - (end - start));
    this.setElements(node, limit - (end - start), limit, this.word(node, Node.count));
    this.recount(node);
  }

  /** Writes the prepared element at `position`, where there is enough space. O(length). */
  write(node: Address, position: number, element: ElementEncoder): void {
    this.#known.clear();
    element.write(this.#segments[node >>> SEGMENT_SHIFT]!, ((node & SEGMENT_MASK) << 3) + position);
  }

  /** Sets where the elements are, and how many there are. O(1). */
  setElements(node: Address, start: number, end: number, count: number): void {
    this.#known.clear();
    const words = this.#words[node >>> SEGMENT_SHIFT]!;
    const at = (node & SEGMENT_MASK) << 1;
    words[at + Node.start] = start;
    words[at + Node.end] = end;
    words[at + Node.count] = count;
  }

  /** Computes the first start of each block again. O(count). */
  recount(node: Address): void {
    const limit = this.word(node, Node.limit);
    if (limit > Node.maxShared) return;
    const elementBytes = this.#elementBytes;
    const segment = this.#segments[node >>> SEGMENT_SHIFT]!;
    const base = (node & SEGMENT_MASK) << 3;
    const blocks = (base + limit) | 0;
    const start = this.word(node, Node.start);
    const end = this.word(node, Node.end);
    segment.fill(Block.none, blocks + (start >>> Block.shift), blocks + (end >>> Block.shift) + 1);
    let known = -1;
    for (let position = start; position < end; ) {
      const block = position >>> Block.shift;
      if (block !== known) segment[blocks + block] = position & Block.mask;
      known = block;
      const size = elementBytes[segment[base + position]!]!;
      position += size !== 0 ? size : longElementBytes(segment, base + position);
    }
  }
}
