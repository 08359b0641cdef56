import type { ConnectionHandler, Listener, ListenerAddress } from '../event-loop';
import { ECANCELED, isShortage } from '../linux/errno';
import { type ListeningSocket, SOCK_CLOEXEC } from '../linux/sockets';
import { ACCEPT_RETRY_MS } from '../loop-core';
import { clearTimeout, setTimeout } from '../node-timers';
import * as abi from './abi';
import { IoUringConnection } from './io-uring-connection';
import type { IoUringHost } from './io-uring-host';
import * as request from './request-kind';

const ACCEPT_MULTISHOT = abi.IORING_OP_ACCEPT | (abi.IORING_ACCEPT_MULTISHOT << 16);

/** A listener with one multishot accept. */
export class IoUringListener implements Listener {
  readonly address: ListenerAddress;
  readonly #loop: IoUringHost;
  readonly #socket: ListeningSocket;
  readonly #handler: ConnectionHandler;
  readonly #slot: number;
  #requests: number;
  #isAccepting: boolean;
  #isPaused: boolean;
  #isHeld: boolean;
  /** Descriptors that the kernel accepted before it processed a pause. They wait like those in the backlog. */
  #waiting: number[];
  #retry: NodeJS.Timeout | null;
  #closing: Promise<void> | null;
  #closed: () => void;

  constructor(loop: IoUringHost, socket: ListeningSocket, handler: ConnectionHandler) {
    this.address = socket.address;
    this.#loop = loop;
    this.#socket = socket;
    this.#handler = handler;
    this.#slot = loop.takeSlot(this);
    this.#requests = 0;
    this.#isAccepting = false;
    this.#isPaused = false;
    this.#isHeld = false;
    this.#waiting = [];
    this.#retry = null;
    this.#closing = null;
    this.#closed = () => {};
    this.ref();
    this.#accept();
  }

  /** An accept completed with a descriptor or a negative errno. */
  accepted(result: number, continues: boolean): void {
    if (!continues) {
      this.#isAccepting = false;
      this.#requests--;
    }
    if (result >= 0) this.#open(result);
    if (continues || this.#isPaused) {
      this.#finishClose();
      return;
    }
    if (result < 0 && isShortage(-result)) {
      this.#loop.counters.acceptsDeferred++;
      this.#retryLater();
      return;
    }
    // The accept was cancelled and the listener resumed before that completed; or a waiting peer closed its connection.
    if (result >= 0 || result === -ECANCELED) this.#accept();
    else this.#retryLater();
  }

  /** A cancel has completed. */
  requestEnded(): void {
    this.#requests--;
    this.#finishClose();
  }

  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    if (!this.#isAccepting) return;
    this.#requests++;
    const target = request.userData(this.#slot, request.ACCEPT);
    this.#loop.ring.push(abi.IORING_OP_ASYNC_CANCEL, -1, target, 0, 0, this.#slot, request.OTHER);
    this.#loop.submitSoon();
  }

  resume(): void {
    if (!this.#isPaused || this.#closing !== null) return;
    this.#isPaused = false;
    if (!this.#isAccepting) this.#accept();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const fd of waiting) this.#open(fd);
  }

  ref(): void {
    if (this.#isHeld || this.#closing !== null) return;
    this.#isHeld = true;
    this.#loop.guest.hold();
  }

  unref(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#loop.guest.drop();
  }

  close(): Promise<void> {
    if (this.#closing !== null) return this.#closing;
    this.pause();
    this.#loop.removeListener(this);
    this.#closing = new Promise((resolve) => {
      this.#closed = resolve;
    });
    this.#finishClose();
    return this.#closing;
  }

  #accept(): void {
    this.#isAccepting = true;
    this.#requests++;
    this.#loop.ring.push(ACCEPT_MULTISHOT, this.#socket.fd, 0, 0, SOCK_CLOEXEC, this.#slot, request.ACCEPT);
    this.#loop.submitSoon();
  }

  #open(fd: number): void {
    if (this.#isPaused) {
      this.#waiting.push(fd);
      return;
    }
    const endpoints = this.#loop.sockets.endpoints(fd, this.address);
    const connection = new IoUringConnection(this.#loop, this.#handler, fd, endpoints);
    this.#loop.guest.hold();
    this.#loop.adopt(connection);
    connection.start();
  }

  #retryLater(): void {
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.#accept();
    }, ACCEPT_RETRY_MS);
    this.#retry.unref();
  }

  /** Completes `close`. The kernel frees the address only after the accept has ended. */
  #finishClose(): void {
    if (this.#closing === null || this.#requests > 0 || this.#isAccepting) return;
    for (const fd of this.#waiting) this.#loop.libc.close(fd);
    this.#waiting = [];
    this.#loop.sockets.closeListening(this.#socket);
    this.#loop.releaseSlot(this.#slot);
    this.unref();
    this.#closed();
  }
}
