import {
  type Address,
  type Arena,
  copyBytes,
  type RecordMover,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';
import type { Encoding } from './entry';
import { LongString } from './string-view';
import type { ValueStore } from './value-store';
import type { ValueVisitor } from './value-visitor';

/** Strings that are too long to be stored in their entries; see string-view.ts for their record. */
export class LongStrings implements ValueStore {
  readonly #arena: Arena;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  free(value: Address): void {
    this.#arena.free(value);
  }

  freeSome(value: Address): boolean {
    this.#arena.free(value);
    return true;
  }

  freeEffort(): number {
    return 1;
  }

  copy(value: Address): Address {
    const arena = this.#arena;
    const words = arena.words[value >>> SEGMENT_SHIFT]!;
    const bytes = LongString.bytes + words[(value & SEGMENT_MASK) << 1]!;
    const copy = arena.allocate(bytes);
    const from = (value & SEGMENT_MASK) << 3;
    const target = arena.bytes[copy >>> SEGMENT_SHIFT]!;
    copyBytes(arena.bytes[value >>> SEGMENT_SHIFT]!, from, from + bytes, target, (copy & SEGMENT_MASK) << 3);
    return copy;
  }

  memoryOf(value: Address): number {
    return this.#arena.usableBytes(value);
  }

  count(): number {
    return 1;
  }

  walk(value: Address, _encoding: Encoding, _cursor: number, _budget: number, visitor: ValueVisitor): number {
    const start = ((value & SEGMENT_MASK) << 3) + LongString.bytes;
    const segment = value >>> SEGMENT_SHIFT;
    visitor.element(
      this.#arena.bytes[segment]!,
      start,
      start + this.#arena.words[segment]![(value & SEGMENT_MASK) << 1]!,
    );
    return 0;
  }

  moveRoot(value: Address, _encoding: Encoding, mover: RecordMover): Address {
    return mover.move(value);
  }

  moveElements(): number {
    return 0;
  }
}
