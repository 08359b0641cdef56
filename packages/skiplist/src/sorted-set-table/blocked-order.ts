import { type Address, type Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { BlockRecords } from './block-records';
import { BlockSearch } from './block-search';
import { compareElements } from './member-order';
import { Column, LEVEL_BITS, MAX_LEVELS, Root } from './sorted-set-layout';

/** A leaf of up to so many entries is joined with a neighbour that has space for them. */
const MAX_JOINED_ENTRIES = 8;

/** Unused entries of a new block. */
const SLACK = 4;

/**
 * The order of sorted sets: a blocked skip list (Golovin, The B-Skip-List, 2010) with an entry for each element. Elements are raised to
 * higher levels at random. The entries of a level between two raised ones are in one block, so a search halves arrays instead of following
 * links, and finds the scores in them. Branches have the number of elements below each of their entries, which gives ranks.
 *
 * When an element is removed, the one behind it takes over its levels, because joining the blocks on both sides could need memory.
 * Changes are made at the position that `search` has found last.
 */
export class BlockedOrder {
  readonly search: BlockSearch;
  /** The elements that `remove` has removed; valid until its next call. */
  removed = new Uint32Array(64);
  readonly #segments: Uint32Array[];
  readonly #blocks: BlockRecords;
  readonly #randomUint32: () => number;

  constructor(arena: Arena, randomUint32: () => number) {
    this.#segments = arena.words;
    this.search = new BlockSearch(arena);
    this.#blocks = new BlockRecords(arena);
    this.#randomUint32 = randomUint32;
  }

  /** Gives a root an empty leaf. O(1). @throws ArenaFullError when there is no memory */
  begin(root: Address): void {
    this.#setRoot(root, Root.top, this.#blocks.create(0, SLACK));
    this.#setRoot(root, Root.height, 0);
  }

  /** Frees the last leaf of an empty set. O(1). */
  end(root: Address): void {
    this.#blocks.free(this.#rootWord(root, Root.top));
  }

  /**
   * Allocates what `insert` at the position needs: a larger leaf, or 0 if the present one has space. The caller owns it until `insert`. O(1).
   * @throws ArenaFullError when there is no memory
   */
  reserve(): Address {
    const count = this.#blocks.count(this.search.path[0]!);
    return count < this.#blocks.capacity(this.search.path[0]!) ? 0 : this.#blocks.create(0, grown(count));
  }

  /** Inserts an element with this score at the position. `larger` is the result of `reserve`. O(log n) expected. */
  insert(root: Address, high: number, low: number, element: Address, larger: Address): void {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, indexes } = search;
    const leaf = larger === 0 ? path[0]! : this.#resize(root, 0, larger);
    const index = indexes[0]!;
    blocks.open(leaf, 0, index);
    blocks.set(leaf, Column.high, index, high);
    blocks.set(leaf, Column.low, index, low);
    blocks.set(leaf, Column.element, index, element);
    this.#count(root, 1);
    const random = this.#randomUint32();
    if ((random & ((1 << LEVEL_BITS) - 1)) === 0) this.#raise(root, random);
  }

  /**
   * Removes the element at the position and those behind it in the same leaf, up to `max`. Returns how many, and leaves them in `removed`.
   * Needs no memory. O(log n + leaf).
   */
  remove(root: Address, max: number): number {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, indexes } = search;
    const leaf = path[0]!;
    const index = indexes[0]!;
    const count = Math.min(max, blocks.count(leaf) - index);
    if (count > this.removed.length) this.removed = new Uint32Array(2 * count);
    for (let i = 0; i < count; i++) this.removed[i] = blocks.get(leaf, Column.element, index + i);
    blocks.close(leaf, 0, index, count);
    this.#count(root, -count);
    const left = blocks.count(leaf);
    if (this.#rootWord(root, Root.size) === 0) this.#lower(root, 0);
    else if (left === 0) this.#dropEmpty(root);
    else {
      if (index === 0) this.#updateFirst(root, 0);
      if (left <= MAX_JOINED_ENTRIES) this.#join(root);
      else if (left * 4 <= blocks.capacity(leaf)) this.#shrink(root, 0);
    }
    return count;
  }

  /**
   * Whether the element at the position can have this score without moving, according to the entries on both sides. False at the ends of
   * a leaf, where one of them is missing. O(1).
   */
  fits(high: number, low: number, element: Address): boolean {
    const { search } = this;
    const blocks = this.#blocks;
    const leaf = search.path[0]!;
    const index = search.indexes[0]!;
    if (index === 0 || index + 1 >= blocks.count(leaf)) return false;
    return (
      this.#compare(leaf, index - 1, high, low, element) < 0 && this.#compare(leaf, index + 1, high, low, element) > 0
    );
  }

  /** Gives the element at the position another score that keeps the order. O(1); O(log n) for the first of a leaf. */
  rescore(root: Address, high: number, low: number): void {
    const { path, indexes } = this.search;
    this.#blocks.set(path[0]!, Column.high, indexes[0]!, high);
    this.#blocks.set(path[0]!, Column.low, indexes[0]!, low);
    if (indexes[0] === 0) this.#updateFirst(root, 0);
  }

  /**
   * Removes up to `max` of the last elements, all of one leaf, for a set that is destroyed in steps. Calls `visit` with each, from the last
   * one on, and returns how many there were. O(elements + log n).
   */
  removeLast(root: Address, max: number, visit: (element: Address) => void): number {
    const { search } = this;
    const blocks = this.#blocks;
    search.seekEnd(root);
    const leaf = search.path[0]!;
    const count = Math.min(max, search.indexes[0]!);
    const left = search.indexes[0]! - count;
    for (let index = search.indexes[0]! - 1; index >= left; index--) visit(blocks.get(leaf, Column.element, index));
    blocks.truncate(leaf, left);
    this.#count(root, -count);
    search.indexes[0] = left;
    if (this.#rootWord(root, Root.size) === 0) this.#lower(root, 0);
    else if (left === 0) this.#dropEmpty(root);
    return count;
  }

  /** Compares an entry of a leaf with an element, as if that had this score. */
  #compare(leaf: Address, index: number, high: number, low: number, element: Address): number {
    const otherHigh = this.#blocks.get(leaf, Column.high, index) | 0;
    if (otherHigh !== high) return otherHigh < high ? -1 : 1;
    const otherLow = this.#blocks.get(leaf, Column.low, index) | 0;
    if (otherLow !== low) return otherLow < low ? -1 : 1;
    return compareElements(this.#segments, this.#blocks.get(leaf, Column.element, index), element);
  }

  /** Adds to the size of the set, and to the counts in the branches of the path. */
  #count(root: Address, by: number): void {
    const { path, indexes } = this.search;
    const height = this.#rootWord(root, Root.height);
    for (let level = 1; level <= height; level++) {
      const branch = path[level]!;
      const entry = indexes[level]!;
      this.#blocks.set(branch, Column.span, entry, this.#blocks.get(branch, Column.span, entry) + by);
    }
    this.#setRoot(root, Root.size, this.#rootWord(root, Root.size) + by);
  }

  /** Raises the element at the position by a random number of levels, as far as there is memory. */
  #raise(root: Address, random: number): void {
    // One level for each group of zero bits at the end of the number.
    const levels = random === 0 ? MAX_LEVELS : Math.trunc((31 - Math.clz32(random & -random)) / LEVEL_BITS);
    for (let level = 0; level < levels && level < MAX_LEVELS; level++) if (!this.#split(root, level)) return;
  }

  /**
   * Splits the block of a level at the position, which becomes the first of the right block. Returns false, and changes nothing, if it is
   * already the first of its block, or if there is no memory; a missing split only affects speed.
   */
  #split(root: Address, level: number): boolean {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, indexes } = search;
    const at = indexes[level]!;
    if (at === 0) return false;
    const left = path[level]!;
    const moved = blocks.count(left) - at;
    const right = blocks.tryCreate(level, moved + SLACK);
    if (right === 0) return false;
    if (!this.#ensureSpace(root, level + 1)) {
      blocks.free(right);
      return false;
    }
    const branch = path[level + 1]!;
    const entry = indexes[level + 1]!;
    blocks.append(right, left, level, at);
    blocks.truncate(left, at);
    const span = level === 0 ? moved : blocks.sum(right, 0, moved);
    blocks.open(branch, level + 1, entry + 1);
    blocks.set(branch, Column.high, entry + 1, blocks.get(right, Column.high, 0));
    blocks.set(branch, Column.low, entry + 1, blocks.get(right, Column.low, 0));
    blocks.set(branch, Column.element, entry + 1, blocks.get(right, Column.element, 0));
    blocks.set(branch, Column.child, entry + 1, right);
    blocks.set(branch, Column.span, entry + 1, span);
    blocks.set(branch, Column.span, entry, blocks.get(branch, Column.span, entry) - span);
    if (at * 2 <= blocks.capacity(left)) this.#shrink(root, level);
    path[level] = right;
    indexes[level] = 0;
    indexes[level + 1] = entry + 1;
    return true;
  }

  /** Makes space for an entry in the branch of a level, which may have to be created. Returns false if there is no memory. */
  #ensureSpace(root: Address, level: number): boolean {
    const { search } = this;
    const blocks = this.#blocks;
    const height = this.#rootWord(root, Root.height);
    if (level <= height) {
      const branch = search.path[level]!;
      const count = blocks.count(branch);
      if (count < blocks.capacity(branch)) return true;
      const fresh = blocks.tryCreate(level, grown(count));
      if (fresh !== 0) this.#resize(root, level, fresh);
      return fresh !== 0;
    }
    const branch = blocks.tryCreate(level, SLACK);
    if (branch === 0) return false;
    blocks.truncate(branch, 1);
    blocks.set(branch, Column.child, 0, this.#rootWord(root, Root.top));
    blocks.set(branch, Column.span, 0, this.#rootWord(root, Root.size));
    search.path[level] = branch;
    search.indexes[level] = 0;
    this.#setRoot(root, Root.top, branch);
    this.#setRoot(root, Root.height, level);
    return true;
  }

  /** Moves the block of a level to a smaller record, if there is memory. */
  #shrink(root: Address, level: number): void {
    const fresh = this.#blocks.tryCreate(level, grown(this.#blocks.count(this.search.path[level]!)));
    if (fresh !== 0) this.#resize(root, level, fresh);
  }

  /** Replaces the path's block of a level by a new block with its entries, and returns the new one. */
  #resize(root: Address, level: number, fresh: Address): Address {
    const { search } = this;
    const blocks = this.#blocks;
    const old = search.path[level]!;
    blocks.append(fresh, old, level, 0);
    blocks.free(old);
    search.path[level] = fresh;
    if (level === this.#rootWord(root, Root.height)) this.#setRoot(root, Root.top, fresh);
    else blocks.set(search.path[level + 1]!, Column.child, search.indexes[level + 1]!, fresh);
    return fresh;
  }

  /** Updates the branch above: the block of a level has another first entry, or this has another score. */
  #updateFirst(root: Address, level: number): void {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, indexes } = search;
    const height = this.#rootWord(root, Root.height);
    let above = level + 1;
    while (above <= height && indexes[above] === 0) above++;
    if (above > height) return;
    const block = path[level]!;
    const branch = path[above]!;
    const entry = indexes[above]!;
    blocks.set(branch, Column.high, entry, blocks.get(block, Column.high, 0));
    blocks.set(branch, Column.low, entry, blocks.get(block, Column.low, 0));
    blocks.set(branch, Column.element, entry, blocks.get(block, Column.element, 0));
  }

  /** Frees the path's leaf, which is empty and not the only one, and the branches that become empty. */
  #dropEmpty(root: Address): void {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, indexes } = search;
    for (let level = 0; ; level++) {
      blocks.free(path[level]!);
      const branch = path[level + 1]!;
      const entry = indexes[level + 1]!;
      blocks.close(branch, level + 1, entry, 1);
      if (blocks.count(branch) === 0) continue;
      if (entry === 0) this.#updateFirst(root, level + 1);
      break;
    }
    this.#lower(root, 1);
  }

  /** Joins the path's leaf with the one in front of it or behind it, if both are in one branch and fit into one leaf. */
  #join(root: Address): void {
    const { search } = this;
    const blocks = this.#blocks;
    if (this.#rootWord(root, Root.height) === 0) return;
    const branch = search.path[1]!;
    const entry = Math.max(search.indexes[1]!, 1);
    if (entry >= blocks.count(branch)) return;
    const left = blocks.get(branch, Column.child, entry - 1);
    const right = blocks.get(branch, Column.child, entry);
    if (blocks.count(left) + blocks.count(right) > blocks.capacity(left)) return;
    blocks.append(left, right, 0, 0);
    blocks.free(right);
    const span = blocks.get(branch, Column.span, entry - 1) + blocks.get(branch, Column.span, entry);
    blocks.set(branch, Column.span, entry - 1, span);
    blocks.close(branch, 1, entry, 1);
    this.#lower(root, 1);
  }

  /** Removes the highest level while it has only one entry (`max` is 1), or all levels above the path's leaf (`max` is 0). */
  #lower(root: Address, max: number): void {
    const blocks = this.#blocks;
    let height = this.#rootWord(root, Root.height);
    let top = this.#rootWord(root, Root.top);
    while (height > 0 && (max === 0 || blocks.count(top) <= max)) {
      const child = blocks.get(top, Column.child, 0);
      blocks.free(top);
      top = child;
      height--;
    }
    this.#setRoot(root, Root.height, height);
    this.#setRoot(root, Root.top, top);
  }

  #rootWord(root: Address, word: Root): number {
    return this.#segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + word]!;
  }

  #setRoot(root: Address, word: Root, value: number): void {
    this.#segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + word] = value;
  }
}

/** Capacity of a block of `count` entries that grows. */
function grown(count: number): number {
  return count + (count >>> 3) + SLACK;
}
