import { outOfMemory } from './allocate';
import { Connection, type ConnectionEndpoints } from './connection';
import { copyBytes } from './copy-bytes';
import type { ConnectionHandler } from './event-loop';
import type { OutputChunk, OutputChunkPool } from './output-chunks';
import { OutputQueue } from './output-queue';
import type { SharedOutput } from './shared-output';

/** After an orderly close, input is discarded for this time, so that the peer receives what was sent and no reset. */
export const LINGER_MS = 1000;

/** Input and output are possible. */
const OPEN = 0;
/** `end` was called or the peer ended its output: queued output is sent, then the socket is closed. */
const ENDING = 1;
/** `onClose` was called or will be called in this iteration. */
const CLOSED = 2;

/** The part of LoopCore that its connections use. */
export interface ConnectionCore {
  readonly chunks: OutputChunkPool;
  readonly counters: { bytesRead: number; bytesWritten: number };
  readonly connections: { readonly size: number };
  nextConnectionId(): number;
  schedule(connection: QueuedConnection): void;
  announceClosed(connection: QueuedConnection): void;
  wake(): void;
}

/** The base of the connections of all backends: space for output, the output queue, and the states from open to closed. */
export abstract class QueuedConnection extends Connection {
  readonly handler: ConnectionHandler;
  readonly output: OutputQueue;
  /** Whether it is in the loop's list of connections to flush. */
  isScheduled: boolean;
  closeError: Error | null;
  /** Whether the kernel accepted only a part of the output, so that the rest waits for the peer. */
  protected isBlocked: boolean;
  protected isReadingPaused: boolean;
  protected readonly core: ConnectionCore;
  #state: number;
  #spaceChunk: OutputChunk | null;
  #privateChunk: OutputChunk | null;

  constructor(core: ConnectionCore, handler: ConnectionHandler, endpoints: ConnectionEndpoints) {
    super(core.nextConnectionId(), endpoints);
    this.handler = handler;
    this.output = new OutputQueue();
    this.isScheduled = false;
    this.closeError = null;
    this.isBlocked = false;
    this.isReadingPaused = false;
    this.core = core;
    this.#state = OPEN;
    this.#spaceChunk = null;
    this.#privateChunk = null;
  }

  get queuedBytes(): number {
    return this.output.bytes;
  }

  get isOpen(): boolean {
    return this.#state === OPEN;
  }

  /** Whether `fail` was called, or all output was sent after `end`. */
  get isClosed(): boolean {
    return this.#state === CLOSED;
  }

