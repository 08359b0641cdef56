import { clearTimeout, setTimeout } from 'node:timers';
import type { Configuration } from '../config/configuration';
import type { Defragmentation } from '../keyspace/defragmentation';
import { type Log, logFailure } from './log';

/** Duration of one slice, in milliseconds: the longest that a client waits for it. */
const SLICE_MS = 0.5;

/** How often the fragmentation is looked at, in milliseconds; as often as redis-server does. */
const CHECK_MS = 1000;

/** Pause after a pass that has found nothing to move, in milliseconds. */
const IN_VAIN_MS = 60_000;

/** Pause between two looks whether records may be moved again, in milliseconds. */
const BLOCKED_MS = 100;

/** What is asked about the memory. */
interface Fragmented {
  /** Bytes of records. */
  readonly used: number;
  /** Bytes of the pages that these are in. */
  readonly active: number;
}

/** What moves the records. */
type Passes = Pick<
  Defragmentation,
  'hits' | 'misses' | 'keyHits' | 'keyMisses' | 'maxElementsAtOnce' | 'begin' | 'abandon' | 'run' | 'resetStatistics'
>;

/**
 * `activedefrag`: has live records moved out of sparse memory while it is fragmented, as active-defrag-threshold-lower and
 * active-defrag-ignore-bytes say, with a share of the time that grows with the fragmentation from active-defrag-cycle-min to -max. The
 * rules are those of redis-server (defrag.c); the slices are shorter than its ones, and more.
 */
export class ActiveDefrag {
  /** Percent of the time that it takes; 0 while nothing is moved. */
  runningPercent = 0;
  /** Whether records may not be moved now. */
  isBlocked: () => boolean = () => false;
  readonly defragmentation: Passes;
  readonly #memory: Fragmented;
  readonly #config: Configuration;
  readonly #log: Log;
  readonly #nowMs: () => number;
  #checkedMs = Number.NEGATIVE_INFINITY;
  #startedMs = 0;
  #hitsBefore = 0;
  #pastMs = 0;
  #timer: NodeJS.Timeout | null = null;

  /** @param nowMs a clock that never goes back. */
  constructor(defragmentation: Passes, memory: Fragmented, config: Configuration, log: Log, nowMs: () => number) {
    this.defragmentation = defragmentation;
    this.#memory = memory;
    this.#config = config;
    this.#log = log;
    this.#nowMs = nowMs;
  }

  /** Milliseconds since the running pass began; 0 while none runs. */
  get currentMs(): number {
    return this.runningPercent === 0 ? 0 : this.#nowMs() - this.#startedMs;
  }

  /** Milliseconds of all passes. */
  get totalMs(): number {
    return this.#pastMs + this.currentMs;
  }

  /** Sets back what CONFIG RESETSTAT sets back. */
  resetStatistics(): void {
    this.defragmentation.resetStatistics();
    this.#pastMs = 0;
    this.#hitsBefore = 0;
    this.#startedMs = this.#nowMs();
  }

  /** Looks whether memory is fragmented, once a second; call it some ten times a second. O(1). */
  cron(): void {
    if (!this.#config.values.activedefrag) {
      if (this.runningPercent > 0) this.#stopPass();
      return;
    }
    const nowMs = this.#nowMs();
    if (nowMs < this.#checkedMs + CHECK_MS) return;
    this.#checkedMs = nowMs;
    this.#check();
  }

  /** Ends it for good. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Begins a pass, or gives the running one more time. */
  #check(): void {
    const { values } = this.#config;
    const { used, active } = this.#memory;
    const percent = used === 0 ? 0 : (active / used) * 100 - 100;
    const bytes = active - used;
    const lower = values['active-defrag-threshold-lower'];
    if (this.runningPercent === 0 && (percent < lower || bytes < values['active-defrag-ignore-bytes'])) return;
    const least = values['active-defrag-cycle-min'];
    const most = values['active-defrag-cycle-max'];
    const upper = values['active-defrag-threshold-upper'];
    const share = least + ((percent - lower) / (upper - lower)) * (most - least);
    const wanted = Math.trunc(Math.max(least, Math.min(most, Number.isNaN(share) ? most : share)));
    if (wanted <= this.runningPercent) return;
    if (this.runningPercent === 0) {
      this.#log.write(
        'verbose',
        `Starting active defrag, frag=${percent.toFixed(0)}%, frag_bytes=${bytes}, cpu=${wanted}%`,
      );
      this.#startedMs = this.#nowMs();
      this.#hitsBefore = this.defragmentation.hits;
      this.defragmentation.maxElementsAtOnce = values['active-defrag-max-scan-fields'];
      this.defragmentation.begin();
    }
    this.runningPercent = wanted;
    this.#timer ??= this.#after(0);
  }

  #after(ms: number): NodeJS.Timeout {
    return setTimeout(this.#slice, ms).unref();
  }

  readonly #slice = (): void => {
    this.#timer = null;
    if (this.isBlocked()) {
      this.#timer = this.#after(BLOCKED_MS);
      return;
    }
    const beganMs = this.#nowMs();
    try {
      if (this.defragmentation.run(() => this.#nowMs() >= beganMs + SLICE_MS)) {
        this.#endPass();
        return;
      }
    } catch (error) {
      logFailure(this.#log, 'active defrag failed', error);
      this.#stopPass();
      return;
    }
    const tookMs = this.#nowMs() - beganMs;
    const restMs = this.runningPercent === 0 ? 1 : tookMs * (100 / this.runningPercent - 1);
    this.#timer = this.#after(Math.max(1, restMs));
  };

  #endPass(): void {
    if (this.runningPercent === 0) return;
    const { used, active } = this.#memory;
    const percent = used === 0 ? 0 : (active / used) * 100 - 100;
    const tookMs = this.currentMs;
    this.#log.write(
      'verbose',
      `Active defrag done in ${tookMs.toFixed(0)}ms, reallocated=${this.defragmentation.hits - this.#hitsBefore}, ` +
        `frag=${percent.toFixed(0)}%, frag_bytes=${active - used}`,
    );
    this.#pastMs += tookMs;
    this.runningPercent = 0;
    if (this.defragmentation.hits === this.#hitsBefore) this.#checkedMs = this.#nowMs() + IN_VAIN_MS;
    else this.#check();
  }

  /** It was switched off: what was chosen is given back with the next slices. */
  #stopPass(): void {
    this.#pastMs += this.currentMs;
    this.runningPercent = 0;
    this.defragmentation.abandon();
  }
}
