import type { SlotList } from '../slot-list';

/** Draws from a cache that is nearly empty again are given up after so many. */
const MOST_DRAWS = 32;

/** Draws occupied slots by chance. */
export class SlotSampler {
  readonly #slots: SlotList;
  readonly #random: () => number;

  constructor(slots: SlotList, random: () => number) {
    this.#slots = slots;
    this.#random = random;
  }

  /** An occupied slot that is not `kept`; there must be one. All have the same chance, unless most slots are free. O(1). */
  draw(kept: number): number {
    const slots = this.#slots;
    for (let draws = 0; draws < MOST_DRAWS; draws++) {
      const slot = 1 + Math.floor(this.#random() * slots.top);
      if (slot !== kept && slots.has(slot)) return slot;
    }
    const { last } = slots;
    return last === kept ? slots.previous(last) : last;
  }
}
