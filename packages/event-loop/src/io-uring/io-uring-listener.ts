import type { ConnectionHandler, Listener, ListenerAddress } from '../event-loop';
import { ECANCELED, isShortage } from '../linux/errno';
import { type ListeningSocket, SOCK_CLOEXEC } from '../linux/sockets';
import { acceptRetryMs } from '../loop-core';
import * as abi from './abi';
import { IoUringConnection } from './io-uring-connection';
import type { IoUringHost } from './io-uring-host';
import * as request from './request-kind';

const acceptMultishot = abi.IORING_OP_ACCEPT | (abi.IORING_ACCEPT_MULTISHOT << 16);

/** A listener whose one accept goes on by itself. */
export class IoUringListener implements Listener {
  readonly address: ListenerAddress;
  private readonly loop: IoUringHost;
  private readonly socket: ListeningSocket;
  private readonly handler: ConnectionHandler;
  private readonly slot: number;
  private requests: number;
  private isAccepting: boolean;
  private isPaused: boolean;
  private isHeld: boolean;
  /** Accepted by the kernel before it heard of a pause: they wait as those in the backlog do. */
  private waiting: number[];
  private retry: NodeJS.Timeout | null;
  private closing: Promise<void> | null;
  private closed: () => void;

  constructor(loop: IoUringHost, socket: ListeningSocket, handler: ConnectionHandler) {
    this.address = socket.address;
    this.loop = loop;
    this.socket = socket;
    this.handler = handler;
    this.slot = loop.takeSlot(this);
    this.requests = 0;
    this.isAccepting = false;
    this.isPaused = false;
    this.isHeld = false;
    this.waiting = [];
    this.retry = null;
    this.closing = null;
    this.closed = () => {};
    this.ref();
    this.accept();
  }

  /** An accept completed: with a descriptor, or with the negative of an errno. */
  accepted(result: number, isGoingOn: boolean): void {
    if (!isGoingOn) {
      this.isAccepting = false;
      this.requests--;
    }
    if (result >= 0) this.open(result);
    if (isGoingOn || this.isPaused) {
      this.finishClose();
      return;
    }
    if (result < 0 && isShortage(-result)) {
      this.loop.counters.acceptsDeferred++;
      this.retryLater();
      return;
    }
    // Cancelled, and resumed before the word of it came; or a peer that gave up while it waited.
    if (result >= 0 || result === -ECANCELED) this.accept();
    else this.retryLater();
  }

  /** A cancel is over. */
  requestEnded(): void {
    this.requests--;
    this.finishClose();
  }

  pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
    if (!this.isAccepting) return;
    this.requests++;
    const target = request.userData(this.slot, request.accept);
    this.loop.ring.push(abi.IORING_OP_ASYNC_CANCEL, -1, target, 0, 0, this.slot, request.other);
    this.loop.submitSoon();
  }

  resume(): void {
    if (!this.isPaused || this.closing !== null) return;
    this.isPaused = false;
    if (!this.isAccepting) this.accept();
    const waiting = this.waiting;
    this.waiting = [];
    for (const fd of waiting) this.open(fd);
  }

  ref(): void {
    if (this.isHeld || this.closing !== null) return;
    this.isHeld = true;
    this.loop.guest.hold();
  }

  unref(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.loop.guest.drop();
  }

  close(): Promise<void> {
    if (this.closing !== null) return this.closing;
    this.pause();
    this.loop.forget(this);
    this.closing = new Promise((resolve) => {
      this.closed = resolve;
    });
    this.finishClose();
    return this.closing;
  }

  private accept(): void {
    this.isAccepting = true;
    this.requests++;
    this.loop.ring.push(acceptMultishot, this.socket.fd, 0, 0, SOCK_CLOEXEC, this.slot, request.accept);
    this.loop.submitSoon();
  }

  private open(fd: number): void {
    if (this.isPaused) {
      this.waiting.push(fd);
      return;
    }
    const endpoints = this.loop.sockets.endpoints(fd, this.address);
    const connection = new IoUringConnection(this.loop, this.handler, fd, endpoints);
    this.loop.guest.hold();
    this.loop.adopt(connection);
    connection.start();
  }

  private retryLater(): void {
    this.retry = setTimeout(() => {
      this.retry = null;
      this.accept();
    }, acceptRetryMs);
    this.retry.unref();
  }

  /** The address is free again only when the kernel's own hold on the socket, the accept, is gone. */
  private finishClose(): void {
    if (this.closing === null || this.requests > 0 || this.isAccepting) return;
    for (const fd of this.waiting) this.loop.libc.close(fd);
    this.waiting = [];
    this.loop.sockets.closeListening(this.socket);
    this.loop.releaseSlot(this.slot);
    this.unref();
    this.closed();
  }
}
