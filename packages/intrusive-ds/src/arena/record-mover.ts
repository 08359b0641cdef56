import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from './address';
import type { Arena } from './arena';
import { ArenaFullError } from './arena-errors';

/**
 * Moves records out of sparse memory, while a compaction of the arena is under way, for those who hold their addresses:
 *
 * ```ts
 * const fresh = mover.copyOf(record);
 * if (fresh !== 0) {
 *   // … let everything that points to `record` point to `fresh` …
 *   mover.free(record);
 * }
 * ```
 */
export class RecordMover {
  /** Records that were moved, and those that were looked at and stayed. */
  moved = 0;
  kept = 0;
  readonly #arena: Arena;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** A copy of a record that has to move; 0 if it stays, or if there is no memory for another. O(record). */
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
    const source = arena.words[record >>> SEGMENT_SHIFT]!;
    const target = arena.words[fresh >>> SEGMENT_SHIFT]!;
    const from = (record & SEGMENT_MASK) << 1;
    const to = (fresh & SEGMENT_MASK) << 1;
    const words = bytes >>> 2;
    if (words <= 64) for (let i = 0; i < words; i++) target[to + i] = source[from + i]!;
    else target.set(source.subarray(from, from + words), to);
    this.moved++;
    return fresh;
  }

  /** Frees a record of which `copyOf` has given a copy. O(1). */
  free(record: Address): void {
    this.#arena.free(record);
  }

  /** Moves a record that nothing but the caller points to; returns where it is then. O(record). */
  move(record: Address): Address {
    const fresh = this.copyOf(record);
    if (fresh === 0) return record;
    this.#arena.free(record);
    return fresh;
  }
}
