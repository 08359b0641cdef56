import type { SlotList } from '../slot-list';
import type { EvictionOrder } from './eviction-order';

/** `lru`: the entry goes that was not read or set for longest. The list is its order, so there is nothing else to keep. */
export class RecencyOrder implements EvictionOrder {
  readonly #slots: SlotList;

  constructor(slots: SlotList) {
    this.#slots = slots;
  }

  add(): void {}

  replace(slot: number): void {
    this.#slots.moveToFirst(slot);
  }

  use(slot: number): void {
    this.#slots.moveToFirst(slot);
  }

  remove(): void {}

  /** O(1). What is kept was just set, so it is last only where it is alone. */
  victim(): number {
    return this.#slots.last;
  }

  resize(): void {}
}
