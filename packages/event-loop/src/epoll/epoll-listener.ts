import type { ConnectionHandler, Listener, ListenerAddress } from '../event-loop';
import * as abi from '../linux/epoll-abi';
import { EAGAIN, isShortage } from '../linux/errno';
import { type ListeningSocket, SOCK_CLOEXEC, SOCK_NONBLOCK } from '../linux/sockets';
import { acceptRetryMs } from '../loop-core';
import { EpollConnection } from './epoll-connection';
import type { EpollHost } from './epoll-host';

/** Connections accepted in one iteration at most, so that a storm of them does not starve those that are here. */
const acceptsPerIteration = 128;

/** A listener on epoll. */
export class EpollListener implements Listener {
  readonly address: ListenerAddress;
  private readonly loop: EpollHost;
  private readonly socket: ListeningSocket;
  private readonly handler: ConnectionHandler;
  private isPaused: boolean;
  private isHeld: boolean;
  private isClosed: boolean;
  private retry: NodeJS.Timeout | null;

  constructor(loop: EpollHost, socket: ListeningSocket, handler: ConnectionHandler) {
    this.address = socket.address;
    this.loop = loop;
    this.socket = socket;
    this.handler = handler;
    this.isPaused = false;
    this.isHeld = false;
    this.isClosed = false;
    this.retry = null;
    loop.watch(socket.fd, this, abi.EPOLLIN, abi.EPOLL_CTL_ADD);
    this.ref();
  }

  /** Peers wait. */
  ready(_events: number): void {
    const { libc } = this.loop;
    for (let i = 0; i < acceptsPerIteration && !this.isPaused; i++) {
      const fd = libc.accept4(this.socket.fd, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (fd >= 0) {
        this.open(fd);
        continue;
      }
      const errno = libc.errno();
      if (errno === EAGAIN) return;
      if (isShortage(errno)) {
        this.rest();
        return;
      }
      // Interrupted, or a peer that gave up while it waited: the next one.
    }
  }

  pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
    this.loop.watch(this.socket.fd, this, 0, abi.EPOLL_CTL_MOD);
  }

  resume(): void {
    if (!this.isPaused || this.isClosed) return;
    this.isPaused = false;
    this.loop.watch(this.socket.fd, this, abi.EPOLLIN, abi.EPOLL_CTL_MOD);
  }

  ref(): void {
    if (this.isHeld || this.isClosed) return;
    this.isHeld = true;
    this.loop.guest.hold();
  }

  unref(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.loop.guest.drop();
  }

  close(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    this.pause();
    this.unref();
    this.isClosed = true;
    this.loop.forget(this);
    this.loop.forgetWatched(this.socket.fd);
    this.loop.sockets.closeListening(this.socket);
    return Promise.resolve();
  }

  private open(fd: number): void {
    const endpoints = this.loop.sockets.endpoints(fd, this.address);
    const connection = new EpollConnection(this.loop, this.handler, fd, endpoints);
    this.loop.guest.hold();
    this.loop.adopt(connection);
    connection.start();
  }

  /** Level-triggered events would come again and again, so the listener looks away for a while. */
  private rest(): void {
    this.loop.counters.acceptsDeferred++;
    this.pause();
    this.retry = setTimeout(() => this.resume(), acceptRetryMs);
    this.retry.unref();
  }
}
