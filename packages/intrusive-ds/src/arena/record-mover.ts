import { copyBytes } from '../bytes/copy-bytes';
import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from './address';
import type { Arena } from './arena';
import { ArenaFullError } from './arena-errors';

/**
 * Moves records out of sparse memory during a compaction of the arena, for owners that know where the addresses are stored:
 *
 * ```ts
 * const fresh = mover.copyOf(record);
 * if (fresh !== 0) {
 *   // … make everything that points to `record` point to `fresh` …
 *   mover.free(record);
 * }
 * ```
 */
export class RecordMover {
  /** How many records were moved, and how many were not sparse. */
  moved = 0;
  kept = 0;
  readonly #arena: Arena;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** Returns a copy of a record that has to move; 0 if it does not, or if there is no memory. O(record). */
  copyOf(record: Address): Address {
    const arena = this.#arena;
    if (!arena.isSparse(record)) {
      this.kept++;
      return 0;
    }
    const bytes = arena.usableBytes(record);
    let fresh: Address;
    try {
      fresh = arena.allocate(bytes);
    } catch (error) {
      if (!(error instanceof ArenaFullError)) throw error;
      return 0;
    }
    const from = (record & SEGMENT_MASK) << 3;
    const target = arena.bytes[fresh >>> SEGMENT_SHIFT]!;
    copyBytes(arena.bytes[record >>> SEGMENT_SHIFT]!, from, from + bytes, target, (fresh & SEGMENT_MASK) << 3);
    this.moved++;
    return fresh;
  }

  /** Frees a record that `copyOf` has copied. O(1). */
  free(record: Address): void {
    this.#arena.free(record);
  }

  /** Moves a record that only the caller points to. Returns its address, which may be new. O(record). */
  move(record: Address): Address {
    const fresh = this.copyOf(record);
    if (fresh === 0) return record;
    this.#arena.free(record);
    return fresh;
  }
}
