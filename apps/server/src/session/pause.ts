import type { Arguments } from '../request/arguments';
import type { Clock, Timer } from '../runtime/clock';
import { CommandFlagBit, MAY_REPLICATE } from './command-flags';
import type { Block, Session } from './session';

/** Which commands a pause holds back. */
export type PauseMode = 'write' | 'all';

/**
 * CLIENT PAUSE: commands of clients behind sockets are held back until its time is up or until CLIENT UNPAUSE, then executed in
 * their order. It is the block of each session that waits for it.
 */
export class Pause implements Block {
  /** Called when a pause has begun or ended. */
  onChange: () => void = () => {};
  readonly #clock: Clock;
  #mode: PauseMode | null = null;
  #untilMs = 0;
  #timer: Timer | null = null;
  readonly #waiting = new Set<Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isActive(): boolean {
    return this.#mode !== null;
  }

  /** Number of sessions with a request that is held back. O(1). */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Pauses for `durationMs` from now. It never shortens or weakens a pause that is active, as in Redis. */
  begin(mode: PauseMode, durationMs: number): void {
    const untilMs = this.#clock.nowMs() + durationMs;
    if (this.#mode !== 'all') this.#mode = mode;
    if (untilMs <= this.#untilMs) return;
    this.#untilMs = untilMs;
    this.#timer?.cancel();
    this.#timer = this.#clock.setTimer(durationMs, () => this.end());
    this.onChange();
  }

  /** Ends the pause: the sessions that wait execute their requests after the request that runs now. O(sessions that wait). */
  end(): void {
    this.stop();
    this.#mode = null;
    this.#untilMs = 0;
    this.onChange();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const session of waiting) session.unblock(this);
  }

  /** Stops the timer; requests that are held back stay so. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** Whether the pause holds back a command with these flags of this session: all, or what writes or propagates. O(1). */
  holds(session: Session, flags: number): boolean {
    if (this.#mode === null || session.isInProcess) return false;
    if (this.#mode === 'all') return true;
    return (flags & (CommandFlagBit.write | MAY_REPLICATE)) !== 0;
  }

  /** Keeps a copy of a request until the pause ends; the session executes nothing until then. */
  block(session: Session, args: Arguments): void {
    session.blockBy(this, args);
    this.#waiting.add(session);
  }

  cancel(session: Session): void {
    this.#waiting.delete(session);
  }
}
