import { connect, type Socket } from 'node:net';
import { DECODED, encodeCommand, MALFORMED, type Reply, ReplyDecoder } from '@nanoredis/resp-codec';

/** How long a server may take for a reply by default: deleting ten million keys takes a few seconds. */
const MAX_SILENCE_MS = 30_000;

interface PendingCall {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** A connection that sends one command after the other. An error reply rejects the call. */
export class Client {
  readonly #decoder = new ReplyDecoder();
  readonly #socket: Socket;
  readonly #maxSilenceMs: number;
  #pending: PendingCall | null = null;
  /** Why the connection has ended; null while it is open. */
  #end: Error | null = null;

  private constructor(socket: Socket, maxSilenceMs: number) {
    this.#socket = socket;
    this.#maxSilenceMs = maxSilenceMs;
    socket.setNoDelay(true);
    socket.on('timeout', () => this.#fail(new Error(`the server has not answered for ${maxSilenceMs / 1000} s`)));
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server has closed the connection')));
  }

  /**
   * Connects; rejects when nothing listens at the address.
   *
   * @param maxSilenceMs how long the server may take for a reply.
   */
  static open(port: number, host = '127.0.0.1', maxSilenceMs = MAX_SILENCE_MS): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Client(socket, maxSilenceMs));
      });
    });
  }

  /** Sends a command and waits for its reply. One at a time. */
  call(...words: string[]): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#end !== null) return reject(this.#end);
      this.#pending = { resolve, reject };
      this.#socket.setTimeout(this.#maxSilenceMs);
      this.#socket.write(encodeCommand(words));
    });
  }

  close(): void {
    this.#fail(new Error('the connection was closed'));
  }

  #receive(bytes: Buffer): void {
    this.#decoder.feed(bytes);
    for (;;) {
      const outcome = this.#decoder.next();
      if (outcome === MALFORMED) this.#fail(new Error('the server does not speak RESP'));
      if (outcome !== DECODED) return;
      const pending = this.#pending;
      this.#pending = null;
      this.#socket.setTimeout(0);
      const reply = this.#decoder.value;
      if (reply instanceof Error) pending?.reject(reply);
      else pending?.resolve(reply);
    }
  }

  #fail(error: Error): void {
    this.#end ??= error;
    this.#socket.destroy();
    this.#pending?.reject(this.#end);
    this.#pending = null;
  }
}
