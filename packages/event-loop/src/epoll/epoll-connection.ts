import type { ConnectionEndpoints } from '../connection';
import type { ConnectionHandler } from '../event-loop';
import * as abi from '../linux/epoll-abi';
import { EAGAIN, EINTR, systemError } from '../linux/errno';
import { MSG_NOSIGNAL, SHUT_WR } from '../linux/sockets';
import { clearTimeout, setTimeout } from '../node-timers';
import type { OutputRegion } from '../output-chunks';
import { LINGER_MS, QueuedConnection } from '../queued-connection';
import type { EpollHost } from './epoll-host';

/** Maximum number of full windows that one connection reads in an iteration, so that others are served too. */
const MAX_READS_PER_ITERATION = 4;

/** A connection on epoll. */
export class EpollConnection extends QueuedConnection {
  readonly #loop: EpollHost;
  #descriptor: number;
  #interest: number;
  #isWatched: boolean;
  /** Whether the peer has ended its output. */
  #isPeerDone: boolean;
  #lingering: NodeJS.Timeout | null;

  constructor(loop: EpollHost, handler: ConnectionHandler, fd: number, endpoints: ConnectionEndpoints) {
    super(loop, handler, endpoints);
    this.#loop = loop;
    this.#descriptor = fd;
    this.#interest = 0;
    this.#isWatched = false;
    this.#isPeerDone = false;
    this.#lingering = null;
  }

  get fd(): number {
    return this.#descriptor;
  }

  /** Starts to read. Not done by the constructor, because `onOpen` is called first. */
  start(): void {
    if (this.isClosed) return;
    this.#setInterest(this.isReadingPaused ? 0 : abi.EPOLLIN);
  }

  pauseReading(): void {
    if (this.isReadingPaused || !this.isOpen) return;
    this.isReadingPaused = true;
    this.#setInterest(this.#interest & ~abi.EPOLLIN);
  }

  resumeReading(): void {
    if (!this.isReadingPaused || !this.isOpen) return;
    this.isReadingPaused = false;
    this.#setInterest(this.#interest | abi.EPOLLIN);
  }

  setKeepAlive(seconds: number): void {
    if (!this.isUnix && this.#descriptor >= 0) this.#loop.sockets.setKeepAlive(this.#descriptor, seconds);
  }

  /** Handles `events`: EPOLLIN, EPOLLOUT, EPOLLERR and EPOLLHUP. */
  ready(events: number): void {
    const isBroken = (events & (abi.EPOLLERR | abi.EPOLLHUP)) !== 0;
    if (this.output.bytes > 0 && (isBroken || (events & abi.EPOLLOUT) !== 0)) this.#sendNow();
    if (this.#descriptor < 0) return;
    if ((this.#interest & abi.EPOLLIN) !== 0) {
      if (isBroken || (events & abi.EPOLLIN) !== 0) this.#receive();
    } else if (isBroken) {
      // The kernel reports these always. Stop that until the connection reads again.
      this.#loop.watch(this.#descriptor, this, 0, abi.EPOLL_CTL_DEL);
      this.#isWatched = false;
    }
  }

  /** Closes the socket at once, after `onClose` was called. */
  abandon(): void {
    if (this.#lingering !== null) clearTimeout(this.#lingering);
    this.#lingering = null;
    if (this.#descriptor < 0) return;
    this.#loop.removeOwner(this.#descriptor);
    this.#loop.libc.close(this.#descriptor);
    this.#descriptor = -1;
  }

  protected send(): void {
    // While blocked, EPOLLOUT triggers the next send.
    if (!this.isBlocked) {
      this.output.gather(this.core.chunks);
      this.#sendNow();
    }
  }

  protected releaseSocket(isOrderly: boolean): void {
    this.#loop.guest.drop();
    this.dropOutput();
    if (!isOrderly || this.#isPeerDone) {
      this.abandon();
      return;
    }
    this.#loop.libc.shutdown(this.#descriptor, SHUT_WR);
    this.#lingering = setTimeout(() => this.abandon(), LINGER_MS);
    this.#lingering.unref();
    this.#setInterest(abi.EPOLLIN);
  }

  #receive(): void {
    const loop = this.#loop;
    const window = loop.input.length;
    for (let reads = 0; reads < MAX_READS_PER_ITERATION; reads++) {
      const length = loop.libc.read(this.#descriptor, loop.inputAddress, window);
      if (length <= 0) {
        this.#receiveFailed(length < 0 ? loop.libc.errno() : 0);
        return;
      }
      loop.counters.bytesRead += length;
      if (this.isOpen) this.handler.onData(this, loop.input, 0, length);
      // A partly filled window means that the socket is empty. This saves a call that returns EAGAIN.
      if (length < window || this.#descriptor < 0 || this.isReadingPaused) return;
    }
  }

  #receiveFailed(errno: number): void {
    if (errno === EAGAIN || errno === EINTR) return;
    this.#isPeerDone = true;
    if (this.isClosed) this.abandon();
    else if (errno !== 0) this.fail(systemError('read', errno));
    else {
      this.#setInterest(this.#interest & ~abi.EPOLLIN);
      this.end();
    }
  }

  #sendNow(): void {
    const { libc } = this.#loop;
    while (this.output.bytes > 0) {
      const region = this.output.first as OutputRegion;
      const length = region.end - region.start;
      const count = libc.send(this.#descriptor, region.chunk.address + region.start, length, MSG_NOSIGNAL);
      if (count < 0) {
        const errno = libc.errno();
        if (errno === EINTR) continue;
        if (errno === EAGAIN) this.#block();
        else this.fail(systemError('send', errno));
        return;
      }
      if (count < length) {
        this.sent(count);
        this.#block();
        return;
      }
      if (count === this.output.bytes && (this.#interest & abi.EPOLLOUT) !== 0) {
        this.#setInterest(this.#interest & ~abi.EPOLLOUT);
      }
      this.sent(count);
    }
  }

  #block(): void {
    if (!this.isBlocked) this.output.isolate(this.core.chunks);
    this.isBlocked = true;
    this.#setInterest(this.#interest | abi.EPOLLOUT);
  }

  #setInterest(interest: number): void {
    if (this.#isWatched && this.#interest === interest) return;
    this.#interest = interest;
    const operation = this.#isWatched ? abi.EPOLL_CTL_MOD : abi.EPOLL_CTL_ADD;
    this.#isWatched = true;
    this.#loop.watch(this.#descriptor, this, interest, operation);
  }
}
