/** One slow command. */
export interface SlowLogEntry {
  readonly id: number;
  /** Unix time in seconds. */
  readonly timeSeconds: number;
  readonly microseconds: number;
  /** Arguments, truncated as in Redis: at most 32 of at most 128 bytes. */
  readonly args: readonly Buffer[];
  readonly clientAddress: string;
  readonly clientName: string;
}

/** The last commands that took longer than `slowlog-log-slower-than`, newest first. */
export class SlowLog {
  #entries: SlowLogEntry[] = [];
  #nextId = 0;

  get length(): number {
    return this.#entries.length;
  }

  /** Adds an entry and drops the oldest ones over `maxLength`. */
  add(entry: Omit<SlowLogEntry, 'id'>, maxLength: number): void {
    this.#entries.unshift({ id: this.#nextId++, ...entry });
    if (this.#entries.length > maxLength) this.#entries.length = Math.max(0, maxLength);
  }

  /** The newest `count` entries, newest first. */
  newest(count: number): readonly SlowLogEntry[] {
    return this.#entries.slice(0, count);
  }

  clear(): void {
    this.#entries = [];
  }
}
