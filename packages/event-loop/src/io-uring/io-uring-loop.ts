import { arch } from 'node:os';
import type { ConnectionHandler, EventLoopOptions, Listener, ListenOptions } from '../event-loop';
import { systemError } from '../linux/errno';
import type { Libc } from '../linux/libc';
import { Sockets } from '../linux/sockets';
import { UvGuest } from '../linux/uv-guest';
import { LoopCore } from '../loop-core';
import { clearImmediate, monotonicMs, setImmediate } from '../node-timers';
import * as abi from './abi';
import { InputBuffers } from './input-buffers';
import { IoUringConnection } from './io-uring-connection';
import type { HeldInput, IoUringHost, SlotOwner } from './io-uring-host';
import { IoUringListener } from './io-uring-listener';
import * as request from './request-kind';
import { Ring } from './ring';

const EFD_NONBLOCK = 0o4000;
const EFD_CLOEXEC = 0o2000000;

/** After this many wake-ups without a completion, the eventfd is read anyway. */
const MAX_VAIN_WAKE_UPS = 16;

const IS_WEAKLY_ORDERED = arch() !== 'x64';

/**
 * The loop over io_uring: multishot accept and recv, sends without waiting, one `io_uring_enter` per iteration.
 *
 * Under load, a tick runs in each iteration of Node's loop, and the kernel does not signal the eventfd. After an iteration without
 * events, the signals are turned on, and Node's loop can sleep until the eventfd is readable.
 */
export class IoUringLoop extends LoopCore implements IoUringHost {
  readonly backend = 'io_uring';
  readonly ring: Ring;
  readonly input: InputBuffers;
  readonly sockets: Sockets;
  readonly guest: UvGuest;
  readonly libc: Libc;
  readonly #eventfd: number;
  readonly #eventfdValue: Buffer;
  readonly #eventfdValueAddress: number;
  /** The owners of requests. Connections and listeners share the table. */
  readonly #slots: (SlotOwner | null)[];
  readonly #freeSlots: number[];
  #slotsInUse: number;
  #resumed: HeldInput[];
  readonly #iterationsPerTick: number;
  readonly #tickBudgetMs: number;
  readonly #tick: () => void;
  #nextTick: NodeJS.Immediate | null;
  #isArmed: boolean;
  #vainWakeUps: number;
  /** The number of input buffers that a handler reads at present, and the first of them. */
  #buffersInHand: number;
  #firstInHand: number;

