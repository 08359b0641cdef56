/** Samples kept of each event. */
const HISTORY = 160;

/** One spike: when it was, and how long it took. */
export interface LatencySample {
  readonly timeSeconds: number;
  milliseconds: number;
}

/** The history of one kind of event. */
export interface LatencyEvent {
  readonly samples: LatencySample[];
  maxMilliseconds: number;
}

/** What LATENCY LATEST, HISTORY, RESET, DOCTOR and GRAPH tell of: events that took `latency-monitor-threshold` or longer. */
export class LatencyMonitor {
  readonly events = new Map<string, LatencyEvent>();

  /** Records that `event` took `milliseconds`; a second spike within the same second keeps the longer one. O(1). */
  add(event: string, milliseconds: number, nowMs: number): void {
    const timeSeconds = Math.floor(nowMs / 1000);
    let history = this.events.get(event);
    if (history === undefined) {
      history = { samples: [], maxMilliseconds: 0 };
      this.events.set(event, history);
    }
    history.maxMilliseconds = Math.max(history.maxMilliseconds, milliseconds);
    const last = history.samples.at(-1);
    if (last?.timeSeconds === timeSeconds) {
      last.milliseconds = Math.max(last.milliseconds, milliseconds);
      return;
    }
    history.samples.push({ timeSeconds, milliseconds });
    if (history.samples.length > HISTORY) history.samples.shift();
  }

  /** Forgets the named events, or all if none is named. Returns how many it forgot. */
  reset(events: readonly string[]): number {
    if (events.length === 0) {
      const count = this.events.size;
      this.events.clear();
      return count;
    }
    return events.filter((event) => this.events.delete(event)).length;
  }
}
