import type { SlotList } from '../slot-list';
import type { EvictionOrder } from './eviction-order';

/**
 * `sieve`: a hand goes from the oldest entry to the newest, spares those that were read since it came by last, and stops at the first that
 * was not. A read marks an entry and moves nothing (Zhang et al., SIEVE is Simpler than LRU, NSDI 2024).
 *
 * ```
 * newest | read | | read | read | | oldest
 *                            ^ hand: spares this one and unmarks it, the next one goes      <--- the hand moves
 * ```
 */
export class SieveOrder implements EvictionOrder {
  readonly #slots: SlotList;
  #isRead: Uint8Array;
  #hand = 0;

  constructor(slots: SlotList) {
    this.#slots = slots;
    this.#isRead = new Uint8Array(slots.capacity + 1);
  }

  add(slot: number): void {
    this.#isRead[slot] = 0;
  }

  /** Setting an entry again counts as reading it. */
  replace(slot: number): void {
    this.#isRead[slot] = 1;
  }

  use(slot: number): void {
    this.#isRead[slot] = 1;
  }

  remove(slot: number): void {
    if (this.#hand === slot) this.#hand = this.#slots.previous(slot);
  }

  /** O(1) amortized: each step unmarks an entry that was read. */
  victim(kept: number): number {
    const slots = this.#slots;
    const isRead = this.#isRead;
    let slot = this.#hand;
    for (;;) {
      if (slot === 0) slot = slots.last;
      if (slot !== kept && isRead[slot] === 0) break;
      isRead[slot] = 0;
      slot = slots.previous(slot);
    }
    this.#hand = slot;
    return slot;
  }

  resize(capacity: number): void {
    const isRead = new Uint8Array(capacity + 1);
    isRead.set(this.#isRead);
    this.#isRead = isRead;
  }
}
