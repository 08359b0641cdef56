import { performance } from 'node:perf_hooks';
import type { Configuration } from '../config/configuration';
import type { Keyspace } from '../keyspace/keyspace';
import type { Clock } from './clock';
import { type Log, logFailure } from './log';
import type { MemoryLimit } from './memory-limit';
import type { MemoryRelease } from './memory-release';
import type { Statistics } from './statistics';

/** Duration of one slice of background work, in milliseconds: the longest that a client waits for it. */
const SLICE_MS = 1;

/** What each step of active-expire-effort adds to the time that a slice may spend on expiry, in milliseconds. */
const EFFORT_MS = 0.25;

/** Weight of the newest sample in the moving average of expired keys: that of redis-server. */
const STALE_WEIGHT = 0.05;

/** What the work is done on. */
export interface BackgroundWorkParts {
  readonly keyspace: Pick<Keyspace, 'setTime' | 'expireDue' | 'staleShare' | 'reclaimer'>;
  readonly memoryLimit: Pick<MemoryLimit, 'work'>;
  readonly memoryRelease: Pick<MemoryRelease, 'work'>;
  readonly config: Configuration;
  readonly clock: Clock;
  readonly log: Log;
  readonly statistics: Statistics;
  /** Whether clients are paused: nothing expires or is evicted meanwhile. */
  readonly isPaused: () => boolean;
}
/**
 * Work that would take too long in one piece: expiry, eviction, freeing large values, giving memory back to the kernel. It
 * runs in slices; what does not fit into one goes on after the next iteration of the event loop.
 */
export class BackgroundWork {
  /** DEBUG SET-ACTIVE-EXPIRE. */
  expiresActively = true;
  readonly #parts: BackgroundWorkParts;
  #continuation: NodeJS.Immediate | null = null;

  constructor(parts: BackgroundWorkParts) {
    this.#parts = parts;
  }

  /** Whether another slice is due. O(1). */
  get isUnfinished(): boolean {
    return this.#continuation !== null;
  }

  /** Does one slice, unless one is due anyway. First what makes space, then what frees it. */
  run(): void {
    if (this.#continuation !== null) return;
    const { keyspace, memoryLimit, memoryRelease, config, isPaused } = this.#parts;
    const beganAtMs = performance.now();
    let endsAtMs = beganAtMs + SLICE_MS + (config.values['active-expire-effort'] - 1) * EFFORT_MS;
    const isOver = (): boolean => performance.now() >= endsAtMs;
    const expires = this.expiresActively && !isPaused();
    const isExpiryDone = !expires || keyspace.expireDue(isOver);
    this.#noteExpiry(isExpiryDone, performance.now() - beganAtMs);
    endsAtMs = Math.min(endsAtMs, beganAtMs + SLICE_MS);
    const isEvictionDone = isPaused() || memoryLimit.work(isOver);
    const isFreed = keyspace.reclaimer.run(isOver);
    // Last, because nothing waits for it.
    const isReleased = memoryRelease.work(isOver);
    if (!isReleased || !isFreed || !isEvictionDone || !isExpiryDone) this.continue();
  }

  /** Does a slice in the next iteration of the event loop; a failure is logged. O(1). */
  continue(): void {
    this.#continuation ??= setImmediate(() => {
      this.#continuation = null;
      const { keyspace, clock, log } = this.#parts;
      try {
        keyspace.setTime(clock.nowMs());
        this.run();
      } catch (error) {
        logFailure(log, 'background work failed', error);
      }
    });
  }

  /** Drops what is due. */
  stop(): void {
    if (this.#continuation !== null) clearImmediate(this.#continuation);
    this.#continuation = null;
  }

  #noteExpiry(isDone: boolean, tookMs: number): void {
    const { statistics, keyspace } = this.#parts;
    statistics.expireCycleMs += tookMs;
    if (!isDone) statistics.expireTimeCapReached++;
    const stale = isDone ? 0 : keyspace.staleShare();
    statistics.staleShare += (stale - statistics.staleShare) * STALE_WEIGHT;
  }
}
