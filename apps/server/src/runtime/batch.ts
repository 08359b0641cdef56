import type { Keyspace } from '../keyspace/keyspace';
import type { Clock } from './clock';

/**
 * One batch per iteration of the event loop: everything that is ready is executed, then all replies leave. The time of the
 * keyspace is read once for a batch.
 */
export class Batch {
  /** Called when a batch begins after `fallAsleep`. */
  onWake: () => void = () => {};
  readonly #clock: Clock;
  readonly #keyspace: Pick<Keyspace, 'setTime'>;
  readonly #onEnd: () => void;
  #isOpen = false;
  #isAsleep = false;
  #wasActive = false;

  /** @param onEnd is called at the end of each batch: everything is executed, and no reply has left. */
  constructor(clock: Clock, keyspace: Pick<Keyspace, 'setTime'>, onEnd: () => void) {
    this.#clock = clock;
    this.#keyspace = keyspace;
    this.#onEnd = onEnd;
  }

  /** Begins a batch if none is open. O(1). */
  begin(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#wasActive = true;
    if (this.#isAsleep) {
      this.#isAsleep = false;
      this.onWake();
    }
    this.#keyspace.setTime(this.#clock.nowMs());
  }

  /** Ends the batch, if one is open. Call it before the replies leave. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#onEnd();
  }

  /** Whether a batch has begun since the last call. O(1). */
  takeActivity(): boolean {
    const wasActive = this.#wasActive;
    this.#wasActive = false;
    return wasActive;
  }

  /** Calls `onWake` when the next batch begins. O(1). */
  fallAsleep(): void {
    this.#isAsleep = true;
  }
}
