import type { ConnectionHandler, EventLoopOptions, Listener, ListenOptions } from '../event-loop';
import * as abi from '../linux/epoll-abi';
import { EpollControl } from '../linux/epoll-control';
import { EINTR, systemError } from '../linux/errno';
import type { Libc } from '../linux/libc';
import { Sockets } from '../linux/sockets';
import { UvGuest } from '../linux/uv-guest';
import { LoopCore } from '../loop-core';
import { EpollConnection } from './epoll-connection';
import type { EpollHost, EpollOwner } from './epoll-host';
import { EpollListener } from './epoll-listener';

/** Events taken with one call. */
const eventsPerWait = 512;

/** The loop over epoll: level-triggered, one input buffer for all connections, one write a connection and iteration. */
export class EpollLoop extends LoopCore implements EpollHost {
  readonly backend = 'epoll';
  readonly libc: Libc;
  readonly sockets: Sockets;
  readonly guest: UvGuest;
  /** Where everything is read to. */
  readonly input: Buffer;
  readonly inputAddress: number;
  private readonly epoll: number;
  private readonly events: Int32Array;
  private readonly eventsAddress: number;
  private readonly control: EpollControl;
  private readonly watched: (EpollOwner | null)[];
  private readonly turnsPerTick: number;
  private readonly tickBudgetMs: number;
  private readonly tick: () => void;
  private nextTick: NodeJS.Immediate | null;

  /** @throws Error with `code` when the kernel refuses an epoll descriptor */
  constructor(libc: Libc, reason: string, options: EventLoopOptions) {
    super(reason, options, libc.addressOf);
    this.libc = libc;
    this.sockets = new Sockets(libc);
    this.input = Buffer.allocUnsafeSlow(options.inputBytes ?? 64 * 1024);
    this.inputAddress = libc.addressOf(this.input);
    this.epoll = libc.epollCreate(abi.EPOLL_CLOEXEC);
    if (this.epoll < 0) throw systemError('epoll_create1', libc.errno());
    const events = Buffer.allocUnsafeSlow(eventsPerWait * abi.eventWords * 4);
    this.events = new Int32Array(events.buffer);
    this.eventsAddress = libc.addressOf(events);
    this.control = new EpollControl(libc, this.epoll);
    this.watched = [];
    this.turnsPerTick = options.turnsPerTick ?? 32;
    this.tickBudgetMs = options.tickBudgetMs ?? 1;
    this.guest = new UvGuest(libc, this.epoll);
    this.tick = () => this.runTick();
    this.nextTick = setImmediate(this.tick);
    this.nextTick.unref();
  }

  wake(): void {
    // The tick is waiting already; now Node may not sleep before it.
    this.nextTick?.ref();
  }

  /** Starts, changes or ends to watch a descriptor, whose events go to `owner`. @throws Error with `code` when the kernel refuses */
  watch(fd: number, owner: EpollOwner, interest: number, operation: number): void {
    this.watched[fd] = owner;
    if (!this.control.change(operation, fd, interest)) throw systemError('epoll_ctl', this.libc.errno());
  }

  /** Forgets whose events those of `fd` are; closing it, which the caller does next, ends the watch. */
  forgetWatched(fd: number): void {
    this.watched[fd] = null;
  }

  protected async openListener(options: ListenOptions, handler: ConnectionHandler): Promise<Listener> {
    return new EpollListener(this, this.sockets.listen(options), handler);
  }

  protected async release(): Promise<void> {
    for (const owner of this.watched) if (owner instanceof EpollConnection) owner.abandon();
    if (this.nextTick !== null) clearImmediate(this.nextTick);
    this.nextTick = null;
    this.guest.close();
    this.libc.close(this.epoll);
  }

  private runTick(): void {
    let isIdle = false;
    try {
      isIdle = this.runTurns();
    } finally {
      this.isInside = false;
      this.nextTick = setImmediate(this.tick);
      // There may be more when this turn was not idle, but then the epoll descriptor is readable and wakes Node at once.
      if (isIdle || !this.hasWork) this.nextTick.unref();
    }
  }

  /** Runs until nothing is ready (true) or the turns or the time are used up (false). */
  private runTurns(): boolean {
    const deadline = performance.now() + this.tickBudgetMs;
    for (let turns = this.turnsPerTick; ; ) {
      this.isInside = true;
      const count = this.libc.epollWait(this.epoll, this.eventsAddress, eventsPerWait, 0);
      if (count < 0 && this.libc.errno() !== EINTR) throw systemError('epoll_wait', this.libc.errno());
      for (let i = 0; i < count; i++) {
        const at = i * abi.eventWords;
        // Null when this iteration closed it already.
        this.watched[this.events[at + abi.eventFdWord] as number]?.ready(this.events[at] as number);
      }
      if (count > 0 || this.hasWork) this.settle();
      else return true;
      if (--turns <= 0 || performance.now() >= deadline) return false;
    }
  }
}
