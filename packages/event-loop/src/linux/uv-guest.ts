import * as epoll from './epoll-abi';
import { EpollControl } from './epoll-control';
import { ENOENT, systemError } from './errno';
import type { Libc } from './libc';

// From uv.h: uv_handle_type and uv_poll_event.
const UV_POLL = 8;
const UV_READABLE = 1;

/**
 * A descriptor that wakes Node's loop when it is readable: a uv_poll_t with a native callback that does nothing. The scheduled
 * immediate runs in the same iteration of libuv. An idle loop therefore costs nothing. The handle keeps the process alive while there
 * are holders.
 */
export class UvGuest {
  readonly #libc: Libc;
  readonly #fd: number;
  #handle: number;
  #holders: number;
  #edges: 'untried' | 'watched' | 'refused';

  /** @throws Error with a `code` when libuv refuses the descriptor */
  constructor(libc: Libc, fd: number) {
    this.#libc = libc;
    this.#fd = fd;
    this.#edges = 'untried';
    this.#handle = libc.calloc(1, libc.uvHandleSize(UV_POLL));
    this.#holders = 0;
    const result = libc.uvPollInit(libc.uvLoop, this.#handle, fd);
    // The handle is not in the loop then. Its few bytes leak, because a binding of free is not worth it.
    if (result < 0) throw systemError('uv_poll_init', -result);
    libc.uvPollStart(this.#handle, UV_READABLE, libc.noop);
    libc.uvUnref(this.#handle);
  }

  /** Keeps the process alive until `drop` was called as often. */
  hold(): void {
    if (this.#holders++ === 0) this.#libc.uvRef(this.#handle);
  }

  /** Reverses one `hold`. */
  drop(): void {
    if (--this.#holders === 0) this.#libc.uvUnref(this.#handle);
  }

  /**
   * Whether libuv watches the descriptor edge-triggered: a signal wakes it once, and the descriptor need not be read before libuv can
   * sleep again. libuv adds descriptors level-triggered, so this changes the entry in libuv's epoll as soon as it exists. O(1).
   */
  wakesByEdges(): boolean {
    if (this.#edges === 'untried') {
      const control = new EpollControl(this.#libc, this.#libc.uvBackendFd(this.#libc.uvLoop));
      const isChanged = control.change(epoll.EPOLL_CTL_MOD, this.#fd, epoll.EPOLLIN | epoll.EPOLLET);
      // ENOENT: libuv adds the descriptor when it sleeps the next time.
      if (isChanged) this.#edges = 'watched';
      else if (this.#libc.errno() !== ENOENT) this.#edges = 'refused';
    }
    return this.#edges === 'watched';
  }

  /** Removes the handle from Node's loop; libuv frees it later. The descriptor can be closed right after the call. */
  close(): void {
    if (this.#handle === 0) return;
    this.#libc.uvClose(this.#handle, this.#libc.free);
    this.#handle = 0;
  }
}
