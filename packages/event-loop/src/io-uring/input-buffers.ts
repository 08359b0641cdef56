import type { Libc } from '../linux/libc';
import * as abi from './abi';
import type { Ring } from './ring';

/** The group id of the ring of buffers. */
export const INPUT_BUFFER_GROUP = 0;

/** Number of buffers that are lent initially. They stay in the CPU cache under normal load. */
const INITIALLY_LENT = 64;

/**
 * The buffers that the kernel receives into: consecutive parts of `bytes`. A ring shared with the kernel contains those that it may
 * use (IORING_REGISTER_PBUF_RING, Linux 5.19).
 *
 * The kernel uses all lent buffers in turn, so with many buffers none stays in the CPU cache. Few are lent initially, and more if they
 * run out while there are many connections. A long run of input fills neighbouring buffers in order.
 */
export class InputBuffers {
  readonly bytes: Buffer;
  readonly bufferBytes: number;
  readonly #libc: Libc;
  readonly #address: number;
  readonly #count: number;
  readonly #ringAddress: number;
  #entries: Int32Array;
  #tails: Int16Array;
  #tail: number;
  #lent: number;

  /** @throws Error with a `code` when the kernel refuses the ring */
  constructor(libc: Libc, ring: Ring, count: number, bufferBytes: number) {
    this.#libc = libc;
    this.#count = count;
    this.bufferBytes = bufferBytes;
    this.bytes = Buffer.allocUnsafeSlow(count * bufferBytes);
    this.#address = libc.addressOf(this.bytes);
    const ringBytes = count * abi.BUFFER_ENTRY_BYTES;
    this.#ringAddress = libc.mmap(0, ringBytes, abi.PROT_READ_WRITE, abi.MAP_PRIVATE_ANONYMOUS, -1, 0);
    const memory = libc.memoryAt(this.#ringAddress, ringBytes);
    this.#entries = new Int32Array(memory);
    this.#tails = new Int16Array(memory);
    this.#tail = 0;
    this.#lent = 0;
    // struct io_uring_buf_reg, 40 bytes: ring_addr u64 | ring_entries u32 | bgid u16 | flags u16 | resv.
    const registration = Buffer.alloc(8192);
    registration.writeBigUInt64LE(BigInt(this.#ringAddress), 0);
    registration.writeUInt32LE(count, 8);
    registration.writeUInt16LE(INPUT_BUFFER_GROUP, 12);
    ring.register(abi.IORING_REGISTER_PBUF_RING, libc.addressOf(registration), 1);
    this.#lend(INITIALLY_LENT);
  }

  /** Returns a buffer to the kernel; the next `publish` makes it visible. O(1). */
  giveBack(id: number): void {
    const slot = this.#tail & (this.#count - 1);
    const address = this.#address + id * this.bufferBytes;
    const entries = this.#entries;
    entries[slot * 4] = address | 0;
    entries[slot * 4 + 1] = (address / 0x1_0000_0000) | 0;
    entries[slot * 4 + 2] = this.bufferBytes;
    this.#tails[slot * 8 + 6] = id;
    this.#tail = (this.#tail + 1) & 0xffff;
  }

  /** Makes all returned buffers visible to the kernel. Called once for many buffers, because an atomic store is a call in V8. O(1). */
  publish(): void {
    // The store is sequentially consistent, so the entries are visible before the tail.
    Atomics.store(this.#tails, 7, this.#tail);
  }

  /**
   * Called when the kernel has no buffer left. Doubles the number of lent buffers if there are fewer than two per connection. For few
   * connections that send much, more buffers would only be colder.
   */
  ranOut(connections: number): void {
    if (this.#lent < 2 * connections) this.#lend(this.#lent);
  }

  /** Frees the ring after the kernel has released it. */
  close(): void {
    this.#entries = new Int32Array(0);
    this.#tails = new Int16Array(0);
    this.#libc.munmap(this.#ringAddress, this.#count * abi.BUFFER_ENTRY_BYTES);
  }

  #lend(more: number): void {
    const to = Math.min(this.#count, this.#lent + more);
    while (this.#lent < to) this.giveBack(this.#lent++);
    this.publish();
  }
}
