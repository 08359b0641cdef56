/**
 * How one byte string is written into a packed record. The first byte (the head) gives the kind; in most kinds it also gives the size
 * of the whole element, so a step to the next element is one table look-up. Each text has exactly one form, so two texts are equal
 * exactly if their elements are.
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
 *  111nnnnn     | head | three bytes for four letters |              n + 3 letters, 4 to 33
 *  11111111     | head | n | three bytes for four letters |          n + 34 letters, up to 289
 * ```
 * Integers are texts as a number prints: no plus sign, no leading zero, no minus zero. Digits are 0-9 and a-f, so counters with leading
 * zeros, hashes and identifiers take half of their length. Letters are the 64 characters A-Z, a-z, 0-9, colon and minus, six bits each,
 * big-endian, so that texts which differ at their end differ in the last byte. A text that could be either is written in the shorter
 * form; if both are of the same size, as digits.
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

/** Limits of the kinds of elements. */
export enum Bound {
  /** Shorter texts have a head of one byte. Integers from 0 up to this, exclusive, are only a head. */
  short = 64,
  /** Integers from `short` up to this, exclusive, have one byte after the head. */
  small = 8256,
  /** Shorter texts have their length in two bytes. */
  longer = 4160,
  /** Decimal digits of the largest integers; 64 bits hold all of them. */
  integerDigits = 19,
  /** With fewer pairs of digits than `minPairs`, this form is not shorter than the text; the head can count `maxPairs`. */
  minPairs = 2,
  maxPairs = 33,
  /** How many bytes there can be before the digits: one byte counts them. */
  maxBeforeDigits = 255,
  /** With fewer letters than `minLetters`, this form is not shorter than the text. From `manyLetters` on, a second byte counts them. */
  minLetters = 4,
  manyLetters = 34,
  maxLetters = 289,
  /** The most bytes of an element that is not just a head and the text itself. */
  maxCompactBytes = 2 + 255 + 33,
}

function sizeOfHead(head: number): number {
  if (head < Head.tiny) return 1 + head;
  if (head < Head.small) return 1;
  if (head < Head.longer) return 2;
  if (head >= Head.positive && head < Head.digits) return 2 + (head & 7);
  if (head >= Head.letters && head < Head.manyLetters) return 1 + letterBytes(head - Head.letters + Bound.minLetters);
  return 0;
}

/** How many bytes so many letters take. O(1). */
export function letterBytes(letters: number): number {
  return letters - (letters >>> 2);
}

/** Bytes of an element by its head; 0 if the head alone does not give the size. */
export const ELEMENT_BYTES = Uint8Array.from({ length: 256 }, (_, head) => sizeOfHead(head));

/** Bytes of the element at `at` whose head alone does not give the size. O(1). */
export function longElementBytes(bytes: Uint8Array, at: number): number {
  const head = bytes[at]!;
  if (head === Head.manyLetters) return 2 + letterBytes(bytes[at + 1]! + Bound.manyLetters);
  if (head >= Head.longest) return 5 + readUint32(bytes, at + 1);
  if (head >= Head.digits) return 2 + Bound.minPairs + (head & 31) + bytes[at + 1]!;
  return 2 + Bound.short + ((head & 15) << 8) + bytes[at + 1]!;
}

/** The characters of the hexadecimal digits, and the characters that are letters, by value. */
export const DIGITS = Buffer.from('0123456789abcdef');
export const LETTERS = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:-');

/** Four bytes, little-endian. O(1). */
export function readUint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
