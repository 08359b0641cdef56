import type {
  Backend,
  ConnectionHandler,
  EventLoop,
  EventLoopOptions,
  Listener,
  ListenOptions,
  LoopStatistics,
  TimeEvent,
} from './event-loop';
import { loadHostMemory } from './host-memory/load-host-memory';
import { setImmediate } from './node-timers';
import { OutputChunkPool } from './output-chunks';
import type { QueuedConnection } from './queued-connection';
import { TimeEvents } from './time-events';

/** Time until the next attempt to accept after descriptors or memory were short. */
export const ACCEPT_RETRY_MS = 100;

/** The counters of `EventLoop.statistics`. */
export class LoopCounters implements LoopStatistics {
  iterations = 0;
  bytesRead = 0;
  bytesWritten = 0;
  connectionsAccepted = 0;
  acceptsDeferred = 0;
  readonly #core: LoopCore;

  constructor(core: LoopCore) {
    this.#core = core;
  }

  get connectionsOpen(): number {
    return this.#core.connections.size;
  }

  get outputBytesReserved(): number {
    return this.#core.chunks.reservedBytes;
  }
}

/** The base of the loops of all backends: connections with output, closed connections, and the order of the end of an iteration. */
export abstract class LoopCore implements EventLoop {
  abstract readonly backend: Backend;
  readonly reason: string;
  readonly chunks: OutputChunkPool;
  readonly counters: LoopCounters;
  readonly connections: Set<QueuedConnection>;
  /** Whether an iteration runs, which ends with `settle`. */
  protected isInside: boolean;
  protected readonly listeners: Set<Listener>;
  /** Connections with output: the first `#scheduledCount` of an array whose length never shrinks, because setting a length is slow in V8. */
  #scheduled: (QueuedConnection | null)[];
  #scheduledCount: number;
  /** The connections that are being flushed, from `#flushNext` to `#flushCount`. */
  #flushing: (QueuedConnection | null)[];
  #flushNext: number;
  #flushCount: number;
  readonly #closed: QueuedConnection[];
  readonly #batchHandlers: ConnectionHandler[];
  readonly #timeEvents: TimeEvents;
  #lastConnectionId: number;
  #closing: Promise<void> | null;

  constructor(reason: string, options: EventLoopOptions, addressOf: (bytes: Buffer) => number) {
    this.reason = reason;
    this.chunks = new OutputChunkPool(options.chunkBytes ?? 128 * 1024, addressOf, loadHostMemory());
    this.counters = new LoopCounters(this);
    this.connections = new Set();
    this.isInside = false;
    this.listeners = new Set();
    this.#scheduled = [];
    this.#scheduledCount = 0;
    this.#flushing = [];
    this.#flushNext = 0;
    this.#flushCount = 0;
    this.#closed = [];
    this.#batchHandlers = [];
    this.#timeEvents = new TimeEvents();
    this.#lastConnectionId = 0;
    this.#closing = null;
  }

  get statistics(): LoopStatistics {
    return this.counters;
  }

  async listen(options: ListenOptions, handler: ConnectionHandler): Promise<Listener> {
    if (this.#closing !== null) throw new Error('the event loop is closed');
    const listener = await this.openListener(options, handler);
    this.listeners.add(listener);
    if (handler.onBatch !== undefined && !this.#batchHandlers.includes(handler)) this.#batchHandlers.push(handler);
    return listener;
  }

  addTimeEvent(intervalMs: number, callback: () => void): TimeEvent {
    if (this.#closing !== null) throw new Error('the event loop is closed');
    return this.#timeEvents.add(intervalMs, callback);
  }

  shrink(all: boolean): void {
    this.chunks.shrink(all);
  }

  discardSome(): boolean {
    return this.chunks.discardSome();
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  nextConnectionId(): number {
    return ++this.#lastConnectionId;
  }

  /** Adds a new connection and calls `onOpen`. */
  adopt(connection: QueuedConnection): void {
    this.counters.connectionsAccepted++;
    this.connections.add(connection);
    connection.handler.onOpen(connection);
  }

  /** Flushes `connection` at the end of this iteration; outside of an iteration, at the end of the next one, which runs soon. */
  schedule(connection: QueuedConnection): void {
    connection.isScheduled = true;
    this.#scheduled[this.#scheduledCount++] = connection;
    if (!this.isInside) this.wake();
  }

  /** Calls `onClose` for `connection` at the end of this iteration, or in the next one. */
  announceClosed(connection: QueuedConnection): void {
    this.#closed.push(connection);
    if (!this.isInside) this.wake();
  }

  /** Ensures that an iteration runs soon. */
  abstract wake(): void;

  /** Whether there are connections to flush or to close. */
  protected get hasWork(): boolean {
    return this.#scheduledCount > 0 || this.#flushNext < this.#flushCount || this.#closed.length > 0;
  }

  /** Ends an iteration: calls `onClose` and `onBatch`, then sends the output of all connections. */
  protected settle(): void {
    this.counters.iterations++;
    this.isInside = true;
    try {
      this.#deliverClosed();
      for (let i = 0; i < this.#batchHandlers.length; i++) this.#batchHandlers[i]?.onBatch?.();
      this.#flushScheduled();
      this.#deliverClosed();
    } finally {
      this.isInside = false;
      // A handler threw, or wrote output in `onClose`.
      if (this.hasWork) this.wake();
    }
  }

  protected abstract openListener(options: ListenOptions, handler: ConnectionHandler): Promise<Listener>;
  /** Frees the resources of the backend after listeners and connections were closed. */
  protected abstract release(): Promise<void>;

  /** Called by a listener that closes. */
  removeListener(listener: Listener): void {
    this.listeners.delete(listener);
  }

  #flushScheduled(): void {
    // Connections that are scheduled meanwhile go to the other array. If an exception interrupted the last flush, it continues first.
    if (this.#flushNext === this.#flushCount) {
      const empty = this.#flushing;
      this.#flushing = this.#scheduled;
      this.#flushCount = this.#scheduledCount;
      this.#flushNext = 0;
      this.#scheduled = empty;
      this.#scheduledCount = 0;
    }
    const flushing = this.#flushing;
    while (this.#flushNext < this.#flushCount) {
      const connection = flushing[this.#flushNext] as QueuedConnection;
      flushing[this.#flushNext++] = null;
      connection.flush();
    }
  }

  #deliverClosed(): void {
    const closed = this.#closed;
    while (closed.length > 0) {
      const connection = closed.shift() as QueuedConnection;
      this.connections.delete(connection);
      connection.handler.onClose(connection, connection.closeError);
    }
  }

  async #closeAll(): Promise<void> {
    this.#timeEvents.cancelAll();
    await Promise.all([...this.listeners].map((listener) => listener.close()));
    for (const connection of this.connections) connection.destroy();
    // One more iteration, so that `onClose` is called for every connection.
    await new Promise((resolve) => setImmediate(resolve));
    await this.release();
  }
}
