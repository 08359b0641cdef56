import * as abi from './epoll-abi';
import type { Libc } from './libc';

/** Calls epoll_ctl for one epoll descriptor, with one struct epoll_event for all calls. */
export class EpollControl {
  readonly #libc: Libc;
  readonly #epoll: number;
  readonly #event: Int32Array;
  readonly #eventAddress: number;

  /** The caller owns the descriptor `epoll`. */
  constructor(libc: Libc, epoll: number) {
    this.#libc = libc;
    this.#epoll = epoll;
    const event = Buffer.allocUnsafeSlow(128);
    this.#event = new Int32Array(event.buffer);
    this.#eventAddress = libc.addressOf(event);
  }

  /** Adds, changes or removes (`operation`) the interest in `fd`. Returns false and sets `errno` if the kernel refuses. */
  change(operation: number, fd: number, interest: number): boolean {
    this.#event[0] = interest;
    this.#event[abi.EVENT_FD_WORD] = fd;
    this.#event[abi.EVENT_FD_WORD + 1] = 0;
    return this.#libc.epollControl(this.#epoll, operation, fd, this.#eventAddress) === 0;
  }
}
