import { type Address, type Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { copyBytes } from './bytes';
import { ValueType } from './entry';
import { LongString } from './string-view';

/**
 * A copy of a value that lies outside its entry; it is the caller's. O(size of the value).
 * @throws ArenaFullError, and nothing is left behind then.
 */
export function copyOutsideValue(arena: Arena, type: ValueType, value: Address): Address {
  if (type !== ValueType.string) throw new Error(`values of type ${type} cannot be copied`);
  const words = arena.words[value >>> SEGMENT_SHIFT]!;
  const bytes = LongString.bytes + words[(value & SEGMENT_MASK) << 1]!;
  const copy = arena.allocate(bytes);
  const from = (value & SEGMENT_MASK) << 3;
  const target = arena.bytes[copy >>> SEGMENT_SHIFT]!;
  copyBytes(arena.bytes[value >>> SEGMENT_SHIFT]!, from, from + bytes, target, (copy & SEGMENT_MASK) << 3);
  return copy;
}

/** Gives back the memory of a value that lay outside its entry. O(1) for strings. */
export function freeOutsideValue(arena: Arena, type: ValueType, value: Address): void {
  if (type !== ValueType.string) throw new Error(`values of type ${type} cannot be freed`);
  arena.free(value);
}
