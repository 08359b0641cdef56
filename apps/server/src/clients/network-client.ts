import type { Connection, SharedOutput } from '@nanoredis/event-loop';
import type { RequestParser } from '@nanoredis/resp-codec';
import type { Session } from '../session/session';
import type { Transport } from '../session/transport';
import { isLoopback } from './is-loopback';
import type { SocketReply } from './socket-reply';

/** Goes on with the requests of a client that was blocked. */
export interface ClientWaker {
  /** Executes what the client has sent, after the request that runs now. O(1). */
  wake(client: NetworkClient): void;
  /** Bytes of the window whose requests run now, with those that were kept from windows before it. */
  readonly windowBytes: number;
}

/** The transport of a session whose client is connected by a socket. */
export class NetworkClient implements Transport {
  readonly connection: Connection;
  readonly session: Session;
  readonly parser: RequestParser;
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly isLocal: boolean;
  readonly isUnix: boolean;
  readonly #reply: SocketReply;
  readonly #waker: ClientWaker;

  /** `reply` is the one that all clients share: while it is attached to this connection, a request of this client runs. */
  constructor(connection: Connection, session: Session, parser: RequestParser, reply: SocketReply, waker: ClientWaker) {
    this.connection = connection;
    this.session = session;
    this.parser = parser;
    this.#reply = reply;
    this.#waker = waker;
    this.isUnix = connection.isUnix;
    this.isLocal = this.isUnix || isLoopback(connection.remoteAddress);
    const path = `${connection.localAddress}:0`;
    this.remoteAddress = this.isUnix ? path : endpoint(connection.remoteAddress, connection.remotePort);
    this.localAddress = this.isUnix ? path : endpoint(connection.localAddress, connection.localPort);
  }

  get fd(): number {
    return this.connection.fd;
  }

  get isOpen(): boolean {
    return this.connection.isOpen;
  }

  get queuedBytes(): number {
    return this.connection.queuedBytes;
  }

  get bufferedBytes(): number {
    return this.parser.bufferedBytes;
  }

  get requestBytes(): number {
    return this.#isServed ? Math.max(this.#waker.windowBytes, this.parser.bufferedBytes) : this.parser.bufferedBytes;
  }

  get freeRequestBytes(): number {
    return Math.max(0, this.parser.allocatedBytes - this.parser.bufferedBytes);
  }

  write(bytes: Uint8Array): void {
    if (this.#isServed) this.#reply.raw(bytes, 0, bytes.length);
    else this.connection.write(bytes, 0, bytes.length);
  }

  writeShared(output: SharedOutput): void {
    if (this.#isServed) this.#reply.raw(output.bytes, output.start, output.end);
    else this.connection.writeShared(output);
  }

  end(): void {
    this.connection.end();
  }

  destroy(): void {
    this.connection.destroy();
  }

  resume(): void {
    this.#waker.wake(this);
  }

  /** Whether a request of this client runs now. */
  get #isServed(): boolean {
    return this.#reply.connection === this.connection;
  }
}

function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
