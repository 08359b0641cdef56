/** Maximum number of samples per event. */
const MAX_SAMPLES = 160;

/** One latency spike. */
export interface LatencySample {
  readonly timeSeconds: number;
  milliseconds: number;
}

/** The history of one kind of event. */
export interface LatencyEvent {
  readonly samples: LatencySample[];
  maxMilliseconds: number;
}

/** Events that took `latency-monitor-threshold` or longer, for LATENCY LATEST, HISTORY, RESET, DOCTOR and GRAPH. */
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
    if (history.samples.length > MAX_SAMPLES) history.samples.shift();
  }

  /** Removes the named events, or all if none is named. Returns how many it removed. */
  reset(events: readonly string[]): number {
    if (events.length === 0) {
      const count = this.events.size;
      this.events.clear();
      return count;
    }
    return events.filter((event) => this.events.delete(event)).length;
  }
}
