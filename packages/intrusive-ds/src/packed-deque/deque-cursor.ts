import type { Address } from '../arena/address';

/**
 * A place in a packed deque: on an element, behind the last, or before the first. Make one and seek as often as you like. It holds
 * while the deque changes only through it.
 */
export class DequeCursor {
  root: Address = 0;
  /** The node of the element; 0 beyond either end. */
  node: Address = 0;
  /** Where the element begins in its node. */
  position = 0;
  /** The element's index from the front; the count of elements behind the last, -1 before the first. */
  index = 0;
}