  /** @throws Error with a `code` when the kernel refuses a ring, its buffers or its eventfd */
  constructor(libc: Libc, reason: string, options: EventLoopOptions, firstSetupFlags = 0) {
    super(reason, options, libc.addressOf);
    this.libc = libc;
    this.ring = new Ring(libc, options.ringEntries ?? 1024, firstSetupFlags);
    this.sockets = new Sockets(libc);
    this.#eventfdValue = Buffer.allocUnsafeSlow(128);
    this.#eventfdValueAddress = libc.addressOf(this.#eventfdValue);
    this.#eventfd = libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    try {
      if (this.#eventfd < 0) throw systemError('eventfd', libc.errno());
      this.ring.registerEventfd(this.#eventfd);
      this.input = new InputBuffers(libc, this.ring, options.inputBuffers ?? 512, options.inputBytes ?? 16 * 1024);
      this.guest = new UvGuest(libc, this.#eventfd);
    } catch (error) {
      // Another backend will be used instead.
      this.ring.close();
      if (this.#eventfd >= 0) libc.close(this.#eventfd);
      throw error;
    }
    this.#slots = [];
    this.#freeSlots = [];
    this.#slotsInUse = 0;
    this.#resumed = [];
    this.#iterationsPerTick = options.iterationsPerTick ?? 32;
    this.#tickBudgetMs = options.tickBudgetMs ?? 1;
    this.#tick = () => this.#runTick();
    this.#isArmed = true;
    this.#vainWakeUps = 0;
    this.#buffersInHand = 0;
    this.#firstInHand = 0;
    this.#nextTick = setImmediate(this.#tick);
    this.#nextTick.unref();
  }

  wake(): void {
    // The tick is scheduled already. A ref'd immediate keeps Node from sleeping before it.
    this.#nextTick?.ref();
  }

  /** Returns a slot for `owner`, which its completions contain. */
  takeSlot(owner: SlotOwner): number {
    const slot = this.#freeSlots.pop() ?? this.#slots.length;
    this.#slots[slot] = owner;
    this.#slotsInUse++;
    return slot;
  }

  /** Frees `slot`, of which no request is in flight. */
  releaseSlot(slot: number): void {
    this.#slots[slot] = null;
    this.#freeSlots.push(slot);
    this.#slotsInUse--;
  }

  /** Submits requests soon that were queued outside of an iteration. */
  submitSoon(): void {
    if (!this.isInside) this.wake();
  }

  /** Passes on the stored input of a resumed connection in the next iteration. */
  resumeSoon(connection: HeldInput): void {
    this.#resumed.push(connection);
    if (!this.isInside) this.wake();
  }

  protected async openListener(options: ListenOptions, handler: ConnectionHandler): Promise<Listener> {
    return new IoUringListener(this, this.sockets.listen(options), handler);
  }

  protected async release(): Promise<void> {
    for (const owner of this.#slots) if (owner instanceof IoUringConnection) owner.abandon();
    // The memory of buffers must not be freed before the kernel has released all of them.
    while (this.#slotsInUse > 0) {
      this.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.#nextTick !== null) clearImmediate(this.#nextTick);
    this.#nextTick = null;
    this.guest.close();
    this.ring.close();
    this.input.close();
    this.libc.close(this.#eventfd);
  }

  #runTick(): void {
    let isIdle = false;
    try {
      if (!this.#isArmed || this.#disarm()) isIdle = this.#runIterations();
      else isIdle = true;
    } finally {
      this.isInside = false;
      if (this.#buffersInHand > 0) {
        this.#giveBackInput();
        this.input.publish();
      }
      this.#nextTick = setImmediate(this.#tick);
      if (isIdle) this.#nextTick.unref();
    }
  }

  /** Runs iterations until nothing is ready (returns true), or until their number or the time is used up (returns false). */
  #runIterations(): boolean {
    const ring = this.ring;
    const deadline = monotonicMs() + this.#tickBudgetMs;
    for (let left = this.#iterationsPerTick; ; ) {
      this.isInside = true;
      const isBusy = this.#takeCompletions();
      if (this.#resumed.length > 0) this.#handResumed();
      if (isBusy || this.hasWork) this.settle();
      this.isInside = true;
      if (ring.needsEnter) ring.enter();
      if (!ring.hasCompletions && !this.hasWork && this.#resumed.length === 0 && !ring.hasPending) {
        if (this.#arm()) return true;
      }
      if (--left <= 0 || monotonicMs() >= deadline) return false;
    }
  }

  #takeCompletions(): boolean {
    const ring = this.ring;
    if (!ring.take()) return false;
    do {
      const owner = this.#slots[ring.slot] as SlotOwner;
      const result = ring.result;
      const flags = ring.completionFlags;
      switch (ring.kind) {
        case request.RECV: {
          const connection = owner as IoUringConnection;
          if (result > 0) this.#handInput(connection, flags >>> abi.IORING_CQE_BUFFER_SHIFT, result);
          if ((ring.completionFlags & abi.IORING_CQE_F_MORE) === 0) connection.receiveEnded(ring.result);
          break;
        }
        case request.SEND:
          (owner as IoUringConnection).sendEnded(result);
          break;
        case request.ACCEPT:
          (owner as IoUringListener).accepted(result, (flags & abi.IORING_CQE_F_MORE) !== 0);
          break;
        case request.CLOSE:
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
   * Passes on the input in buffer `id` and in the buffers behind it. A long run of input fills neighbouring buffers; as one window, its
   * reader need not copy it together.
   */
  #handInput(connection: IoUringConnection, id: number, received: number): void {
    const { ring, input } = this;
    let length = received;
    let buffers = 1;
    while (length === buffers * input.bufferBytes && ring.takeMore(id + buffers)) {
      length += ring.result;
      buffers++;
    }
    this.#firstInHand = id;
    this.#buffersInHand = buffers;
    this.counters.bytesRead += length;
    connection.received(input.bytes, id * input.bufferBytes, length);
    this.#giveBackInput();
  }

  #giveBackInput(): void {
    const end = this.#firstInHand + this.#buffersInHand;
    for (let id = this.#firstInHand; id < end; id++) this.input.giveBack(id);
    this.#buffersInHand = 0;
  }

  #handResumed(): void {
    const resumed = this.#resumed;
    this.#resumed = [];
    for (const connection of resumed) connection.handHeld();
  }

  /** Turns the signals on. Returns false if something is ready already, so that the loop must not sleep. */
  #arm(): boolean {
    this.ring.setSignals(true);
    // The kernel sets its flag, then reads ours; we set ours, then read the kernel's. So at least one side sees the other. If the
    // processor reorders a store and a later load, the kernel's flag may be visible late, but `enter` sees its list of completions.
    if (IS_WEAKLY_ORDERED) this.ring.enter();
    if (this.ring.needsEnter || this.ring.hasCompletions) {
      this.ring.setSignals(false);
      return false;
    }
    this.#isArmed = true;
    this.#vainWakeUps = 0;
    return true;
  }

  /** Checks whether a wake-up was for this loop, and then turns the signals off. */
  #disarm(): boolean {
    const isForThisLoop = this.ring.needsEnter || this.ring.hasCompletions || this.hasWork || this.#resumed.length > 0;
    if (!isForThisLoop && ++this.#vainWakeUps < MAX_VAIN_WAKE_UPS) return false;
    this.#vainWakeUps = 0;
    this.ring.setSignals(false);
    this.#isArmed = false;
    if (!this.guest.wakesByEdges()) this.libc.read(this.#eventfd, this.#eventfdValueAddress, 8);
    return true;
  }
}
