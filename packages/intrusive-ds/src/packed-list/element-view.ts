import { copyBytes } from '../bytes/copy-bytes';
import { Bound, DIGITS, Head, LETTERS, readUint32 } from './element-format';

const MINUS = 0x2d;
const ZERO = 0x30;
const BILLION = 1e9;
/** Capacity for the longest text that is not stored as it is. */
const SCRATCH_BYTES = Bound.maxBeforeDigits + 2 * Bound.maxPairs;

/**
 * Where the text of an element can be read: `bytes[start, end)`. Mostly that is the record itself, so it is valid until the record
 * changes. Integers, digits and letters are decoded into memory of the view, and are valid until its next read. A view can be used
 * for any number of reads.
 */
export class ElementView {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  #scratch: Uint8Array = Buffer.alloc(SCRATCH_BYTES);
  readonly #digits: Uint8Array = DIGITS;
  readonly #letters: Uint8Array = LETTERS;

  constructor() {
    this.bytes = this.#scratch;
  }

  /** Bytes of the text. O(1). */
  get length(): number {
    return this.end - this.start;
  }

  /** Writes the text to `target` from `at` on, where the caller has ensured enough space, and returns its length. O(length). */
  copyTo(target: Uint8Array, at: number): number {
    copyBytes(this.bytes, this.start, this.end, target, at);
    return this.end - this.start;
  }

  /**
   * Copies the text from the record to memory of the view, so that it is valid until the next read. O(length); allocates only for the
   * longest text so far.
   */
  keep(): void {
    const { length } = this;
    if (this.bytes === this.#scratch) return;
    if (length > this.#scratch.length) this.#scratch = Buffer.alloc(length);
    copyBytes(this.bytes, this.start, this.end, this.#scratch, 0);
    this.bytes = this.#scratch;
    this.start = 0;
    this.end = length;
  }

  /** Reads the element at `at` and returns where the next one begins. O(1); O(length) if the text has to be decoded. */
  readAt(bytes: Uint8Array, at: number): number {
    const head = bytes[at]!;
    if (head < Head.tiny) {
      this.bytes = bytes;
      const next = (at + 1 + head) | 0;
      this.start = (at + 1) | 0;
      this.end = next;
      return next;
    }
    if (head < Head.longer) {
      if (head < Head.small) {
        this.#spell(head & 63, 0, false);
        return at + 1;
      }
      this.#spell((((head & 31) << 8) | bytes[at + 1]!) + Bound.short, 0, false);
      return at + 2;
    }
    if (head < Head.digits) return head < Head.positive ? this.#readLonger(bytes, at) : this.#readInteger(bytes, at);
    if (head < Head.longest) return this.#readDigits(bytes, at);
    return head === Head.longest ? this.#readLongest(bytes, at) : this.#readLetters(bytes, at);
  }

  #readLonger(bytes: Uint8Array, at: number): number {
    this.bytes = bytes;
    this.start = at + 2;
    this.end = at + 2 + Bound.short + (((bytes[at]! & 15) << 8) | bytes[at + 1]!);
    return this.end;
  }

  #readLongest(bytes: Uint8Array, at: number): number {
    this.bytes = bytes;
    this.start = at + 5;
    this.end = at + 5 + readUint32(bytes, at + 1);
    return this.end;
  }

  #readInteger(bytes: Uint8Array, at: number): number {
    const head = bytes[at]!;
    const next = at + 2 + (head & 7);
    let low = 0;
    let high = 0;
    for (let from = at + 1, shift = 0; from < next; from++, shift += 8) {
      if (shift < 32) low |= bytes[from]! << shift;
      else high |= bytes[from]! << (shift - 32);
    }
    this.#spell(low >>> 0, high >>> 0, head >= Head.negative);
    return next;
  }

