import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { type CommandText, encodeRequest } from './command-line';
import { frameEnd } from './reply-frame';

/** Read in place of a reply when the server has closed the connection. */
export const CLOSED_MARK = Buffer.from('-(the connection was closed)\r\n');
/** Read in place of a reply when none came in time. */
export const SILENCE_MARK = Buffer.from('-(no reply)\r\n');

/** A connection that hands out the exact bytes of each reply. It owns its socket: `close` it. */
export class RawClient {
  /** What has arrived and was not handed out: `filled` bytes, in a buffer that doubles. */
  #store: Buffer = Buffer.allocUnsafe(1024);
  #filled = 0;
  #ended = false;
  #wake: (() => void) | null = null;

  private constructor(readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#append(chunk);
      this.#wake?.();
    });
    socket.on('error', () => this.#end());
    socket.on('close', () => this.#end());
    socket.on('end', () => this.#end());
  }

  /** Connects; rejects when the server refuses. */
  static open(address: NetConnectOpts): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(address);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawClient(socket));
      });
    });
  }

  #append(chunk: Buffer): void {
    if (this.#filled + chunk.length > this.#store.length) {
      const grown = Buffer.allocUnsafe(2 * (this.#filled + chunk.length));
      this.#store.copy(grown, 0, 0, this.#filled);
      this.#store = grown;
    }
    chunk.copy(this.#store, this.#filled);
    this.#filled += chunk.length;
  }

  /** Hands out the first bytes of what has arrived. */
  #take(length: number): Buffer {
    const taken = Buffer.from(this.#store.subarray(0, length));
    this.#store.copyWithin(0, length, this.#filled);
    this.#filled -= length;
    return taken;
  }

  #end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** Sends a command and resolves to the bytes of the next reply. */
  call(command: CommandText, timeoutMs?: number): Promise<Buffer> {
    this.write(encodeRequest(command));
    return this.next(timeoutMs);
  }

  /** Sends commands in one write and resolves to their replies in order; rejects when one does not come. */
  async pipeline(commands: readonly CommandText[]): Promise<Buffer[]> {
    this.write(Buffer.concat(commands.map(encodeRequest)));
    const replies: Buffer[] = [];
    while (replies.length < commands.length) {
      const reply = await this.next();
      if (reply === SILENCE_MARK || reply === CLOSED_MARK) throw new Error(`no reply to ${commands[replies.length]}`);
      replies.push(reply);
    }
    return replies;
  }

  /** Sends bytes as they are; does nothing on a closed connection. */
  write(bytes: Buffer | string): void {
    if (!this.socket.destroyed && this.socket.writable) this.socket.write(bytes);
  }

  /** The bytes of the next reply or push, `CLOSED_MARK` after the end of the stream, `SILENCE_MARK` after `timeoutMs`. */
  async next(timeoutMs = 10_000): Promise<Buffer> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const end = frameEnd(this.#store.subarray(0, this.#filled), 0);
      if (end > 0) return this.#take(end);
      if (this.#ended) return CLOSED_MARK;
      const left = deadline - performance.now();
      if (left <= 0 || !(await this.#more(left))) return SILENCE_MARK;
    }
  }

  /** Everything that arrives until the server closes, or until nothing came for `quietMs`. */
  async drain(quietMs = 100): Promise<{ bytes: Buffer; closed: boolean }> {
    while (!this.#ended && (await this.#more(quietMs)));
    return { bytes: this.#take(this.#filled), closed: this.#ended };
  }

  #more(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#wake = null;
        resolve(false);
      }, timeoutMs);
      this.#wake = () => {
        this.#wake = null;
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  /** Closes at once; whatever was not read is lost. */
  close(): void {
    this.socket.destroy();
  }
}
