import { Encoding } from './entry';
import { isInteger } from './integer';

/** Longest string that Redis keeps in one allocation with its object, and calls `embstr`. */
export const EMBSTR_BYTES = 44;

/** The encoding that Redis gives a value that SET stores: `int`, `embstr` or `raw`. O(1): at most 20 bytes are read. */
export function encodingOfString(bytes: Uint8Array, start: number, end: number): Encoding {
  if (isInteger(bytes, start, end)) return Encoding.int;
  return encodingOfText(end - start);
}

/** The encoding that Redis gives to a value of `length` bytes that it does not try to read as a number. */
export function encodingOfText(length: number): Encoding {
  return length <= EMBSTR_BYTES ? Encoding.embstr : Encoding.raw;
}
