import { EAGAIN, EBUSY, EINTR, EINVAL, systemError } from '../linux/errno';
import type { Libc } from '../linux/libc';
import * as abi from './abi';

/** Flags of the setup from the best to the oldest; a kernel that refuses one set gets the next. */
const setupFlags = [
  abi.IORING_SETUP_SINGLE_ISSUER |
    abi.IORING_SETUP_DEFER_TASKRUN |
    abi.IORING_SETUP_TASKRUN_FLAG |
    abi.IORING_SETUP_SUBMIT_ALL,
  abi.IORING_SETUP_COOP_TASKRUN | abi.IORING_SETUP_TASKRUN_FLAG | abi.IORING_SETUP_SUBMIT_ALL,
  0,
];

/** Completions per submission entry: one connection may have a handful in flight, and a burst must not overflow. */
const completionsPerEntry = 8;

/**
 * The two rings of an io_uring, mapped into typed arrays: requests are written as submission entries, results are read as
 * completion entries, and one `enter` an iteration tells the kernel.
 *
 * ```
 *  push -> | sqe | sqe | sqe |   --enter-->   kernel   -->   | cqe | cqe |  -> slot/kind/result/flags at `take`
 * ```
 */
export class Ring {
  readonly fd: number;
  /** The setup flags that the kernel took. */
  readonly flags: number;
  /** User data and results of the completion that `take` moved to. */
  slot: number;
  kind: number;
  result: number;
  completionFlags: number;
  private readonly libc: Libc;
  private readonly entries: number;
  private readonly mapAddress: number;
  private readonly mapBytes: number;
  private readonly sqesAddress: number;
  private words: Int32Array;
  private sqes: Int32Array;
  private readonly sqTail: number;
  private readonly sqFlags: number;
  private readonly sqMask: number;
  private readonly cqHead: number;
  private readonly cqTail: number;
  private readonly cqMask: number;
  private readonly cqFlags: number;
  private readonly cqes: number;
  private tail: number;
  private head: number;
  /** How far the kernel had written when we last looked. */
  private seenTail: number;
  private pending: number;

  /**
   * @throws Error with `code` when the kernel refuses: EPERM under a policy against io_uring, ENOSYS when it is too old
   */
  constructor(libc: Libc, entries: number, firstFlags = 0) {
    this.libc = libc;
    const params = Buffer.alloc(8192).subarray(0, abi.Params.bytes);
    let fd = -1;
    let flags = 0;
    for (let i = firstFlags; i < setupFlags.length && fd < 0; i++) {
      flags = (setupFlags[i] as number) | abi.IORING_SETUP_CQSIZE;
      params.fill(0);
      params.writeUInt32LE(entries * completionsPerEntry, abi.Params.cqEntries);
      params.writeUInt32LE(flags, abi.Params.flags);
      fd = libc.ioUringSetup(abi.SYS_io_uring_setup, entries, libc.addressOf(params));
      // Any other error than "I do not know these flags" would only repeat itself.
      if (fd < 0 && libc.errno() !== EINVAL) break;
    }
    if (fd < 0) throw systemError('io_uring_setup', libc.errno());
    this.fd = fd;
    this.flags = flags;
    const at = (offset: number) => params.readUInt32LE(offset);
    this.entries = at(abi.Params.sqEntries);
    this.mapBytes = Math.max(
      at(abi.Params.sqArray) + this.entries * 4,
      at(abi.Params.cqCqes) + at(abi.Params.cqEntries) * abi.cqeWords * 4,
    );
    this.mapAddress = this.map(this.mapBytes, abi.IORING_OFF_SQ_RING);
    this.sqesAddress = this.map(this.entries * abi.sqeWords * 4, abi.IORING_OFF_SQES);
    this.words = new Int32Array(libc.memoryAt(this.mapAddress, this.mapBytes & ~3));
    this.sqes = new Int32Array(libc.memoryAt(this.sqesAddress, this.entries * abi.sqeWords * 4));
    this.sqTail = at(abi.Params.sqTail) >> 2;
    this.sqFlags = at(abi.Params.sqFlags) >> 2;
    this.sqMask = this.words[at(abi.Params.sqMask) >> 2] as number;
    this.cqHead = at(abi.Params.cqHead) >> 2;
    this.cqTail = at(abi.Params.cqTail) >> 2;
    this.cqMask = this.words[at(abi.Params.cqMask) >> 2] as number;
    this.cqFlags = at(abi.Params.cqFlags) >> 2;
    this.cqes = at(abi.Params.cqCqes) >> 2;
    // Entries are used in order, so the index array stays the identity.
    const array = at(abi.Params.sqArray) >> 2;
    for (let i = 0; i < this.entries; i++) this.words[array + i] = i;
    this.tail = this.words[this.sqTail] as number;
    this.head = this.words[this.cqHead] as number;
    this.seenTail = this.head;
    this.pending = 0;
    this.slot = 0;
    this.kind = 0;
    this.result = 0;
    this.completionFlags = 0;
  }

