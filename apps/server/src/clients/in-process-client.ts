import { Arguments } from '../request/arguments';
import { Reply } from '../request/reply';
import type { Batch } from '../runtime/batch';
import type { Clock } from '../runtime/clock';
import type { Statistics } from '../runtime/statistics';
import type { BlockedClients } from '../session/blocked-clients';
import { Ending } from '../session/ending';
import type { Session } from '../session/session';
import { StoppedError } from './in-process-errors';

/** Timers may fire a little early and are set again then; so much later the reply is there for certain. */
const ALARM_MARGIN_MS = 1000;

/** An argument of a call from inside the process; numbers are sent as their decimal text. */
export type CallArgument = string | number | Uint8Array;

/** What a client of the process itself needs of its server. */
export interface InProcessServer {
  readonly dispatcher: { execute(session: Session, args: Arguments, reply: Reply): void };
  readonly sessions: { open(): Session };
  readonly blockedClients: Pick<BlockedClients, 'transfer'>;
  readonly clock: Clock;
  readonly statistics: Pick<Statistics, 'countError'>;
  readonly batch: Pick<Batch, 'begin' | 'end'>;
}

/** A session without a socket: the same dispatcher, arguments and replies, from memory to memory. */
export class InProcessClient {
  readonly #server: InProcessServer;
  readonly #args = new Arguments();
  readonly #reply = new Reply();
  #session: Session;

  constructor(server: InProcessServer) {
    this.#server = server;
    this.#session = this.#open();
    this.#reply.onError = (text) => server.statistics.countError(text);
  }

  /**
   * Executes one command and gives back its reply's bytes, which the caller owns. A blocking command that has to wait
   * gives a promise of them, and waits in a session of its own: the calls after it are not held up. Behind QUIT, the next call has a
   * new session, as a client connects again.
   * @throws Error for a fault of the server outside of any command.
   * @throws TypeError if an argument is neither a string, a number nor bytes.
   */
  execute(args: readonly CallArgument[]): Buffer | Promise<Buffer> {
    this.#fill(args);
    const server = this.#server;
    const reply = this.#reply;
    server.batch.begin();
    if (this.#session.isClosing) this.#session = this.#open();
    const session = this.#session;
    reply.position = 0;
    reply.protocol = session.protocol;
    session.beginRequests();
    try {
      server.dispatcher.execute(session, this.#args, reply);
    } catch (error) {
      server.batch.end();
      throw error;
    } finally {
      session.endRequests();
    }
    const late = session.isBlocked ? this.#waitAside(session) : null;
    server.batch.end();
    return late ?? Buffer.from(reply.bytes.subarray(0, reply.position));
  }

  close(): void {
    this.#session.end(Ending.now);
  }

  #open(): Session {
    const session = this.#server.sessions.open();
    session.setAuthenticated(true);
    session.protocol = 3;
    return session;
  }

  /** Leaves the waiting to a session that lasts until the reply is there, and frees the session of the calls. */
  #waitAside(session: Session): Promise<Buffer> {
    const { blockedClients, clock, sessions } = this.#server;
    const waiter = sessions.open();
    waiter.actFor(session);
    return new Promise((resolve, reject) => {
      const deadlineMs = blockedClients.transfer(session, waiter, {
        isOpen: true,
        write(bytes) {
          alarm?.cancel();
          waiter.end(Ending.now);
          resolve(Buffer.from(bytes));
        },
        destroy() {
          alarm?.cancel();
          reject(new StoppedError());
        },
      });
      // A process that has nothing else to do has to stay until the time is up: its caller awaits the reply.
      const alarm = Number.isFinite(deadlineMs)
        ? clock.setTimer(deadlineMs - clock.nowMs() + ALARM_MARGIN_MS, () => {}, true)
        : null;
    });
  }

  #fill(values: readonly CallArgument[]): void {
    const parts = values.map((value) => {
      if (typeof value === 'string') return Buffer.from(value);
      if (typeof value === 'number') return Buffer.from(String(value));
      if (value instanceof Uint8Array) return value;
      throw new TypeError(`a command's argument must be a string, a number or bytes, not ${typeof value}`);
    });
    const args = this.#args;
    args.bytes = Buffer.concat(parts);
    args.count = 0;
    let at = 0;
    for (const part of parts) {
      args.appendSpan(at, at + part.length);
      at += part.length;
    }
  }
}
