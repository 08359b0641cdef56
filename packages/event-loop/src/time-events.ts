import type { TimeEvent } from './event-loop';
import { clearInterval, setInterval } from './node-timers';

/** A periodic call on Node's timers, which also run while the loop is under load. */
class IntervalTimeEvent implements TimeEvent {
  readonly intervalMs: number;
  readonly #timer: NodeJS.Timeout;
  readonly #owner: Set<TimeEvent>;

  constructor(owner: Set<TimeEvent>, intervalMs: number, callback: () => void) {
    this.intervalMs = intervalMs;
    this.#owner = owner;
    this.#timer = setInterval(callback, intervalMs);
    this.#timer.unref();
    owner.add(this);
  }

  cancel(): void {
    clearInterval(this.#timer);
    this.#owner.delete(this);
  }

  ref(): this {
    this.#timer.ref();
    return this;
  }

  unref(): this {
    this.#timer.unref();
    return this;
  }
}

/** The time events of one loop. */
export class TimeEvents {
  readonly #events = new Set<TimeEvent>();

  /**
   * Calls `callback` every `intervalMs`. O(1).
   * @throws RangeError when `intervalMs` is not from 1 to 2^31 - 1
   */
  add(intervalMs: number, callback: () => void): TimeEvent {
    if (!(intervalMs >= 1 && intervalMs <= 0x7fffffff)) {
      throw new RangeError(`intervalMs has to be from 1 to 2147483647, not ${intervalMs}`);
    }
    return new IntervalTimeEvent(this.#events, intervalMs, callback);
  }

  /** Cancels all time events. */
  cancelAll(): void {
    for (const event of this.#events) event.cancel();
  }
}
