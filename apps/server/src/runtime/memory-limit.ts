import { performance } from 'node:perf_hooks';
import type { Configuration } from '../config/configuration';
import type { Eviction, EvictionOutcome } from '../keyspace/eviction';
import type { EvictionPolicy } from '../keyspace/eviction-policy';
import type { Keyspace } from '../keyspace/keyspace';

/** While usage exceeds the limit by more than this, maxmemory-eviction-tenacity does not limit the wait of a command. */
const MAX_EXCESS_BYTES = 512 * 1024;

/**
 * Enforces `maxmemory`: evicts before a command runs, for as long as a command may wait, and continues in the background.
 */
export class MemoryLimit {
  /** Whether a limit is set: then every command calls `freeMemory` first. */
  isOn = false;
  readonly #keyspace: Keyspace;
  readonly #eviction: Eviction;
  /** Maximum time that a command waits for eviction, in milliseconds. */
  #timeLimitMs = 0;
  #timeLimitEndsAtMs = 0;
  /** When usage began to exceed the limit, by the monotonic clock; 0 while it does not. */
  #exceededSinceMs = 0;
  #exceededMs = 0;
  /** Called when there is more to evict than a command may wait for. */
  onUnfinished: () => void = () => {};

  constructor(keyspace: Keyspace, config: Configuration) {
    this.#keyspace = keyspace;
    this.#eviction = keyspace.eviction;
    config.follow(['maxmemory-policy', 'maxmemory-samples'], (values) => {
      this.#eviction.follow(values['maxmemory-policy'] as EvictionPolicy, values['maxmemory-samples']);
    });
    config.follow(['lfu-log-factor', 'lfu-decay-time'], (values) => {
      keyspace.access.frequency.logFactor = values['lfu-log-factor'];
      keyspace.access.frequency.decayMinutes = values['lfu-decay-time'];
    });
    config.follow(['maxmemory-eviction-tenacity'], (values) => {
      this.#timeLimitMs = timeLimitOf(values['maxmemory-eviction-tenacity']);
    });
    config.follow(['maxmemory'], ({ maxmemory }) => {
      this.isOn = maxmemory > 0;
      this.#eviction.limitBytes = this.isOn ? maxmemory : Number.POSITIVE_INFINITY;
      if (!this.isOn) keyspace.access.recency.suit(Number.POSITIVE_INFINITY);
      this.onUnfinished();
    });
  }

  /** Total milliseconds for which usage exceeded the limit in the past, without the current period; by the monotonic clock. */
  get pastExceededMs(): number {
    return this.#exceededMs;
  }

  /** Milliseconds for which usage has been exceeding the limit until now; 0 if it does not. */
  get exceededMs(): number {
    return this.#exceededSinceMs === 0 ? 0 : performance.now() - this.#exceededSinceMs;
  }

  /** Resets the times for which the limit was exceeded. */
  resetStatistics(): void {
    this.#exceededMs = 0;
    this.#exceededSinceMs = 0;
  }

  /**
   * Evicts before a command runs, for as long as the command may wait. Returns false if usage exceeds the limit and nothing can
   * be evicted. O(1) while usage is below the limit.
   * @param isNested whether the command is called by another one: then the evictions belong to that one's execution unit.
   */
  freeMemory(isNested = false): boolean {
    if (this.#keyspace.arena.used <= this.#eviction.limitBytes && this.#exceededSinceMs === 0) return true;
    this.#timeLimitEndsAtMs = 0;
    const outcome = this.#eviction.freeMemory(this.#isTimeLimitReached);
    this.#note(outcome);
    if (!isNested) this.#endUnit();
    if (outcome === 'unfinished') this.onUnfinished();
    return outcome !== 'impossible';
  }

  /** Evicts in the background until `isOver`. Returns whether nothing is left to evict, or nothing can be evicted. */
  work(isOver: () => boolean): boolean {
    if (!this.isOn) return true;
    const outcome = this.#eviction.freeMemory(isOver);
    this.#note(outcome);
    this.#endUnit();
    return outcome !== 'unfinished';
  }

  /** Adjusts the resolution of the recency clock; call it about ten times a second. O(databases). */
  cron(): void {
    if (this.isOn) this.#eviction.pace();
  }

  /** Propagates the evictions, each by itself. */
  #endUnit(): void {
    const { changes } = this.#keyspace;
    if (changes.pending !== 0) changes.endUnit(false);
  }

  #note(outcome: EvictionOutcome): void {
    if (outcome !== 'done') {
      if (this.#exceededSinceMs === 0) this.#exceededSinceMs = performance.now();
    } else if (this.#exceededSinceMs !== 0) {
      this.#exceededMs += this.exceededMs;
      this.#exceededSinceMs = 0;
    }
  }

  /** The time limit begins at the first call. It does not apply while usage is far beyond the memory limit. */
  readonly #isTimeLimitReached = (): boolean => {
    const nowMs = performance.now();
    if (this.#timeLimitEndsAtMs === 0) this.#timeLimitEndsAtMs = nowMs + this.#timeLimitMs;
    if (nowMs < this.#timeLimitEndsAtMs) return false;
    return this.#keyspace.arena.used - this.#eviction.limitBytes <= MAX_EXCESS_BYTES;
  };
}

/** Time limit in milliseconds for a maxmemory-eviction-tenacity of 0 to 100: evictionTimeLimitUs of redis-server. */
function timeLimitOf(tenacity: number): number {
  if (tenacity <= 10) return 0.05 * tenacity;
  if (tenacity < 100) return 0.5 * 1.15 ** (tenacity - 10);
  return Number.POSITIVE_INFINITY;
}
