/** Number of samples per rate; the `instantaneous_*` fields of INFO are their mean. */
const RATE_SAMPLES = 16;

/** Maximum number of distinct error codes. Only clients that invent codes can exceed it. */
const MAX_ERROR_CODES = 128;

/** A rate per second: the mean over the last 16 samples of a counter. */
export class Rate {
  readonly #samples = new Float64Array(RATE_SAMPLES);
  #next = 0;
  #lastCount = 0;
  #lastMs = 0;

  /** Adds a sample: the counter is `count` at the time `nowMs`. O(1). */
  sample(count: number, nowMs: number): void {
    const elapsedMs = nowMs - this.#lastMs;
    if (this.#lastMs > 0 && elapsedMs > 0) {
      this.#samples[this.#next] = (Math.max(0, count - this.#lastCount) * 1000) / elapsedMs;
      this.#next = (this.#next + 1) % RATE_SAMPLES;
    }
    this.#lastCount = count;
    this.#lastMs = nowMs;
  }

  /** Removes all samples. */
  clear(): void {
    this.#samples.fill(0);
    this.#lastMs = 0;
  }

  get perSecond(): number {
    return this.#samples.reduce((sum, sample) => sum + sample, 0) / RATE_SAMPLES;
  }
}

/** Counters of one server that INFO reports and CONFIG RESETSTAT resets. Commands and keyspace have their own. */
export class Statistics {
  connectionsReceived = 0;
  rejectedConnections = 0;
  /** Number of error replies per code, the word before the first space. */
  readonly errorsByCode = new Map<string, number>();
  errorReplies = 0;
  peakMemory = 0;
  /** Clients closed because their output exceeded a limit. */
  outputLimitDisconnections = 0;
  queryLimitDisconnections = 0;
  /** Clients closed because all clients together exceeded maxmemory-clients. */
  evictedClients = 0;
  /** Moving average of the share of keys with a deadline that are expired but not yet removed, 0 to 1. */
  staleShare = 0;
  /** Number of expiry cycles that used up their time budget. */
  expireTimeCapReached = 0;
  /** Milliseconds spent in expiry cycles. */
  expireCycleMs = 0;
  readonly commandsRate = new Rate();
  readonly inputRate = new Rate();
  readonly outputRate = new Rate();

  /** Counts an error reply under its code. O(1). */
  countError(text: string): void {
    this.errorReplies++;
    const space = text.indexOf(' ');
    const code = space < 0 ? text : text.slice(0, space);
    const count = this.errorsByCode.get(code);
    if (count !== undefined || this.errorsByCode.size < MAX_ERROR_CODES) this.errorsByCode.set(code, (count ?? 0) + 1);
  }

  reset(): void {
    this.connectionsReceived = 0;
    this.rejectedConnections = 0;
    this.errorsByCode.clear();
    this.errorReplies = 0;
    this.outputLimitDisconnections = 0;
    this.queryLimitDisconnections = 0;
    this.evictedClients = 0;
    this.staleShare = 0;
    this.expireTimeCapReached = 0;
    this.commandsRate.clear();
    this.inputRate.clear();
    this.outputRate.clear();
  }
}
