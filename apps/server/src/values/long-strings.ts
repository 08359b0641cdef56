import { type Address, type Arena, copyBytes, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { LongString } from './string-view';
import type { ValueStore } from './value-store';

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
}
