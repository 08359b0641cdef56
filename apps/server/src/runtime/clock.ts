import { performance } from 'node:perf_hooks';

/** The last microsecond of a millisecond, as a fraction of it. */
const LAST_MICROSECOND_MS = 0.999;

/** A scheduled call. Cancelling it twice, or after it has run, does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * The only source of time of a server: deadlines, TIME, idle times and time-outs use it. A test that advances a ManualClock by
 * an hour advances the whole server by an hour.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch, with a fraction if the source has one. O(1). */
  nowMs(): number;
  /**
   * Calls back once, after `delayMs` of this clock. A timer keeps the process alive only if `keepsAlive` is set and the clock
   * runs by itself.
   */
  setTimer(delayMs: number, callback: () => void, keepsAlive?: boolean): Timer;
}

/** The system clock. */
export class SystemClock implements Clock {
  readonly #wallMs: () => number;
  readonly #monotonicMs: () => number;
  /** Time of day minus monotonic clock. */
  #offsetMs = 0;

  /**
   * @param wallMs returns the time of day in whole milliseconds since the epoch.
   * @param monotonicMs returns milliseconds since an arbitrary point in time, with a fraction.
   */
  constructor(wallMs: () => number = Date.now, monotonicMs: () => number = () => performance.now()) {
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
  }

  /**
   * The time of day of `Date.now`, with microseconds from the monotonic clock. The result is kept within the millisecond of
   * `Date.now`, so a change of the time of day takes effect at once.
   */
  nowMs(): number {
    const wallMs = this.#wallMs();
    const monotonicMs = this.#monotonicMs();
    const preciseMs = this.#offsetMs + monotonicMs;
    if (preciseMs >= wallMs && preciseMs <= wallMs + LAST_MICROSECOND_MS) return preciseMs;
    const nearestMs = preciseMs < wallMs ? wallMs : Math.min(preciseMs, wallMs + LAST_MICROSECOND_MS);
    this.#offsetMs = nearestMs - monotonicMs;
    return nearestMs;
  }

  setTimer(delayMs: number, callback: () => void, keepsAlive = false): Timer {
    // Node fires delays beyond 2^31-1 ms at once, so a longer one is split into steps.
    const maxStep = 0x7fffffff;
    let handle: NodeJS.Timeout;
    const arm = (rest: number): void => {
      const step = Math.min(rest, maxStep);
      handle = setTimeout(() => (rest > step ? arm(rest - step) : callback()), step);
      if (!keepsAlive) handle.unref();
    };
    arm(Math.max(0, delayMs));
    return { cancel: () => clearTimeout(handle) };
  }
}

interface ManualTimer extends Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** A clock that moves only when told to. */
export class ManualClock implements Clock {
  #nowMs: number;
  #timers: ManualTimer[] = [];

  /** @param startMs initial time in milliseconds since the Unix epoch. */
  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    const timer: ManualTimer = {
      atMs: this.#nowMs + Math.max(0, delayMs),
      callback,
      cancel: () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      },
    };
    this.#timers.push(timer);
    return timer;
  }

  /**
   * Moves the clock forward by `ms` and runs the due timers in order, each at its own time. O(t log t) per timer that runs, for
   * t timers.
   */
  advance(ms: number): void {
    this.set(this.#nowMs + ms);
  }

  /** Sets the clock to `nowMs` and runs the timers due until then in order. A time in the past runs none. */
  set(nowMs: number): void {
    for (;;) {
      const due = this.#timers.filter((timer) => timer.atMs <= nowMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      due.cancel();
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.callback();
    }
    this.#nowMs = nowMs;
  }
}