  reserve(min: number): void {
    if (!this.#reserveSpace(min)) this.#reserveLostSpace(min);
  }

  commit(end: number): void {
    const chunk = this.#spaceChunk;
    const start = this.spaceStart;
    if (chunk === null || !(end >= start && end <= this.spaceEnd)) {
      throw new RangeError(`commit(${end}) is outside of the space that reserve provided`);
    }
    this.#spaceChunk = null;
    const pool = this.core.chunks;
    if (end > start && this.#state === OPEN) {
      chunk.used = end;
      this.output.append(pool, chunk, start, end);
      if (!this.isScheduled) this.core.schedule(this);
    }
    pool.unlock(chunk);
    this.spaceEnd = start;
  }

  write(bytes: Uint8Array, start: number, end: number): void {
    if (!(start >= 0 && start <= end && end <= bytes.length)) {
      throw new RangeError(`[${start}, ${end}) is outside of ${bytes.length} bytes`);
    }
    if (!this.#reserveSpace(end - start)) {
      this.fail(outOfMemory(end - start));
      return;
    }
    const to = this.spaceStart;
    copyBytes(bytes, start, end, this.spaceBytes, to);
    this.commit(to + end - start);
  }

  writeShared(shared: SharedOutput): void {
    this.#dropSpace();
    const region = shared.placedIn(this.core.chunks);
    if (region === null) {
      this.fail(outOfMemory(shared.end - shared.start));
      return;
    }
    const { chunk, start, end } = region;
    // A peer that does not read must not keep memory that others use.
    if (this.isBlocked) this.write(chunk.bytes, start, end);
    else if (end > start && this.#state === OPEN) {
      this.output.append(this.core.chunks, chunk, start, end);
      if (!this.isScheduled) this.core.schedule(this);
    }
  }

  end(): void {
    if (this.#state !== OPEN) return;
    this.#state = ENDING;
    this.#dropSpace();
    if (!this.isScheduled) this.core.schedule(this);
  }

  destroy(): void {
    this.fail(null);
  }

  /** Closes at once, because of `error` or without an error. */
  fail(error: Error | null): void {
    this.#close(error, false);
  }

  /** Called by the loop at the end of an iteration for each scheduled connection. */
  flush(): void {
    this.isScheduled = false;
    if (this.#state === CLOSED) return;
    if (this.output.bytes > 0) this.send();
    else if (this.#state === ENDING) this.#close(null, true);
  }

  /** Removes `count` bytes from the queue, which the kernel has taken. After the last one, calls `onDrain` or completes `end`. */
  protected sent(count: number): void {
    const core = this.core;
    core.counters.bytesWritten += count;
    this.output.consume(core.chunks, count);
    if (this.output.bytes > 0) return;
    if (this.isBlocked) {
      this.isBlocked = false;
      if (this.#privateChunk !== null) {
        core.chunks.release(this.#privateChunk);
        this.#privateChunk = null;
      }
      if (this.#state === OPEN) this.handler.onDrain?.(this);
    }
    if (this.#state === ENDING && this.output.bytes === 0) this.#close(null, true);
  }

  /** Drops the queue. Must not be called while the kernel reads from it. */
  protected dropOutput(): void {
    this.output.clear(this.core.chunks);
    if (this.#privateChunk === null) return;
    this.core.chunks.release(this.#privateChunk);
    this.#privateChunk = null;
  }

  /** Starts to send queued output, unless a send is in flight. */
  protected abstract send(): void;
  /**
   * Closes the socket, and drops the output as soon as the kernel does not read it any more. If `isOrderly`, all output was sent, and
   * the peer must be able to read it: a close with unread input would become a reset.
   */
  protected abstract releaseSocket(isOrderly: boolean): void;

  #close(error: Error | null, isOrderly: boolean): void {
    if (this.#state === CLOSED) return;
    this.#state = CLOSED;
    this.closeError = error;
    this.#dropSpace();
    this.releaseSocket(isOrderly);
    this.core.announceClosed(this);
  }

  /** `reserve`, but returns false if there is not enough memory. */
  #reserveSpace(min: number): boolean {
    let chunk = this.#spaceChunk;
    if (chunk === null || chunk.size - chunk.used < min) {
      if (!Number.isInteger(min) || min < 0 || min > 0x7fffffff) {
        throw new RangeError(`space has to be from 0 to 2147483647 bytes, not ${min}`);
      }
      this.#dropSpace();
      // A peer that does not read must not keep memory that others use.
      chunk = this.isBlocked ? this.#openPrivate(min) : this.core.chunks.open(min);
      if (chunk === null) return false;
      this.#spaceChunk = chunk;
      this.spaceBytes = chunk.bytes;
    }
    this.spaceStart = chunk.used;
    this.spaceEnd = chunk.size;
    return true;
  }

  /** Closes the connection, and provides space for output that is dropped, so that its handler can finish its work. */
  #reserveLostSpace(min: number): void {
    const error = outOfMemory(min);
    this.fail(error);
    const { lost } = this.core.chunks;
    if (min > lost.size) throw error;
    lost.references++;
    this.#spaceChunk = lost;
    this.spaceBytes = lost.bytes;
    this.spaceStart = 0;
    this.spaceEnd = lost.size;
  }

  #openPrivate(min: number): OutputChunk | null {
    const chunk = this.core.chunks.openPrivate(min, this.#privateChunk);
    if (chunk !== null) this.#privateChunk = chunk;
    return chunk;
  }

  #dropSpace(): void {
    if (this.#spaceChunk === null) return;
    this.core.chunks.unlock(this.#spaceChunk);
    this.#spaceChunk = null;
    this.spaceEnd = this.spaceStart;
  }
}
