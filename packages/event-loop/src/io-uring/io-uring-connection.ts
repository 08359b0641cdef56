import type { ConnectionEndpoints } from '../connection';
import type { ConnectionHandler } from '../event-loop';
import { EAGAIN, ECANCELED, EINTR, ENOBUFS, systemError } from '../linux/errno';
import { MSG_DONTWAIT, MSG_NOSIGNAL, SHUT_WR } from '../linux/sockets';
import type { OutputRegion } from '../output-chunks';
import { lingerMs, QueuedConnection } from '../queued-connection';
import * as abi from './abi';
import { inputBufferGroup } from './input-buffers';
import type { IoUringHost } from './io-uring-host';
import * as request from './request-kind';

const receiveMultishot = abi.IORING_OP_RECV | (abi.IOSQE_BUFFER_SELECT << 8) | (abi.IORING_RECV_MULTISHOT << 16);
const cancelAllOfFd = abi.IORING_ASYNC_CANCEL_ALL | abi.IORING_ASYNC_CANCEL_FD;

/**
 * A connection on io_uring: one recv that goes on by itself, at most one send in flight. Its descriptor and its slot are
 * freed when the last of its requests has come back, so no completion can meet a stranger.
 */
export class IoUringConnection extends QueuedConnection {
  private readonly loop: IoUringHost;
  private readonly slot: number;
  private descriptor: number;
  /** Requests that the kernel has and that will complete. */
  private requests: number;
  private isReceiving: boolean;
  /** Bytes of the send in flight, 0 for none. */
  private bytesInFlight: number;
  /** The peer has said its last word. */
  private isPeerDone: boolean;
  /** Input that had been received when reading was paused. */
  private held: Buffer[] | null;
  private lingering: NodeJS.Timeout | null;

  constructor(loop: IoUringHost, handler: ConnectionHandler, fd: number, endpoints: ConnectionEndpoints) {
    super(loop, handler, endpoints);
    this.loop = loop;
    this.slot = loop.takeSlot(this);
    this.descriptor = fd;
    this.requests = 0;
    this.isReceiving = false;
    this.bytesInFlight = 0;
    this.isPeerDone = false;
    this.held = null;
    this.lingering = null;
  }

  get fd(): number {
    return this.descriptor;
  }

  /** Begins to read; apart from the constructor, so that `onOpen` comes first. */
  start(): void {
    if (this.isOpen && !this.isReadingPaused) this.receive();
  }

  pauseReading(): void {
    if (this.isReadingPaused || !this.isOpen) return;
    this.isReadingPaused = true;
    if (!this.isReceiving) return;
    const target = request.userData(this.slot, request.recv);
    this.push(abi.IORING_OP_ASYNC_CANCEL, -1, target, 0, 0, request.other);
  }

  resumeReading(): void {
    if (!this.isReadingPaused || !this.isOpen) return;
    this.isReadingPaused = false;
    if (this.held !== null || this.isPeerDone) this.loop.resumeSoon(this);
    // If the cancel is still on its way, the end of the recv starts the next one.
    else if (!this.isReceiving) this.receive();
  }

  setKeepAlive(seconds: number): void {
    if (!this.isUnix && this.descriptor >= 0) this.loop.sockets.setKeepAlive(this.descriptor, seconds);
  }

  /** Input came: `bytes[at, at + length)`. */
  received(bytes: Buffer, at: number, length: number): void {
    if (!this.isOpen) return;
    if (this.isReadingPaused || this.held !== null) this.hold(bytes, at, length);
    else this.handler.onData(this, bytes, at, at + length);
  }

  /** The recv is over, with its last result. */
  receiveEnded(result: number): void {
    this.isReceiving = false;
    this.requests--;
    if (result === 0) this.peerEnded();
    else if (result > 0 || result === -EINTR || result === -EAGAIN || result === -ECANCELED) this.receiveAgain();
    else if (result === -ENOBUFS) {
      this.loop.input.ranOut(this.core.connections.size);
      this.receiveAgain();
    } else {
      this.isPeerDone = true;
      this.fail(systemError('recv', -result));
    }
    this.closeWhenFree();
  }

