import { FrequencyCounter } from '../../eviction/frequency-counter';
import type { EvictionOrder } from './eviction-order';
import type { SlotSampler } from './slot-sampler';

/** More find rarer victims, and take longer. */
const SAMPLES = 10;

/** `lfu`: of ten entries by chance, the one goes that was used least often and lately, by the counter that the server uses too. */
export class FrequencyOrder implements EvictionOrder {
  readonly #sampler: SlotSampler;
  readonly #counter: FrequencyCounter;
  readonly #now: () => number;
  #uses: Uint32Array;

  constructor(sampler: SlotSampler, capacity: number, random: () => number, now: () => number) {
    this.#sampler = sampler;
    this.#counter = new FrequencyCounter(() => random() * 2 ** 32);
    this.#now = now;
    this.#uses = new Uint32Array(capacity + 1);
  }

  /** A new entry counts as used a few times. */
  add(slot: number): void {
    this.#uses[slot] = this.#counter.advance(this.#now());
  }

  /** Setting an entry again is a use. */
  replace(slot: number): void {
    this.use(slot);
  }

  use(slot: number): void {
    this.#counter.advance(this.#now());
    this.#uses[slot] = this.#counter.afterUse(this.#uses[slot]!);
  }

  remove(): void {}

  /** O(1). */
  victim(kept: number): number {
    this.#counter.advance(this.#now());
    let rarest = 0;
    let fewest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < SAMPLES; i++) {
      const slot = this.#sampler.draw(kept);
      const count = this.#counter.countOf(this.#uses[slot]!);
      if (count < fewest) {
        fewest = count;
        rarest = slot;
      }
    }
    return rarest;
  }

  resize(capacity: number): void {
    const uses = new Uint32Array(capacity + 1);
    uses.set(this.#uses);
    this.#uses = uses;
  }
}
