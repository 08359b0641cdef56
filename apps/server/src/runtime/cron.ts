/** Maximum sleep between two runs, in milliseconds. Work without an event, such as idle clients, waits at most this long. */
const MAX_SLEEP_MS = 1000;

/** A source of periodic calls, such as an event loop. */
interface Periods {
  addTimeEvent(intervalMs: number, callback: () => void): { cancel(): void };
}

/**
 * Runs background work periodically while a server is busy, and as rarely as possible while it is idle, so that an idle server
 * costs nothing. Code that gives the server work calls `wake`.
 */
export class Cron {
  readonly #periods: Periods;
  readonly #work: () => number;
  #periodMs = 100;
  /** The interval of the current time event. */
  #intervalMs = 0;
  #event: { cancel(): void } | null = null;

  /**
   * @param work does a slice of background work. Returns the number of milliseconds for which nothing is due unless `wake` is
   *   called; 0 to be called again after one period.
   */
  constructor(periods: Periods, work: () => number) {
    this.#periods = periods;
    this.#work = work;
  }

  /** Whether the interval is longer than the period. */
  get isAsleep(): boolean {
    return this.#intervalMs > this.#periodMs;
  }

  /** Runs the work every `periodMs` from now on while there is work. */
  start(periodMs: number): void {
    this.#periodMs = periodMs;
    this.#arm(periodMs);
  }

  /** There is new work: the next run is due after one period. O(1). */
  wake(): void {
    if (this.isAsleep) this.#arm(this.#periodMs);
  }

  #arm(intervalMs: number): void {
    this.#event?.cancel();
    this.#intervalMs = intervalMs;
    this.#event = this.#periods.addTimeEvent(intervalMs, this.#run);
  }

  readonly #run = (): void => {
    const idleMs = Math.min(this.#work(), MAX_SLEEP_MS);
    const intervalMs = Math.max(this.#periodMs, Math.ceil(idleMs));
    if (intervalMs !== this.#intervalMs) this.#arm(intervalMs);
  };
}
