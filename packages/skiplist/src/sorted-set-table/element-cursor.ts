import type { Address, Arena } from '@nanoredis/intrusive-ds';
import { BlockSearch } from './block-search';

/**
 * A position in a set of a SortedSetTable, which moves from element to element, forwards or backwards. It is valid until the set changes, and
 * allocates nothing.
 */
export class ElementCursor {
  /** The element that the cursor is at, or 0. */
  element: Address = 0;
  readonly #search: BlockSearch;
  #root: Address = 0;
  /** Whether `search` has found the element: it is only sought for its neighbours, which most callers do not need. */
  #isSought = false;

  /** Creates a cursor for the sets of all tables in an arena. */
  constructor(arena: Arena) {
    this.#search = new BlockSearch(arena);
  }

  /** Moves to an element of a set, which the caller has found, or to none if it is 0. O(1); the first step from there is O(log n). */
  toElement(root: Address, element: Address): Address {
    this.#root = root;
    this.element = element;
    this.#isSought = false;
    return element;
  }

  /** Moves to the element of a rank, which is below the size of the set, and returns it. O(log n) expected. */
  toRank(root: Address, rank: number): Address {
    this.#root = root;
    this.#search.seekRank(root, rank);
    this.element = this.#search.element(root);
    this.#isSought = true;
    return this.element;
  }

  /**
   * Moves to the next element and returns it; 0 if there is none. O(1) amortized.
   * @throws Error when the current element is not in the set
   */
  next(): Address {
    if (this.element === 0) return 0;
    this.#seek();
    this.element = this.#search.step(this.#root);
    return this.element;
  }

  /**
   * Moves to the previous element and returns it; 0 if there is none. O(1) amortized.
   * @throws Error when the current element is not in the set
   */
  previous(): Address {
    if (this.element === 0) return 0;
    this.#seek();
    this.element = this.#search.stepBack(this.#root);
    return this.element;
  }

  /**
   * Writes the current element and those behind it to `into`, up to `max` of them or as many as fit. Moves to the last one written and
   * returns how many were written. For ranges, because it is faster than one `next` for each element. O(result) amortized.
   * @throws Error when the current element is not in the set
   */
  readForward(into: Uint32Array, max: number): number {
    return this.#read(into, max, 1);
  }

  /** Like `readForward`, for the current element and those in front of it, in descending order. */
  readBackward(into: Uint32Array, max: number): number {
    return this.#read(into, max, -1);
  }

  #read(into: Uint32Array, max: number, by: 1 | -1): number {
    if (this.element === 0 || max < 1) return 0;
    this.#seek();
    const read = this.#search.read(this.#root, into, Math.min(max, into.length), by);
    this.element = into[read - 1]!;
    return read;
  }

  #seek(): void {
    if (!this.#isSought) this.#search.seekElement(this.#root, this.element);
    this.#isSought = true;
  }
}
