import { FrequencyCounter, RecencyClock } from '@nanoredis/lru-ttl';
import { ACCESS_MASK } from '../values/entry';

/**
 * The meaning of the 24 access bits of entries: the time of the last use (`recency`), or a count of uses (`frequency`)
 * under an LFU policy. All databases share one.
 */
export class AccessTracker {
  readonly recency: RecencyClock;
  readonly frequency: FrequencyCounter;
  /** The access bits of an entry that is used for the first time now. */
  fresh: number;
  /** Whether the bits count uses; they tell the time of the last use otherwise. */
  countsUses = false;
  /** Uses of entries that were last used at or after the stamp given to `noticeReuse`, while there is one. */
  reuses = 0;
  #nowMs: number;
  /** The stamp since which a use is recent, or null. */
  #recentSince: number | null = null;
  /** Whether the old bits of an entry matter for its new ones, or for `reuses`. */
  #readsAccess = false;

  /**
   * @param nowMs the time, ms since the epoch.
   * @param randomUint32 gives uniform unsigned 32-bit numbers.
   */
  constructor(nowMs: number, randomUint32: () => number) {
    this.#nowMs = nowMs;
    this.recency = new RecencyClock(nowMs);
    this.frequency = new FrequencyCounter(randomUint32);
    this.fresh = this.recency.now;
  }

  /** Moves the time. O(1). */
  setTime(nowMs: number): void {
    this.#nowMs = nowMs;
    this.fresh = this.countsUses ? this.frequency.advance(nowMs) : this.recency.advance(nowMs);
  }

  /**
   * Lets the bits count uses from now on, or tell the time of the last use. Those of an existing entry have the other
   * meaning until it is used again.
   */
  countUses(countsUses: boolean): void {
    this.countsUses = countsUses;
    this.#readsAccess = countsUses || this.#recentSince !== null;
    this.setTime(this.#nowMs);
  }

  /** Counts in `reuses` the uses of entries that were last used at the stamp `since` of `recency` or later; null ends that. O(1). */
  noticeReuse(since: number | null): void {
    this.#recentSince = since;
    this.#readsAccess = this.countsUses || since !== null;
  }

  /** The bits that follow those in an access word when its entry is used. O(1); hot, so the usual case is one comparison. */
  afterUse(access: number): number {
    return this.#readsAccess ? this.#afterNotedUse(access) : this.fresh;
  }

  #afterNotedUse(access: number): number {
    if (this.countsUses) return this.frequency.afterUse(access & ACCESS_MASK);
    if (this.#recentSince !== null && this.recency.age(access) <= this.recency.age(this.#recentSince)) this.reuses++;
    return this.fresh;
  }
}
