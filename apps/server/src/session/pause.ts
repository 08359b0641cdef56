import type { Instance } from '../instance';
import type { Arguments } from '../request/arguments';
import type { Timer } from '../runtime/clock';
import type { Block } from './block';
import { CommandFlagBit } from './command-flags';
import type { Session } from './session';

/** Which commands a pause holds back. */
export type PauseMode = 'write' | 'all';

/** CLIENT PAUSE: requests wait, in order, until the time is up or CLIENT UNPAUSE. */
export class Pause implements Block {
  readonly #instance: Instance;
  #mode: PauseMode | null = null;
  #untilMs = 0;
  #timer: Timer | null = null;
  readonly #waiting = new Set<Session>();

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  get isActive(): boolean {
    return this.#mode !== null;
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  /**
   * Pauses for `durationMs` from now. A pause that is on already is never shortened nor weakened, as in Redis.
   */
  begin(mode: PauseMode, durationMs: number): void {
    const untilMs = this.#instance.clock.nowMs() + durationMs;
    if (this.#mode !== 'all') this.#mode = mode;
    if (untilMs <= this.#untilMs) return;
    this.#untilMs = untilMs;
    this.#timer?.cancel();
    this.#timer = this.#instance.clock.setTimer(durationMs, () => this.end());
    this.#instance.updateGate();
  }

  /** Ends the pause; what waited runs now. */
  end(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#mode = null;
    this.#untilMs = 0;
    this.#instance.updateGate();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const session of waiting) session.unblock(this);
  }

  /** Whether the pause holds back a command with these flags of this session. O(1). */
  holds(session: Session, flags: number): boolean {
    if (this.#mode === null || session.isInProcess) return false;
    if (this.#mode === 'all') return true;
    return (flags & CommandFlagBit.write) !== 0;
  }

  /** Keeps a request until the pause ends; the session executes nothing until then. */
  block(session: Session, args: Arguments): void {
    session.blockBy(this, args);
    this.#waiting.add(session);
  }

  cancel(session: Session): void {
    this.#waiting.delete(session);
  }
}
