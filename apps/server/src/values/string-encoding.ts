import { Encoding } from './entry';
import { isInteger } from './integer';

/** Length of the longest string that Redis allocates together with its object: `embstr`. */
export const EMBSTR_BYTES = 44;

/** The encoding that Redis gives to a value stored by SET: `int`, `embstr` or `raw`. O(1): reads at most 20 bytes. */
export function encodingOfString(bytes: Uint8Array, start: number, end: number): Encoding {
  if (isInteger(bytes, start, end)) return Encoding.int;
  return encodingOfText(end - start);
}

/** The encoding that Redis gives to a value of `length` bytes that it does not try to encode as an integer. */
export function encodingOfText(length: number): Encoding {
  return length <= EMBSTR_BYTES ? Encoding.embstr : Encoding.raw;
}
