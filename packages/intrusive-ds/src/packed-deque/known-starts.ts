import type { Address } from '../arena/address';
import { Block } from './deque-records';

/**
 * The starts of the elements that the last step back through a node has passed, so that the next steps back find theirs here. One walk
 * serves a block of elements, whether they are popped from the back or iterated over. A change of any node clears it.
 */
export class KnownStarts {
  readonly #starts = new Int32Array(1 << Block.shift);
  #node: Address = 0;
  /** Which start was returned last, and the end of its element. */
  #index = 0;
  #end = 0;

  /** Where the element in front of `end` begins, or -1 if that is not known. O(1). */
  before(node: Address, end: number): number {
    if (node !== this.#node) return -1;
    const start = this.#starts[this.#index]!;
    if (end === this.#end) return start;
    if (end !== start || this.#index === 0) return -1;
    this.#end = end;
    this.#index--;
    return this.#starts[this.#index]!;
  }

  /** Begins to record the starts of a node. O(1). */
  begin(node: Address): void {
    this.#node = node;
    this.#index = -1;
  }

  /** Records the next start. O(1). */
  add(start: number): void {
    this.#starts[++this.#index] = start;
  }

  /** Ends recording: the last start is that of the element in front of `end`. O(1). */
  finish(end: number): void {
    this.#end = end;
  }

  /** Forgets all starts. O(1). */
  clear(): void {
    this.#node = 0;
  }
}