  /** Whether requests wait to be submitted. */
  get hasPending(): boolean {
    return this.pending > 0;
  }

  /** Whether a completion can be taken now. */
  get hasCompletions(): boolean {
    return this.head !== Atomics.load(this.words, this.cqTail);
  }

  /** Whether the kernel has something that only an `enter` brings out. */
  get needsEnter(): boolean {
    const waiting = abi.IORING_SQ_TASKRUN | abi.IORING_SQ_CQ_OVERFLOW;
    return this.pending > 0 || (Atomics.load(this.words, this.sqFlags) & waiting) !== 0;
  }

  /**
   * Queues a request; a full submission ring is submitted first. `address` is written as two halves, so it may be any
   * pointer. O(1), plain stores into shared memory.
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
    if (this.pending === this.entries) this.submitFull();
    const sqes = this.sqes;
    const at = (this.tail & this.sqMask) * abi.sqeWords;
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
    this.tail = (this.tail + 1) | 0;
    this.pending++;
  }

  /** Submits what is queued, runs the kernel's deferred work and returns at once. One system call. */
  enter(): void {
    Atomics.store(this.words, this.sqTail, this.tail);
    const submitted = this.libc.ioUringEnter(
      abi.SYS_io_uring_enter,
      this.fd,
      this.pending,
      0,
      abi.IORING_ENTER_GETEVENTS,
      0,
      0,
    );
    if (submitted >= 0) {
      this.pending -= submitted;
      return;
    }
    const errno = this.libc.errno();
    // Interrupted, short of memory, or completions have to be taken first: the next turn tries again.
    if (errno !== EINTR && errno !== EAGAIN && errno !== EBUSY) throw systemError('io_uring_enter', errno);
  }

  /**
   * Moves to the next completion and says whether there was one. O(1). Hot: an atomic load is a call in V8, so there is one for all
   * completions that came together.
   */
  take(): boolean {
    const words = this.words;
    const head = this.head;
    if (head === this.seenTail) {
      this.seenTail = Atomics.load(words, this.cqTail);
      if (head === this.seenTail) return false;
    }
    const at = this.cqes + (head & this.cqMask) * abi.cqeWords;
    this.slot = words[at] as number;
    this.kind = words[at + 1] as number;
    this.result = words[at + 2] as number;
    this.completionFlags = words[at + 3] as number;
    this.head = (head + 1) | 0;
    return true;
  }

  /**
   * Moves to the next completion if it is of the same multishot request and has filled input buffer `id`, and says whether it did. O(1).
   * One that has not been seen yet may be left to `take`.
   */
  takeMore(id: number): boolean {
    const head = this.head;
    if (head === this.seenTail) return false;
    const words = this.words;
    const at = this.cqes + (head & this.cqMask) * abi.cqeWords;
    if (words[at] !== this.slot || words[at + 1] !== this.kind) return false;
    if ((words[at + 2] as number) <= 0 || (words[at + 3] as number) >>> abi.bufferIdShift !== id) return false;
    return this.take();
  }

  /** Gives the entries that were taken back to the kernel. */
  release(): void {
    Atomics.store(this.words, this.cqHead, this.head);
  }

  /** Has the kernel signal `eventfd` when something waits. @throws Error with `code` when it refuses */
  registerEventfd(eventfd: number): void {
    const fds = Buffer.alloc(8192);
    fds.writeInt32LE(eventfd, 0);
    this.register(abi.IORING_REGISTER_EVENTFD, this.libc.addressOf(fds), 1);
  }

  /** Turns the signals of the eventfd on or off; off saves the kernel the work while we look anyway. */
  setSignals(on: boolean): void {
    Atomics.store(this.words, this.cqFlags, on ? 0 : abi.IORING_CQ_EVENTFD_DISABLED);
  }

  /** io_uring_register. @throws Error with `code` when the kernel refuses */
  register(opcode: number, argument: number, count: number): void {
    if (this.libc.ioUringRegister(abi.SYS_io_uring_register, this.fd, opcode, argument, count) < 0) {
      throw systemError('io_uring_register', this.libc.errno());
    }
  }

  /** Gives the ring back; nothing of it may be called after. */
  close(): void {
    this.words = this.sqes = new Int32Array(0);
    this.libc.munmap(this.sqesAddress, this.entries * abi.sqeWords * 4);
    this.libc.munmap(this.mapAddress, this.mapBytes);
    this.libc.close(this.fd);
  }

  private map(bytes: number, offset: number): number {
    const address = this.libc.mmap(0, bytes, abi.PROT_READ_WRITE, abi.MAP_SHARED | abi.MAP_POPULATE, this.fd, offset);
    if (address !== -1) return address;
    const error = systemError('mmap', this.libc.errno());
    this.libc.close(this.fd);
    throw error;
  }

  private submitFull(): void {
    // The kernel refuses requests while completions overflow, and those that were taken are room for more.
    this.release();
    this.enter();
    if (this.pending < this.entries) return;
    throw new Error('io_uring takes no more requests although completions were given back');
  }
}
