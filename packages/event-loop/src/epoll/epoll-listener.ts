import type { ConnectionHandler, Listener, ListenerAddress } from '../event-loop';
import * as abi from '../linux/epoll-abi';
import { EAGAIN, isShortage } from '../linux/errno';
import { type ListeningSocket, SOCK_CLOEXEC, SOCK_NONBLOCK } from '../linux/sockets';
import { ACCEPT_RETRY_MS } from '../loop-core';
import { clearTimeout, setTimeout } from '../node-timers';
import { EpollConnection } from './epoll-connection';
import type { EpollHost } from './epoll-host';

/** Maximum number of connections accepted in an iteration, so that many new ones do not starve the existing ones. */
const MAX_ACCEPTS_PER_ITERATION = 128;

/** A listener on epoll. */
export class EpollListener implements Listener {
  readonly address: ListenerAddress;
  readonly #loop: EpollHost;
  readonly #socket: ListeningSocket;
  readonly #handler: ConnectionHandler;
  #isPaused: boolean;
  #isHeld: boolean;
  #isClosed: boolean;
  #retry: NodeJS.Timeout | null;

  constructor(loop: EpollHost, socket: ListeningSocket, handler: ConnectionHandler) {
    this.address = socket.address;
    this.#loop = loop;
    this.#socket = socket;
    this.#handler = handler;
    this.#isPaused = false;
    this.#isHeld = false;
    this.#isClosed = false;
    this.#retry = null;
    loop.watch(socket.fd, this, abi.EPOLLIN, abi.EPOLL_CTL_ADD);
    this.ref();
  }

  /** There are connections to accept. */
  ready(_events: number): void {
    const { libc } = this.#loop;
    for (let i = 0; i < MAX_ACCEPTS_PER_ITERATION && !this.#isPaused; i++) {
      const fd = libc.accept4(this.#socket.fd, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (fd >= 0) {
        this.#open(fd);
        continue;
      }
      const errno = libc.errno();
      if (errno === EAGAIN) return;
      if (isShortage(errno)) {
        this.#postpone();
        return;
      }
      // Interrupted, or a waiting peer closed its connection: try the next one.
    }
  }

  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#loop.watch(this.#socket.fd, this, 0, abi.EPOLL_CTL_MOD);
  }

  resume(): void {
    if (!this.#isPaused || this.#isClosed) return;
    this.#isPaused = false;
    this.#loop.watch(this.#socket.fd, this, abi.EPOLLIN, abi.EPOLL_CTL_MOD);
  }

  ref(): void {
    if (this.#isHeld || this.#isClosed) return;
    this.#isHeld = true;
    this.#loop.guest.hold();
  }

  unref(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#loop.guest.drop();
  }

  close(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.pause();
    this.unref();
    this.#isClosed = true;
    this.#loop.removeListener(this);
    this.#loop.removeOwner(this.#socket.fd);
    this.#loop.sockets.closeListening(this.#socket);
    return Promise.resolve();
  }

  #open(fd: number): void {
    const endpoints = this.#loop.sockets.endpoints(fd, this.address);
    const connection = new EpollConnection(this.#loop, this.#handler, fd, endpoints);
    this.#loop.guest.hold();
    this.#loop.adopt(connection);
    connection.start();
  }

  /** Stops accepting for a while, because the level-triggered event would be reported in every iteration. */
  #postpone(): void {
    this.#loop.counters.acceptsDeferred++;
    this.pause();
    this.#retry = setTimeout(() => this.resume(), ACCEPT_RETRY_MS);
    this.#retry.unref();
  }
}
