import { areBytesEqual } from '../bytes/are-bytes-equal';
import { copyBytes } from '../bytes/copy-bytes';
import { Bound, DIGITS, Head, LETTERS, letterBytes } from './element-format';

const MINUS = 0x2d;
const ZERO = 0x30;
const NO_DIGIT = 16;
const NO_LETTER = 64;
const BILLION = 1e9;

/** The value of each byte in an alphabet; the length of the alphabet for bytes that are not in it. */
function valuesIn(alphabet: Buffer): Uint8Array {
  const values = new Uint8Array(256).fill(alphabet.length);
  for (const [value, character] of alphabet.entries()) values[character] = value;
  return values;
}

const DIGIT_VALUES = valuesIn(DIGITS);
const LETTER_VALUES = valuesIn(LETTERS);

function bytesOfWord(word: number): number {
  return (39 - Math.clz32(word | 1)) >>> 3;
}

/**
 * Encodes a text as an element once, so that the element can be written or compared with others. `head` contains the part that is not
 * a plain copy of the text; the rest is copied from the text itself by `write`.
 */
export class ElementEncoder {
  /** Bytes of the whole prepared element. */
  bytes = 0;
  /** The first and the last byte of the prepared element: names of fields mostly differ in their length or at their end. */
  first = 0;
  last = 0;
  readonly #head: Uint8Array = Buffer.alloc(Bound.maxCompactBytes);
  #headBytes = 0;
  #source: Uint8Array = this.#head;
  #start = 0;
  #end = 0;
  readonly #digitValues = DIGIT_VALUES;
  readonly #letterValues = LETTER_VALUES;

  /** Encodes `bytes[start, end)` and returns the size of the element. The text must not change until it is written. O(length). */
  prepare(bytes: Uint8Array, start: number, end: number): number {
    const length = (end - start) | 0;
    if (length !== 0 && this.#prepareCompact(bytes, start, end)) return this.bytes;
    const head = this.#head;
    if (length < Bound.short) {
      head[0] = length;
      this.#headBytes = 1;
    } else if (length < Bound.longer) {
      const beyond = length - Bound.short;
      head[0] = Head.longer | (beyond >>> 8);
      head[1] = beyond;
      this.#headBytes = 2;
    } else {
      head[0] = Head.longest;
      head[1] = length;
      head[2] = length >>> 8;
      head[3] = length >>> 16;
      head[4] = length >>> 24;
      this.#headBytes = 5;
    }
    this.#source = bytes;
    this.#start = start;
    this.#end = end;
    this.first = head[0]!;
    this.last = length === 0 ? 0 : bytes[(end - 1) | 0]!;
    this.bytes = (this.#headBytes + length) | 0;
    return this.bytes;
  }

  /** Writes the prepared element to `target` from `at` on. O(length). */
  write(target: Uint8Array, at: number): void {
    target[at] = this.first;
    if (this.#headBytes > 1) copyBytes(this.#head, 1, this.#headBytes, target, (at + 1) | 0);
    if (this.#end !== this.#start) copyBytes(this.#source, this.#start, this.#end, target, (at + this.#headBytes) | 0);
  }

  /** Whether the element at `at` equals the prepared one. The caller has compared the first byte. O(length), mostly O(1) if they differ. */
  isAt(bytes: Uint8Array, at: number): boolean {
    return (
      bytes[(at + this.bytes - 1) | 0] === this.last &&
      areBytesEqual(this.#head, 1, this.#headBytes, bytes, (at + 1) | 0) &&
      areBytesEqual(this.#source, this.#start, this.#end, bytes, (at + this.#headBytes) | 0)
    );
  }

  /** Encodes the text in a form that is shorter than the text. Returns false if there is none. */
  #prepareCompact(bytes: Uint8Array, start: number, end: number): boolean {
    const length = (end - start) | 0;
    let saved = 0;
    let pairs = 0;
    // Integers and digits end in a digit. Most other texts are excluded by their last or last but one byte.
    const digitValues = this.#digitValues;
    if (digitValues[bytes[(end - 1) | 0]!]! < NO_DIGIT) {
      const front = bytes[start]!;
      if ((digitValues[front]! < 10 || front === MINUS) && this.#prepareInteger(bytes, start, end)) return true;
      if (length >= 2 * Bound.minPairs && digitValues[bytes[(end - 2) | 0]!]! < NO_DIGIT) {
        pairs = this.#pairsBefore(bytes, start, end);
        if (length - 2 * pairs <= Bound.maxBeforeDigits) saved = Math.max(pairs - 1, 0);
      }
    }
    if (
      length >= Bound.minLetters &&
      length <= Bound.maxLetters &&
      length - letterBytes(length) - (length < Bound.manyLetters ? 0 : 1) > saved &&
      this.#prepareLetters(bytes, start, end)
    ) {
      return true;
    }
    if (saved !== 0) this.#prepareDigits(bytes, start, end, pairs);
    return saved !== 0;
  }

  #prepareInteger(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    const isNegative = bytes[at] === MINUS;
    if (isNegative) at++;
    const digits = end - at;
    if (digits > Bound.integerDigits || digits === 0) return false;
    if (bytes[at] === ZERO && (digits > 1 || isNegative)) return false;
    let high = 0;
    for (const split = end - 9; at < split; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9) return false;
      high = high * 10 + digit;
    }
    let low = 0;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9) return false;
      low = low * 10 + digit;
    }
    if (high === 0) this.#writeInteger(isNegative, low, 0);
    else this.#writeLargeInteger(isNegative, high, low);
    this.#compacted();
    return true;
  }

  /** Writes high * 10^9 + low as two words. `high` is multiplied in two halves, so that no product exceeds 2^53. */
  #writeLargeInteger(isNegative: boolean, high: number, low: number): void {
    const upper = Math.floor(high / 0x20000) * BILLION;
    const rest = (upper % 0x8000) * 0x20000 + (high % 0x20000) * BILLION + low;
    this.#writeInteger(isNegative, rest >>> 0, Math.floor(upper / 0x8000) + Math.floor(rest / 2 ** 32));
  }

  #writeInteger(isNegative: boolean, lowWord: number, highWord: number): void {
    const head = this.#head;
    if (highWord === 0 && lowWord < Bound.small && !isNegative) {
      if (lowWord < Bound.short) {
        head[0] = Head.tiny | lowWord;
        this.#headBytes = 1;
      } else {
        const beyond = lowWord - Bound.short;
        head[0] = Head.small | (beyond >>> 8);
        head[1] = beyond;
        this.#headBytes = 2;
      }
      return;
    }
    const size = highWord === 0 ? bytesOfWord(lowWord) : 4 + bytesOfWord(highWord);
    head[0] = (isNegative ? Head.negative : Head.positive) | (size - 1);
    for (let i = 0; i < size; i++) head[1 + i] = i < 4 ? lowWord >>> (i << 3) : highWord >>> ((i - 4) << 3);
    this.#headBytes = 1 + size;
  }

