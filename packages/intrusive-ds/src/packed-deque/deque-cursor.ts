import type { Address } from '../arena/address';

/**
 * A position in a packed deque: on an element, behind the last, or before the first. One cursor can be used for any number of seeks.
 * It stays valid while the deque changes only through it.
 */
export class DequeCursor {
  root: Address = 0;
  /** The node of the element; 0 beyond either end. */
  node: Address = 0;
  /** Where the element begins in its node, in bytes. */
  position = 0;
  /** The index of the element; the count of elements when behind the last, -1 when before the first. */
  index = 0;
}
