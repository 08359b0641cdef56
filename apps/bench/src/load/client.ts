import { connect, type Socket } from 'node:net';
import { DECODED, encodeCommand, MALFORMED, type Reply, ReplyDecoder } from '@nanoredis/resp-codec';

/** How long a server may think about a question when nothing is said: deleting ten million keys takes a few seconds. */
const LONGEST_SILENCE_MS = 30_000;

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** A connection that asks one question after the other; what comes back as an error reply is thrown. */
export class Client {
  private readonly decoder = new ReplyDecoder();
  private waiting: Waiting | null = null;
  private end: Error | null = null;

  private constructor(
    private readonly socket: Socket,
    private readonly silenceMs: number,
  ) {
    socket.setNoDelay(true);
    socket.on('timeout', () => this.fail(new Error(`the server has not answered for ${silenceMs / 1000} s`)));
    socket.on('data', (bytes) => this.receive(bytes));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the server has closed the connection')));
  }

  /**
   * Connects; rejects when nobody listens there.
   *
   * @param silenceMs how long an answer may take.
   */
  static open(port: number, host = '127.0.0.1', silenceMs = LONGEST_SILENCE_MS): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Client(socket, silenceMs));
      });
    });
  }

  /** Sends a command and waits for its reply. One at a time. */
  call(...words: string[]): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.end !== null) return reject(this.end);
      this.waiting = { resolve, reject };
      this.socket.setTimeout(this.silenceMs);
      this.socket.write(encodeCommand(words));
    });
  }

  close(): void {
    this.fail(new Error('the connection was closed'));
  }

  private receive(bytes: Buffer): void {
    this.decoder.feed(bytes);
    for (;;) {
      const outcome = this.decoder.next();
      if (outcome === MALFORMED) this.fail(new Error('the server does not speak RESP'));
      if (outcome !== DECODED) return;
      const { waiting } = this;
      this.waiting = null;
      this.socket.setTimeout(0);
      const reply = this.decoder.value;
      if (reply instanceof Error) waiting?.reject(reply);
      else waiting?.resolve(reply);
    }
  }

  private fail(error: Error): void {
    this.end ??= error;
    this.socket.destroy();
    this.waiting?.reject(this.end);
    this.waiting = null;
  }
}
