import { Session, type SessionHost } from './session';

/** What has to be told when a session ends. */
export interface SessionsHost extends SessionHost {
  readonly clientEviction: { forget(session: Session): void };
}

/** The sessions of a server by their ids, in the order in which they were opened; those of the process itself are among them. */
export class Sessions {
  readonly #host: SessionsHost;
  readonly #sessions = new Map<number, Session>();
  #nextId = 1;

  constructor(host: SessionsHost) {
    this.#host = host;
  }

  /** Number of sessions that have not ended. O(1). */
  get size(): number {
    return this.#sessions.size;
  }

  /** Opens a session. Its client can be reached once `transport` is set; a session of this process has none. O(1). */
  open(): Session {
    const session = new Session(this.#host, this.#nextId++);
    this.#sessions.set(session.id, session);
    return session;
  }

  /** The session with this id, unless it has ended. O(1). */
  get(id: number): Session | undefined {
    return this.#sessions.get(id);
  }

  /** The sessions that have not ended. */
  values(): IterableIterator<Session> {
    return this.#sessions.values();
  }

  /** Called by a session that has ended. O(1). */
  forget(session: Session): void {
    this.#sessions.delete(session.id);
    this.#host.clientEviction.forget(session);
  }
}
