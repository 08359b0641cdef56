import { copyBytes } from '../bytes/copy-bytes';
import { Bound, DIGITS, Head, LETTERS, readUint32 } from './element-format';

const MINUS = 0x2d;
const ZERO = 0x30;
const BILLION = 1e9;
/** Room for the longest text that is not stored as it is. */
const SCRATCH_BYTES = Bound.beforeDigits + 2 * Bound.mostPairs;

/**
 * Where the text of an element can be read: `bytes[start, end)`. Mostly that is the record itself, so it holds until the record
 * changes; integers and digits are spelt out into memory of the view, and hold until it reads again. Make one and use it for ever.
 */
export class ElementView {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  private scratch: Uint8Array = Buffer.alloc(SCRATCH_BYTES);
  private readonly digits: Uint8Array = DIGITS;
  private readonly letters: Uint8Array = LETTERS;

  constructor() {
    this.bytes = this.scratch;
  }

  /** Bytes of the text. O(1). */
  get length(): number {
    return this.end - this.start;
  }

  /** Writes the text to `target` from `at` on and answers its length; the caller has made sure of the room. O(length). */
  copyTo(target: Uint8Array, at: number): number {
    copyBytes(this.bytes, this.start, this.end, target, at);
    return this.end - this.start;
  }

  /**
   * Takes the text out of the record into memory of the view, so that it holds until the view reads again. O(length); allocates only for
   * the longest text so far.
   */
  keep(): void {
    const { length } = this;
    if (this.bytes === this.scratch) return;
    if (length > this.scratch.length) this.scratch = Buffer.alloc(length);
    copyBytes(this.bytes, this.start, this.end, this.scratch, 0);
    this.bytes = this.scratch;
    this.start = 0;
    this.end = length;
  }

  /** Looks at the element at `at`, and answers where the next one begins. O(1); O(length) if it is an integer or has digits. */
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
        this.spell(head & 63, 0, false);
        return at + 1;
      }
      this.spell((((head & 31) << 8) | bytes[at + 1]!) + Bound.short, 0, false);
      return at + 2;
    }
    if (head < Head.digits) return head < Head.positive ? this.readLonger(bytes, at) : this.readInteger(bytes, at);
    if (head < Head.longest) return this.readDigits(bytes, at);
    return head === Head.longest ? this.readLongest(bytes, at) : this.readLetters(bytes, at);
  }

  private readLonger(bytes: Uint8Array, at: number): number {
    this.bytes = bytes;
    this.start = at + 2;
    this.end = at + 2 + Bound.short + (((bytes[at]! & 15) << 8) | bytes[at + 1]!);
    return this.end;
  }

  private readLongest(bytes: Uint8Array, at: number): number {
    this.bytes = bytes;
    this.start = at + 5;
    this.end = at + 5 + readUint32(bytes, at + 1);
    return this.end;
  }

  private readInteger(bytes: Uint8Array, at: number): number {
    const head = bytes[at]!;
    const next = at + 2 + (head & 7);
    let low = 0;
    let high = 0;
    for (let from = at + 1, shift = 0; from < next; from++, shift += 8) {
      if (shift < 32) low |= bytes[from]! << shift;
      else high |= bytes[from]! << (shift - 32);
    }
    this.spell(low >>> 0, high >>> 0, head >= Head.negative);
    return next;
  }

  private readDigits(bytes: Uint8Array, at: number): number {
    const { scratch, digits } = this;
    const before = bytes[at + 1]!;
    const split = (at + 2 + before) | 0;
    const next = (split + Bound.fewestPairs + (bytes[at]! & 31)) | 0;
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

  private readLetters(bytes: Uint8Array, at: number): number {
    const { scratch, letters } = this;
    const head = bytes[at]!;
    let from = at + 1;
    let length = head - Head.letters + Bound.fewestLetters;
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

  /** Spells an integer; beyond one word in long division by 10^9, of which no step exceeds 2^53. */
  private spell(lowWord: number, highWord: number, isNegative: boolean): void {
    let at: number;
    if (highWord === 0) {
      at = this.spellWord(lowWord, SCRATCH_BYTES, 1);
    } else {
      const upper = (highWord % BILLION) * 0x10000 + (lowWord >>> 16);
      const lower = (upper % BILLION) * 0x10000 + (lowWord & 0xffff);
      const billions =
        Math.floor(highWord / BILLION) * 2 ** 32 + Math.floor(upper / BILLION) * 0x10000 + Math.floor(lower / BILLION);
      at = this.spellWord(lower % BILLION, SCRATCH_BYTES, 9);
      if (billions < BILLION) at = this.spellWord(billions, at, 1);
      else at = this.spellWord(billions / BILLION, this.spellWord(billions % BILLION, at, 9), 1);
    }
    if (isNegative) this.scratch[--at] = MINUS;
    this.bytes = this.scratch;
    this.start = at;
    this.end = SCRATCH_BYTES;
  }

  /** Writes the digits of a word, at least `fewest`, up to `end`, and answers where they begin. Stays in 32 bits, or V8 divides doubles. */
  private spellWord(word: number, end: number, fewest: number): number {
    const { scratch } = this;
    let rest = word >>> 0;
    let at = end | 0;
    do {
      const quotient = (rest / 10) >>> 0;
      at = (at - 1) | 0;
      scratch[at] = ZERO + rest - Math.imul(quotient, 10);
      rest = quotient;
    } while (rest !== 0);
    while (end - at < fewest) scratch[--at] = ZERO;
    return at;
  }
}
