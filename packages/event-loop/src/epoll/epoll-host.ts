import type { Libc } from '../linux/libc';
import type { Sockets } from '../linux/sockets';
import type { UvGuest } from '../linux/uv-guest';
import type { LoopCore } from '../loop-core';

/** The owner of a descriptor, which handles its events: a connection or a listener. */
export interface EpollOwner {
  ready(events: number): void;
}

/** The part of EpollLoop that its connections and listeners use. */
export interface EpollHost extends LoopCore {
  readonly libc: Libc;
  readonly sockets: Sockets;
  readonly guest: UvGuest;
  readonly input: Buffer;
  readonly inputAddress: number;
  watch(fd: number, owner: EpollOwner, interest: number, operation: number): void;
  removeOwner(fd: number): void;
}
