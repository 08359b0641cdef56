import type { EvictionReason } from './cache-options';

/**
 * What has left a cache and was not announced yet. A cache changes first and announces then, so that the callback finds it consistent and
 * may use it. If the callback throws, the departures behind it are announced by the next call that changes the cache.
 */
export class Departures<K, V> {
  readonly #onEvict: (key: K, value: V, reason: EvictionReason) => void;
  #waiting: { key: K; value: V; reason: EvictionReason }[] = [];
  #announced = 0;

  constructor(onEvict: (key: K, value: V, reason: EvictionReason) => void) {
    this.#onEvict = onEvict;
  }

  /** Notes that an entry has left. O(1). */
  add(key: K, value: V, reason: EvictionReason): void {
    this.#waiting.push({ key, value, reason });
  }

  /** Calls back for each that waits, oldest first; throws what the callback throws. */
  announce(): void {
    while (this.#announced < this.#waiting.length) {
      const { key, value, reason } = this.#waiting[this.#announced++]!;
      if (this.#announced === this.#waiting.length) {
        this.#waiting = [];
        this.#announced = 0;
      }
      this.#onEvict(key, value, reason);
    }
  }
}
