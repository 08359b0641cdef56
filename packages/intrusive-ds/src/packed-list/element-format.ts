/**
 * How one byte string is written into a packed record. The first byte (the head) tells the kind; in most kinds it tells the size
 * of the whole element too, so a walk costs one table look-up an element. The way to write a text is unique, so two texts are
 * equal exactly if their elements are.
 *
 * ```
 *  head         element                                              text
 *  00nnnnnn     | head | n bytes |                                   n bytes, 0 to 63
 *  01vvvvvv     | head |                                             the integer v, 0 to 63
 *  100vvvvv     | head | v low |                                     the integer v + 64, up to 8255
 *  1010nnnn     | head | n low | n + 64 bytes |                      64 to 4159 bytes
 *  10110sss     | head | s + 1 bytes of magnitude |                  an integer of up to 19 digits, little-endian
 *  10111sss     | head | s + 1 bytes of magnitude |                  the same, negative
 *  110ppppp     | head | m | m bytes | p + 2 bytes |                 m bytes, then 2 (p + 2) hexadecimal digits, two a byte
 *  11100000     | head | n, 4 bytes, little-endian | n bytes |       4160 bytes and more
 *  111nnnnn     | head | three bytes for four characters |           n + 3 letters, 4 to 33
 *  11111111     | head | n | three bytes for four characters |       n + 34 letters, up to 289
 * ```
 * Integers are texts that a number would print as: no plus, no leading zero, no minus zero. Digits are 0-9 and a-f, so counters
 * with leading zeros, hashes and identifiers take half of their length. Letters are the 64 characters A-Z, a-z, 0-9, colon and
 * minus, six bits each, big-endian (so the last byte tells texts apart that differ at their end). Of letters and digits the shorter form is taken, and if none is shorter, digits.
 */
export enum Head {
  text = 0x00,
  tiny = 0x40,
  small = 0x80,
  longer = 0xa0,
  positive = 0xb0,
  negative = 0xb8,
  digits = 0xc0,
  longest = 0xe0,
  letters = 0xe1,
  manyLetters = 0xff,
}

/** Bounds of the kinds of elements. */
export enum Bound {
  /** Texts shorter than this have a head of one byte, and integers from 0 up to this have no byte but the head. */
  short = 64,
  /** Integers from `short` up to this have one byte more. */
  small = 8256,
  /** Texts shorter than this have their length in two bytes. */
  longer = 4160,
  /** Decimal digits of the largest integers: all of them fit into 64 bits. */
  integerDigits = 19,
  /** Pairs of digits that make the shorter way worth its second byte, and those that the head can count. */
  fewestPairs = 2,
  mostPairs = 33,
  /** Bytes before the digits that their length byte can count. */
  beforeDigits = 255,
  /** Letters that are worth it, those that the head cannot count, and the most that a length byte can. */
  fewestLetters = 4,
  manyLetters = 34,
  mostLetters = 289,
  /** Most bytes of an element that is not just a head and the text itself. */
  compact = 2 + 255 + 33,
}

function sizeOfHead(head: number): number {
  if (head < Head.tiny) return 1 + head;
  if (head < Head.small) return 1;
  if (head < Head.longer) return 2;
  if (head >= Head.positive && head < Head.digits) return 2 + (head & 7);
  if (head >= Head.letters && head < Head.manyLetters)
    return 1 + letterBytes(head - Head.letters + Bound.fewestLetters);
  return 0;
}

/** Bytes of so many letters. O(1). */
export function letterBytes(letters: number): number {
  return letters - (letters >>> 2);
}

/** Bytes of an element by its head; 0 where the head alone does not tell. */
export const ELEMENT_BYTES = Uint8Array.from({ length: 256 }, (_, head) => sizeOfHead(head));

/** Bytes of the element at `at` whose head does not tell them. O(1). */
export function longElementBytes(bytes: Uint8Array, at: number): number {
  const head = bytes[at]!;
  if (head === Head.manyLetters) return 2 + letterBytes(bytes[at + 1]! + Bound.manyLetters);
  if (head >= Head.longest) return 5 + readUint32(bytes, at + 1);
  if (head >= Head.digits) return 2 + Bound.fewestPairs + (head & 31) + bytes[at + 1]!;
  return 2 + Bound.short + ((head & 15) << 8) + bytes[at + 1]!;
}

/** The characters of the hexadecimal digits, and those that are letters, by value. */
export const DIGITS = Buffer.from('0123456789abcdef');
export const LETTERS = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:-');

/** Four bytes, little-endian. O(1). */
export function readUint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
