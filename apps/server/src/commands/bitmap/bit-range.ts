import { SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';

/**
 * Whether the unit at argument `index` is BIT; the default is BYTE.
 * @throws ReplyError when it is any other unit.
 */
export function isInBits(args: Arguments, index: number): boolean {
  if (index >= args.count || args.equals(index, 'byte')) return false;
  if (args.equals(index, 'bit')) return true;
  throw SYNTAX_ERROR;
}

/** Converts an index, which counts from the end if negative, to an offset of at least 0 in a string of `length`. */
export function fromEnd(index: number, length: number): number {
  return index < 0 ? Math.max(0, length + index) : index;
}
