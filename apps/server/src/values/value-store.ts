import type { Address, RecordMover } from '@nanoredis/intrusive-ds';
import type { Encoding } from './entry';
import type { ValueVisitor } from './value-visitor';

/**
 * What the keyspace asks of a type whose values lie outside their entries. One store serves all values of its type: a value
 * is an address, and its encoding, which stands in its entry, says how to read what is there.
 */
export interface ValueStore {
  /** Gives the memory of a value back. O(elements). */
  free(value: Address, encoding: Encoding): void;
  /**
   * Gives back about `budget` elements of a value that nobody can reach any more. Returns whether all of it is gone; until
   * then the value may only be given to this method. O(budget).
   */
  freeSome(value: Address, encoding: Encoding, budget: number): boolean;
  /** Records that freeing the value takes, roughly: what decides whether it is worth doing later. O(1). */
  freeEffort(value: Address, encoding: Encoding): number;
  /**
   * A copy of a value; it is the caller's. O(elements).
   * @throws ArenaFullError, and nothing is left behind then.
   */
  copy(value: Address, encoding: Encoding): Address;
  /**
   * Bytes that the value takes in the arena: exact where a store keeps count, else from `samples` of its elements (0: of
   * all of them). O(samples).
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
