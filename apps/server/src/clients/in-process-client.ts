import type { Instance } from '../instance';
import { Arguments } from '../request/arguments';
import { Reply } from '../request/reply';
import type { Session } from '../session/session';

/** Timers may fire a little early and are set again then; so much later the reply is there for certain. */
const ALARM_MARGIN_MS = 1000;

/** An argument of a call from inside the process; numbers are sent as their decimal text. */
export type CallArgument = string | number | Uint8Array;

/** A session without a socket: the same dispatcher, arguments and replies, from memory to memory. */
export class InProcessClient {
  readonly session: Session;
  readonly #instance: Instance;
  readonly #args = new Arguments();
  readonly #reply = new Reply();

  constructor(instance: Instance) {
    this.#instance = instance;
    this.session = instance.openSession();
    this.session.setAuthenticated(true);
    this.session.protocol = 3;
    this.#reply.onError = (text) => instance.statistics.countError(text);
  }

  /**
   * Executes one command and gives back its reply's bytes, which the caller owns. A blocking command that has to wait
   * gives a promise of them, and waits in a session of its own: the calls after it are not held up.
   * @throws TypeError if an argument is neither a string, a number nor bytes.
   */
  execute(args: readonly CallArgument[]): Buffer | Promise<Buffer> {
    this.#fill(args);
    this.#instance.beginBatch();
    this.#reply.position = 0;
    this.#reply.protocol = this.session.protocol;
    this.#instance.dispatcher.execute(this.session, this.#args, this.#reply);
    const late = this.session.isBlocked ? this.#waitAside() : null;
    this.#instance.endBatch();
    return late ?? Buffer.from(this.#reply.bytes.subarray(0, this.#reply.position));
  }

  close(): void {
    this.#instance.closeSession(this.session);
  }

  /** Leaves the waiting to a session that lasts until the reply is there, and frees the session of the calls. */
  #waitAside(): Promise<Buffer> {
    const instance = this.#instance;
    const waiter = instance.openSession();
    waiter.actFor(this.session);
    const { deadlineMs } = this.session.wait!;
    // A process with nothing else to do has to be there when the time is up, as somebody awaits the reply.
    const alarm = Number.isFinite(deadlineMs)
      ? instance.clock.setTimer(deadlineMs - instance.clock.nowMs() + ALARM_MARGIN_MS, () => {}, true)
      : null;
    const end = (): void => {
      alarm?.cancel();
      instance.closeSession(waiter);
    };
    return new Promise((resolve, reject) => {
      instance.blockedClients.transfer(this.session, waiter, {
        isOpen: true,
        write(bytes) {
          end();
          resolve(Buffer.from(bytes));
        },
        destroy() {
          end();
          reject(new Error('the server was stopped before there was a reply'));
        },
      });
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
