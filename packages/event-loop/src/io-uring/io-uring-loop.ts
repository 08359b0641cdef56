import { arch } from 'node:os';
import type { ConnectionHandler, EventLoopOptions, Listener, ListenOptions } from '../event-loop';
import { systemError } from '../linux/errno';
import type { Libc } from '../linux/libc';
import { Sockets } from '../linux/sockets';
import { UvGuest } from '../linux/uv-guest';
import { LoopCore } from '../loop-core';
import * as abi from './abi';
import { InputBuffers } from './input-buffers';
import { IoUringConnection } from './io-uring-connection';
import type { HeldInput, IoUringHost, SlotOwner } from './io-uring-host';
import { IoUringListener } from './io-uring-listener';
import * as request from './request-kind';
import { Ring } from './ring';

const EFD_NONBLOCK = 0o4000;
const EFD_CLOEXEC = 0o2000000;

/** After so many looks in vain the eventfd is emptied although nothing was seen to come of it. */
const looksBeforeDrain = 16;

const isWeaklyOrdered = arch() !== 'x64';

/**
 * The loop over io_uring: multishot accept and recv, sends that are tried at once, one `io_uring_enter` a turn.
 *
 * While there is traffic, a tick runs in every turn of Node's loop and the kernel signals nobody. When a turn brings nothing,
 * the eventfd is armed and Node's loop may sleep on it.
 */
export class IoUringLoop extends LoopCore implements IoUringHost {
  readonly backend = 'io_uring';
  readonly ring: Ring;
  readonly input: InputBuffers;
  readonly sockets: Sockets;
  readonly guest: UvGuest;
  readonly libc: Libc;
  private readonly eventfd: number;
  private readonly eventfdValue: Buffer;
  private readonly eventfdValueAddress: number;
  /** What a completion is for: connections and listeners share one table of slots. */
  private readonly slots: (SlotOwner | null)[];
  private readonly freeSlots: number[];
  private slotsInUse: number;
  private resumed: HeldInput[];
  private readonly turnsPerTick: number;
  private readonly tickBudgetMs: number;
  private readonly tick: () => void;
  private nextTick: NodeJS.Immediate | null;
  private isArmed: boolean;
  private looksInVain: number;
  /** The input buffers that a handler looks at right now: how many, and the first. */
  private buffersInHand: number;
  private firstInHand: number;

  /** @throws Error with `code` when the kernel refuses a ring, its buffers or its eventfd */
  constructor(libc: Libc, reason: string, options: EventLoopOptions, firstSetupFlags = 0) {
    super(reason, options, libc.addressOf);
    this.libc = libc;
    this.ring = new Ring(libc, options.ringEntries ?? 1024, firstSetupFlags);
    this.sockets = new Sockets(libc);
    this.eventfdValue = Buffer.allocUnsafeSlow(128);
    this.eventfdValueAddress = libc.addressOf(this.eventfdValue);
    this.eventfd = libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    try {
      if (this.eventfd < 0) throw systemError('eventfd', libc.errno());
      this.ring.registerEventfd(this.eventfd);
      this.input = new InputBuffers(libc, this.ring, options.inputBuffers ?? 512, options.inputBytes ?? 16 * 1024);
      this.guest = new UvGuest(libc, this.eventfd);
    } catch (error) {
      // Another backend will run instead, in a process that keeps nothing of this try.
      this.ring.close();
      if (this.eventfd >= 0) libc.close(this.eventfd);
      throw error;
    }
    this.slots = [];
    this.freeSlots = [];
    this.slotsInUse = 0;
    this.resumed = [];
    this.turnsPerTick = options.turnsPerTick ?? 32;
    this.tickBudgetMs = options.tickBudgetMs ?? 1;
    this.tick = () => this.runTick();
    this.isArmed = true;
    this.looksInVain = 0;
    this.buffersInHand = 0;
    this.firstInHand = 0;
    this.nextTick = setImmediate(this.tick);
    this.nextTick.unref();
  }

  wake(): void {
    // The tick is waiting already; now Node may not sleep before it.
    this.nextTick?.ref();
  }

  /** A number that completions carry, for `owner`. */
  takeSlot(owner: SlotOwner): number {
    const slot = this.freeSlots.pop() ?? this.slots.length;
    this.slots[slot] = owner;
    this.slotsInUse++;
    return slot;
  }

  /** Ends the use of `slot`: nothing in flight carries it any more. */
  releaseSlot(slot: number): void {
    this.slots[slot] = null;
    this.freeSlots.push(slot);
    this.slotsInUse--;
  }

  /** Puts requests that were queued outside of an iteration on their way. */
  submitSoon(): void {
    if (!this.isInside) this.wake();
  }

  /** Has `connection` handed what it held back while it was paused. */
  resumeSoon(connection: HeldInput): void {
    this.resumed.push(connection);
    if (!this.isInside) this.wake();
  }

