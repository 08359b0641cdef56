import type { Instance } from '../instance';
import { Session } from './session';

/** The sessions of a server by their ids, in the order in which they were opened; those of the process itself are among them. */
export class Sessions {
  readonly #instance: Instance;
  readonly #sessions = new Map<number, Session>();
  #nextId = 1;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /** Opens a session. Its client can be reached once `transport` is set; a session of this process has none. O(1). */
  open(): Session {
    const session = new Session(this.#instance, this.#nextId++);
    this.#sessions.set(session.id, session);
    return session;
  }

  /** The session with this id that has not ended. O(1). */
  get(id: number): Session | undefined {
    return this.#sessions.get(id);
  }

  /** Number of sessions that have not ended. O(1). */
  get size(): number {
    return this.#sessions.size;
  }

  /** Those that have not ended. */
  values(): IterableIterator<Session> {
    return this.#sessions.values();
  }

  /** Called by a session that has ended. O(1). */
  forget(session: Session): void {
    this.#sessions.delete(session.id);
    this.#instance.clientEviction.forget(session);
    if (!session.isMonitor) return;
    this.#instance.monitors.remove(session);
    this.#instance.updateGate();
  }
}