  /** The send in flight is over, with its result. */
  sendEnded(result: number): void {
    const asked = this.bytesInFlight;
    this.bytesInFlight = 0;
    this.requests--;
    if (this.isClosed) {
      this.dropOutput();
      this.closeWhenFree();
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

  /** A cancel or a shutdown is over. */
  requestEnded(): void {
    this.requests--;
    this.closeWhenFree();
  }

  /** Hands over what was held back, then reads on. */
  handHeld(): void {
    while (this.held !== null && this.isOpen && !this.isReadingPaused) {
      const bytes = this.held.shift() as Buffer;
      if (this.held.length === 0) this.held = null;
      this.handler.onData(this, bytes, 0, bytes.length);
    }
    if (!this.isOpen || this.isReadingPaused) return;
    if (this.isPeerDone) this.end();
    else if (!this.isReceiving) this.receive();
  }

  /** Closes the socket without any ceremony, after `onClose` was said. */
  abandon(): void {
    if (this.lingering !== null) clearTimeout(this.lingering);
    this.lingering = null;
    if (this.descriptor < 0) return;
    if (this.requests === 0) this.closeDescriptor();
    else this.push(abi.IORING_OP_ASYNC_CANCEL, this.descriptor, 0, 0, cancelAllOfFd, request.other);
  }

  protected send(): void {
    if (this.bytesInFlight > 0) return;
    if (!this.isBlocked) this.output.gather(this.core.chunks);
    const region = this.output.first as OutputRegion;
    const length = region.end - region.start;
    this.bytesInFlight = length;
    // The first try must not wait: what a slow peer leaves over is moved out of the chunk that others use, then waits.
    const flags = this.isBlocked ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_DONTWAIT;
    this.push(abi.IORING_OP_SEND, this.descriptor, region.chunk.address + region.start, length, flags, request.send);
  }

  protected releaseSocket(isOrderly: boolean): void {
    this.held = null;
    this.loop.guest.drop();
    if (this.bytesInFlight === 0) this.dropOutput();
    if (!isOrderly || this.isPeerDone) {
      this.abandon();
      return;
    }
    this.push(abi.IORING_OP_SHUTDOWN, this.descriptor, 0, SHUT_WR, 0, request.other);
    this.lingering = setTimeout(() => this.abandon(), lingerMs);
    this.lingering.unref();
    if (!this.isReceiving) this.receive();
  }

  private receive(): void {
    this.isReceiving = true;
    this.push(receiveMultishot, this.descriptor, 0, 0, 0, request.recv);
  }

  private receiveAgain(): void {
    if (this.isOpen ? !this.isReadingPaused && this.held === null : this.lingering !== null) this.receive();
  }

  private peerEnded(): void {
    this.isPeerDone = true;
    if (this.isClosed) {
      if (this.lingering !== null) this.abandon();
    } else if (!this.isReadingPaused && this.held === null) this.end();
  }

  private hold(bytes: Buffer, at: number, length: number): void {
    const copy = Buffer.allocUnsafeSlow(length);
    bytes.copy(copy, 0, at, at + length);
    if (this.held === null) this.held = [copy];
    else this.held.push(copy);
  }

  private push(opcodeAndFlags: number, fd: number, address: number, length: number, flags: number, kind: number): void {
    this.requests++;
    this.loop.ring.push(opcodeAndFlags, fd, address, length, flags, this.slot, kind);
    this.loop.submitSoon();
  }

  private closeWhenFree(): void {
    if (this.requests > 0 || !this.isClosed || this.lingering !== null || this.descriptor < 0) return;
    this.closeDescriptor();
  }

  private closeDescriptor(): void {
    this.loop.ring.push(abi.IORING_OP_CLOSE, this.descriptor, 0, 0, 0, this.slot, request.close);
    this.loop.submitSoon();
    this.descriptor = -1;
  }
}

// The group is 0, which `push` of the ring leaves in every entry.
inputBufferGroup satisfies 0;