  /** How many pairs of digits the text ends in. */
  #pairsBefore(bytes: Uint8Array, start: number, end: number): number {
    const digitValues = this.#digitValues;
    const min = Math.max(start, end - 2 * Bound.maxPairs) | 0;
    let from = end | 0;
    for (; ((from - 4) | 0) >= min; from = (from - 4) | 0) {
      const pair = digitValues[bytes[(from - 2) | 0]!]! | digitValues[bytes[(from - 1) | 0]!]!;
      if ((pair | digitValues[bytes[(from - 4) | 0]!]! | digitValues[bytes[(from - 3) | 0]!]!) >= NO_DIGIT) break;
    }
    if (((from - 2) | 0) >= min) {
      const pair = digitValues[bytes[(from - 2) | 0]!]! | digitValues[bytes[(from - 1) | 0]!]!;
      if (pair < NO_DIGIT) from = (from - 2) | 0;
    }
    return (end - from) >>> 1;
  }

  #prepareDigits(bytes: Uint8Array, start: number, end: number, pairs: number): void {
    const digitValues = this.#digitValues;
    const head = this.#head;
    const split = (end - 2 * pairs) | 0;
    head[0] = Head.digits | (pairs - Bound.minPairs);
    head[1] = split - start;
    copyBytes(bytes, start, split, head, 2);
    let to = (2 + split - start) | 0;
    let at = split;
    for (const last = (end - 4) | 0; at <= last; at = (at + 4) | 0, to = (to + 2) | 0) {
      head[to] = (digitValues[bytes[at]!]! << 4) | digitValues[bytes[(at + 1) | 0]!]!;
      head[(to + 1) | 0] = (digitValues[bytes[(at + 2) | 0]!]! << 4) | digitValues[bytes[(at + 3) | 0]!]!;
    }
    if (at < end) head[to++] = (digitValues[bytes[at]!]! << 4) | digitValues[bytes[(at + 1) | 0]!]!;
    this.#headBytes = to;
    this.#compacted();
  }

  /** Packs letters until a byte is not a letter; in most texts that are not all letters, one of the first bytes is not. */
  #prepareLetters(bytes: Uint8Array, start: number, end: number): boolean {
    const head = this.#head;
    const letterValues = this.#letterValues;
    const length = (end - start) | 0;
    let to = length < Bound.manyLetters ? 1 : 2;
    const fours = (start + (length & ~3)) | 0;
    let at = start | 0;
    for (; at < fours; at = (at + 4) | 0, to = (to + 3) | 0) {
      const first = letterValues[bytes[at]!]!;
      const second = letterValues[bytes[(at + 1) | 0]!]!;
      const third = letterValues[bytes[(at + 2) | 0]!]!;
      const fourth = letterValues[bytes[(at + 3) | 0]!]!;
      if ((first | second | third | fourth) >= NO_LETTER) return false;
      const word = (first << 18) | (second << 12) | (third << 6) | fourth;
      head[to] = word >>> 16;
      head[(to + 1) | 0] = word >>> 8;
      head[(to + 2) | 0] = word;
    }
    const left = length & 3;
    if (left !== 0) {
      let rest = letterValues[bytes[at]!]!;
      if (rest >= NO_LETTER) return false;
      if (left > 1) {
        const second = letterValues[bytes[(at + 1) | 0]!]!;
        const third = left > 2 ? letterValues[bytes[(at + 2) | 0]!]! : 0;
        if ((second | third) >= NO_LETTER) return false;
        rest = (rest << 6) | second;
        if (left > 2) {
          rest = (rest << 6) | third;
          head[to++] = rest >>> 16;
        }
        head[to++] = rest >>> 8;
      }
      head[to++] = rest;
    }
    if (length < Bound.manyLetters) {
      head[0] = Head.letters + length - Bound.minLetters;
    } else {
      head[0] = Head.manyLetters;
      head[1] = length - Bound.manyLetters;
    }
    this.#headBytes = to;
    this.#compacted();
    return true;
  }

  /** Notes that `head` contains the whole element. */
  #compacted(): void {
    this.#source = this.#head;
    this.#start = 0;
    this.#end = 0;
    this.first = this.#head[0]!;
    this.last = this.#head[(this.#headBytes - 1) | 0]!;
    this.bytes = this.#headBytes;
  }
}
