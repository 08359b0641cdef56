import type { EvictionOrder } from './eviction-order';
import type { SlotSampler } from './slot-sampler';

/** `random`: any entry goes. */
export class RandomOrder implements EvictionOrder {
  readonly #sampler: SlotSampler;

  constructor(sampler: SlotSampler) {
    this.#sampler = sampler;
  }

  add(): void {}

  replace(): void {}

  use(): void {}

  remove(): void {}

  /** O(1). */
  victim(kept: number): number {
    return this.#sampler.draw(kept);
  }

  resize(): void {}
}
