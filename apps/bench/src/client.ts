import { connect, type Socket } from 'node:net';
import { DECODED, encodeCommand, MALFORMED, type Reply, ReplyDecoder } from '@nanoredis/resp-codec';

/** A server that has not answered for so long will not. */
const LONGEST_SILENCE_MS = 30_000;

/** A connection that asks one question after the other; what comes back as an error reply is thrown. */
export class Client {
  private readonly decoder = new ReplyDecoder();
  private waiting: ((reply: Reply) => void) | null = null;
  private fail: ((error: Error) => void) | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setTimeout(LONGEST_SILENCE_MS, () => socket.destroy());
    socket.on('data', (bytes) => this.receive(bytes));
    socket.on('error', (error) => this.fail?.(error));
    socket.on('close', () => this.fail?.(new Error('the server has closed the connection')));
  }

  /** Connects to a port of 127.0.0.1; rejects when nobody listens there. */
  static open(port: number): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Client(socket));
      });
    });
  }

  /** Sends a command and waits for its reply. One at a time. */
  call(...args: string[]): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.waiting = (reply) => (reply instanceof Error ? reject(reply) : resolve(reply));
      this.fail = reject;
      this.socket.write(encodeCommand(args));
    });
  }

  close(): void {
    this.fail = null;
    this.socket.destroy();
  }

  private receive(bytes: Buffer): void {
    this.decoder.feed(bytes);
    for (;;) {
      const outcome = this.decoder.next();
      if (outcome === MALFORMED) this.fail?.(new Error('the server does not speak RESP'));
      if (outcome !== DECODED) return;
      this.waiting?.(this.decoder.value);
    }
  }
}
