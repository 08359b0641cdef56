/** What caches without deadlines share, as an empty array takes 200 bytes too. */
const NONE = new Float64Array(0);

/** When the entry of each slot is over, in milliseconds of the cache's clock. Takes memory from the first deadline on: 8 bytes a slot. */
export class Deadlines {
  /** Whether there has been a deadline, so that a cache without pays one comparison. */
  any = false;
  #times = NONE;
  #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The deadline of a slot; Infinity for none. O(1). */
  of(slot: number): number {
    return this.any ? this.#times[slot]! : Number.POSITIVE_INFINITY;
  }

  /** Sets the deadline of a slot, or takes it away: Infinity. O(1), the first time O(capacity). */
  set(slot: number, deadlineMs: number): void {
    if (!this.any) {
      if (deadlineMs === Number.POSITIVE_INFINITY) return;
      this.any = true;
      this.resize(this.#capacity);
    }
    this.#times[slot] = deadlineMs;
  }

  /** Makes room for slots up to `capacity`. O(capacity). */
  resize(capacity: number): void {
    this.#capacity = capacity;
    if (!this.any) return;
    const times = new Float64Array(capacity + 1).fill(Number.POSITIVE_INFINITY);
    times.set(this.#times);
    this.#times = times;
  }
}
