import { type Address, type Arena, ArenaFullError, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { Block, BRANCH_COLUMNS, Column, LEAF_COLUMNS } from './sorted-set-layout';

/** Creates, resizes and frees the records of blocks, and moves entries in them. */
export class BlockRecords {
  readonly #arena: Arena;
  readonly #segments: Uint32Array[];

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#segments = arena.words;
  }

  /**
   * Creates an empty block of a level (0: a leaf) for at least `capacity` entries. O(1).
   * @throws ArenaFullError when there is no memory
   */
  create(level: number, capacity: number): Address {
    const columns = columnsOf(level);
    const bytes = this.#arena.allocationBytes((Block.entries + columns * capacity) * 4);
    const block = this.#arena.allocate(bytes);
    const words = this.#segments[block >>> SEGMENT_SHIFT]!;
    const word = (block & SEGMENT_MASK) << 1;
    words[word + Block.count] = 0;
    words[word + Block.capacity] = Math.trunc((bytes / 4 - Block.entries) / columns);
    return block;
  }

  /** Like `create`, but returns 0 if there is no memory. O(1). */
  tryCreate(level: number, capacity: number): Address {
    try {
      return this.create(level, capacity);
    } catch (error) {
      if (error instanceof ArenaFullError) return 0;
      throw error;
    }
  }

  /** Frees a block, but not the blocks below it. O(1). */
  free(block: Address): void {
    this.#arena.free(block);
  }

  /** How many entries a block has. O(1). */
  count(block: Address): number {
    return this.#segments[block >>> SEGMENT_SHIFT]![((block & SEGMENT_MASK) << 1) + Block.count]!;
  }

  /** How many entries fit into a block. O(1). */
  capacity(block: Address): number {
    return this.#segments[block >>> SEGMENT_SHIFT]![((block & SEGMENT_MASK) << 1) + Block.capacity]!;
  }

  /** A column of an entry. O(1). */
  get(block: Address, column: number, index: number): number {
    const word = (block & SEGMENT_MASK) << 1;
    const words = this.#segments[block >>> SEGMENT_SHIFT]!;
    return words[word + Block.entries + column * words[word + Block.capacity]! + index]!;
  }

  /** Writes a column of an entry. O(1). */
  set(block: Address, column: number, index: number, value: number): void {
    const word = (block & SEGMENT_MASK) << 1;
    const words = this.#segments[block >>> SEGMENT_SHIFT]!;
    words[word + Block.entries + column * words[word + Block.capacity]! + index] = value;
  }

  /**
   * Inserts an entry, whose columns the caller writes, into a block with space for it. O(count). Hot: a loop moves so few words faster than
   * copyWithin.
   */
  open(block: Address, level: number, index: number): void {
    const words = this.#segments[block >>> SEGMENT_SHIFT]!;
    const word = (block & SEGMENT_MASK) << 1;
    const capacity = words[word + Block.capacity]!;
    const count = words[word + Block.count]!;
    const columns = columnsOf(level);
    for (let column = 0, first = word + Block.entries; column < columns; column++, first += capacity) {
      for (let at = first + count, end = first + index; at > end; at--) words[at] = words[at - 1]!;
    }
    words[word + Block.count] = count + 1;
  }

  /** Removes `count` entries from `index` on. O(entries behind them). */
  close(block: Address, level: number, index: number, count: number): void {
    const words = this.#segments[block >>> SEGMENT_SHIFT]!;
    const word = (block & SEGMENT_MASK) << 1;
    const capacity = words[word + Block.capacity]!;
    const left = words[word + Block.count]! - count;
    const columns = columnsOf(level);
    for (let column = 0, first = word + Block.entries; column < columns; column++, first += capacity) {
      for (let at = first + index, end = first + left; at < end; at++) words[at] = words[at + count]!;
    }
    words[word + Block.count] = left;
  }

  /** Copies the entries of `from` from `index` on behind those of `to`, which has space for them. O(entries). */
  append(to: Address, from: Address, level: number, index: number): void {
    const fromWords = this.#segments[from >>> SEGMENT_SHIFT]!;
    const fromWord = (from & SEGMENT_MASK) << 1;
    const toWords = this.#segments[to >>> SEGMENT_SHIFT]!;
    const toWord = (to & SEGMENT_MASK) << 1;
    const fromCapacity = fromWords[fromWord + Block.capacity]!;
    const toCapacity = toWords[toWord + Block.capacity]!;
    const moved = fromWords[fromWord + Block.count]! - index;
    const count = toWords[toWord + Block.count]!;
    const columns = columnsOf(level);
    for (let column = 0; column < columns; column++) {
      const source = fromWord + Block.entries + column * fromCapacity + index;
      const target = toWord + Block.entries + column * toCapacity + count;
      for (let i = 0; i < moved; i++) toWords[target + i] = fromWords[source + i]!;
    }
    toWords[toWord + Block.count] = count + moved;
  }

  /** Removes all entries but the first `count`. O(1). */
  truncate(block: Address, count: number): void {
    this.#segments[block >>> SEGMENT_SHIFT]![((block & SEGMENT_MASK) << 1) + Block.count] = count;
  }

  /** How many elements are below the entries of a branch from `index` to `end`, exclusive. O(end - index). */
  sum(branch: Address, index: number, end: number): number {
    const words = this.#segments[branch >>> SEGMENT_SHIFT]!;
    const word = (branch & SEGMENT_MASK) << 1;
    const spans = word + Block.entries + Column.span * words[word + Block.capacity]!;
    let sum = 0;
    for (let i = index; i < end; i++) sum += words[spans + i]!;
    return sum;
  }
}

function columnsOf(level: number): number {
  return level === 0 ? LEAF_COLUMNS : BRANCH_COLUMNS;
}
