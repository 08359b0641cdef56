import type { Libc } from '../linux/libc';
import * as abi from './abi';
import type { Ring } from './ring';

/** The group that our one ring of buffers is registered as. */
export const inputBufferGroup = 0;

/** Buffers that are lent at first: what stays in the cache, for an ordinary load. */
const firstLent = 64;

/**
 * The buffers that the kernel receives into. They lie side by side in one `bytes`, and a ring shared with the kernel names
 * those that it may take (IORING_REGISTER_PBUF_RING, Linux 5.19).
 *
 * The kernel goes round them all, so that many buffers means cold ones: few are lent at first, more when it ran out while there are
 * many connections. Long runs of input come in order, so they lie in neighbours.
 */
export class InputBuffers {
  readonly bytes: Buffer;
  readonly bufferBytes: number;
  private readonly libc: Libc;
  private readonly address: number;
  private readonly count: number;
  private readonly ringAddress: number;
  private entries: Int32Array;
  private tails: Int16Array;
  private tail: number;
  private lent: number;

  /** @throws Error with `code` when the kernel refuses the ring */
  constructor(libc: Libc, ring: Ring, count: number, bufferBytes: number) {
    this.libc = libc;
    this.count = count;
    this.bufferBytes = bufferBytes;
    this.bytes = Buffer.allocUnsafeSlow(count * bufferBytes);
    this.address = libc.addressOf(this.bytes);
    const ringBytes = count * abi.bufferEntryBytes;
    this.ringAddress = libc.mmap(0, ringBytes, abi.PROT_READ_WRITE, abi.MAP_PRIVATE_ANONYMOUS, -1, 0);
    const memory = libc.memoryAt(this.ringAddress, ringBytes);
    this.entries = new Int32Array(memory);
    this.tails = new Int16Array(memory);
    this.tail = 0;
    this.lent = 0;
    // struct io_uring_buf_reg, 40 bytes: ring_addr u64 | ring_entries u32 | bgid u16 | flags u16 | resv.
    const registration = Buffer.alloc(8192);
    registration.writeBigUInt64LE(BigInt(this.ringAddress), 0);
    registration.writeUInt32LE(count, 8);
    registration.writeUInt16LE(inputBufferGroup, 12);
    ring.register(abi.IORING_REGISTER_PBUF_RING, libc.addressOf(registration), 1);
    this.lend(firstLent);
  }

  /** Lends a buffer to the kernel, again, as soon as `publish` says so. O(1). */
  giveBack(id: number): void {
    const slot = this.tail & (this.count - 1);
    const address = this.address + id * this.bufferBytes;
    const entries = this.entries;
    entries[slot * 4] = address | 0;
    entries[slot * 4 + 1] = (address / 0x1_0000_0000) | 0;
    entries[slot * 4 + 2] = this.bufferBytes;
    this.tails[slot * 8 + 6] = id;
    this.tail = (this.tail + 1) & 0xffff;
  }

  /** Lets the kernel see all buffers that were given back: once for many, since an atomic store is a call in V8. O(1). */
  publish(): void {
    // The entries before the tail that makes them valid: a sequentially consistent store is a release.
    Atomics.store(this.tails, 7, this.tail);
  }

  /**
   * The kernel had no buffer left: lends as many more for the first time, unless `connections` have two each. That few connections send
   * much is no reason, they would only come to find all of them cold.
   */
  ranOut(connections: number): void {
    if (this.lent < 2 * connections) this.lend(this.lent);
  }

  /** Frees the ring; the kernel has let go of it. */
  close(): void {
    this.entries = new Int32Array(0);
    this.tails = new Int16Array(0);
    this.libc.munmap(this.ringAddress, this.count * abi.bufferEntryBytes);
  }

  private lend(more: number): void {
    const to = Math.min(this.count, this.lent + more);
    while (this.lent < to) this.giveBack(this.lent++);
    this.publish();
  }
}
