import { allocate, outOfMemory } from '../allocate';
import type { ConnectionEndpoints } from '../connection';
import { copyBytes } from '../copy-bytes';
import type { ConnectionHandler } from '../event-loop';
import { EAGAIN, ECANCELED, EINTR, ENOBUFS, systemError } from '../linux/errno';
import { MSG_DONTWAIT, MSG_NOSIGNAL, SHUT_WR } from '../linux/sockets';
import { clearTimeout, setTimeout } from '../node-timers';
import type { OutputRegion } from '../output-chunks';
import { LINGER_MS, QueuedConnection } from '../queued-connection';
import * as abi from './abi';
import { INPUT_BUFFER_GROUP } from './input-buffers';
import type { IoUringHost } from './io-uring-host';
import * as request from './request-kind';

const RECEIVE_MULTISHOT = abi.IORING_OP_RECV | (abi.IOSQE_BUFFER_SELECT << 8) | (abi.IORING_RECV_MULTISHOT << 16);
const CANCEL_ALL_OF_FD = abi.IORING_ASYNC_CANCEL_ALL | abi.IORING_ASYNC_CANCEL_FD;

/**
 * A connection on io_uring, with one multishot recv and at most one send in flight. Its descriptor and its slot are freed when the
 * last of its requests has completed, so no completion can arrive at another connection.
 */
export class IoUringConnection extends QueuedConnection {
  readonly #loop: IoUringHost;
  readonly #slot: number;
  #descriptor: number;
  /** Number of requests that have not completed. */
  #requests: number;
  #isReceiving: boolean;
  /** Bytes of the send in flight; 0 if there is none. */
  #bytesInFlight: number;
  /** Whether the peer has ended its output. */
  #isPeerDone: boolean;
  /** Input that the kernel had received before reading was paused. */
  #held: Buffer[] | null;
  #lingering: NodeJS.Timeout | null;

  constructor(loop: IoUringHost, handler: ConnectionHandler, fd: number, endpoints: ConnectionEndpoints) {
    super(loop, handler, endpoints);
    this.#loop = loop;
    this.#slot = loop.takeSlot(this);
    this.#descriptor = fd;
    this.#requests = 0;
    this.#isReceiving = false;
    this.#bytesInFlight = 0;
    this.#isPeerDone = false;
    this.#held = null;
    this.#lingering = null;
  }

  get fd(): number {
    return this.#descriptor;
  }

  /** Starts to read. Not done by the constructor, because `onOpen` is called first. */
  start(): void {
    if (this.isOpen && !this.isReadingPaused) this.#receive();
  }

