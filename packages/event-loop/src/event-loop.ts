import type { Connection } from './connection';

/** The interface to the kernel: io_uring, epoll, or Node's own `node:net` (libuv). */
export type Backend = 'io_uring' | 'epoll' | 'libuv';

/** Options of `createEventLoop`. The defaults suit a server of up to 10 000 connections. */
export interface EventLoopOptions {
  /** The backend. `auto` (the default) selects the first of io_uring, epoll and libuv that works. */
  readonly backend?: 'auto' | Backend;
  /** Size of a shared output chunk in bytes, 4 KiB to 16 MiB. Default: 128 KiB. */
  readonly chunkBytes?: number;
  /** Size of an input buffer in bytes, 1 KiB to 1 MiB. Default: 16 KiB on io_uring, which has many, and 64 KiB elsewhere. */
  readonly inputBytes?: number;
  /** Number of input buffers of io_uring: a power of two, 8 to 32 768. Default: 512. */
  readonly inputBuffers?: number;
  /** Entries of io_uring's submission queue: a power of two, 8 to 32 768. Default: 1024. The completion queue is eight times as long. */
  readonly ringEntries?: number;
  /** Maximum number of iterations of a tick, after which Node's loop continues, 1 to 1000. Default: 32. */
  readonly iterationsPerTick?: number;
  /** Milliseconds after which a tick starts no further iteration. Default: 1. */
  readonly tickBudgetMs?: number;
}

/** The address and the options of a TCP listener. */
export interface TcpListenOptions {
  /** An IPv4 or IPv6 address; names are not resolved. Default: `127.0.0.1`. */
  readonly host?: string;
  /** 0 to 65 535. The default, 0, selects a free port. */
  readonly port?: number;
  /** Maximum number of connections that wait to be accepted. Default: 511, limited by the kernel's somaxconn. */
  readonly backlog?: number;
  /** Allows several processes to listen on the port (SO_REUSEPORT). */
  readonly reusePort?: boolean;
  /** An IPv6 socket does not accept IPv4 connections (IPV6_V6ONLY). */
  readonly ipv6Only?: boolean;
  /** Idle time in seconds before the kernel probes the peer; 0 turns the probes off. Default: 300. */
  readonly keepAliveSeconds?: number;
}

/** The path and the options of a listener on a unix socket. The caller removes a stale file at the path. */
export interface UnixListenOptions {
  readonly path: string;
  /** Permission bits of the socket's file, such as 0o770. Default: according to the umask. */
  readonly mode?: number;
  /** Maximum number of connections that wait to be accepted. Default: 511. */
  readonly backlog?: number;
}

/** The address and the options of a listener. */
export type ListenOptions = TcpListenOptions | UnixListenOptions;

/** The actual address of a listener. */
export type ListenerAddress =
  | { readonly host: string; readonly port: number; readonly family: 4 | 6 }
  | { readonly path: string };

/**
 * The callbacks for the connections of a listener. An exception thrown by a handler is a programming error: it becomes an uncaught
 * exception of the process. The loop continues if the process does.
 */
export interface ConnectionHandler {
  /** A peer connected. Output can be written. */
  onOpen(connection: Connection): void;
  /**
   * Input arrived: `bytes[start, end)`, at least one byte. The window is valid during the call only; `bytes` is one of a few
   * buffers that the loop reuses.
   */
  onData(connection: Connection, bytes: Buffer, start: number, end: number): void;
  /** All queued output was sent, after the peer had been too slow for some of it. */
  onDrain?(connection: Connection): void;
  /** The connection is closed. Called exactly once, and never during a call of the handler. `error` is null after an orderly close. */
  onClose(connection: Connection, error: Error | null): void;
  /**
   * The end of an iteration: all input that was ready has been processed, and no reply of this iteration has been sent yet. This is
   * the place for work that must precede replies, such as an fsync. Called only in iterations with events.
   */
  onBatch?(): void;
}

/** Accepts connections. It keeps the process alive until it is closed or unref'd. */
export interface Listener {
  readonly address: ListenerAddress;
  /** Stops accepting; peers wait in the kernel's backlog. */
  pause(): void;
  /** Accepts again. */
  resume(): void;
  /** Allows the process to end while this listener is open. */
  unref(): void;
  /** Reverses `unref`. */
  ref(): void;
  /** Closes the listening socket and removes its unix path. Its connections stay open. Idempotent. */
  close(): Promise<void>;
}

/** A periodic call. It keeps the process alive only after `ref`. */
export interface TimeEvent {
  readonly intervalMs: number;
  cancel(): void;
  ref(): this;
  unref(): this;
}

/** Counters since the loop was created. The object is live: copy the values that must not change. */
export interface LoopStatistics {
  /** Iterations with events. */
  readonly iterations: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly connectionsAccepted: number;
  readonly connectionsOpen: number;
  /** Number of times that accepting was postponed because descriptors or memory were short. */
  readonly acceptsDeferred: number;
  /** Allocated bytes of output chunks, including pooled ones. */
  readonly outputBytesReserved: number;
}

/** An event loop. An iteration reads all input that is ready, passes it to the handlers, and then sends all replies. */
export interface EventLoop {
  readonly backend: Backend;
  /** The reason for this backend as a text for a log, such as `asked for`, or `io_uring: not permitted (EPERM)`. */
  readonly reason: string;
  readonly statistics: LoopStatistics;
  /**
   * Listens and passes the connections to `handler`. The promise rejects instead of throwing.
   * @throws Error with a `code` such as EADDRINUSE, EACCES or EADDRNOTAVAIL when the kernel refuses the address
   * @throws TypeError when `host` is not an address
   * @throws RangeError when `port` or `path` is not valid
   */
  listen(options: ListenOptions, handler: ConnectionHandler): Promise<Listener>;
  /**
   * Calls `callback` every `intervalMs` milliseconds. Missed calls are not repeated.
   * @throws RangeError when `intervalMs` is not from 1 to 2^31 - 1
   */
  addTimeEvent(intervalMs: number, callback: () => void): TimeEvent;
  /**
   * Drops the pooled output buffers that were not needed since the last call, or all of them. Call it about once a second.
   * O(buffers).
   */
  shrink(all: boolean): void;
  /**
   * Returns about a mebibyte of dropped output buffers to the kernel, which takes some 0.1 ms. Returns whether nothing is left.
   * Without it, V8 frees them at its next garbage collection, which may never happen in an idle process. Does nothing if
   * `loadHostMemory` returns null.
   */
  discardSome(): boolean;
  /** Closes listeners and connections, drops queued output, cancels time events and frees all resources. Idempotent. */
  close(): Promise<void>;
}
