import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';

/** Where a record keeps its place in the heap: the byte offset of a word, a multiple of 4. The heap's own. */
export interface HeapLayout {
  readonly position: number;
}

/** Places of one chunk: 16 KiB of addresses. */
const CHUNK_SHIFT = 12;
const CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

/**
 * A min-heap over arena records (four children a node, so that a sift touches few cache lines). Each record knows its position, so that
 * any of them can be removed or updated. The places are chunks of arena memory that come and go one by one: no growth copies.
 *
 * ```
 *  places (chunks of 4096)  [ a ][ b  c  d  e ][ f  g  h  i | j …         children of place p: 4p + 1 … 4p + 4
 *                             ^
 *  record                     '-- position = 0, and whatever `before` compares
 * ```
 */
export class Heap {
  private readonly arena: Arena;
  private readonly words: Uint32Array[];
  private readonly positionWord: number;
  private readonly before: (a: Address, b: Address) => boolean;
  private readonly chunks: Address[] = [];
  private count = 0;

  /** `before(a, b)` says whether record a has to come out before record b. */
  constructor(arena: Arena, layout: HeapLayout, before: (a: Address, b: Address) => boolean) {
    this.arena = arena;
    this.words = arena.words;
    this.positionWord = layout.position >>> 2;
    this.before = before;
  }

  /** Records in the heap. O(1). */
  get size(): number {
    return this.count;
  }

  /** The record that comes out first, or 0. O(1). */
  first(): Address {
    return this.count === 0 ? 0 : this.at(0);
  }

  /** Adds a record. Throws ArenaFullError, and has changed nothing then. O(log n). */
  push(record: Address): void {
    if (this.count === this.chunks.length << CHUNK_SHIFT) this.chunks.push(this.arena.allocate(4 << CHUNK_SHIFT));
    this.siftUp(record, this.count++);
  }

  /** Takes out the first record and answers it, or 0. O(log n). */
  pop(): Address {
    const record = this.first();
    if (record !== 0) this.remove(record);
    return record;
  }

  /** Takes out a record that is in the heap. O(log n). */
  remove(record: Address): void {
    const position = this.positionOf(record);
    const last = this.at(--this.count);
    if (last !== record) this.settle(last, position);
    this.dropSurplus();
  }

  /** Puts a record into order again after what `before` compares has changed. O(log n). */
  update(record: Address): void {
    this.settle(record, this.positionOf(record));
  }

  /** Tells the heap that a record has moved: `fresh` holds a copy of its words, the old one is not read. O(1). */
  move(fresh: Address): void {
    this.place(fresh, this.positionOf(fresh));
  }

  /** Gives all places back to the arena; the records stay their owner's. O(n / 4096). */
  clear(): void {
    for (const chunk of this.chunks) this.arena.free(chunk);
    this.chunks.length = 0;
    this.count = 0;
  }

  private settle(record: Address, position: number): void {
    if (position > 0 && this.before(record, this.at((position - 1) >>> 2))) this.siftUp(record, position);
    else this.siftDown(record, position);
  }

  private siftUp(record: Address, from: number): void {
    let position = from;
    while (position > 0) {
      const above = (position - 1) >>> 2;
      const parent = this.at(above);
      if (!this.before(record, parent)) break;
      this.place(parent, position);
      position = above;
    }
    this.place(record, position);
  }

  private siftDown(record: Address, from: number): void {
    let position = from;
    for (;;) {
      const child = position * 4 + 1;
      if (child >= this.count) break;
      const end = Math.min(child + 4, this.count);
      let least = child;
      let leastRecord = this.at(child);
      for (let sibling = child + 1; sibling < end; sibling++) {
        const siblingRecord = this.at(sibling);
        if (!this.before(siblingRecord, leastRecord)) continue;
        least = sibling;
        leastRecord = siblingRecord;
      }
      if (!this.before(leastRecord, record)) break;
      this.place(leastRecord, position);
      position = least;
    }
    this.place(record, position);
  }

  /** Keeps half a chunk of slack, so that pushes and pops at its edge do not allocate and free in turn. */
  private dropSurplus(): void {
    const room = this.chunks.length << CHUNK_SHIFT;
    if (room - this.count > CHUNK_MASK + (1 << (CHUNK_SHIFT - 1))) this.arena.free(this.chunks.pop()!);
  }

  private at(position: number): Address {
    const chunk = this.chunks[position >>> CHUNK_SHIFT]!;
    return this.words[chunk >>> SEGMENT_SHIFT]![((chunk & SEGMENT_MASK) << 1) + (position & CHUNK_MASK)]!;
  }

  private place(record: Address, position: number): void {
    const chunk = this.chunks[position >>> CHUNK_SHIFT]!;
    this.words[chunk >>> SEGMENT_SHIFT]![((chunk & SEGMENT_MASK) << 1) + (position & CHUNK_MASK)] = record;
    this.words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.positionWord] = position;
  }

  private positionOf(record: Address): number {
    return this.words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.positionWord]!;
  }
}