  #readDigits(bytes: Uint8Array, at: number): number {
    const scratch = this.#scratch;
    const digits = this.#digits;
    const before = bytes[at + 1]!;
    const split = (at + 2 + before) | 0;
    const next = (split + Bound.minPairs + (bytes[at]! & 31)) | 0;
    copyBytes(bytes, at + 2, split, scratch, 0);
    let to = before;
    let from = split;
    for (const last = (next - 2) | 0; from <= last; from = (from + 2) | 0, to = (to + 4) | 0) {
      const pair = bytes[from]!;
      const second = bytes[(from + 1) | 0]!;
      scratch[to] = digits[pair >>> 4]!;
      scratch[(to + 1) | 0] = digits[pair & 15]!;
      scratch[(to + 2) | 0] = digits[second >>> 4]!;
      scratch[(to + 3) | 0] = digits[second & 15]!;
    }
    if (from < next) {
      scratch[to++] = digits[bytes[from]! >>> 4]!;
      scratch[to++] = digits[bytes[from]! & 15]!;
    }
    this.bytes = scratch;
    this.start = 0;
    this.end = to;
    return next;
  }

  #readLetters(bytes: Uint8Array, at: number): number {
    const scratch = this.#scratch;
    const letters = this.#letters;
    const head = bytes[at]!;
    let from = at + 1;
    let length = head - Head.letters + Bound.minLetters;
    if (head === Head.manyLetters) length = bytes[from++]! + Bound.manyLetters;
    let to = 0;
    for (const fours = length & ~3; to < fours; to = (to + 4) | 0, from = (from + 3) | 0) {
      const word = (bytes[from]! << 16) | (bytes[(from + 1) | 0]! << 8) | bytes[(from + 2) | 0]!;
      scratch[to] = letters[word >>> 18]!;
      scratch[(to + 1) | 0] = letters[(word >>> 12) & 63]!;
      scratch[(to + 2) | 0] = letters[(word >>> 6) & 63]!;
      scratch[(to + 3) | 0] = letters[word & 63]!;
    }
    const left = length & 3;
    if (left !== 0) {
      let rest = bytes[from++]!;
      if (left > 1) rest = (rest << 8) | bytes[from++]!;
      if (left > 2) rest = (rest << 8) | bytes[from++]!;
      if (left > 2) scratch[to++] = letters[rest >>> 12]!;
      if (left > 1) scratch[to++] = letters[(rest >>> 6) & 63]!;
      scratch[to] = letters[rest & 63]!;
    }
    this.bytes = scratch;
    this.start = 0;
    this.end = length;
    return from;
  }

  /** Decodes an integer. One of two words is divided by 10^9 in steps of which none exceeds 2^53. */
  #spell(lowWord: number, highWord: number, isNegative: boolean): void {
    let at: number;
    if (highWord === 0) {
      at = this.#spellWord(lowWord, SCRATCH_BYTES, 1);
    } else {
      const upper = (highWord % BILLION) * 0x10000 + (lowWord >>> 16);
      const lower = (upper % BILLION) * 0x10000 + (lowWord & 0xffff);
      const billions =
        Math.floor(highWord / BILLION) * 2 ** 32 + Math.floor(upper / BILLION) * 0x10000 + Math.floor(lower / BILLION);
      at = this.#spellWord(lower % BILLION, SCRATCH_BYTES, 9);
      if (billions < BILLION) at = this.#spellWord(billions, at, 1);
      else at = this.#spellWord(billions / BILLION, this.#spellWord(billions % BILLION, at, 9), 1);
    }
    if (isNegative) this.#scratch[--at] = MINUS;
    this.bytes = this.#scratch;
    this.start = at;
    this.end = SCRATCH_BYTES;
  }

  /** Writes the digits of a word, at least `min`, before `end`, and returns where they begin. In 32 bits, so that V8 divides integers. */
  #spellWord(word: number, end: number, min: number): number {
    const scratch = this.#scratch;
    let rest = word >>> 0;
    let at = end | 0;
    do {
      const quotient = (rest / 10) >>> 0;
      at = (at - 1) | 0;
      scratch[at] = ZERO + rest - Math.imul(quotient, 10);
      rest = quotient;
    } while (rest !== 0);
    while (end - at < min) scratch[--at] = ZERO;
    return at;
  }
}
