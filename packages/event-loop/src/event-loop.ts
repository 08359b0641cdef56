import type { Connection } from './connection';

/** How a loop talks to the kernel: the rings of io_uring, the readiness of epoll, or Node's own `node:net`. */
export type Backend = 'io_uring' | 'epoll' | 'libuv';

/** What `createEventLoop` is asked for; every size has a default that suits a server of up to 10 000 connections. */
export interface EventLoopOptions {
  /** Which backend to run; `auto` (the default) takes the first that works of io_uring, epoll and libuv. */
  readonly backend?: 'auto' | Backend;
  /** Bytes of one shared output chunk, 4 KiB to 16 MiB. Default 128 KiB. */
  readonly chunkBytes?: number;
  /** Bytes of one input buffer: 1 KiB to 1 MiB. Default 16 KiB on io_uring (there are many, a window may be several), 64 KiB elsewhere (there is one). */
  readonly inputBytes?: number;
  /** How many input buffers io_uring may fill before we look: a power of two, 8 to 32 768. Default 512. */
  readonly inputBuffers?: number;
  /** Entries of io_uring's submission queue: a power of two, 8 to 32 768. Default 1024; the completion queue has eight times that. */
  readonly ringEntries?: number;
  /** Turns of our own before Node's loop gets its share, 1 to 1000. Default 32. */
  readonly turnsPerTick?: number;
  /** Milliseconds after which a tick starts no further turn. Default 1. */
  readonly tickBudgetMs?: number;
}

/** Where a listener of TCP stands. */
export interface TcpListenOptions {
  /** An IPv4 or IPv6 address (names are not looked up). Default `127.0.0.1`. */
  readonly host?: string;
  /** 0 to 65 535; 0 (the default) takes any free port. */
  readonly port?: number;
  /** Connections that may wait to be accepted. Default 511, capped by the kernel's somaxconn. */
  readonly backlog?: number;
  /** Lets several processes share the port (SO_REUSEPORT). */
  readonly reusePort?: boolean;
  /** An IPv6 socket that takes no IPv4 connections (IPV6_V6ONLY). */
  readonly ipv6Only?: boolean;
  /** Seconds of silence before the kernel probes the peer; 0 turns the probes off. Default 300. */
  readonly keepAliveSeconds?: number;
}

/** Where a listener on a unix socket stands; a stale file at the path is its owner's to remove. */
export interface UnixListenOptions {
  readonly path: string;
  /** Permission bits of the socket's file, such as 0o770; default: what the umask leaves. */
  readonly mode?: number;
  /** Connections that may wait to be accepted. Default 511. */
  readonly backlog?: number;
}

/** Either kind of place to listen at. */
export type ListenOptions = TcpListenOptions | UnixListenOptions;

/** The address that a listener really got. */
export type ListenerAddress =
  | { readonly host: string; readonly port: number; readonly family: 4 | 6 }
  | { readonly path: string };

/**
 * What its owner does with the connections of a listener. An exception thrown by a handler is a programming error: it
 * leaves the loop as an uncaught exception, and the loop goes on if the process does.
 */
export interface ConnectionHandler {
  /** A peer connected. Output may be written at once. */
  onOpen(connection: Connection): void;
  /**
   * Input arrived: `bytes[start, end)`, at least one byte. The window is valid during the call only, and `bytes` is one
   * of a few long-lived buffers.
   */
  onData(connection: Connection, bytes: Buffer, start: number, end: number): void;
  /** All queued output was sent after some of it had had to wait for the peer. */
  onDrain?(connection: Connection): void;
  /** The connection is gone, said exactly once and never from inside a call of ours; `error` is null for an orderly close. */
  onClose(connection: Connection, error: Error | null): void;
  /**
   * The end of an iteration: all that was ready has been handed over, and no reply of this iteration has left yet. The one
   * place for what must happen before a reply does, an fsync say. Called only in iterations that had something to do.
   */
  onBatch?(): void;
}

/** A place that accepts connections; it keeps the process alive until it is closed or unref'd. */
export interface Listener {
  readonly address: ListenerAddress;
  /** Stops accepting: peers wait in the kernel's backlog. */
  pause(): void;
  /** Accepts again. */
  resume(): void;
  /** Lets the process end although this listener is open. */
  unref(): void;
  /** Takes `unref` back. */
  ref(): void;
  /** Closes the listening socket (and removes its unix path); its connections stay. Calling it again does nothing. */
  close(): Promise<void>;
}

/** A periodic call; it keeps no process alive unless `ref` is called. */
export interface TimeEvent {
  readonly intervalMs: number;
  cancel(): void;
  ref(): this;
  unref(): this;
}

/** Counters since the loop was made; live, so copy what has to stand still. */
export interface LoopStatistics {
  /** Iterations that had something to do. */
  readonly iterations: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly connectionsAccepted: number;
  readonly connectionsOpen: number;
  /** Times that accepting failed for want of descriptors or memory and was put off. */
  readonly acceptsDeferred: number;
  /** Bytes of output chunks that are reserved now, pooled ones included. */
  readonly outputBytesReserved: number;
}

/** One batch per iteration: take all that is ready, hand it over, then send all replies. */
export interface EventLoop {
  readonly backend: Backend;
  /** Why this backend runs, in words for a log: `asked for`, or `io_uring: not permitted (EPERM)` with what was taken instead. */
  readonly reason: string;
  readonly statistics: LoopStatistics;
  /**
   * Listens and hands connections to `handler`.
   * @throws (rejects with) an Error with `code` such as EADDRINUSE, EACCES or EADDRNOTAVAIL
   */
  listen(options: ListenOptions, handler: ConnectionHandler): Promise<Listener>;
  /** Calls `callback` every `intervalMs` (at least 1); a late call is not made up for. */
  addTimeEvent(intervalMs: number, callback: () => void): TimeEvent;
  /**
   * Drops the pooled output buffers that were not needed since the last call, or all of them; call it about once a second.
   * O(buffers).
   */
  shrink(all: boolean): void;
  /**
   * Gives about a mebibyte of dropped output buffers back to the kernel, which takes some 0.1 ms, and answers whether nothing is
   * left. Without it, V8 gives them back at its next collection, which a quiet process may never have. Does nothing where
   * `loadHostMemory` answers null.
   */
  discardSome(): boolean;
  /** Closes listeners and connections (queued output is dropped), cancels time events, frees what the kernel lent. Idempotent. */
  close(): Promise<void>;
}
