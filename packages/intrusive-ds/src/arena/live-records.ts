import type { Address } from './address';
import { ArenaError } from './arena-errors';

/** What a new record is filled with, so that code that relies on zeros fails. */
const NEW_FILL = 0xa5;
/** What a freed record is filled with, so that code that still reads it fails. */
const FREED_FILL = 0xdf;
/** The first word of a freed record is the arena's link of its free list. */
const LINK_BYTES = 4;

/** The debug mode of an arena: it knows which records are allocated, and overwrites all others. */
export class LiveRecords {
  readonly #addresses = new Set<Address>();

  /** Whether the record is allocated. O(1). */
  has(address: Address): boolean {
    return this.#addresses.has(address);
  }

  /**
   * Notes that a record is allocated. `recycled`: it was freed before, and has to be as `remove` left it. O(bytes).
   * @throws ArenaError when the record is already allocated, or was written to after it was freed
   */
  add(address: Address, bytes: Buffer, recycled: boolean): void {
    if (this.#addresses.has(address)) throw new ArenaError(`record ${address} was allocated twice`);
    if (recycled) {
      for (let i = LINK_BYTES; i < bytes.length; i++) {
        if (bytes[i] !== FREED_FILL)
          throw new ArenaError(`byte ${i} of record ${address} was written after it was freed`);
      }
    }
    bytes.fill(NEW_FILL);
    this.#addresses.add(address);
  }

  /** Notes that a removed record has lost its contents, and is free again. O(bytes). */
  restore(bytes: Buffer): void {
    bytes.fill(FREED_FILL);
  }

  /**
   * Notes that a record is freed; `bytes` is null if it is not allocated. O(bytes).
   * @throws ArenaError when it is not allocated
   */
  remove(address: Address, bytes: Buffer | null): void {
    if (bytes === null) throw new ArenaError(`${address} is not the address of a record, or it was freed before`);
    this.#addresses.delete(address);
    bytes.fill(FREED_FILL);
  }
}
