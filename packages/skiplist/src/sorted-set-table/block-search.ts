import { type Address, type Arena, KEY_LENGTH_MASK, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { compareElements, compareMembers } from './member-order';
import { Block, Column, Element, MOST_LEVELS, Root } from './sorted-set-layout';

/**
 * Searches of the blocks of sorted sets. Each `seek` finds a place, and keeps the way to it: `path` has the block of each level, 0 for
 * the leaf, and `turns` the index of the entry in it that the way takes; in the leaf it may be behind the last one.
 *
 * Hot: scores stand in the blocks, so that a search reads three or four of them and no element, unless scores are equal. Words are
 * signed in here (`| 0`), because V8 would box unsigned ones (bench sorted-set-table.bench.ts).
 */
export class BlockSearch {
  readonly path = new Uint32Array(MOST_LEVELS + 1);
  readonly turns = new Uint32Array(MOST_LEVELS + 1);
  readonly #segments: Uint32Array[];

  constructor(arena: Arena) {
    this.#segments = arena.words;
  }

  /**
   * Goes to where an element of this score (as ScoreWords has it) and the member of the element at `address` stands or would stand: to the first entry
   * that is not below it. O(log n) expected.
   */
  seek(root: Address, high: number, low: number, address: Address): void {
    const element = address | 0;
    const { path, turns } = this;
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
      turns[level] = from;
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
    turns[0] = from;
  }

  /** Goes to the first entry whose score is not below that of the two words. O(log n) expected. */
  seekScore(root: Address, high: number, low: number): void {
    const { path, turns } = this;
    const segments = this.#segments;
    const rootWords = segments[root >>> SEGMENT_SHIFT]!;
    const rootWord = (root & SEGMENT_MASK) << 1;
    let block = rootWords[rootWord + Root.top]! | 0;
    for (let level = rootWords[rootWord + Root.height]! | 0; ; level--) {
      const words = segments[block >>> SEGMENT_SHIFT]!;
      const word = (block & SEGMENT_MASK) << 1;
      const capacity = words[word + Block.capacity]! | 0;
      const highs = (word + Block.entries) | 0;
      // The first entry of a branch is not asked: `from` is one behind the last entry that is known to be below.
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
        turns[0] = from;
        return;
      }
      turns[level] = from - 1;
      block = words[highs + Column.child * capacity + from - 1]! | 0;
    }
  }

  /**
   * Goes to the first entry whose member is not below (`orEqual`: is above) the one of `length` bytes from word `word` of `member`; scores
   * are not looked at, so that the place means something only in a set with one score. O(log n) expected.
   */
  seekMember(root: Address, member: Uint32Array, memberWord: number, length: number, orEqual: boolean): void {
    const { path, turns } = this;
    const segments = this.#segments;
    const most = orEqual ? 0 : -1;
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
        if (compareMembers(other, at + Element.member, otherLength, member, memberWord, length) <= most)
          from = middle + 1;
        else to = middle;
      }
      path[level] = block;
      if (level === 0) {
        turns[0] = from;
        return;
      }
      turns[level] = from - 1;
      block = words[elements + capacity + from - 1]! | 0;
    }
  }

  /** Goes to the entry of a rank from 0 to the set's size. O(log n) expected. */
  seekRank(root: Address, rank: number): void {
    const { path, turns } = this;
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
      let turn = 0;
      for (let span = words[spans]! | 0; turn < last && left >= span; span = words[spans + turn]! | 0) {
        left = (left - span) | 0;
        turn++;
      }
      path[level] = block;
      turns[level] = turn;
      block = words[spans - capacity + turn]! | 0;
    }
    path[0] = block;
    turns[0] = left;
  }

  /** The rank of the place: how many elements are in front of it. O(log n) expected. */
  rank(root: Address): number {
    const { path, turns } = this;
    const segments = this.#segments;
    let rank = turns[0]!;
    const height = segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.height]!;
    for (let level = 1; level <= height; level++) {
      const branch = path[level]!;
      const words = segments[branch >>> SEGMENT_SHIFT]!;
      const word = (branch & SEGMENT_MASK) << 1;
      const spans = word + Block.entries + Column.span * words[word + Block.capacity]!;
      for (let at = spans + turns[level]! - 1; at >= spans; at--) rank += words[at]!;
    }
    return rank;
  }

  /** Goes to an element of the set. Throws if it is in none or in another one. O(log n) expected. */
  seekElement(root: Address, element: Address): void {
    const words = this.#segments[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    this.seek(root, words[word + Element.scoreHigh]! | 0, words[word + Element.scoreLow]! | 0, element);
    if (this.#entry(this.turns[0]!) !== element) throw new Error('the element is not in this sorted set');
  }

  /** Goes behind the last element. O(log n) expected. */
  seekEnd(root: Address): void {
    this.seekRank(root, this.#segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.size]!);
  }

  /** The element at the place, or 0 at the end. Of a place behind the last entry of a leaf, it is the first of the next one. O(1), O(log n) there. */
  element(root: Address): Address {
    return this.#entry(this.turns[0]!) || (this.#toNextLeaf(root, 1) ? this.#entry(0) : 0);
  }

  /** Goes to the element in front of the place, and answers it; 0, and stays, if there is none. O(1), O(log n) at the end of a leaf. */
  stepBack(root: Address): Address {
    if (this.turns[0] === 0 && !this.#toNextLeaf(root, -1)) return 0;
    return this.#entry(--this.turns[0]!);
  }

  /** Goes on to the next element, and answers it; the place must be at one. 0 if there is none. O(1), O(log n) at the end of a leaf. */
  step(root: Address): Address {
    this.turns[0]!++;
    return this.element(root);
  }

  /**
   * Writes the element at the place, which there is, and those behind it (`by` -1: in front of it) to `into`, up to `most` of them, and
   * goes to the last that it has written; answers how many. O(answer), O(log n) at the end of a leaf.
   *
   * Hot: a run of a leaf is a run of memory, which a step for each element does not know.
   */
  read(root: Address, into: Uint32Array, most: number, by: 1 | -1): number {
    const { path, turns } = this;
    const segments = this.#segments;
    let read = 0;
    for (;;) {
      const leaf = path[0]! | 0;
      const words = segments[leaf >>> SEGMENT_SHIFT]!;
      const word = (leaf & SEGMENT_MASK) << 1;
      const elements = (word + Block.entries + Column.element * (words[word + Block.capacity]! | 0)) | 0;
      const turn = turns[0]! | 0;
      const inLeaf = by > 0 ? ((words[word + Block.count]! | 0) - turn) | 0 : (turn + 1) | 0;
      const taken = Math.min(most - read, inLeaf) | 0;
      let at = (elements + turn) | 0;
      for (let i = 0; i < taken; i++, at = (at + by) | 0) into[read + i] = words[at]!;
      read = (read + taken) | 0;
      turns[0] = turn + by * (taken - 1);
      if (read === most || !this.#toNextLeaf(root, by)) return read;
      if (by < 0) turns[0]!--;
    }
  }

  /** The element of an entry of the leaf, or 0 if it has no such entry. */
  #entry(index: number): Address {
    const leaf = this.path[0]!;
    const words = this.#segments[leaf >>> SEGMENT_SHIFT]!;
    const word = (leaf & SEGMENT_MASK) << 1;
    if (index >= words[word + Block.count]!) return 0;
    return words[word + Block.entries + Column.element * words[word + Block.capacity]! + index]!;
  }

  /** Goes to the start of the next leaf, or with -1 to the end of the one before; answers whether there is one, and stays if not. */
  #toNextLeaf(root: Address, by: 1 | -1): boolean {
    const { path, turns } = this;
    const segments = this.#segments;
    const height = segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.height]!;
    let level = 1;
    while (level <= height && !this.#hasEntry(level, turns[level]! + by)) level++;
    if (level > height) return false;
    turns[level]! += by;
    for (; level > 0; level--) {
      const branch = path[level]!;
      const words = segments[branch >>> SEGMENT_SHIFT]!;
      const word = (branch & SEGMENT_MASK) << 1;
      const children = word + Block.entries + Column.child * words[word + Block.capacity]!;
      const child = words[children + turns[level]!]!;
      const count = segments[child >>> SEGMENT_SHIFT]![((child & SEGMENT_MASK) << 1) + Block.count]!;
      path[level - 1] = child;
      // Going back ends behind the last entry of a leaf, but at the last entry of a branch.
      turns[level - 1] = by > 0 ? 0 : level === 1 ? count : count - 1;
    }
    return true;
  }

  #hasEntry(level: number, index: number): boolean {
    const block = this.path[level]!;
    return index >= 0 && index < this.#segments[block >>> SEGMENT_SHIFT]![((block & SEGMENT_MASK) << 1) + Block.count]!;
  }

  /** Compares an entry whose high word is equal with what is sought; `at` is the word of its high half. */
  #compareRest(words: Uint32Array, at: number, capacity: number, low: number, element: Address): number {
    const other = words[at + capacity]! | 0;
    if (other !== low) return other < low ? -1 : 1;
    const found = words[at + Column.element * capacity]! | 0;
    return found === element ? 0 : compareElements(this.#segments, found >>> 0, element >>> 0);
  }
}
