import * as abi from './epoll-abi';
import type { Libc } from './libc';

/** epoll_ctl of one epoll descriptor, over one struct epoll_event that serves all calls. */
export class EpollControl {
  private readonly libc: Libc;
  private readonly epoll: number;
  private readonly event: Int32Array;
  private readonly eventAddress: number;

  /** @param epoll the descriptor, which stays its owner's. */
  constructor(libc: Libc, epoll: number) {
    this.libc = libc;
    this.epoll = epoll;
    const event = Buffer.allocUnsafeSlow(128);
    this.event = new Int32Array(event.buffer);
    this.eventAddress = libc.addressOf(event);
  }

  /** Adds, changes or takes out (`operation`) the interest in `fd`; false, with the reason in `errno`, where the kernel refuses. */
  change(operation: number, fd: number, interest: number): boolean {
    this.event[0] = interest;
    this.event[abi.eventFdWord] = fd;
    this.event[abi.eventFdWord + 1] = 0;
    return this.libc.epollControl(this.epoll, operation, fd, this.eventAddress) === 0;
  }
}
