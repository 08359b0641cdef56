import type { Address } from './address';
import { ArenaError } from './arena-errors';

/** What a new record is filled with, so that nobody relies on zeros. */
const NEW_FILL = 0xa5;
/** What a freed record is filled with, so that a stale reader notices. */
const FREED_FILL = 0xdf;
/** The arena keeps its free list in the first word of a freed record. */
const LINK_BYTES = 4;

/** The debug mode of an arena: knows which records are handed out, and poisons what is not. */
export class LiveRecords {
  private readonly addresses = new Set<Address>();

  /** Whether the record is handed out. */
  has(address: Address): boolean {
    return this.addresses.has(address);
  }

  /** Notes that a record is handed out. `recycled`: it was freed in this span before, and has to be as `remove` left it. */
  add(address: Address, bytes: Buffer, recycled: boolean): void {
    if (this.addresses.has(address)) throw new ArenaError(`record ${address} was handed out twice`);
    if (recycled) {
      for (let i = LINK_BYTES; i < bytes.length; i++) {
        if (bytes[i] !== FREED_FILL)
          throw new ArenaError(`byte ${i} of record ${address} was written after it was freed`);
      }
    }
    bytes.fill(NEW_FILL);
    this.addresses.add(address);
  }

  /** Notes that a record that `remove` was told of has lost its bytes, and is free again. */
  restore(bytes: Buffer): void {
    bytes.fill(FREED_FILL);
  }

  /** Notes that a record is freed; throws ArenaError if it is not handed out (`bytes` is null then). */
  remove(address: Address, bytes: Buffer | null): void {
    if (bytes === null) throw new ArenaError(`${address} is not the address of a record, or it was freed before`);
    this.addresses.delete(address);
    bytes.fill(FREED_FILL);
  }
}
