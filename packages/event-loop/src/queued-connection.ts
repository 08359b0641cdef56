import { Connection, type ConnectionEndpoints } from './connection';
import type { ConnectionHandler } from './event-loop';
import type { OutputChunk, OutputChunkPool } from './output-chunks';
import { OutputQueue } from './output-queue';
import type { SharedOutput } from './shared-output';

/** How long the input of a peer that we have closed on is read away, so that it gets what was sent. */
export const lingerMs = 1000;

/** Input and output flow. */
const open = 0;
/** `end` was called or the peer said its last word: what is queued leaves, then the socket closes. */
const ending = 1;
/** The owner has been told, or is about to be. */
const closed = 2;

/** What a connection needs of its loop; see LoopCore. */
export interface ConnectionCore {
  readonly chunks: OutputChunkPool;
  readonly counters: { bytesRead: number; bytesWritten: number };
  readonly connections: { readonly size: number };
  nextConnectionId(): number;
  schedule(connection: QueuedConnection): void;
  announceClosed(connection: QueuedConnection): void;
  wake(): void;
}

/** What the connections of all backends share: room, the output queue, and the way from open to closed. */
export abstract class QueuedConnection extends Connection {
  readonly handler: ConnectionHandler;
  readonly output: OutputQueue;
  /** Whether it stands in the loop's list of connections to flush. */
  isScheduled: boolean;
  closeError: Error | null;
  /** Whether the kernel took less than it was given, and the rest waits. */
  protected isBlocked: boolean;
  protected isReadingPaused: boolean;
  protected readonly core: ConnectionCore;
  private state: number;
  private roomChunk: OutputChunk | null;
  private privateChunk: OutputChunk | null;

  constructor(core: ConnectionCore, handler: ConnectionHandler, endpoints: ConnectionEndpoints) {
    super(core.nextConnectionId(), endpoints);
    this.handler = handler;
    this.output = new OutputQueue();
    this.isScheduled = false;
    this.closeError = null;
    this.isBlocked = false;
    this.isReadingPaused = false;
    this.core = core;
    this.state = open;
    this.roomChunk = null;
    this.privateChunk = null;
  }

  get queuedBytes(): number {
    return this.output.bytes;
  }

  get isOpen(): boolean {
    return this.state === open;
  }

  /** Whether `fail` or the last byte of `end` is behind us. */
  get isClosed(): boolean {
    return this.state === closed;
  }

  reserve(min: number): void {
    let chunk = this.roomChunk;
    if (chunk === null || chunk.size - chunk.used < min) {
      if (!Number.isInteger(min) || min < 0 || min > 0x7fffffff) {
        throw new RangeError(`room has to be from 0 to 2147483647 bytes, not ${min}`);
      }
      const pool = this.core.chunks;
      if (chunk !== null) pool.unlock(chunk);
      // A peer that does not read must keep nothing but its own memory.
      chunk = this.isBlocked ? this.openPrivate(min) : pool.open(min);
      this.roomChunk = chunk;
      this.roomBytes = chunk.bytes;
    }
    this.roomStart = chunk.used;
    this.roomEnd = chunk.size;
  }

  commit(end: number): void {
    const chunk = this.roomChunk;
    const start = this.roomStart;
    if (chunk === null || !(end >= start && end <= this.roomEnd)) {
      throw new RangeError(`commit(${end}) is outside of the room that reserve made`);
    }
    this.roomChunk = null;
    const pool = this.core.chunks;
    if (end > start && this.state === open) {
      chunk.used = end;
      this.output.append(pool, chunk, start, end);
      if (!this.isScheduled) this.core.schedule(this);
    }
    pool.unlock(chunk);
    this.roomEnd = start;
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    if (!(start >= 0 && start <= end && end <= bytes.length)) {
      throw new RangeError(`[${start}, ${end}) is outside of ${bytes.length} bytes`);
    }
    this.reserve(end - start);
    const room = this.roomBytes;
    let to = this.roomStart;
    // Most replies are short, and below some 64 bytes a loop is faster than the call of a native copy.
    if (end - start <= 64) for (let i = start; i < end; i++) room[to++] = bytes[i] as number;
    else {
      room.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), to);
      to += end - start;
    }
    this.commit(to);
  }

  writeShared(shared: SharedOutput): void {
    this.closeRoom();
    const { chunk, start, end } = shared.placedIn(this.core.chunks);
    // A peer that does not read must keep nothing but its own memory.
    if (this.isBlocked) this.write(chunk.bytes, start, end);
    else if (end > start && this.state === open) {
      this.output.append(this.core.chunks, chunk, start, end);
      if (!this.isScheduled) this.core.schedule(this);
    }
  }

  end(): void {
    if (this.state !== open) return;
    this.state = ending;
    this.closeRoom();
    if (!this.isScheduled) this.core.schedule(this);
  }

  destroy(): void {
    this.fail(null);
  }

  /** Closes at once, for `error` or for no error. */
  fail(error: Error | null): void {
    this.close(error, false);
  }

  /** Called by the loop at the end of an iteration for every scheduled connection. */
  flush(): void {
    this.isScheduled = false;
    if (this.state === closed) return;
    if (this.output.bytes > 0) this.send();
    else if (this.state === ending) this.close(null, true);
  }

  /** Takes note that the kernel has `count` more bytes; says `onDrain`, or finishes `end`, with the last of them. */
  protected sent(count: number): void {
    const core = this.core;
    core.counters.bytesWritten += count;
    this.output.consume(core.chunks, count);
    if (this.output.bytes > 0) return;
    if (this.isBlocked) {
      this.isBlocked = false;
      if (this.privateChunk !== null) {
        core.chunks.release(this.privateChunk);
        this.privateChunk = null;
      }
      if (this.state === open) this.handler.onDrain?.(this);
    }
    if (this.state === ending && this.output.bytes === 0) this.close(null, true);
  }

  /** Drops the queue; not while the kernel reads from it. */
  protected dropOutput(): void {
    this.output.clear(this.core.chunks);
    if (this.privateChunk === null) return;
    this.core.chunks.release(this.privateChunk);
    this.privateChunk = null;
  }

  /** Starts to send what is queued, unless a send is under way. */
  protected abstract send(): void;
  /**
   * Gives up the socket; `dropOutput` once the kernel has let go of it. When `isOrderly`, all output was sent, and what the
   * peer still sends must not keep it from being read (a close with unread input becomes a reset).
   */
  protected abstract releaseSocket(isOrderly: boolean): void;

  private close(error: Error | null, isOrderly: boolean): void {
    if (this.state === closed) return;
    this.state = closed;
    this.closeError = error;
    this.closeRoom();
    this.releaseSocket(isOrderly);
    this.core.announceClosed(this);
  }

  private openPrivate(min: number): OutputChunk {
    this.privateChunk = this.core.chunks.openPrivate(min, this.privateChunk);
    return this.privateChunk;
  }

  private closeRoom(): void {
    if (this.roomChunk === null) return;
    this.core.chunks.unlock(this.roomChunk);
    this.roomChunk = null;
    this.roomEnd = this.roomStart;
  }
}
