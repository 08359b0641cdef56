import { performance } from 'node:perf_hooks';
import type { Configuration } from '../config/configuration';
import type { Eviction, EvictionPolicy, RoomOutcome } from '../keyspace/eviction';
import type { Keyspace } from '../keyspace/keyspace';

/** Bytes beyond the limit for which no command waits longer than maxmemory-eviction-tenacity says; for more than this it does. */
const MOST_BYTES_BEYOND = 512 * 1024;

/**
 * `maxmemory` at work: makes room before a command runs, and goes on in the background with what did not fit into the time that a command may
 * wait for it.
 */
export class MemoryLimit {
  /** A limit is set: every command has to ask for room. */
  isOn = false;
  readonly #keyspace: Keyspace;
  readonly #eviction: Eviction;
  /** The longest that a command waits, in milliseconds. */
  #patienceMs = 0;
  #patienceEndsAtMs = 0;
  /** Since when more is in use than allowed, by the machine's clock; 0 while it is not. */
  #exceededSinceMs = 0;
  #exceededMs = 0;
  /** Told that there is more to evict than a command may wait for. */
  onUnfinished: () => void = () => {};

  constructor(keyspace: Keyspace, config: Configuration) {
    this.#keyspace = keyspace;
    this.#eviction = keyspace.eviction;
    config.follow(['maxmemory-policy', 'maxmemory-samples'], (values) => {
      this.#eviction.follow(values['maxmemory-policy'] as EvictionPolicy, values['maxmemory-samples']);
    });
    config.follow(['lfu-log-factor', 'lfu-decay-time'], (values) => {
      keyspace.frequency.logFactor = values['lfu-log-factor'];
      keyspace.frequency.decayMinutes = values['lfu-decay-time'];
    });
    config.follow(['maxmemory-eviction-tenacity'], (values) => {
      this.#patienceMs = patienceOf(values['maxmemory-eviction-tenacity']);
    });
    config.follow(['maxmemory'], ({ maxmemory }) => {
      this.isOn = maxmemory > 0;
      this.#eviction.limitBytes = this.isOn ? maxmemory : Number.POSITIVE_INFINITY;
      if (!this.isOn) keyspace.recency.suit(Number.POSITIVE_INFINITY);
      this.onUnfinished();
    });
  }

  /** Milliseconds for which more was in use than allowed, in all, but for the time that lasts; by the machine's clock. */
  get pastExceededMs(): number {
    return this.#exceededMs;
  }

  /** Milliseconds for which more has been in use than allowed, up to now; 0 if it is not. */
  get exceededMs(): number {
    return this.#exceededSinceMs === 0 ? 0 : performance.now() - this.#exceededSinceMs;
  }

  /** Forgets for how long the limit was exceeded. */
  resetStatistics(): void {
    this.#exceededMs = 0;
    this.#exceededSinceMs = 0;
  }

  /** Makes room for a command to come, as far as it may wait; false if there is none and nothing may be evicted. O(1) while there is room. */
  makeRoom(): boolean {
    if (this.#keyspace.arena.used <= this.#eviction.limitBytes && this.#exceededSinceMs === 0) return true;
    this.#patienceEndsAtMs = 0;
    const outcome = this.#eviction.makeRoom(this.#isPatienceOver);
    this.#note(outcome);
    if (outcome === 'unfinished') this.onUnfinished();
    return outcome !== 'impossible';
  }

  /** Evicts in the background until `isOver`; returns whether nothing is left to do, or can be done. */
  work(isOver: () => boolean): boolean {
    if (!this.isOn) return true;
    const outcome = this.#eviction.makeRoom(isOver);
    this.#note(outcome);
    return outcome !== 'unfinished';
  }

  /** Looks after the pace of the recency clock; call it some ten times a second. O(databases). */
  cron(): void {
    if (this.isOn) this.#eviction.pace();
  }

  #note(outcome: RoomOutcome): void {
    if (outcome !== 'made') {
      if (this.#exceededSinceMs === 0) this.#exceededSinceMs = performance.now();
    } else if (this.#exceededSinceMs !== 0) {
      this.#exceededMs += this.exceededMs;
      this.#exceededSinceMs = 0;
    }
  }

  /** Time runs from the first question on; far beyond the limit it does not count. */
  readonly #isPatienceOver = (): boolean => {
    const nowMs = performance.now();
    if (this.#patienceEndsAtMs === 0) this.#patienceEndsAtMs = nowMs + this.#patienceMs;
    if (nowMs < this.#patienceEndsAtMs) return false;
    return this.#keyspace.arena.used - this.#eviction.limitBytes <= MOST_BYTES_BEYOND;
  };
}

/** How long a command waits for room, in milliseconds, by maxmemory-eviction-tenacity (0 to 100): evictionTimeLimitUs of redis-server. */
function patienceOf(tenacity: number): number {
  if (tenacity <= 10) return 0.05 * tenacity;
  if (tenacity < 100) return 0.5 * 1.15 ** (tenacity - 10);
  return Number.POSITIVE_INFINITY;
}
