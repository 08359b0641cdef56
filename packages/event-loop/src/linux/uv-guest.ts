import * as epoll from './epoll-abi';
import { EpollControl } from './epoll-control';
import { ENOENT, systemError } from './errno';
import type { Libc } from './libc';

/** From uv.h: the value of UV_POLL in uv_handle_type, and of UV_READABLE in uv_poll_event. */
const UV_POLL = 8;
const UV_READABLE = 1;

/**
 * A descriptor that wakes Node's own loop when it is readable: a uv_poll_t whose callback is native and does nothing, since
 * to wake up is all that it is for. The immediate that waits runs in the same turn of libuv. It keeps the process alive
 * while somebody asked for that, and so it costs nothing while nothing happens.
 */
export class UvGuest {
  private readonly libc: Libc;
  private readonly fd: number;
  private handle: number;
  private holders: number;
  private edges: 'untried' | 'watched' | 'refused';

  /** @throws Error with `code` when libuv refuses the descriptor */
  constructor(libc: Libc, fd: number) {
    this.libc = libc;
    this.fd = fd;
    this.edges = 'untried';
    this.handle = libc.calloc(1, libc.uvHandleSize(UV_POLL));
    this.holders = 0;
    const result = libc.uvPollInit(libc.uvLoop, this.handle, fd);
    // The handle is not in the loop then, and its few bytes are not worth a binding of free.
    if (result < 0) throw systemError('uv_poll_init', -result);
    libc.uvPollStart(this.handle, UV_READABLE, libc.noop);
    libc.uvUnref(this.handle);
  }

  /** Keeps the process alive until as many calls of `drop` have followed. */
  hold(): void {
    if (this.holders++ === 0) this.libc.uvRef(this.handle);
  }

  /** Takes one `hold` back. */
  drop(): void {
    if (--this.holders === 0) this.libc.uvUnref(this.handle);
  }

  /**
   * Whether each signal of the descriptor wakes libuv once, so that nobody has to read it before libuv may sleep again. libuv itself asks to be
   * woken for as long as it is readable; what it has put into its epoll is changed here, as soon as it has. O(1).
   */
  wakesByEdges(): boolean {
    if (this.edges === 'untried') {
      const control = new EpollControl(this.libc, this.libc.uvBackendFd(this.libc.uvLoop));
      const isChanged = control.change(epoll.EPOLL_CTL_MOD, this.fd, epoll.EPOLLIN | epoll.EPOLLET);
      // libuv adds what it watches when it sleeps the next time.
      if (isChanged) this.edges = 'watched';
      else if (this.libc.errno() !== ENOENT) this.edges = 'refused';
    }
    return this.edges === 'watched';
  }

  /** Leaves Node's loop; libuv frees the handle once it has let go of it. The descriptor may be closed right after. */
  close(): void {
    if (this.handle === 0) return;
    this.libc.uvClose(this.handle, this.libc.free);
    this.handle = 0;
  }
}
