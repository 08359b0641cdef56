import type { Socket } from 'node:net';
import type { ConnectionHandler } from '../event-loop';
import type { LoopCore } from '../loop-core';
import type { OutputRegion } from '../output-chunks';
import { QueuedConnection } from '../queued-connection';
import { readInto } from './reading-socket';

/** A connection on `node:net`. */
export class LibuvConnection extends QueuedConnection {
  readonly #socket: Socket;
  /** Bytes of the write in flight; 0 if there is none. */
  #bytesInFlight: number;
  readonly #written: (error?: Error | null) => void;

  constructor(core: LoopCore, handler: ConnectionHandler, socket: Socket, path: string | null, input: Buffer) {
    super(core, handler, {
      isUnix: path !== null,
      remoteAddress: socket.remoteAddress ?? '',
      remotePort: socket.remotePort ?? 0,
      localAddress: path ?? socket.localAddress ?? '',
      localPort: socket.localPort ?? 0,
    });
    this.#socket = readInto(socket, input, (bytes, length) => this.#receive(bytes, length));
    this.#bytesInFlight = 0;
    this.#written = (error) => this.#finishWrite(error ?? null);
  }

  get fd(): number {
    return -1;
  }

  /** Starts to read. Not done by the constructor, because `onOpen` is called first. */
  start(): void {
    const socket = this.#socket;
    socket.on('end', () => this.end());
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(null));
    if (this.isReadingPaused) socket.pause();
    else socket.resume();
  }

  pauseReading(): void {
    if (this.isReadingPaused) return;
    this.isReadingPaused = true;
    this.#socket.pause();
  }

  resumeReading(): void {
    if (!this.isReadingPaused) return;
    this.isReadingPaused = false;
    this.#socket.resume();
  }

  setKeepAlive(seconds: number): void {
    if (!this.isUnix) this.#socket.setKeepAlive(seconds > 0, seconds * 1000);
  }

  protected send(): void {
    if (this.#bytesInFlight > 0) {
      this.isBlocked = true;
      return;
    }
    this.output.gather(this.core.chunks);
    this.#bytesInFlight = this.output.bytes;
    const socket = this.#socket;
    let region = this.output.first as OutputRegion;
    if (region.next !== null) socket.cork();
    for (; region.next !== null; region = region.next)
      socket.write(region.chunk.bytes.subarray(region.start, region.end));
    socket.write(region.chunk.bytes.subarray(region.start, region.end), this.#written);
    if (socket.writableCorked > 0) socket.uncork();
  }

  protected releaseSocket(isOrderly: boolean): void {
    if (this.#bytesInFlight === 0) this.dropOutput();
    if (this.#socket.destroyed) return;
    if (isOrderly) this.#socket.destroySoon();
    else this.#socket.destroy();
  }

  #receive(bytes: Buffer, length: number): void {
    if (!this.isOpen) return;
    this.core.counters.bytesRead += length;
    this.core.wake();
    this.handler.onData(this, bytes, 0, length);
  }

  #finishWrite(error: Error | null): void {
    const count = this.#bytesInFlight;
    this.#bytesInFlight = 0;
    if (this.isClosed) {
      this.dropOutput();
      return;
    }
    if (error !== null) {
      this.fail(error);
      return;
    }
    this.sent(count);
    if (!this.isClosed && this.output.bytes > 0 && !this.isScheduled) this.core.schedule(this);
  }
}
