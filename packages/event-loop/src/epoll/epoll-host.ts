import type { Libc } from '../linux/libc';
import type { Sockets } from '../linux/sockets';
import type { UvGuest } from '../linux/uv-guest';
import type { LoopCore } from '../loop-core';

/** What is told of the events of a descriptor: a connection or a listener. */
export interface EpollOwner {
  ready(events: number): void;
}

/** What connections and listeners need of the loop that they belong to; see EpollLoop. */
export interface EpollHost extends LoopCore {
  readonly libc: Libc;
  readonly sockets: Sockets;
  readonly guest: UvGuest;
  readonly input: Buffer;
  readonly inputAddress: number;
  watch(fd: number, owner: EpollOwner, interest: number, operation: number): void;
  forgetWatched(fd: number): void;
}
