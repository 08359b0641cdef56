import { SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';

/** Whether the unit at argument `index` is BIT; BYTE where there is none. Throws SYNTAX_ERROR for any other. */
export function isInBits(args: Arguments, index: number): boolean {
  if (index >= args.count || args.equals(index, 'byte')) return false;
  if (args.equals(index, 'bit')) return true;
  throw SYNTAX_ERROR;
}

/** The offset that an index, which counts from the end if negative, means in something of `length`: 0 or more. */
export function fromEnd(index: number, length: number): number {
  return index < 0 ? Math.max(0, length + index) : index;
}
