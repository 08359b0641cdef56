import { EAGAIN, EBUSY, EINTR, EINVAL, systemError } from '../linux/errno';
import type { Libc } from '../linux/libc';
import * as abi from './abi';

/** Sets of setup flags. If the kernel refuses a set, the next one is tried. */
const SETUP_FLAGS = [
  abi.IORING_SETUP_SINGLE_ISSUER |
    abi.IORING_SETUP_DEFER_TASKRUN |
    abi.IORING_SETUP_TASKRUN_FLAG |
    abi.IORING_SETUP_SUBMIT_ALL,
  abi.IORING_SETUP_COOP_TASKRUN | abi.IORING_SETUP_TASKRUN_FLAG | abi.IORING_SETUP_SUBMIT_ALL,
  0,
];

/** Completion entries per submission entry. A connection has several requests in flight, and a burst must not overflow. */
const COMPLETIONS_PER_ENTRY = 8;

/**
 * The two rings of an io_uring, mapped into typed arrays. Requests are written as submission entries, results are read as completion
 * entries, and one `enter` per iteration submits the requests.
 *
 * ```
 *  push -> | sqe | sqe | sqe |   --enter-->   kernel   -->   | cqe | cqe |  -> slot/kind/result/flags at `take`
 * ```
 */
export class Ring {
  readonly fd: number;
  /** The setup flags that the kernel accepted. */
  readonly flags: number;
  /** User data and result of the current completion, see `take`. */
  slot: number;
  kind: number;
  result: number;
  completionFlags: number;
  readonly #libc: Libc;
  readonly #entries: number;
  readonly #mapAddress: number;
  readonly #mapBytes: number;
  readonly #sqesAddress: number;
  #words: Int32Array;
  #sqes: Int32Array;
  readonly #sqTail: number;
  readonly #sqFlags: number;
  readonly #sqMask: number;
  readonly #cqHead: number;
  readonly #cqTail: number;
  readonly #cqMask: number;
  readonly #cqFlags: number;
  readonly #cqes: number;
  #tail: number;
  #head: number;
  /** The tail of the completion ring when it was last read. */
  #seenTail: number;
  #pending: number;

  /**
   * @throws Error with a `code` when the kernel refuses: EPERM if a policy forbids io_uring, ENOSYS if the kernel is too old
   */
  constructor(libc: Libc, entries: number, firstFlags = 0) {
    this.#libc = libc;
    const params = Buffer.alloc(8192).subarray(0, abi.Params.bytes);
    let fd = -1;
    let flags = 0;
    for (let i = firstFlags; i < SETUP_FLAGS.length && fd < 0; i++) {
      flags = (SETUP_FLAGS[i] as number) | abi.IORING_SETUP_CQSIZE;
      params.fill(0);
      params.writeUInt32LE(entries * COMPLETIONS_PER_ENTRY, abi.Params.cqEntries);
      params.writeUInt32LE(flags, abi.Params.flags);
      fd = libc.ioUringSetup(abi.SYS_io_uring_setup, entries, libc.addressOf(params));
      // EINVAL means unknown flags. Any other error would occur again.
      if (fd < 0 && libc.errno() !== EINVAL) break;
    }
    if (fd < 0) throw systemError('io_uring_setup', libc.errno());
    this.fd = fd;
    this.flags = flags;
    const at = (offset: number) => params.readUInt32LE(offset);
    this.#entries = at(abi.Params.sqEntries);
    this.#mapBytes = Math.max(
      at(abi.Params.sqArray) + this.#entries * 4,
      at(abi.Params.cqCqes) + at(abi.Params.cqEntries) * abi.CQE_WORDS * 4,
    );
    this.#mapAddress = this.#map(this.#mapBytes, abi.IORING_OFF_SQ_RING);
    this.#sqesAddress = this.#map(this.#entries * abi.SQE_WORDS * 4, abi.IORING_OFF_SQES);
    this.#words = new Int32Array(libc.memoryAt(this.#mapAddress, this.#mapBytes & ~3));
    this.#sqes = new Int32Array(libc.memoryAt(this.#sqesAddress, this.#entries * abi.SQE_WORDS * 4));
    this.#sqTail = at(abi.Params.sqTail) >> 2;
    this.#sqFlags = at(abi.Params.sqFlags) >> 2;
    this.#sqMask = this.#words[at(abi.Params.sqMask) >> 2] as number;
    this.#cqHead = at(abi.Params.cqHead) >> 2;
    this.#cqTail = at(abi.Params.cqTail) >> 2;
    this.#cqMask = this.#words[at(abi.Params.cqMask) >> 2] as number;
    this.#cqFlags = at(abi.Params.cqFlags) >> 2;
    this.#cqes = at(abi.Params.cqCqes) >> 2;
    // Entries are used in order, so the index array is the identity.
    const array = at(abi.Params.sqArray) >> 2;
    for (let i = 0; i < this.#entries; i++) this.#words[array + i] = i;
    this.#tail = this.#words[this.#sqTail] as number;
    this.#head = this.#words[this.#cqHead] as number;
    this.#seenTail = this.#head;
    this.#pending = 0;
    this.slot = 0;
    this.kind = 0;
    this.result = 0;
    this.completionFlags = 0;
  }

  /** Whether there are requests to submit. */
  get hasPending(): boolean {
    return this.#pending > 0;
  }

  /** Whether a completion can be taken now. */
  get hasCompletions(): boolean {
    return this.#head !== Atomics.load(this.#words, this.#cqTail);
  }

