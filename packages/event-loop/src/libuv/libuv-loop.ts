import { chmodSync } from 'node:fs';
import { type AddressInfo, createServer, isIP, type Server, type Socket } from 'node:net';
import type { ConnectionHandler, EventLoopOptions, Listener, ListenerAddress, ListenOptions } from '../event-loop';
import { LoopCore } from '../loop-core';
import { setImmediate } from '../node-timers';
import { requireUnixPath } from '../unix-path';
import { LibuvConnection } from './libuv-connection';

/** The loop over `node:net`, which works everywhere: one write per connection and iteration, one input buffer for all connections. */
export class LibuvLoop extends LoopCore {
  readonly backend = 'libuv';
  /** The buffer for all input. Each read is processed before the next one starts. */
  readonly input: Buffer;
  /** The scheduled end of the iteration, or null. Fake timers cannot lose it, see node-timers.ts. */
  #wakeUp: NodeJS.Immediate | null;
  readonly #settleNow: () => void;

  constructor(reason: string, options: EventLoopOptions) {
    super(reason, options, () => 0);
    this.input = Buffer.allocUnsafeSlow(options.inputBytes ?? 64 * 1024);
    this.#wakeUp = null;
    this.#settleNow = () => {
      this.#wakeUp = null;
      this.settle();
    };
  }

  wake(): void {
    // libuv first reads all sockets that are ready, then runs immediates. That is the end of an iteration.
    this.#wakeUp ??= setImmediate(this.#settleNow);
  }

  protected openListener(options: ListenOptions, handler: ConnectionHandler): Promise<Listener> {
    const path = 'path' in options ? options.path : null;
    if (path !== null) requireUnixPath(path);
    const keepAliveSeconds = 'path' in options ? 0 : (options.keepAliveSeconds ?? 300);
    const server = createServer({
      // A peer that has ended its output still gets its replies.
      allowHalfOpen: true,
      noDelay: true,
      keepAlive: keepAliveSeconds > 0,
      keepAliveInitialDelay: keepAliveSeconds * 1000,
      pauseOnConnect: true,
    });
    const listener = new LibuvListener(this, server);
    server.on('connection', (socket) => {
      if (listener.isClosed) socket.destroy();
      else listener.accept(socket, handler, path);
    });
    return new Promise((resolve, reject) => {
      const refuse = (error: Error) => reject(error);
      server.once('error', refuse);
      const listening = () => {
        server.off('error', refuse);
        // libuv retries a failed accept. Without a listener for the event, the process would end.
        server.on('error', () => {
          this.counters.acceptsDeferred++;
        });
        try {
          if ('path' in options && options.mode !== undefined) chmodSync(options.path, options.mode);
        } catch (error) {
          server.close();
          reject(error);
          return;
        }
        listener.address = addressOf(server);
        resolve(listener);
      };
      if ('path' in options) {
        server.listen({ path: options.path, backlog: options.backlog ?? 511 }, listening);
        return;
      }
      const host = options.host ?? '127.0.0.1';
      if (isIP(host) === 0) {
        reject(new TypeError(`host has to be an IPv4 or IPv6 address, not '${host}'`));
        return;
      }
      const listenOptions = {
        host,
        port: options.port ?? 0,
        backlog: options.backlog ?? 511,
        ipv6Only: options.ipv6Only ?? false,
        exclusive: true,
        ...(options.reusePort ? { reusePort: true } : {}),
      };
      server.listen(listenOptions, listening);
    });
  }

  protected async release(): Promise<void> {}
}

function addressOf(server: Server): ListenerAddress {
  const address = server.address() as AddressInfo | string;
  if (typeof address === 'string') return { path: address };
  return { host: address.address, port: address.port, family: address.family === 'IPv6' ? 6 : 4 };
}

class LibuvListener implements Listener {
  address: ListenerAddress;
  isClosed: boolean;
  readonly #loop: LibuvLoop;
  readonly #server: Server;
  #waiting: [Socket, ConnectionHandler, string | null][] | null;

  constructor(loop: LibuvLoop, server: Server) {
    this.address = { path: '' };
    this.isClosed = false;
    this.#loop = loop;
    this.#server = server;
    this.#waiting = null;
  }

  accept(socket: Socket, handler: ConnectionHandler, path: string | null): void {
    if (this.#waiting !== null) {
      this.#waiting.push([socket, handler, path]);
      return;
    }
    const connection = new LibuvConnection(this.#loop, handler, socket, path, this.#loop.input);
    this.#loop.adopt(connection);
    this.#loop.wake();
    connection.start();
  }

  /** `node:net` cannot stop accepting, so sockets wait here without being read. */
  pause(): void {
    this.#waiting ??= [];
  }

  resume(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const [socket, handler, path] of waiting ?? []) this.accept(socket, handler, path);
  }

  unref(): void {
    this.#server.unref();
  }

  ref(): void {
    this.#server.ref();
  }

  close(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    this.isClosed = true;
    this.#loop.removeListener(this);
    for (const [socket] of this.#waiting ?? []) socket.destroy();
    // Its callback would wait for the connections, which stay open.
    this.#server.close();
    return new Promise((resolve) => setImmediate(resolve));
  }
}
