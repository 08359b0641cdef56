import {
  type Address,
  type Arena,
  type HashTable,
  moveTable,
  type RecordMover,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';
import { BlockRecords } from './block-records';
import { BlockSearch } from './block-search';
import { Column, Root } from './sorted-set-layout';

/** Moves records of sorted sets out of sparse memory: elements, blocks, and the root with its hash table. */
export class ElementMoves {
  readonly #words: Uint32Array[];
  readonly #arena: Arena;
  readonly #table: HashTable;
  readonly #search: BlockSearch;
  readonly #blocks: BlockRecords;

  /** `table` is the hash table of the members. */
  constructor(arena: Arena, table: HashTable) {
    this.#words = arena.words;
    this.#arena = arena;
    this.#table = table;
    this.#search = new BlockSearch(arena);
    this.#blocks = new BlockRecords(arena);
  }

  /** Moves the root of a set and the root of its hash table. Returns the address of the root, which may be new. O(1). */
  moveRoot(root: Address, mover: RecordMover): Address {
    this.#setRoot(root, Root.table, moveTable(this.#arena, this.#rootWord(root, Root.table), mover));
    return mover.move(root);
  }

  /**
   * Moves about `budget` elements from a rank on, and the blocks that contain them. Returns the next rank, or 0 after the last element.
   * O(budget + log n).
   */
  moveFrom(root: Address, rank: number, budget: number, mover: RecordMover): number {
    const size = this.#rootWord(root, Root.size);
    let next = rank;
    for (const end = Math.min(size, rank + budget); next < end; ) next += this.#moveLeaf(root, next, mover);
    if (size === 0) this.#moveBlocks(root, 0, mover);
    return next >= size ? 0 : next;
  }

  /** Moves the leaf of a rank, the blocks above it, and its elements from the rank on. Returns how many elements these are. */
  #moveLeaf(root: Address, rank: number, mover: RecordMover): number {
    const search = this.#search;
    const blocks = this.#blocks;
    this.#moveBlocks(root, rank, mover);
    const leaf = search.path[0]!;
    const first = search.indexes[0]!;
    const count = blocks.count(leaf);
    const table = this.#rootWord(root, Root.table);
    for (let index = first; index < count; index++) {
      const element = blocks.get(leaf, Column.element, index);
      const fresh = mover.copyOf(element);
      if (fresh === 0) continue;
      this.#table.replace(table, element, fresh);
      blocks.set(leaf, Column.element, index, fresh);
      if (index === 0) this.#updateFirst(root, fresh);
      mover.free(element);
    }
    return count - first;
  }

  /** Seeks a rank and moves the blocks of the path, from the top down. */
  #moveBlocks(root: Address, rank: number, mover: RecordMover): void {
    const { path, indexes } = this.#search;
    this.#search.seekRank(root, rank);
    const height = this.#rootWord(root, Root.height);
    for (let level = height; level >= 0; level--) {
      const fresh = mover.move(path[level]!);
      if (fresh === path[level]) continue;
      path[level] = fresh;
      if (level === height) this.#setRoot(root, Root.top, fresh);
      else this.#blocks.set(path[level + 1]!, Column.child, indexes[level + 1]!, fresh);
    }
  }

  /** Updates the branch that has the address of the leaf's first element, if there is one. */
  #updateFirst(root: Address, fresh: Address): void {
    const { path, indexes } = this.#search;
    const height = this.#rootWord(root, Root.height);
    let level = 1;
    while (level <= height && indexes[level] === 0) level++;
    if (level <= height) this.#blocks.set(path[level]!, Column.element, indexes[level]!, fresh);
  }

  #rootWord(root: Address, word: Root): number {
    return this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + word]!;
  }

  #setRoot(root: Address, word: Root, value: number): void {
    this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + word] = value;
  }
}
