import type { Address, RecordMover } from '@nanoredis/intrusive-ds';
import type { Encoding } from './entry';
import type { ValueVisitor } from './value-visitor';

/**
 * What the keyspace needs of a type whose values are stored outside their entries. One store serves all values of its type:
 * a value is an address, and the encoding in its entry says how to read the memory there.
 */
export interface ValueStore {
  /** Frees a value. O(elements). */
  free(value: Address, encoding: Encoding): void;
  /**
   * Frees about `budget` elements of a value that is out of reach. Returns whether all of it is freed; until then the value
   * may only be passed to this method. O(budget).
   */
  freeSome(value: Address, encoding: Encoding, budget: number): boolean;
  /** About how many records freeing the value takes, which decides whether it is worth doing later. O(1). */
  freeEffort(value: Address, encoding: Encoding): number;
  /**
   * A copy of a value; it is the caller's. O(elements).
   * @throws ArenaFullError when the arena is full; nothing is allocated then.
   */
  copy(value: Address, encoding: Encoding): Address;
  /**
   * Bytes that the value takes in the arena: exact if the store counts them, else estimated from `samples` of its elements
   * (0: all of them). O(samples).
   */
  memoryOf(value: Address, encoding: Encoding, samples: number): number;
  /** How many elements, members or fields a walk visits. O(1). */
  count(value: Address, encoding: Encoding): number;
  /**
   * Visits about `budget` elements of a value, in the order in which they are serialised. All elements are visited once if
   * each call gets the cursor that the one before has returned. The value must not change in between. Uses no view or
   * cursor of the store that a command may be using. O(budget).
   * @param cursor 0 to begin.
   * @returns the next cursor; 0 at the end.
   */
  walk(value: Address, encoding: Encoding, cursor: number, budget: number, visitor: ValueVisitor): number;
  /**
   * Moves the record that a value is named by, and what belongs to it whatever the number of elements, if it is in sparse memory.
   * Returns the address of the value, which may be new. O(1), O(bytes) for a value that is one record.
   */
  moveRoot(value: Address, encoding: Encoding, mover: RecordMover): Address;
  /**
   * Moves records of some `budget` elements that are in sparse memory. All elements that are there all the time are looked at once or
   * more if each call gets the cursor that the one before has returned, even if the value changes in between. O(budget).
   * @param cursor 0 to begin.
   * @returns the next cursor; 0 at the end, and at once for a value that is one record.
   */
  moveElements(value: Address, encoding: Encoding, cursor: number, budget: number, mover: RecordMover): number;
}
