/** What is counted for all connections together since the start. */
export interface TrafficCounters {
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/** Bytes received from and sent to clients since the start or the last CONFIG RESETSTAT. */
export class Traffic {
  readonly #counters: TrafficCounters;
  #readBefore = 0;
  #writtenBefore = 0;

  constructor(counters: TrafficCounters) {
    this.#counters = counters;
  }

  get inputBytes(): number {
    return this.#counters.bytesRead - this.#readBefore;
  }

  get outputBytes(): number {
    return this.#counters.bytesWritten - this.#writtenBefore;
  }

  reset(): void {
    this.#readBefore = this.#counters.bytesRead;
    this.#writtenBefore = this.#counters.bytesWritten;
  }
}
