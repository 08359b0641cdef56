/** Longest sleep between two runs, in milliseconds: what a server looks after that nothing announces (silent clients) waits that long. */
const LONGEST_SLEEP_MS = 1000;

/** A source of periodic calls, such as an event loop. */
interface Periods {
  addTimeEvent(intervalMs: number, callback: () => void): { cancel(): void };
}

/**
 * Calls background work at a steady pace while a server is busy, and as seldom as it can while nothing happens: an idle
 * server costs nothing. Whoever gives the server something to do says so by `wake`.
 */
export class Cron {
  readonly #periods: Periods;
  readonly #work: () => number;
  #periodMs = 100;
  /** The distance of the calls that are due now. */
  #intervalMs = 0;
  #event: { cancel(): void } | null = null;

  /**
   * @param work does a slice of background work; returns for how many milliseconds nothing will be due unless something
   *   happens, 0 where it wants to be called again after one period.
   */
  constructor(periods: Periods, work: () => number) {
    this.#periods = periods;
    this.#work = work;
  }

  /** Whether the calls come at less than their pace. */
  get isAsleep(): boolean {
    return this.#intervalMs > this.#periodMs;
  }

  /** Calls at least every `periodMs` from now on while there is something to do. */
  start(periodMs: number): void {
    this.#periodMs = periodMs;
    this.#arm(periodMs);
  }

  /** Something happened: the next call comes after one period. O(1). */
  wake(): void {
    if (this.isAsleep) this.#arm(this.#periodMs);
  }

  #arm(intervalMs: number): void {
    this.#event?.cancel();
    this.#intervalMs = intervalMs;
    this.#event = this.#periods.addTimeEvent(intervalMs, this.#run);
  }

  readonly #run = (): void => {
    const quietMs = Math.min(this.#work(), LONGEST_SLEEP_MS);
    const intervalMs = Math.max(this.#periodMs, Math.ceil(quietMs));
    if (intervalMs !== this.#intervalMs) this.#arm(intervalMs);
  };
}
