import type { ConnectionHandler, EventLoopOptions, Listener, ListenOptions } from '../event-loop';
import * as abi from '../linux/epoll-abi';
import { EpollControl } from '../linux/epoll-control';
import { EINTR, systemError } from '../linux/errno';
import type { Libc } from '../linux/libc';
import { Sockets } from '../linux/sockets';
import { UvGuest } from '../linux/uv-guest';
import { LoopCore } from '../loop-core';
import { clearImmediate, monotonicMs, setImmediate } from '../node-timers';
import { EpollConnection } from './epoll-connection';
import type { EpollHost, EpollOwner } from './epoll-host';
import { EpollListener } from './epoll-listener';

/** Maximum number of events of one epoll_wait. */
const EVENTS_PER_WAIT = 512;

/** The loop over epoll: level-triggered, with one input buffer for all connections and one send per connection and iteration. */
export class EpollLoop extends LoopCore implements EpollHost {
  readonly backend = 'epoll';
  readonly libc: Libc;
  readonly sockets: Sockets;
  readonly guest: UvGuest;
  /** The buffer for all input. */
  readonly input: Buffer;
  readonly inputAddress: number;
  readonly #epoll: number;
  readonly #events: Int32Array;
  readonly #eventsAddress: number;
  readonly #control: EpollControl;
  readonly #watched: (EpollOwner | null)[];
  readonly #iterationsPerTick: number;
  readonly #tickBudgetMs: number;
  readonly #tick: () => void;
  #nextTick: NodeJS.Immediate | null;

  /** @throws Error with a `code` when the kernel refuses an epoll descriptor */
  constructor(libc: Libc, reason: string, options: EventLoopOptions) {
    super(reason, options, libc.addressOf);
    this.libc = libc;
    this.sockets = new Sockets(libc);
    this.input = Buffer.allocUnsafeSlow(options.inputBytes ?? 64 * 1024);
    this.inputAddress = libc.addressOf(this.input);
    const events = Buffer.allocUnsafeSlow(EVENTS_PER_WAIT * abi.EVENT_WORDS * 4);
    this.#events = new Int32Array(events.buffer);
    this.#eventsAddress = libc.addressOf(events);
    this.#epoll = libc.epollCreate(abi.EPOLL_CLOEXEC);
    if (this.#epoll < 0) throw systemError('epoll_create1', libc.errno());
    this.#control = new EpollControl(libc, this.#epoll);
    this.#watched = [];
    this.#iterationsPerTick = options.iterationsPerTick ?? 32;
    this.#tickBudgetMs = options.tickBudgetMs ?? 1;
    this.guest = new UvGuest(libc, this.#epoll);
    this.#tick = () => this.#runTick();
    this.#nextTick = setImmediate(this.#tick);
    this.#nextTick.unref();
  }

  wake(): void {
    // The tick is scheduled already. A ref'd immediate keeps Node from sleeping before it.
    this.#nextTick?.ref();
  }

  /**
   * Adds, changes or removes (`operation`) the interest in a descriptor. Its events go to `owner`.
   * @throws Error with a `code` when the kernel refuses
   */
  watch(fd: number, owner: EpollOwner, interest: number, operation: number): void {
    this.#watched[fd] = owner;
    if (!this.#control.change(operation, fd, interest)) throw systemError('epoll_ctl', this.libc.errno());
  }

  /** Removes the owner of `fd`. The caller closes `fd`, which removes it from epoll. */
  removeOwner(fd: number): void {
    this.#watched[fd] = null;
  }

  protected async openListener(options: ListenOptions, handler: ConnectionHandler): Promise<Listener> {
    return new EpollListener(this, this.sockets.listen(options), handler);
  }

  protected async release(): Promise<void> {
    for (const owner of this.#watched) if (owner instanceof EpollConnection) owner.abandon();
    if (this.#nextTick !== null) clearImmediate(this.#nextTick);
    this.#nextTick = null;
    this.guest.close();
    this.libc.close(this.#epoll);
  }

  #runTick(): void {
    let isIdle = false;
    try {
      isIdle = this.#runIterations();
    } finally {
      this.isInside = false;
      this.#nextTick = setImmediate(this.#tick);
      // If more events are ready, the epoll descriptor is readable and wakes Node at once.
      if (isIdle || !this.hasWork) this.#nextTick.unref();
    }
  }

  /** Runs iterations until nothing is ready (returns true), or until their number or the time is used up (returns false). */
  #runIterations(): boolean {
    const deadline = monotonicMs() + this.#tickBudgetMs;
    for (let left = this.#iterationsPerTick; ; ) {
      this.isInside = true;
      const count = this.libc.epollWait(this.#epoll, this.#eventsAddress, EVENTS_PER_WAIT, 0);
      if (count < 0 && this.libc.errno() !== EINTR) throw systemError('epoll_wait', this.libc.errno());
      for (let i = 0; i < count; i++) {
        const at = i * abi.EVENT_WORDS;
        // Null if this iteration has closed it already.
        this.#watched[this.#events[at + abi.EVENT_FD_WORD] as number]?.ready(this.#events[at] as number);
      }
      if (count > 0 || this.hasWork) this.settle();
      else return true;
      if (--left <= 0 || monotonicMs() >= deadline) return false;
    }
  }
}