  pauseReading(): void {
    if (this.isReadingPaused || !this.isOpen) return;
    this.isReadingPaused = true;
    if (!this.#isReceiving) return;
    const target = request.userData(this.#slot, request.RECV);
    this.#push(abi.IORING_OP_ASYNC_CANCEL, -1, target, 0, 0, request.OTHER);
  }

  resumeReading(): void {
    if (!this.isReadingPaused || !this.isOpen) return;
    this.isReadingPaused = false;
    if (this.#held !== null || this.#isPeerDone) this.#loop.resumeSoon(this);
    // If the cancel has not completed, the end of the recv starts the next one.
    else if (!this.#isReceiving) this.#receive();
  }

  setKeepAlive(seconds: number): void {
    if (!this.isUnix && this.#descriptor >= 0) this.#loop.sockets.setKeepAlive(this.#descriptor, seconds);
  }

  /** Input arrived: `bytes[at, at + length)`. */
  received(bytes: Buffer, at: number, length: number): void {
    if (!this.isOpen) return;
    if (this.isReadingPaused || this.#held !== null) this.#hold(bytes, at, length);
    else this.handler.onData(this, bytes, at, at + length);
  }

  /** The recv has ended with its last result. */
  receiveEnded(result: number): void {
    this.#isReceiving = false;
    this.#requests--;
    if (result === 0) this.#peerEnded();
    else if (result > 0 || result === -EINTR || result === -EAGAIN || result === -ECANCELED) this.#receiveAgain();
    else if (result === -ENOBUFS) {
      this.#loop.input.ranOut(this.core.connections.size);
      this.#receiveAgain();
    } else {
      this.#isPeerDone = true;
      this.fail(systemError('recv', -result));
    }
    this.#closeWhenFree();
  }

  /** The send in flight has completed. */
  sendEnded(result: number): void {
    const asked = this.#bytesInFlight;
    this.#bytesInFlight = 0;
    this.#requests--;
    if (this.isClosed) {
      this.dropOutput();
      this.#closeWhenFree();
      return;
    }
    if (result < 0 && result !== -EAGAIN && result !== -EINTR && result !== -ENOBUFS) {
      this.fail(systemError('send', -result));
      return;
    }
    const wasBlocked = this.isBlocked;
    if (result < asked) this.isBlocked = true;
    if (result > 0) this.sent(result);
    if (this.output.bytes === 0 || this.isClosed) return;
    if (this.isBlocked && !wasBlocked) this.output.isolate(this.core.chunks);
    if (!this.isScheduled) this.core.schedule(this);
  }

  /** A cancel or a shutdown has completed. */
  requestEnded(): void {
    this.#requests--;
    this.#closeWhenFree();
  }

  /** Passes on stored input, then continues to read. */
  handHeld(): void {
    while (this.#held !== null && this.isOpen && !this.isReadingPaused) {
      const bytes = this.#held.shift() as Buffer;
      if (this.#held.length === 0) this.#held = null;
      this.handler.onData(this, bytes, 0, bytes.length);
    }
    if (!this.isOpen || this.isReadingPaused) return;
    if (this.#isPeerDone) this.end();
    else if (!this.#isReceiving) this.#receive();
  }

  /** Closes the socket at once, after `onClose` was called. */
  abandon(): void {
    if (this.#lingering !== null) clearTimeout(this.#lingering);
    this.#lingering = null;
    if (this.#descriptor < 0) return;
    if (this.#requests === 0) this.#closeDescriptor();
    else this.#push(abi.IORING_OP_ASYNC_CANCEL, this.#descriptor, 0, 0, CANCEL_ALL_OF_FD, request.OTHER);
  }

  protected send(): void {
    if (this.#bytesInFlight > 0) return;
    if (!this.isBlocked) this.output.gather(this.core.chunks);
    const region = this.output.first as OutputRegion;
    const length = region.end - region.start;
    this.#bytesInFlight = length;
    // The first attempt must not wait. If the peer is slow, the rest is moved out of the shared chunk, and the next send waits.
    const flags = this.isBlocked ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_DONTWAIT;
    this.#push(abi.IORING_OP_SEND, this.#descriptor, region.chunk.address + region.start, length, flags, request.SEND);
  }

  protected releaseSocket(isOrderly: boolean): void {
    this.#held = null;
    this.#loop.guest.drop();
    if (this.#bytesInFlight === 0) this.dropOutput();
    if (!isOrderly || this.#isPeerDone) {
      this.abandon();
      return;
    }
    this.#push(abi.IORING_OP_SHUTDOWN, this.#descriptor, 0, SHUT_WR, 0, request.OTHER);
    this.#lingering = setTimeout(() => this.abandon(), LINGER_MS);
    this.#lingering.unref();
    if (!this.#isReceiving) this.#receive();
  }

  #receive(): void {
    this.#isReceiving = true;
    this.#push(RECEIVE_MULTISHOT, this.#descriptor, 0, 0, 0, request.RECV);
  }

  #receiveAgain(): void {
    if (this.isOpen ? !this.isReadingPaused && this.#held === null : this.#lingering !== null) this.#receive();
  }

  #peerEnded(): void {
    this.#isPeerDone = true;
    if (this.isClosed) {
      if (this.#lingering !== null) this.abandon();
    } else if (!this.isReadingPaused && this.#held === null) this.end();
  }

  #hold(bytes: Buffer, at: number, length: number): void {
    const copy = allocate(length);
    if (copy === null) {
      this.fail(outOfMemory(length));
      return;
    }
    copyBytes(bytes, at, at + length, copy, 0);
    if (this.#held === null) this.#held = [copy];
    else this.#held.push(copy);
  }

  #push(opcodeAndFlags: number, fd: number, address: number, length: number, flags: number, kind: number): void {
    this.#requests++;
    this.#loop.ring.push(opcodeAndFlags, fd, address, length, flags, this.#slot, kind);
    this.#loop.submitSoon();
  }

  #closeWhenFree(): void {
    if (this.#requests > 0 || !this.isClosed || this.#lingering !== null || this.#descriptor < 0) return;
    this.#closeDescriptor();
  }

  #closeDescriptor(): void {
    this.#loop.ring.push(abi.IORING_OP_CLOSE, this.#descriptor, 0, 0, 0, this.#slot, request.CLOSE);
    this.#loop.submitSoon();
    this.#descriptor = -1;
  }
}

// `Ring.push` sets the group of every entry to 0.
INPUT_BUFFER_GROUP satisfies 0;
