/** Samples kept of each rate: INFO's `instantaneous_*` figures are their mean. */
const RATE_SAMPLES = 16;

/** Most error codes that are counted one by one; more of them are a client's invention, not an error of ours. */
const MOST_ERROR_CODES = 128;

/** A rate a second, as the mean over the last 16 samples of a counter. */
export class Rate {
  readonly #samples = new Float64Array(RATE_SAMPLES);
  #next = 0;
  #lastCount = 0;
  #lastMs = 0;

  /** Takes a sample: the counter stands at `count` at the time `nowMs`. O(1). */
  sample(count: number, nowMs: number): void {
    const elapsedMs = nowMs - this.#lastMs;
    if (this.#lastMs > 0 && elapsedMs > 0) {
      this.#samples[this.#next] = (Math.max(0, count - this.#lastCount) * 1000) / elapsedMs;
      this.#next = (this.#next + 1) % RATE_SAMPLES;
    }
    this.#lastCount = count;
    this.#lastMs = nowMs;
  }

  /** Forgets all samples. */
  clear(): void {
    this.#samples.fill(0);
    this.#lastMs = 0;
  }

  get perSecond(): number {
    return this.#samples.reduce((sum, sample) => sum + sample, 0) / RATE_SAMPLES;
  }
}

/** Counters of one server that INFO reports and CONFIG RESETSTAT sets back; commands and keyspace keep their own. */
export class Statistics {
  connectionsReceived = 0;
  rejectedConnections = 0;
  /** Error replies by their code, the word before the first space. */
  readonly errorsByCode = new Map<string, number>();
  errorReplies = 0;
  peakMemory = 0;
  /** Clients closed because their output or input passed a limit. */
  outputLimitDisconnections = 0;
  queryLimitDisconnections = 0;
  /** Clients closed because all of them together had passed maxmemory-clients. */
  evictedClients = 0;
  /** Share of the keys with a deadline that are past it and still there, 0 to 1: what it lately was, as a moving average. */
  staleShare = 0;
  /** Times that the expiry cycle used up its time budget. */
  expireTimeCapReached = 0;
  /** Milliseconds spent in looking for keys past their deadline. */
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
    if (count !== undefined || this.errorsByCode.size < MOST_ERROR_CODES) this.errorsByCode.set(code, (count ?? 0) + 1);
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
