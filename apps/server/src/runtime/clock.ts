import { performance } from 'node:perf_hooks';

/** The last microsecond of a millisecond, as a fraction of it. */
const LAST_MICROSECOND_MS = 0.999;

/** A scheduled call; cancelling one that has run, or twice, does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * The one source of time of a server. Deadlines, TIME, idle times and time-outs all follow it, so a test that moves a
 * ManualClock by an hour moves the whole server by an hour.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch, with a fraction where the source has one. O(1). */
  nowMs(): number;
  /**
   * Calls back once, `delayMs` from now by this clock. Only a timer with `keepsAlive` keeps the process alive until
   * then, and only one of a clock that goes by itself.
   */
  setTimer(delayMs: number, callback: () => void, keepsAlive?: boolean): Timer;
}

/** The machine's clock. */
export class SystemClock implements Clock {
  readonly #wallMs: () => number;
  readonly #monotonicMs: () => number;
  /** What the monotonic clock is behind the time of day. */
  #offsetMs = 0;

  /**
   * @param wallMs the time of day in whole milliseconds since the epoch.
   * @param monotonicMs milliseconds since some point in time, with a fraction.
   */
  constructor(wallMs: () => number = Date.now, monotonicMs: () => number = () => performance.now()) {
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
  }

  /**
   * The time of day of `Date.now` with the microseconds that it lacks. The monotonic clock supplies these, and is kept within
   * the millisecond that `Date.now` shows, so that a change of the time of day is followed at once.
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
    // Node fires at once for delays beyond 2^31-1 ms, so a longer one is walked in steps.
    const longest = 0x7fffffff;
    let handle: NodeJS.Timeout;
    const arm = (rest: number): void => {
      const step = Math.min(rest, longest);
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

/** A clock that stands still until it is moved by hand. */
export class ManualClock implements Clock {
  #nowMs: number;
  #timers: ManualTimer[] = [];

  /** @param startMs milliseconds since the Unix epoch at which the clock stands. */
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
   * Moves the clock forward by `ms`, running the timers on the way in order, each at its own time. O(t log t) for t
   * timers.
   */
  advance(ms: number): void {
    this.set(this.#nowMs + ms);
  }

  /** Puts the clock to `nowMs`; timers due until then run in order. A time in the past runs none. */
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
