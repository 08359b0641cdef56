import { type Address, type Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { compareElements } from './member-order';
import { Element, Root, TALL, TOP_SHIFT, TOP_SLOT } from './sorted-set-layout';

/**
 * The order of sorted sets: a skip list (Pugh 1990) through the elements' records whose links know how many ranks they span.
 * It never allocates or frees a record. `seek` finds the way to a place, and keeps it for the `link` or `unlink` that follows.
 */
export class RankedLinks {
  private readonly words: Uint32Array[];
  /** By slot: the last element (or the root) before the place that was sought. */
  private readonly path = new Uint32Array(TOP_SLOT + 1);
  /** By slot: how many elements there are up to that of the path, itself included. */
  private readonly passed = new Uint32Array(TOP_SLOT + 1);

  constructor(arena: Arena) {
    this.words = arena.words;
  }

  /** The top slot of an element's tower. O(1). */
  topOf(element: Address): number {
    const words = this.words[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    const top = words[word + Element.length]! >>> TOP_SHIFT;
    return top < TALL ? top : words[word - 2 * TALL + 1]!;
  }

  /**
   * Finds the way to where an element of this score (as ScoreWords has it) and the member of `element` stands or would stand.
   * O(log n) expected.
   *
   * Hot: every step is one load of a link with its span, one of the high half of a score, one signed comparison; what only equal scores
   * need is out of the way, so that the loop's variables stay in registers. Addresses are signed in here (`| 0`), because V8 would box
   * an unsigned one in a variable that comes from a parameter (bench sorted-set-table.bench.ts).
   */
  seek(root: Address, high: number, low: number, element: Address): void {
    const { words: segments, path, passed } = this;
    let node = root | 0;
    let nodeWords = segments[node >>> SEGMENT_SHIFT]!;
    let nodeWord = (node & SEGMENT_MASK) << 1;
    let rank = 0;
    for (let slot = nodeWords[nodeWord + Root.top]! | 0; slot >= 0; slot = (slot - 1) | 0) {
      let link = (nodeWord - (slot << 1)) | 0;
      let next = nodeWords[link]! | 0;
      let span = nodeWords[(link + 1) | 0]! | 0;
      while (next !== 0) {
        const words = segments[next >>> SEGMENT_SHIFT]!;
        const word = (next & SEGMENT_MASK) << 1;
        const nextHigh = words[word + Element.scoreHigh]! | 0;
        if (nextHigh >= high) {
          if (nextHigh > high) break;
          const nextLow = words[word + Element.scoreLow]! | 0;
          if (nextLow > low || (nextLow === low && !this.hasLowerMember(next, element))) break;
        }
        rank = (rank + (slot === 0 ? 1 : span)) | 0;
        node = next;
        nodeWords = words;
        nodeWord = word;
        link = (word - (slot << 1)) | 0;
        next = words[link]! | 0;
        span = words[(link + 1) | 0]! | 0;
      }
      path[slot] = node;
      passed[slot] = rank;
    }
  }

  /** `seek` of an element that is in the set. Throws, and nothing has changed, if it is in none or in another one. O(log n), O(1) for the first. */
  seekElement(root: Address, element: Address): void {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const rootWord = (root & SEGMENT_MASK) << 1;
    if (rootWords[rootWord + Root.first] === element) {
      this.seekStart(root);
      return;
    }
    const words = this.words[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    this.seek(root, words[word + Element.scoreHigh]! | 0, words[word + Element.scoreLow]! | 0, element);
    const before = this.path[0]!;
    if (this.words[before >>> SEGMENT_SHIFT]![(before & SEGMENT_MASK) << 1] !== element) {
      throw new Error('the element is not in this sorted set');
    }
  }

  /** Makes the way end before the first element. O(levels). */
  seekStart(root: Address): void {
    this.path.fill(root);
    this.passed.fill(0);
  }

  /** Links an element, whose tower and member are in its record, to where the way ends. O(levels). */
  link(root: Address, element: Address): void {
    const { path, passed } = this;
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const rootWord = (root & SEGMENT_MASK) << 1;
    const words = this.words[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    const top = this.topOf(element);
    if (top > rootWords[rootWord + Root.top]!) this.raise(root, top);
    const position = passed[0]!;
    for (let slot = 1; slot <= top; slot++) {
      if (slot === TALL) continue;
      const before = path[slot]!;
      const beforeWords = this.words[before >>> SEGMENT_SHIFT]!;
      const link = ((before & SEGMENT_MASK) << 1) - (slot << 1);
      const distance = position - passed[slot]!;
      words[word - (slot << 1)] = beforeWords[link]!;
      words[word - (slot << 1) + 1] = beforeWords[link + 1]! - distance;
      beforeWords[link] = element;
      beforeWords[link + 1] = distance + 1;
    }
    this.stretch(root, top + 1, 1);
    const before = path[0]!;
    const beforeWords = this.words[before >>> SEGMENT_SHIFT]!;
    const beforeWord = (before & SEGMENT_MASK) << 1;
    const next = beforeWords[beforeWord]!;
    words[word + Element.forward] = next;
    words[word + Element.backward] = before === root ? 0 : before;
    beforeWords[beforeWord] = element;
    this.setBackward(root, next, element);
    rootWords[rootWord + Root.size]!++;
  }

  /** `link` that leaves the way behind the new element: for building a set in order. O(levels). */
  append(root: Address, element: Address): void {
    this.link(root, element);
    const position = this.passed[0]! + 1;
    for (let slot = this.topOf(element); slot >= 0; slot--) {
      this.path[slot] = element;
      this.passed[slot] = position;
    }
  }

  /** Takes out the element behind the end of the way, and answers it: there must be one. The way stays. O(levels). */
  unlinkNext(root: Address): Address {
    const { path } = this;
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const rootWord = (root & SEGMENT_MASK) << 1;
    const before = path[0]!;
    const beforeWords = this.words[before >>> SEGMENT_SHIFT]!;
    const beforeWord = (before & SEGMENT_MASK) << 1;
    const element = beforeWords[beforeWord]!;
    const words = this.words[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    const top = this.topOf(element);
    for (let slot = 1; slot <= top; slot++) {
      if (slot === TALL) continue;
      const upper = path[slot]!;
      const upperWords = this.words[upper >>> SEGMENT_SHIFT]!;
      const link = ((upper & SEGMENT_MASK) << 1) - (slot << 1);
      upperWords[link] = words[word - (slot << 1)]!;
      upperWords[link + 1]! += words[word - (slot << 1) + 1]! - 1;
    }
    this.stretch(root, top + 1, -1);
    const next = words[word]!;
    beforeWords[beforeWord] = next;
    this.setBackward(root, next, before === root ? 0 : before);
    rootWords[rootWord + Root.size]!--;
    let highest = rootWords[rootWord + Root.top]!;
    while (highest > 0 && rootWords[rootWord - (highest << 1)] === 0) highest--;
    rootWords[rootWord + Root.top] = highest;
    return element;
  }

  private hasLowerMember(element: Address, other: Address): boolean {
    return compareElements(this.words, element, other) < 0;
  }

  /** Gives the root links of the levels up to `top`, which no element has had so far; the way goes there too. */
  private raise(root: Address, top: number): void {
    const words = this.words[root >>> SEGMENT_SHIFT]!;
    const word = (root & SEGMENT_MASK) << 1;
    for (let slot = words[word + Root.top]! + 1; slot <= top; slot++) {
      words[word - (slot << 1)] = 0;
      words[word - (slot << 1) + 1] = words[word + Root.size]!;
      this.path[slot] = root;
      this.passed[slot] = 0;
    }
    words[word + Root.top] = top;
  }

  /** Adds to the spans of the way's links from slot `from` up, which pass over the element that comes or goes. */
  private stretch(root: Address, from: number, by: number): void {
    const top = this.words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.top]!;
    for (let slot = from; slot <= top; slot++) {
      if (slot === TALL) continue;
      const node = this.path[slot]!;
      this.words[node >>> SEGMENT_SHIFT]![((node & SEGMENT_MASK) << 1) - (slot << 1) + 1]! += by;
    }
  }

  private setBackward(root: Address, next: Address, before: Address): void {
    if (next !== 0) {
      this.words[next >>> SEGMENT_SHIFT]![((next & SEGMENT_MASK) << 1) + Element.backward] = before;
    } else {
      this.words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.last] = before;
    }
  }
}
