/** Estimates the end of a run from the pace of the work so far. */
export class TimeLeft {
  readonly #plannedSeconds: number;
  readonly #nowMs: () => number;
  readonly #startedMs: number;
  #doneSeconds = 0;

  /**
   * @param plannedSeconds the estimate for all of the work, which begins now.
   * @param nowMs the clock.
   */
  constructor(plannedSeconds: number, nowMs: () => number) {
    this.#plannedSeconds = plannedSeconds;
    this.#nowMs = nowMs;
    this.#startedMs = nowMs();
  }

  /** Adds work that is done, by its planned seconds. */
  complete(plannedSeconds: number): void {
    this.#doneSeconds = Math.min(this.#plannedSeconds, this.#doneSeconds + plannedSeconds);
  }

  /** The share of the work that is done, 0 to 1. */
  get share(): number {
    return this.#plannedSeconds === 0 ? 1 : this.#doneSeconds / this.#plannedSeconds;
  }

  /** The estimate in milliseconds: by the plan until some work is done, then by the pace so far. */
  get leftMs(): number {
    const elapsedMs = this.#nowMs() - this.#startedMs;
    const pace = this.#doneSeconds === 0 ? 1000 : elapsedMs / this.#doneSeconds;
    const sinceMs = this.#doneSeconds === 0 ? elapsedMs : 0;
    return Math.max(0, pace * (this.#plannedSeconds - this.#doneSeconds) - sinceMs);
  }
}