  protected async openListener(options: ListenOptions, handler: ConnectionHandler): Promise<Listener> {
    return new IoUringListener(this, this.sockets.listen(options), handler);
  }

  protected async release(): Promise<void> {
    for (const owner of this.slots) if (owner instanceof IoUringConnection) owner.abandon();
    // The kernel has to let go of every buffer before the memory may go.
    while (this.slotsInUse > 0) {
      this.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.nextTick !== null) clearImmediate(this.nextTick);
    this.nextTick = null;
    this.guest.close();
    this.ring.close();
    this.input.close();
    this.libc.close(this.eventfd);
  }

  private runTick(): void {
    let isIdle = false;
    try {
      if (!this.isArmed || this.disarm()) isIdle = this.runTurns();
      else isIdle = true;
    } finally {
      this.isInside = false;
      if (this.buffersInHand > 0) {
        this.giveBackInput();
        this.input.publish();
      }
      this.nextTick = setImmediate(this.tick);
      if (isIdle) this.nextTick.unref();
    }
  }

  /** Runs until nothing is ready (true) or the turns or the time are used up (false). */
  private runTurns(): boolean {
    const ring = this.ring;
    const deadline = performance.now() + this.tickBudgetMs;
    for (let turns = this.turnsPerTick; ; ) {
      this.isInside = true;
      const isBusy = this.takeCompletions();
      if (this.resumed.length > 0) this.handResumed();
      if (isBusy || this.hasWork) this.settle();
      this.isInside = true;
      if (ring.needsEnter) ring.enter();
      if (!ring.hasCompletions && !this.hasWork && this.resumed.length === 0 && !ring.hasPending) {
        if (this.arm()) return true;
      }
      if (--turns <= 0 || performance.now() >= deadline) return false;
    }
  }

  private takeCompletions(): boolean {
    const ring = this.ring;
    if (!ring.take()) return false;
    do {
      const owner = this.slots[ring.slot] as SlotOwner;
      const result = ring.result;
      const flags = ring.completionFlags;
      switch (ring.kind) {
        case request.recv: {
          const connection = owner as IoUringConnection;
          if (result > 0) this.handInput(connection, flags >>> abi.bufferIdShift, result);
          if ((ring.completionFlags & abi.IORING_CQE_F_MORE) === 0) connection.receiveEnded(ring.result);
          break;
        }
        case request.send:
          (owner as IoUringConnection).sendEnded(result);
          break;
        case request.accept:
          (owner as IoUringListener).accepted(result, (flags & abi.IORING_CQE_F_MORE) !== 0);
          break;
        case request.close:
          this.releaseSlot(ring.slot);
          break;
        default:
          owner.requestEnded();
      }
    } while (ring.take());
    this.input.publish();
    ring.release();
    return true;
  }

  /**
   * Hands over what was received into input buffer `id`, with what stands behind it: a long run of input has filled neighbouring
   * buffers, and as one window it need not be put together by whoever reads it.
   */
  private handInput(connection: IoUringConnection, id: number, received: number): void {
    const { ring, input } = this;
    let length = received;
    let buffers = 1;
    while (length === buffers * input.bufferBytes && ring.takeMore(id + buffers)) {
      length += ring.result;
      buffers++;
    }
    this.firstInHand = id;
    this.buffersInHand = buffers;
    this.counters.bytesRead += length;
    connection.received(input.bytes, id * input.bufferBytes, length);
    this.giveBackInput();
  }

  private giveBackInput(): void {
    const end = this.firstInHand + this.buffersInHand;
    for (let id = this.firstInHand; id < end; id++) this.input.giveBack(id);
    this.buffersInHand = 0;
  }

  private handResumed(): void {
    const resumed = this.resumed;
    this.resumed = [];
    for (const connection of resumed) connection.handHeld();
  }

  /** Lets the kernel signal again; false if something came meanwhile, so that there is no sleeping yet. */
  private arm(): boolean {
    this.ring.setSignals(true);
    // The kernel sets its flag first and looks at ours then; we do it the other way round, so one of us sees the other.
    // Where processors reorder a store and a later load, the kernel's flag may show late, but its list does not.
    if (isWeaklyOrdered) this.ring.enter();
    if (this.ring.needsEnter || this.ring.hasCompletions) {
      this.ring.setSignals(false);
      return false;
    }
    this.isArmed = true;
    this.looksInVain = 0;
    return true;
  }

  /** Looks whether a wake-up was for us; if so, stops the signals. */
  private disarm(): boolean {
    const isForUs = this.ring.needsEnter || this.ring.hasCompletions || this.hasWork || this.resumed.length > 0;
    if (!isForUs && ++this.looksInVain < looksBeforeDrain) return false;
    this.looksInVain = 0;
    this.ring.setSignals(false);
    this.isArmed = false;
    if (!this.guest.wakesByEdges()) this.libc.read(this.eventfd, this.eventfdValueAddress, 8);
    return true;
  }
}
