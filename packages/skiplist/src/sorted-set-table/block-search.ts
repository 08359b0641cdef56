import { type Address, type Arena, KEY_LENGTH_MASK, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { compareElements, compareMembers } from './member-order';
import { Block, Column, Element, MAX_LEVELS, Root } from './sorted-set-layout';

/**
 * Searches in the blocks of sorted sets. Each `seek` finds a position and keeps the path to it: `path` has the block of each level, 0
 * for the leaf, and `indexes` the index of the path's entry in each of these blocks. In the leaf, the index may be behind the last entry.
 *
 * Hot: the blocks contain the scores, so a search reads three or four blocks, and elements only where scores are equal. Words are read
 * as signed (`| 0`), because V8 would box unsigned ones (bench sorted-set-table.bench.ts).
 */
export class BlockSearch {
  readonly path = new Uint32Array(MAX_LEVELS + 1);
  readonly indexes = new Uint32Array(MAX_LEVELS + 1);
  readonly #segments: Uint32Array[];

  constructor(arena: Arena) {
    this.#segments = arena.words;
  }

  /**
   * Finds the position for an element with this score (as ScoreWords encodes it) and the member of the element at `address`: the first
   * entry that is not below it. O(log n) expected.
   */
  seek(root: Address, high: number, low: number, address: Address): void {
    const element = address | 0;
    const { path, indexes } = this;
    const segments = this.#segments;
    const rootWords = segments[root >>> SEGMENT_SHIFT]!;
    const rootWord = (root & SEGMENT_MASK) << 1;
    let block = rootWords[rootWord + Root.top]! | 0;
    for (let level = rootWords[rootWord + Root.height]! | 0; level > 0; level--) {
      const words = segments[block >>> SEGMENT_SHIFT]!;
      const word = (block & SEGMENT_MASK) << 1;
      const capacity = words[word + Block.capacity]! | 0;
      const highs = (word + Block.entries) | 0;
      let from = 0;
      let to = words[word + Block.count]! | 0;
      while (to - from > 1) {
        const middle = (from + to) >>> 1;
        const other = words[highs + middle]! | 0;
        if (other < high || (other === high && this.#compareRest(words, highs + middle, capacity, low, element) <= 0))
          from = middle;
        else to = middle;
      }
      path[level] = block;
      indexes[level] = from;
      block = words[highs + Column.child * capacity + from]! | 0;
    }
    const words = segments[block >>> SEGMENT_SHIFT]!;
    const word = (block & SEGMENT_MASK) << 1;
    const capacity = words[word + Block.capacity]! | 0;
    const highs = (word + Block.entries) | 0;
    let from = 0;
    let to = words[word + Block.count]! | 0;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const other = words[highs + middle]! | 0;
      if (other < high || (other === high && this.#compareRest(words, highs + middle, capacity, low, element) < 0))
        from = middle + 1;
      else to = middle;
    }
    path[0] = block;
    indexes[0] = from;
  }

  /** Finds the first entry whose score is not below that of the two words. O(log n) expected. */
  seekScore(root: Address, high: number, low: number): void {
    const { path, indexes } = this;
    const segments = this.#segments;
    const rootWords = segments[root >>> SEGMENT_SHIFT]!;
    const rootWord = (root & SEGMENT_MASK) << 1;
    let block = rootWords[rootWord + Root.top]! | 0;
    for (let level = rootWords[rootWord + Root.height]! | 0; ; level--) {
      const words = segments[block >>> SEGMENT_SHIFT]!;
      const word = (block & SEGMENT_MASK) << 1;
      const capacity = words[word + Block.capacity]! | 0;
      const highs = (word + Block.entries) | 0;
      // The first entry of a branch is not compared: `from` is one behind the last entry that is known to be below.
      let from = level === 0 ? 0 : 1;
      let to = words[word + Block.count]! | 0;
      while (from < to) {
        const middle = (from + to) >>> 1;
        const other = words[highs + middle]! | 0;
        if (other < high || (other === high && (words[highs + capacity + middle]! | 0) < low)) from = middle + 1;
        else to = middle;
      }
      path[level] = block;
      if (level === 0) {
        indexes[0] = from;
        return;
      }
      indexes[level] = from - 1;
      block = words[highs + Column.child * capacity + from - 1]! | 0;
    }
  }

  /**
   * Finds the first entry whose member is not below (with `orEqual`: is above) the member of `length` bytes from word `memberWord` of
   * `member`. Ignores scores, so the result is only defined in a set with one score. O(log n) expected.
   */
  seekMember(root: Address, member: Uint32Array, memberWord: number, length: number, orEqual: boolean): void {
    const { path, indexes } = this;
    const segments = this.#segments;
    const max = orEqual ? 0 : -1;
    const rootWords = segments[root >>> SEGMENT_SHIFT]!;
    const rootWord = (root & SEGMENT_MASK) << 1;
    let block = rootWords[rootWord + Root.top]! | 0;
    for (let level = rootWords[rootWord + Root.height]! | 0; ; level--) {
      const words = segments[block >>> SEGMENT_SHIFT]!;
      const word = (block & SEGMENT_MASK) << 1;
      const capacity = words[word + Block.capacity]! | 0;
      const elements = (word + Block.entries + Column.element * capacity) | 0;
      let from = level === 0 ? 0 : 1;
      let to = words[word + Block.count]! | 0;
      while (from < to) {
        const middle = (from + to) >>> 1;
        const element = words[elements + middle]!;
        const other = segments[element >>> SEGMENT_SHIFT]!;
        const at = (element & SEGMENT_MASK) << 1;
        const otherLength = other[at + Element.length]! & KEY_LENGTH_MASK;
        if (compareMembers(other, at + Element.member, otherLength, member, memberWord, length) <= max)
          from = middle + 1;
        else to = middle;
      }
      path[level] = block;
      if (level === 0) {
        indexes[0] = from;
        return;
      }
      indexes[level] = from - 1;
      block = words[elements + capacity + from - 1]! | 0;
    }
  }

  /** Finds the entry of a rank from 0 to the size of the set. O(log n) expected. */
  seekRank(root: Address, rank: number): void {
    const { path, indexes } = this;
    const segments = this.#segments;
    const rootWords = segments[root >>> SEGMENT_SHIFT]!;
    const rootWord = (root & SEGMENT_MASK) << 1;
    let block = rootWords[rootWord + Root.top]! | 0;
    let left = rank | 0;
    for (let level = rootWords[rootWord + Root.height]! | 0; level > 0; level--) {
      const words = segments[block >>> SEGMENT_SHIFT]!;
      const word = (block & SEGMENT_MASK) << 1;
      const capacity = words[word + Block.capacity]! | 0;
      const spans = (word + Block.entries + Column.span * capacity) | 0;
      const last = ((words[word + Block.count]! | 0) - 1) | 0;
      let entry = 0;
      for (let span = words[spans]! | 0; entry < last && left >= span; span = words[spans + entry]! | 0) {
        left = (left - span) | 0;
        entry++;
      }
      path[level] = block;
      indexes[level] = entry;
      block = words[spans - capacity + entry]! | 0;
    }
    path[0] = block;
    indexes[0] = left;
  }

  /** The rank of the position: how many elements are in front of it. O(log n) expected. */
  rank(root: Address): number {
    const { path, indexes } = this;
    const segments = this.#segments;
    let rank = indexes[0]!;
    const height = segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.height]!;
    for (let level = 1; level <= height; level++) {
      const branch = path[level]!;
      const words = segments[branch >>> SEGMENT_SHIFT]!;
      const word = (branch & SEGMENT_MASK) << 1;
      const spans = word + Block.entries + Column.span * words[word + Block.capacity]!;
      for (let at = spans + indexes[level]! - 1; at >= spans; at--) rank += words[at]!;
    }
    return rank;
  }

  /** Finds an element of the set. O(log n) expected. @throws Error when the element is not in the set */
  seekElement(root: Address, element: Address): void {
    const words = this.#segments[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    this.seek(root, words[word + Element.scoreHigh]! | 0, words[word + Element.scoreLow]! | 0, element);
    if (this.#entry(this.indexes[0]!) !== element) throw new Error('the element is not in this sorted set');
  }

  /** Finds the end: the position behind the last element. O(log n) expected. */
  seekEnd(root: Address): void {
    this.seekRank(root, this.#segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.size]!);
  }

  /** The element at the position, or 0 at the end. Behind the last entry of a leaf, moves to the next leaf. O(1); O(log n) then. */
  element(root: Address): Address {
    return this.#entry(this.indexes[0]!) || (this.#toNextLeaf(root, 1) ? this.#entry(0) : 0);
  }

  /** Moves to the element in front of the position and returns it; returns 0, and stays, if there is none. O(1); O(log n) at the start of a leaf. */
  stepBack(root: Address): Address {
    if (this.indexes[0] === 0 && !this.#toNextLeaf(root, -1)) return 0;
    return this.#entry(--this.indexes[0]!);
  }

  /** Moves from an element to the next one and returns it, or 0 if there is none. O(1); O(log n) at the end of a leaf. */
  step(root: Address): Address {
    this.indexes[0]!++;
    return this.element(root);
  }

  /**
   * Writes the element at the position and those behind it (`by` -1: in front of it) to `into`, up to `max` of them. Moves to the last one
   * written and returns how many were written. There has to be an element at the position. O(result); O(log n) at the end of a leaf.
   *
   * Hot: the elements of a leaf are adjacent in memory, so one loop copies them.
   */
  read(root: Address, into: Uint32Array, max: number, by: 1 | -1): number {
    const { path, indexes } = this;
    const segments = this.#segments;
    let read = 0;
    for (;;) {
      const leaf = path[0]! | 0;
      const words = segments[leaf >>> SEGMENT_SHIFT]!;
      const word = (leaf & SEGMENT_MASK) << 1;
      const elements = (word + Block.entries + Column.element * (words[word + Block.capacity]! | 0)) | 0;
      const entry = indexes[0]! | 0;
      const inLeaf = by > 0 ? ((words[word + Block.count]! | 0) - entry) | 0 : (entry + 1) | 0;
      const taken = Math.min(max - read, inLeaf) | 0;
      let at = (elements + entry) | 0;
      for (let i = 0; i < taken; i++, at = (at + by) | 0) into[read + i] = words[at]!;
      read = (read + taken) | 0;
      indexes[0] = entry + by * (taken - 1);
      if (read === max || !this.#toNextLeaf(root, by)) return read;
      if (by < 0) indexes[0]!--;
    }
  }

  /** The element of an entry of the leaf, or 0 if there is no such entry. */
  #entry(index: number): Address {
    const leaf = this.path[0]!;
    const words = this.#segments[leaf >>> SEGMENT_SHIFT]!;
    const word = (leaf & SEGMENT_MASK) << 1;
    if (index >= words[word + Block.count]!) return 0;
    return words[word + Block.entries + Column.element * words[word + Block.capacity]! + index]!;
  }

  /** Moves to the start of the next leaf, or with -1 to the end of the previous one. Returns false, and stays, if there is none. */
  #toNextLeaf(root: Address, by: 1 | -1): boolean {
    const { path, indexes } = this;
    const segments = this.#segments;
    const height = segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.height]!;
    let level = 1;
    while (level <= height && !this.#hasEntry(level, indexes[level]! + by)) level++;
    if (level > height) return false;
    indexes[level]! += by;
    for (; level > 0; level--) {
      const branch = path[level]!;
      const words = segments[branch >>> SEGMENT_SHIFT]!;
      const word = (branch & SEGMENT_MASK) << 1;
      const children = word + Block.entries + Column.child * words[word + Block.capacity]!;
      const child = words[children + indexes[level]!]!;
      const count = segments[child >>> SEGMENT_SHIFT]![((child & SEGMENT_MASK) << 1) + Block.count]!;
      path[level - 1] = child;
      // Backwards, the position is behind the last entry of the leaf, and at the last entry of each branch.
      indexes[level - 1] = by > 0 ? 0 : level === 1 ? count : count - 1;
    }
    return true;
  }

  #hasEntry(level: number, index: number): boolean {
    const block = this.path[level]!;
    return index >= 0 && index < this.#segments[block >>> SEGMENT_SHIFT]![((block & SEGMENT_MASK) << 1) + Block.count]!;
  }

  /** Compares an entry whose high word equals that of the score; `at` is the position of that word. */
  #compareRest(words: Uint32Array, at: number, capacity: number, low: number, element: Address): number {
    const other = words[at + capacity]! | 0;
    if (other !== low) return other < low ? -1 : 1;
    const found = words[at + Column.element * capacity]! | 0;
    return found === element ? 0 : compareElements(this.#segments, found >>> 0, element >>> 0);
  }
}
