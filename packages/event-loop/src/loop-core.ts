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
import { OutputChunkPool } from './output-chunks';
import type { QueuedConnection } from './queued-connection';
import { TimeEvents } from './time-events';

/** How long accepting rests when there are no descriptors or no memory left. */
export const acceptRetryMs = 100;

/** The counters behind `EventLoop.statistics`. */
export class LoopCounters implements LoopStatistics {
  iterations = 0;
  bytesRead = 0;
  bytesWritten = 0;
  connectionsAccepted = 0;
  acceptsDeferred = 0;
  private readonly core: LoopCore;

  constructor(core: LoopCore) {
    this.core = core;
  }

  get connectionsOpen(): number {
    return this.core.connections.size;
  }

  get outputBytesReserved(): number {
    return this.core.chunks.reservedBytes;
  }
}

/** What the loops of all backends share: who has output to send, who has closed, and the order in which an iteration ends. */
export abstract class LoopCore implements EventLoop {
  abstract readonly backend: Backend;
  readonly reason: string;
  readonly chunks: OutputChunkPool;
  readonly counters: LoopCounters;
  readonly connections: Set<QueuedConnection>;
  /** Whether an iteration is under way, which will end with `settle`. */
  protected isInside: boolean;
  protected readonly listeners: Set<Listener>;
  /** Who has output; the first `scheduledCount` of a list that keeps its length, since to set a length is a slow call in V8. */
  private scheduled: (QueuedConnection | null)[];
  private scheduledCount: number;
  /** The list that is being flushed, from `flushNext` to `flushCount`. */
  private flushing: (QueuedConnection | null)[];
  private flushNext: number;
  private flushCount: number;
  private readonly closed: QueuedConnection[];
  private readonly batchHandlers: ConnectionHandler[];
  private readonly timeEvents: TimeEvents;
  private lastConnectionId: number;
  private closing: Promise<void> | null;

  constructor(reason: string, options: EventLoopOptions, addressOf: (bytes: Buffer) => number) {
    this.reason = reason;
    this.chunks = new OutputChunkPool(options.chunkBytes ?? 128 * 1024, addressOf, loadHostMemory());
    this.counters = new LoopCounters(this);
    this.connections = new Set();
    this.isInside = false;
    this.listeners = new Set();
    this.scheduled = [];
    this.scheduledCount = 0;
    this.flushing = [];
    this.flushNext = 0;
    this.flushCount = 0;
    this.closed = [];
    this.batchHandlers = [];
    this.timeEvents = new TimeEvents();
    this.lastConnectionId = 0;
    this.closing = null;
  }

  get statistics(): LoopStatistics {
    return this.counters;
  }

  async listen(options: ListenOptions, handler: ConnectionHandler): Promise<Listener> {
    if (this.closing !== null) throw new Error('the event loop is closed');
    const listener = await this.openListener(options, handler);
    this.listeners.add(listener);
    if (handler.onBatch !== undefined && !this.batchHandlers.includes(handler)) this.batchHandlers.push(handler);
    return listener;
  }

  addTimeEvent(intervalMs: number, callback: () => void): TimeEvent {
    if (this.closing !== null) throw new Error('the event loop is closed');
    return this.timeEvents.add(intervalMs, callback);
  }

  shrink(all: boolean): void {
    this.chunks.shrink(all);
  }

  discardSome(): boolean {
    return this.chunks.discardSome();
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  nextConnectionId(): number {
    return ++this.lastConnectionId;
  }

  /** Takes a new connection in and tells its handler. */
  adopt(connection: QueuedConnection): void {
    this.counters.connectionsAccepted++;
    this.connections.add(connection);
    connection.handler.onOpen(connection);
  }

  /** Has `connection` flushed at the end of this iteration, or of one that starts soon. */
  schedule(connection: QueuedConnection): void {
    connection.isScheduled = true;
    this.scheduled[this.scheduledCount++] = connection;
    if (!this.isInside) this.wake();
  }

  /** Has the owner told of the end of `connection`, never from inside a call of ours. */
  announceClosed(connection: QueuedConnection): void {
    this.closed.push(connection);
    if (!this.isInside) this.wake();
  }

  /** Sees to it that an iteration runs soon, whatever else the process waits for. */
  abstract wake(): void;

  /** Whether an iteration would have something to settle. */
  protected get hasWork(): boolean {
    return this.scheduledCount > 0 || this.flushNext < this.flushCount || this.closed.length > 0;
  }

  /** Ends an iteration: closed connections, `onBatch`, then the output of all. */
  protected settle(): void {
    this.counters.iterations++;
    this.isInside = true;
    try {
      this.deliverClosed();
      for (let i = 0; i < this.batchHandlers.length; i++) this.batchHandlers[i]?.onBatch?.();
      this.flushScheduled();
      this.deliverClosed();
    } finally {
      this.isInside = false;
      // Left by a handler that threw, or written by one that was told of a close.
      if (this.hasWork) this.wake();
    }
  }

  protected abstract openListener(options: ListenOptions, handler: ConnectionHandler): Promise<Listener>;
  /** Frees what the backend holds; listeners and connections are closed by then. */
  protected abstract release(): Promise<void>;

  /** Called by a listener that closes. */
  forget(listener: Listener): void {
    this.listeners.delete(listener);
  }

  private flushScheduled(): void {
    // What is scheduled meanwhile goes to the other list, so this one ends; one that a handler's exception cut short goes on first.
    if (this.flushNext === this.flushCount) {
      const empty = this.flushing;
      this.flushing = this.scheduled;
      this.flushCount = this.scheduledCount;
      this.flushNext = 0;
      this.scheduled = empty;
      this.scheduledCount = 0;
    }
    const flushing = this.flushing;
    while (this.flushNext < this.flushCount) {
      const connection = flushing[this.flushNext] as QueuedConnection;
      flushing[this.flushNext++] = null;
      connection.flush();
    }
  }

  private deliverClosed(): void {
    const closed = this.closed;
    while (closed.length > 0) {
      const connection = closed.shift() as QueuedConnection;
      this.connections.delete(connection);
      connection.handler.onClose(connection, connection.closeError);
    }
  }

  private async closeAll(): Promise<void> {
    this.timeEvents.cancelAll();
    await Promise.all([...this.listeners].map((listener) => listener.close()));
    for (const connection of this.connections) connection.destroy();
    // One more turn, so that every owner hears of its end before the ground goes.
    await new Promise((resolve) => setImmediate(resolve));
    await this.release();
  }
}
