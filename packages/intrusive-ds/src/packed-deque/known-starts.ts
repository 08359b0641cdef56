import type { Address } from '../arena/address';
import { Block } from './deque-records';

/**
 * Where the elements begin that the last step back through a node has walked over, so that the next steps need no walk: one walk
 * serves a block of elements, whether they are popped from the back or iterated over. A change of any node makes it forget.
 */
export class KnownStarts {
  private readonly starts = new Int32Array(1 << Block.shift);
  private node: Address = 0;
  /** Which start was answered last, and the end of its element. */
  private index = 0;
  private end = 0;

  /** Where the element in front of `end` begins, or -1 if that is not known. O(1). */
  before(node: Address, end: number): number {
    if (node !== this.node) return -1;
    const start = this.starts[this.index]!;
    if (end === this.end) return start;
    if (end !== start || this.index === 0) return -1;
    this.end = end;
    this.index--;
    return this.starts[this.index]!;
  }

  /** Begins to learn the starts of a node. O(1). */
  begin(node: Address): void {
    this.node = node;
    this.index = -1;
  }

  /** Learns the next start. O(1). */
  add(start: number): void {
    this.starts[++this.index] = start;
  }

  /** Ends learning: the last start is that of the element in front of `end`. O(1). */
  finish(end: number): void {
    this.end = end;
  }

  /** Forgets everything. O(1). */
  forget(): void {
    this.node = 0;
  }
}