  /** Whether the kernel has work that requires an `enter`. */
  get needsEnter(): boolean {
    const waiting = abi.IORING_SQ_TASKRUN | abi.IORING_SQ_CQ_OVERFLOW;
    return this.#pending > 0 || (Atomics.load(this.#words, this.#sqFlags) & waiting) !== 0;
  }

  /**
   * Queues a request. Submits a full submission ring first. `address` can be any pointer: it is written as two halves. O(1), with
   * plain stores to shared memory.
   */
  push(
    opcodeAndFlags: number,
    fd: number,
    address: number,
    length: number,
    operationFlags: number,
    slot: number,
    kind: number,
  ): void {
    if (this.#pending === this.#entries) this.#submitFull();
    const sqes = this.#sqes;
    const at = (this.#tail & this.#sqMask) * abi.SQE_WORDS;
    sqes[at] = opcodeAndFlags;
    sqes[at + 1] = fd;
    sqes[at + 2] = 0;
    sqes[at + 3] = 0;
    sqes[at + 4] = address | 0;
    sqes[at + 5] = (address / 0x1_0000_0000) | 0;
    sqes[at + 6] = length;
    sqes[at + 7] = operationFlags;
    sqes[at + 8] = slot;
    sqes[at + 9] = kind;
    sqes[at + 10] = 0;
    sqes[at + 11] = 0;
    sqes[at + 12] = 0;
    sqes[at + 13] = 0;
    this.#tail = (this.#tail + 1) | 0;
    this.#pending++;
  }

  /** Submits the queued requests and runs the kernel's deferred work, without waiting. One system call. */
  enter(): void {
    Atomics.store(this.#words, this.#sqTail, this.#tail);
    const submitted = this.#libc.ioUringEnter(
      abi.SYS_io_uring_enter,
      this.fd,
      this.#pending,
      0,
      abi.IORING_ENTER_GETEVENTS,
      0,
      0,
    );
    if (submitted >= 0) {
      this.#pending -= submitted;
      return;
    }
    const errno = this.#libc.errno();
    // Interrupted, short of memory, or completions have to be taken first: the next iteration tries again.
    if (errno !== EINTR && errno !== EAGAIN && errno !== EBUSY) throw systemError('io_uring_enter', errno);
  }

  /**
   * Advances to the next completion and returns whether there is one. O(1). Hot: an atomic load is a call in V8, so there is one load
   * for all completions that arrived together.
   */
  take(): boolean {
    const words = this.#words;
    const head = this.#head;
    if (head === this.#seenTail) {
      this.#seenTail = Atomics.load(words, this.#cqTail);
      if (head === this.#seenTail) return false;
    }
    const at = this.#cqes + (head & this.#cqMask) * abi.CQE_WORDS;
    this.slot = words[at] as number;
    this.kind = words[at + 1] as number;
    this.result = words[at + 2] as number;
    this.completionFlags = words[at + 3] as number;
    this.#head = (head + 1) | 0;
    return true;
  }

  /**
   * Advances to the next completion if it belongs to the same multishot request and filled input buffer `id`; returns whether it did.
   * May miss a completion that arrived since the last atomic load, which `take` finds. O(1).
   */
  takeMore(id: number): boolean {
    const head = this.#head;
    if (head === this.#seenTail) return false;
    const words = this.#words;
    const at = this.#cqes + (head & this.#cqMask) * abi.CQE_WORDS;
    if (words[at] !== this.slot || words[at + 1] !== this.kind) return false;
    if ((words[at + 2] as number) <= 0 || (words[at + 3] as number) >>> abi.IORING_CQE_BUFFER_SHIFT !== id)
      return false;
    return this.take();
  }

  /** Returns the entries of taken completions to the kernel. */
  release(): void {
    Atomics.store(this.#words, this.#cqHead, this.#head);
  }

  /**
   * Lets the kernel signal `eventfd` for completions.
   * @throws Error with a `code` when the kernel refuses
   */
  registerEventfd(eventfd: number): void {
    const fds = Buffer.alloc(8192);
    fds.writeInt32LE(eventfd, 0);
    this.register(abi.IORING_REGISTER_EVENTFD, this.#libc.addressOf(fds), 1);
  }

  /** Turns the signals of the eventfd on or off. They are off while the loop reads the rings anyway. */
  setSignals(on: boolean): void {
    Atomics.store(this.#words, this.#cqFlags, on ? 0 : abi.IORING_CQ_EVENTFD_DISABLED);
  }

  /**
   * Calls io_uring_register.
   * @throws Error with a `code` when the kernel refuses
   */
  register(opcode: number, argument: number, count: number): void {
    if (this.#libc.ioUringRegister(abi.SYS_io_uring_register, this.fd, opcode, argument, count) < 0) {
      throw systemError('io_uring_register', this.#libc.errno());
    }
  }

  /** Frees the ring, which must not be used any more. */
  close(): void {
    this.#words = this.#sqes = new Int32Array(0);
    this.#libc.munmap(this.#sqesAddress, this.#entries * abi.SQE_WORDS * 4);
    this.#libc.munmap(this.#mapAddress, this.#mapBytes);
    this.#libc.close(this.fd);
  }

  #map(bytes: number, offset: number): number {
    const address = this.#libc.mmap(0, bytes, abi.PROT_READ_WRITE, abi.MAP_SHARED | abi.MAP_POPULATE, this.fd, offset);
    if (address !== -1) return address;
    const error = systemError('mmap', this.#libc.errno());
    this.#libc.close(this.fd);
    throw error;
  }

  #submitFull(): void {
    // The kernel refuses requests while completions overflow. Returning taken ones makes space for more.
    this.release();
    this.enter();
    if (this.#pending < this.#entries) return;
    throw new Error('io_uring accepts no more requests although completions were returned');
  }
}
