import { connect, type Socket } from 'node:net';
import type { Address } from './write-load';

const DIGITS = 12;
const ZERO = 0x30;
const MINUS = 0x2d;
const DOLLAR = 0x24;
const VALUE = 'v'.repeat(32);
/** Bytes of a reply with a value, of a null reply, and of +OK. */
const VALUE_REPLY_BYTES = `$${VALUE.length}\r\n${VALUE}\r\n`.length;
const NULL_REPLY_BYTES = '$-1\r\n'.length;
const OK_REPLY_BYTES = '+OK\r\n'.length;

/** One command for many keys, whose names are numbers of twelve digits. */
class CommandBatch {
  readonly #bytes: Buffer;
  readonly #length: number;
  readonly #digitsAt: number;

  /** @param maxKeys the largest batch. */
  constructor(maxKeys: number, beginning: string, end: string) {
    const command = `${beginning}${'0'.repeat(DIGITS)}${end}`;
    this.#bytes = Buffer.from(command.repeat(maxKeys), 'latin1');
    this.#length = command.length;
    this.#digitsAt = beginning.length;
  }

  /** The commands for the keys, valid until the next call. */
  encode(keys: ArrayLike<number>): Buffer {
    for (let i = 0; i < keys.length; i++) {
      let rest = keys[i]!;
      for (let at = i * this.#length + this.#digitsAt + DIGITS - 1, left = DIGITS; left > 0; at--, left--) {
        const tenth = Math.floor(rest / 10);
        this.#bytes[at] = ZERO + rest - tenth * 10;
        rest = tenth;
      }
    }
    return this.#bytes.subarray(0, keys.length * this.#length);
  }
}

/**
 * A connection that gets and sets keys by their numbers, many at once. It knows the lengths of the replies, so that reading ten million of
 * them takes no longer than a server takes to write them.
 */
export class CacheClient {
  readonly #socket: Socket;
  readonly #gets: CommandBatch;
  readonly #sets: CommandBatch;
  /** Whether each key of the last `get` was found. */
  readonly #found: Uint8Array;
  #answered = 0;
  #expected = 0;
  /** The beginning of a reply of which the rest has not come. */
  #rest: Buffer | null = null;
  #resolve: (found: Uint8Array) => void = () => {};
  #resolveCount: ((reply: Buffer) => void) | null = null;
  #reject: (error: Error) => void = () => {};

  /** @param maxKeys the largest number of keys of one call. */
  static open({ host, port }: Address, maxKeys: number): Promise<CacheClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new CacheClient(socket, maxKeys)));
      socket.once('error', reject);
    });
  }

  private constructor(socket: Socket, maxKeys: number) {
    this.#socket = socket.setNoDelay(true);
    this.#gets = new CommandBatch(maxKeys, '*2\r\n$3\r\nGET\r\n$16\r\nkey:', '\r\n');
    this.#sets = new CommandBatch(maxKeys, '*3\r\n$3\r\nSET\r\n$16\r\nkey:', `\r\n$${VALUE.length}\r\n${VALUE}\r\n`);
    this.#found = new Uint8Array(maxKeys);
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('close', () => this.#reject(new Error('the server has closed the connection')));
  }

  /** Whether each of the keys is found: 1 or 0; valid until the next call. */
  get(keys: ArrayLike<number>): Promise<Uint8Array> {
    return this.#send(this.#gets.encode(keys), keys.length);
  }

  async set(keys: ArrayLike<number>): Promise<void> {
    await this.#send(this.#sets.encode(keys), keys.length);
  }

  /** How many keys the server holds. Asked over this connection, because in redis-server another one would take memory from the keys. */
  async count(): Promise<number> {
    const reply = await new Promise<Buffer>((resolve, reject) => {
      this.#resolveCount = resolve;
      this.#reject = reject;
      this.#socket.write('*1\r\n$6\r\nDBSIZE\r\n');
    });
    this.#resolveCount = null;
    return Number(/^:(\d+)\r\n$/.exec(reply.toString('latin1'))?.[1]);
  }

  close(): void {
    this.#reject = () => {};
    this.#socket.destroy();
  }

  #send(bytes: Buffer, count: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#answered = 0;
      this.#expected = count;
      this.#resolve = resolve;
      this.#reject = reject;
      this.#socket.write(bytes);
    });
  }

  #receive(received: Buffer): void {
    if (this.#resolveCount !== null) {
      this.#resolveCount(received);
      return;
    }
    const bytes = this.#rest === null ? received : Buffer.concat([this.#rest, received]);
    this.#rest = null;
    let at = 0;
    while (at < bytes.length) {
      if (bytes[at] === MINUS) this.#reject(new Error(bytes.toString('latin1', at)));
      const isBulk = bytes[at] === DOLLAR;
      // Where only the `$` has come, both lengths exceed what is there, and the reply is read with the next window.
      const isFound = isBulk && bytes[at + 1] !== MINUS;
      const length = isFound ? VALUE_REPLY_BYTES : isBulk ? NULL_REPLY_BYTES : OK_REPLY_BYTES;
      if (at + length > bytes.length) break;
      this.#found[this.#answered++] = isFound ? 1 : 0;
      at += length;
    }
    if (at < bytes.length) this.#rest = bytes.subarray(at);
    if (this.#answered === this.#expected) this.#resolve(this.#found);
  }
}
