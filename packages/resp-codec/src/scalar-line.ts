import { type LargeIntegers, parseIntegerText } from './integer-text';
import type { Reply } from './reply';
import * as resp from './type-bytes';

const LETTER_F = 0x66;
const LETTER_T = 0x74;

/** Returns the name of the scalar in a line of this type, for error texts. O(1). */
export function scalarName(type: number): string {
  switch (type) {
    case resp.INTEGER:
      return 'integer';
    case resp.BIG_NUMBER:
      return 'big number';
    case resp.DOUBLE:
      return 'double';
    case resp.NULL:
      return 'null';
    default:
      return 'boolean';
  }
}

/**
 * Parses a line with a scalar: its type is at `start`, its content ends at `end`. Returns undefined if it is malformed. O(length), for a
 * big number O(length^2).
 */
export function parseScalar(bytes: Buffer, start: number, end: number, large: LargeIntegers): Reply | undefined {
  const from = start + 1;
  switch (bytes[start]) {
    case resp.INTEGER:
      return parseIntegerText(bytes.toString('latin1', from, end), large);
    case resp.BIG_NUMBER:
      return parseBigNumber(bytes.toString('latin1', from, end));
    case resp.DOUBLE:
      return parseDouble(bytes.toString('latin1', from, end));
    case resp.NULL:
      return from === end ? null : undefined;
    default: {
      const letter = bytes[from];
      return from + 1 !== end || (letter !== LETTER_T && letter !== LETTER_F) ? undefined : letter === LETTER_T;
    }
  }
}

function parseBigNumber(text: string): bigint | undefined {
  return /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
}

function parseDouble(text: string): number | undefined {
  if (/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)) return Number(text);
  if (/^[+-]?inf$/i.test(text)) return text[0] === '-' ? -Infinity : Infinity;
  return /^-?nan/i.test(text) ? Number.NaN : undefined;
}
