import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';

/** Where a record has its position in the heap: the byte offset of a word, a multiple of 4. Only the heap writes it. */
export interface HeapLayout {
  readonly position: number;
}

/** Positions of one chunk: 16 KiB of addresses. */
const CHUNK_SHIFT = 12;
const CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

/**
 * A min-heap over arena records, with four children per node so that a sift touches few cache lines. Each record has its position, so
 * any record can be removed or updated. The positions are chunks of arena memory, allocated and freed one by one: growth copies nothing.
 *
 * ```
 *  positions (chunks of 4096)
 *                           [ a ][ b  c  d  e ][ f  g  h  i | j …         children of position p: 4p + 1 … 4p + 4
 *                             ^
 *  record                     '-- position = 0, and whatever `before` compares
 * ```
 */
export class Heap {
  readonly #arena: Arena;
  readonly #words: Uint32Array[];
  readonly #positionWord: number;
  readonly #before: (a: Address, b: Address) => boolean;
  readonly #chunks: Address[] = [];
  #count = 0;

  /** `before(a, b)` says whether record a is popped before record b. */
  constructor(arena: Arena, layout: HeapLayout, before: (a: Address, b: Address) => boolean) {
    this.#arena = arena;
    this.#words = arena.words;
    this.#positionWord = layout.position >>> 2;
    this.#before = before;
  }

  /** Records in the heap. O(1). */
  get size(): number {
    return this.#count;
  }

  /** The record that `pop` would return, or 0. O(1). */
  first(): Address {
    return this.#count === 0 ? 0 : this.#at(0);
  }

  /** Adds a record. O(log n). @throws ArenaFullError when there is no memory; nothing has changed then */
  push(record: Address): void {
    if (this.#count === this.#chunks.length << CHUNK_SHIFT) this.#chunks.push(this.#arena.allocate(4 << CHUNK_SHIFT));
    this.#siftUp(record, this.#count++);
  }

  /** Removes the first record and returns it, or 0. O(log n). */
  pop(): Address {
    const record = this.first();
    if (record !== 0) this.remove(record);
    return record;
  }

  /** Removes a record that is in the heap. O(log n). */
  remove(record: Address): void {
    const position = this.#positionOf(record);
    const last = this.#at(--this.#count);
    if (last !== record) this.#settle(last, position);
    this.#dropSurplus();
  }

  /** Restores the order after a value that `before` compares has changed in a record. O(log n). */
  update(record: Address): void {
    this.#settle(record, this.#positionOf(record));
  }

  /** Notes that a record has moved: `fresh` contains a copy of its words. The old record is not read. O(1). */
  move(fresh: Address): void {
    this.#place(fresh, this.#positionOf(fresh));
  }

  /** Empties the heap and frees its memory, but not the records. O(n / 4096). */
  clear(): void {
    for (const chunk of this.#chunks) this.#arena.free(chunk);
    this.#chunks.length = 0;
    this.#count = 0;
  }

  #settle(record: Address, position: number): void {
    if (position > 0 && this.#before(record, this.#at((position - 1) >>> 2))) this.#siftUp(record, position);
    else this.#siftDown(record, position);
  }

  #siftUp(record: Address, from: number): void {
    let position = from;
    while (position > 0) {
      const above = (position - 1) >>> 2;
      const parent = this.#at(above);
      if (!this.#before(record, parent)) break;
      this.#place(parent, position);
      position = above;
    }
    this.#place(record, position);
  }

  #siftDown(record: Address, from: number): void {
    let position = from;
    for (;;) {
      const child = position * 4 + 1;
      if (child >= this.#count) break;
      const end = Math.min(child + 4, this.#count);
      let smallest = child;
      let smallestRecord = this.#at(child);
      for (let sibling = child + 1; sibling < end; sibling++) {
        const siblingRecord = this.#at(sibling);
        if (!this.#before(siblingRecord, smallestRecord)) continue;
        smallest = sibling;
        smallestRecord = siblingRecord;
      }
      if (!this.#before(smallestRecord, record)) break;
      this.#place(smallestRecord, position);
      position = smallest;
    }
    this.#place(record, position);
  }

  /** Keeps half a chunk of slack, so that alternating pushes and pops at its edge do not allocate and free each time. */
  #dropSurplus(): void {
    const capacity = this.#chunks.length << CHUNK_SHIFT;
    if (capacity - this.#count > CHUNK_MASK + (1 << (CHUNK_SHIFT - 1))) this.#arena.free(this.#chunks.pop()!);
  }

  #at(position: number): Address {
    const chunk = this.#chunks[position >>> CHUNK_SHIFT]!;
    return this.#words[chunk >>> SEGMENT_SHIFT]![((chunk & SEGMENT_MASK) << 1) + (position & CHUNK_MASK)]!;
  }

  #place(record: Address, position: number): void {
    const chunk = this.#chunks[position >>> CHUNK_SHIFT]!;
    this.#words[chunk >>> SEGMENT_SHIFT]![((chunk & SEGMENT_MASK) << 1) + (position & CHUNK_MASK)] = record;
    this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.#positionWord] = position;
  }

  #positionOf(record: Address): number {
    return this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.#positionWord]!;
  }
}
