import type { Address, Arena } from '@nanoredis/intrusive-ds';
import { BlockSearch } from './block-search';

/**
 * A place in a set of a SortedSetTable: goes from element to element in order, or against it. It holds until the set changes, and allocates
 * nothing.
 */
export class ElementCursor {
  /** The element that the cursor is at, or 0. */
  element: Address = 0;
  readonly #search: BlockSearch;
  #root: Address = 0;
  /** Whether `search` is at the element: most elements are looked at, and their neighbours are not. */
  #isSought = false;

  /** A cursor for the sets of all tables in an arena. */
  constructor(arena: Arena) {
    this.#search = new BlockSearch(arena);
  }

  /** Goes to an element of a set, which the caller has found, or to none if it is 0. O(1); the first step from there is O(log n). */
  toElement(root: Address, element: Address): Address {
    this.#root = root;
    this.element = element;
    this.#isSought = false;
    return element;
  }

  /** Goes to the element of a rank from 0 up to but not including the size of the set, and answers it. O(log n) expected. */
  toRank(root: Address, rank: number): Address {
    this.#root = root;
    this.#search.seekRank(root, rank);
    this.element = this.#search.element(root);
    this.#isSought = true;
    return this.element;
  }

  /** Goes to the next element and answers it; 0 if there is none. O(1) amortised. Throws if the set does not have the current element. */
  next(): Address {
    if (this.element === 0) return 0;
    this.#seek();
    this.element = this.#search.step(this.#root);
    return this.element;
  }

  /** Goes to the element before and answers it; 0 if there is none. O(1) amortised. Throws if the set does not have the current element. */
  previous(): Address {
    if (this.element === 0) return 0;
    this.#seek();
    this.element = this.#search.stepBack(this.#root);
    return this.element;
  }

  /**
   * Writes the current element and those behind it to `into`, up to `most` of them or as many as that holds, and goes to the last that it
   * has written; answers how many. For ranges: a third of the time of one `next` for each. O(answer) amortised. Throws like `next`.
   */
  readForward(into: Uint32Array, most: number): number {
    return this.#read(into, most, 1);
  }

  /** Like `readForward`, for the current element and those in front of it: the last in order comes first. */
  readBackward(into: Uint32Array, most: number): number {
    return this.#read(into, most, -1);
  }

  #read(into: Uint32Array, most: number, by: 1 | -1): number {
    if (this.element === 0 || most < 1) return 0;
    this.#seek();
    const read = this.#search.read(this.#root, into, Math.min(most, into.length), by);
    this.element = into[read - 1]!;
    return read;
  }

  #seek(): void {
    if (!this.#isSought) this.#search.seekElement(this.#root, this.element);
    this.#isSought = true;
  }
}
