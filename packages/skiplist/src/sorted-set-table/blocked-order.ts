import { type Address, type Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { BlockRecords } from './block-records';
import { BlockSearch } from './block-search';
import { compareElements } from './member-order';
import { Column, LEVEL_BITS, MOST_LEVELS, Root } from './sorted-set-layout';

/** A leaf of so few entries joins a neighbour that has room for them. */
const FEW = 8;

/** Entries that a block has room for beyond those it gets. */
const SLACK = 4;

/**
 * The order of sorted sets: a blocked skip list (Golovin, The B-Skip-List, 2010) with an entry for each element. Chance raises elements
 * to higher levels; what stands on a level between two raised ones lies in one block, so that a search halves arrays where it would follow
 * links, and finds the scores in them. Branches know how many elements are below each of their entries, which gives ranks.
 *
 * An element that goes leaves its levels to the one behind it, because joining the blocks on its two sides may need memory. Changes work
 * at the place that `search` has found last.
 */
export class BlockedOrder {
  readonly search: BlockSearch;
  /** The elements that `remove` has taken out; valid until the next call. */
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

  /** Gives a root its first leaf, which is empty. O(1). Throws ArenaFullError. */
  begin(root: Address): void {
    this.#setRoot(root, Root.top, this.#blocks.create(0, SLACK));
    this.#setRoot(root, Root.height, 0);
  }

  /** Frees the last leaf of a set from which all elements have been taken. O(1). */
  end(root: Address): void {
    this.#blocks.free(this.#rootWord(root, Root.top));
  }

  /** What `insert` at the place needs: a larger leaf, or 0 if that of the place has room; the caller's until `insert`. O(1). Throws ArenaFullError. */
  reserve(): Address {
    const count = this.#blocks.count(this.search.path[0]!);
    return count < this.#blocks.capacity(this.search.path[0]!) ? 0 : this.#blocks.create(0, grown(count));
  }

  /** Puts an element with this score to the place, and counts it; `room` is from `reserve`. O(log n) expected. */
  insert(root: Address, high: number, low: number, element: Address, room: Address): void {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, turns } = search;
    const leaf = room === 0 ? path[0]! : this.#resize(root, 0, room);
    const index = turns[0]!;
    blocks.open(leaf, 0, index);
    blocks.set(leaf, Column.high, index, high);
    blocks.set(leaf, Column.low, index, low);
    blocks.set(leaf, Column.element, index, element);
    this.#count(root, 1);
    const random = this.#randomUint32();
    if ((random & ((1 << LEVEL_BITS) - 1)) === 0) this.#raise(root, random);
  }

  /**
   * Takes out the element at the place and those behind it in the same leaf, `most` at most; answers how many these are, and leaves them in
   * `removed`. Needs no memory. O(log n + leaf).
   */
  remove(root: Address, most: number): number {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, turns } = search;
    const leaf = path[0]!;
    const index = turns[0]!;
    const count = Math.min(most, blocks.count(leaf) - index);
    if (count > this.removed.length) this.removed = new Uint32Array(2 * count);
    for (let i = 0; i < count; i++) this.removed[i] = blocks.get(leaf, Column.element, index + i);
    blocks.close(leaf, 0, index, count);
    this.#count(root, -count);
    const left = blocks.count(leaf);
    if (this.#rootWord(root, Root.size) === 0) this.#lower(root, 0);
    else if (left === 0) this.#dropEmpty(root);
    else {
      if (index === 0) this.#renew(root, 0);
      if (left <= FEW) this.#join(root);
      else if (left * 4 <= blocks.capacity(leaf)) this.#shrink(root, 0);
    }
    return count;
  }

  /**
   * Whether the element at the place may have this score where it stands, as the entries on both sides tell; false at the ends of a leaf,
   * where one is missing. O(1).
   */
  fits(high: number, low: number, element: Address): boolean {
    const { search } = this;
    const blocks = this.#blocks;
    const leaf = search.path[0]!;
    const index = search.turns[0]!;
    if (index === 0 || index + 1 >= blocks.count(leaf)) return false;
    return (
      this.#compare(leaf, index - 1, high, low, element) < 0 && this.#compare(leaf, index + 1, high, low, element) > 0
    );
  }

  /** Gives the element at the place another score, with which it stays between its neighbours. O(1) but for the first of a block. */
  rescore(root: Address, high: number, low: number): void {
    const { path, turns } = this.search;
    this.#blocks.set(path[0]!, Column.high, turns[0]!, high);
    this.#blocks.set(path[0]!, Column.low, turns[0]!, low);
    if (turns[0] === 0) this.#renew(root, 0);
  }

  /**
   * Takes out the last elements, `most` at most of one leaf, for a set that is destroyed bit by bit: calls `visit` with each, from the last
   * one on, and answers how many they were. O(elements + log n).
   */
  removeLast(root: Address, most: number, visit: (element: Address) => void): number {
    const { search } = this;
    const blocks = this.#blocks;
    search.seekEnd(root);
    const leaf = search.path[0]!;
    const count = Math.min(most, search.turns[0]!);
    const left = search.turns[0]! - count;
    for (let index = search.turns[0]! - 1; index >= left; index--) visit(blocks.get(leaf, Column.element, index));
    blocks.truncate(leaf, left);
    this.#count(root, -count);
    search.turns[0] = left;
    if (this.#rootWord(root, Root.size) === 0) this.#lower(root, 0);
    else if (left === 0) this.#dropEmpty(root);
    return count;
  }

  /** Compares an entry of a leaf with an element that had this score. */
  #compare(leaf: Address, index: number, high: number, low: number, element: Address): number {
    const otherHigh = this.#blocks.get(leaf, Column.high, index) | 0;
    if (otherHigh !== high) return otherHigh < high ? -1 : 1;
    const otherLow = this.#blocks.get(leaf, Column.low, index) | 0;
    if (otherLow !== low) return otherLow < low ? -1 : 1;
    return compareElements(this.#segments, this.#blocks.get(leaf, Column.element, index), element);
  }

  /** Adds to the size of the set, and to what the branches of the way have below them. */
  #count(root: Address, by: number): void {
    const { path, turns } = this.search;
    const height = this.#rootWord(root, Root.height);
    for (let level = 1; level <= height; level++) {
      const branch = path[level]!;
      const turn = turns[level]!;
      this.#blocks.set(branch, Column.span, turn, this.#blocks.get(branch, Column.span, turn) + by);
    }
    this.#setRoot(root, Root.size, this.#rootWord(root, Root.size) + by);
  }

  /** Raises the element at the place by as many levels as chance, and memory, let it. */
  #raise(root: Address, random: number): void {
    // One level for each group of zero bits at the end of the number.
    const levels = random === 0 ? MOST_LEVELS : Math.trunc((31 - Math.clz32(random & -random)) / LEVEL_BITS);
    for (let level = 0; level < levels && level < MOST_LEVELS; level++) if (!this.#split(root, level)) return;
  }

  /**
   * Cuts the block of a level in two at the place, which becomes the first of the right one. Answers whether it has: not if it is the first
   * already, or if there is no memory; then the set is as good as it was, but for speed.
   */
  #split(root: Address, level: number): boolean {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, turns } = search;
    const at = turns[level]!;
    if (at === 0) return false;
    const left = path[level]!;
    const moved = blocks.count(left) - at;
    const right = blocks.tryCreate(level, moved + SLACK);
    if (right === 0) return false;
    if (!this.#makeRoom(root, level + 1)) {
      blocks.free(right);
      return false;
    }
    const branch = path[level + 1]!;
    const turn = turns[level + 1]!;
    blocks.append(right, left, level, at);
    blocks.truncate(left, at);
    const span = level === 0 ? moved : blocks.sum(right, 0, moved);
    blocks.open(branch, level + 1, turn + 1);
    blocks.set(branch, Column.high, turn + 1, blocks.get(right, Column.high, 0));
    blocks.set(branch, Column.low, turn + 1, blocks.get(right, Column.low, 0));
    blocks.set(branch, Column.element, turn + 1, blocks.get(right, Column.element, 0));
    blocks.set(branch, Column.child, turn + 1, right);
    blocks.set(branch, Column.span, turn + 1, span);
    blocks.set(branch, Column.span, turn, blocks.get(branch, Column.span, turn) - span);
    if (at * 2 <= blocks.capacity(left)) this.#shrink(root, level);
    path[level] = right;
    turns[level] = 0;
    turns[level + 1] = turn + 1;
    return true;
  }

  /** Sees to it that the branch of a level, which may not be there yet, has room for an entry. Answers whether it has. */
  #makeRoom(root: Address, level: number): boolean {
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
    search.turns[level] = 0;
    this.#setRoot(root, Root.top, branch);
    this.#setRoot(root, Root.height, level);
    return true;
  }

  /** Moves the block of a level to a record with less room, if there is memory. */
  #shrink(root: Address, level: number): void {
    const fresh = this.#blocks.tryCreate(level, grown(this.#blocks.count(this.search.path[level]!)));
    if (fresh !== 0) this.#resize(root, level, fresh);
  }

  /** Moves the entries of the way's block of a level to a new block, which takes its place, and answers that. */
  #resize(root: Address, level: number, fresh: Address): Address {
    const { search } = this;
    const blocks = this.#blocks;
    const old = search.path[level]!;
    blocks.append(fresh, old, level, 0);
    blocks.free(old);
    search.path[level] = fresh;
    if (level === this.#rootWord(root, Root.height)) this.#setRoot(root, Root.top, fresh);
    else blocks.set(search.path[level + 1]!, Column.child, search.turns[level + 1]!, fresh);
    return fresh;
  }

  /** Tells the branch above that the block of a level has another first entry, or that this has another score. */
  #renew(root: Address, level: number): void {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, turns } = search;
    const height = this.#rootWord(root, Root.height);
    let above = level + 1;
    while (above <= height && turns[above] === 0) above++;
    if (above > height) return;
    const block = path[level]!;
    const branch = path[above]!;
    const turn = turns[above]!;
    blocks.set(branch, Column.high, turn, blocks.get(block, Column.high, 0));
    blocks.set(branch, Column.low, turn, blocks.get(block, Column.low, 0));
    blocks.set(branch, Column.element, turn, blocks.get(block, Column.element, 0));
  }

  /** Takes the leaf of the way, which is empty and not the only one, out of the branch above, and that too where it is empty then. */
  #dropEmpty(root: Address): void {
    const { search } = this;
    const blocks = this.#blocks;
    const { path, turns } = search;
    for (let level = 0; ; level++) {
      blocks.free(path[level]!);
      const branch = path[level + 1]!;
      const turn = turns[level + 1]!;
      blocks.close(branch, level + 1, turn, 1);
      if (blocks.count(branch) === 0) continue;
      if (turn === 0) this.#renew(root, level + 1);
      break;
    }
    this.#lower(root, 1);
  }

  /** Appends the leaf of the way to the one in front, or the one behind to it, where they have the branch above in common and there is room. */
  #join(root: Address): void {
    const { search } = this;
    const blocks = this.#blocks;
    if (this.#rootWord(root, Root.height) === 0) return;
    const branch = search.path[1]!;
    const turn = Math.max(search.turns[1]!, 1);
    if (turn >= blocks.count(branch)) return;
    const left = blocks.get(branch, Column.child, turn - 1);
    const right = blocks.get(branch, Column.child, turn);
    if (blocks.count(left) + blocks.count(right) > blocks.capacity(left)) return;
    blocks.append(left, right, 0, 0);
    blocks.free(right);
    const span = blocks.get(branch, Column.span, turn - 1) + blocks.get(branch, Column.span, turn);
    blocks.set(branch, Column.span, turn - 1, span);
    blocks.close(branch, 1, turn, 1);
    this.#lower(root, 1);
  }

  /** Takes away the highest level as long as it has fewer than two entries (`most` is 1), or all levels above the leaf of the way (0). */
  #lower(root: Address, most: number): void {
    const blocks = this.#blocks;
    let height = this.#rootWord(root, Root.height);
    let top = this.#rootWord(root, Root.top);
    while (height > 0 && (most === 0 || blocks.count(top) <= most)) {
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

/** Room for a block of `count` entries that grows. */
function grown(count: number): number {
  return count + (count >>> 3) + SLACK;
}
