/** Foretells the end of a run from how the work that is done compares with what was planned for it. */
export class TimeLeft {
  private doneSeconds = 0;

  /**
   * @param plannedSeconds all of the work, by estimate.
   * @param nowMs the time at which it begins.
   */
  constructor(
    private readonly plannedSeconds: number,
    private readonly nowMs: () => number,
    private readonly startedMs = nowMs(),
  ) {}

  /** So much of the planned work is done. */
  complete(plannedSeconds: number): void {
    this.doneSeconds = Math.min(this.plannedSeconds, this.doneSeconds + plannedSeconds);
  }

  /** The share of the plan that is done, 0 to 1. */
  get share(): number {
    return this.plannedSeconds === 0 ? 1 : this.doneSeconds / this.plannedSeconds;
  }

  /** The estimate in milliseconds: the plan itself until something is done, then the pace so far. */
  get leftMs(): number {
    const elapsedMs = this.nowMs() - this.startedMs;
    const pace = this.doneSeconds === 0 ? 1000 : elapsedMs / this.doneSeconds;
    const sinceMs = this.doneSeconds === 0 ? elapsedMs : 0;
    return Math.max(0, pace * (this.plannedSeconds - this.doneSeconds) - sinceMs);
  }
}
