/** What a new thing counts, so that it has the time to be used before it goes: LFU_INIT_VAL of Redis. */
const INITIAL_COUNT = 5;
const COUNT_BITS = 8;
const MOST = 2 ** COUNT_BITS - 1;
const MINUTES_MASK = 0xffff;
const MINUTE_MS = 60_000;

/**
 * Redis' logarithmic counter of uses: 24 bits tell how often something was used, and lately.
 *
 * ```
 *  23                    8 7             0
 * +-----------------------+---------------+
 * | minute of the last use|     count     |
 * +-----------------------+---------------+
 * ```
 * A use adds 1 with the probability 1 / ((count - 5) * logFactor + 1), so that 255 stands for a million uses at a factor of 10; the count
 * falls by 1 for every `decayMinutes` without use. Minutes begin anew after 45 days. The rules are those of redis-server's evict.c (Morris
 * 1978 counts in the same manner).
 */
export class FrequencyCounter {
  /** How much rarer the next step is with each count: lfu-log-factor, 0 or more. */
  logFactor = 10;
  /** Minutes without use that take 1 away: lfu-decay-time; 0 for never. */
  decayMinutes = 1;
  /** What a new thing gets now. */
  fresh = INITIAL_COUNT;
  readonly #randomUint32: () => number;
  #minute = 0;

  /** @param randomUint32 gives uniform unsigned 32-bit numbers. */
  constructor(randomUint32: () => number) {
    this.#randomUint32 = randomUint32;
  }

  /** Moves the counter's time; returns what a new thing gets now. O(1). */
  advance(nowMs: number): number {
    this.#minute = Math.floor(nowMs / MINUTE_MS) & MINUTES_MASK;
    this.fresh = (this.#minute << COUNT_BITS) | INITIAL_COUNT;
    return this.fresh;
  }

  /** The count of a thing now, 0 to 255. O(1). */
  countOf(access: number): number {
    const count = access & MOST;
    if (this.decayMinutes === 0) return count;
    const unused = (this.#minute - (access >>> COUNT_BITS)) & MINUTES_MASK;
    return Math.max(0, count - Math.floor(unused / this.decayMinutes));
  }

  /** What stands in place of `access` after a use now. O(1), at most one random number. */
  afterUse(access: number): number {
    const count = this.countOf(access);
    return (this.#minute << COUNT_BITS) | (count < MOST && this.#isDrawn(count) ? count + 1 : count);
  }

  #isDrawn(count: number): boolean {
    const rarity = Math.max(0, count - INITIAL_COUNT) * this.logFactor + 1;
    return rarity === 1 || (this.#randomUint32() >>> 0) * rarity < 2 ** 32;
  }
}
