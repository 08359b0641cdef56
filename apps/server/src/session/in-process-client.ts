import { Arguments } from '../command/arguments';
import { Reply } from '../command/reply';
import type { Instance } from '../instance';
import type { Session } from './session';

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
   * Executes one command and gives back its reply's bytes, which the caller owns.
   * @throws TypeError if an argument is neither a string, a number nor bytes.
   */
  execute(args: readonly CallArgument[]): Buffer {
    this.#fill(args);
    this.#instance.beginBatch();
    this.#reply.position = 0;
    this.#reply.protocol = this.session.protocol;
    this.#instance.dispatcher.execute(this.session, this.#args, this.#reply);
    this.#instance.endBatch();
    return Buffer.from(this.#reply.bytes.subarray(0, this.#reply.position));
  }

  close(): void {
    this.#instance.closeSession(this.session);
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
