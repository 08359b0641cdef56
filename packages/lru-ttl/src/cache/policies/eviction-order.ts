/** A policy: it learns what happens to slots, and says which has to go. */
export interface EvictionOrder {
  /** A new entry was put into a slot. */
  add(slot: number): void;
  /** Value and deadline of an entry were set again. */
  replace(slot: number): void;
  /** The entry of a slot was read. */
  use(slot: number): void;
  /** The entry of a slot is about to leave. */
  remove(slot: number): void;
  /** The slot that has to go, not `kept`; there is one. */
  victim(kept: number): number;
  /** Makes room for slots up to `capacity`. */
  resize(capacity: number): void;
}
