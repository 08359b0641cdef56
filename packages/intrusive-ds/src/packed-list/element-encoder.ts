import { Bound, copyBytes, Head } from './element-format';

const MINUS = 0x2d;
const ZERO = 0x30;
const NO_DIGIT = 16;
const BILLION = 1e9;

/** The value of each byte as a hexadecimal digit in lower case, or NO_DIGIT. */
const DIGIT_VALUES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(byte));
  return digit < 0 ? NO_DIGIT : digit;
});

function bytesOfWord(word: number): number {
  return (39 - Math.clz32(word | 1)) >>> 3;
}

/**
 * Brings a text into the form of an element, once, to be written or to be compared with elements that are there. What is not
 * just a copy of the text stands in `head`; the text's own bytes stay where they are until `write`.
 */
export class ElementEncoder {
  /** Bytes of the whole element that was prepared. */
  bytes = 0;
  /** The first byte of the element that was prepared. */
  first = 0;
  private readonly head: Uint8Array = Buffer.alloc(Bound.compact);
  private headBytes = 0;
  private source: Uint8Array = this.head;
  private start = 0;
  private end = 0;
  private readonly digitValues = DIGIT_VALUES;

  /** Finds the form of `bytes[start, end)` and answers its size in bytes; the text must stay as it is until it is written. O(length). */
  prepare(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    // Both shorter forms end in a digit: most texts do not, and are through with this one look.
    if (length !== 0 && this.digitValues[bytes[end - 1]!]! < NO_DIGIT) {
      if (this.prepareInteger(bytes, start, end) || this.prepareDigits(bytes, start, end)) return this.bytes;
    }
    const { head } = this;
    if (length < Bound.short) {
      head[0] = length;
      this.headBytes = 1;
    } else if (length < Bound.longer) {
      const beyond = length - Bound.short;
      head[0] = Head.longer | (beyond >>> 8);
      head[1] = beyond;
      this.headBytes = 2;
    } else {
      head[0] = Head.longest;
      head[1] = length;
      head[2] = length >>> 8;
      head[3] = length >>> 16;
      head[4] = length >>> 24;
      this.headBytes = 5;
    }
    this.source = bytes;
    this.start = start;
    this.end = end;
    this.first = head[0]!;
    this.bytes = this.headBytes + length;
    return this.bytes;
  }

  /** Writes the prepared element to `target` from `at` on. O(length). */
  write(target: Uint8Array, at: number): void {
    const { head, headBytes } = this;
    for (let i = 0; i < headBytes; i++) target[at + i] = head[i]!;
    copyBytes(this.source, this.start, this.end, target, at + headBytes);
  }

  /** Whether the element at `at` is the prepared one; the caller has compared the first byte. O(length), mostly O(1) if they differ. */
  isAt(bytes: Uint8Array, at: number): boolean {
    const { head, headBytes, source, start } = this;
    for (let i = 1; i < headBytes; i++) if (bytes[at + i] !== head[i]) return false;
    // From the end, because the names of fields differ there rather than in front.
    const shift = at + headBytes - start;
    for (let i = this.end - 1; i >= start; i--) if (bytes[shift + i] !== source[i]) return false;
    return true;
  }

  private prepareInteger(bytes: Uint8Array, start: number, end: number): boolean {
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
    if (high === 0) this.writeInteger(isNegative, low, 0);
    else this.writeLargeInteger(isNegative, high, low);
    this.compacted();
    return true;
  }

  /** high * 10^9 + low in two words: the product is made of two halves of `high`, so that nothing exceeds 2^53. */
  private writeLargeInteger(isNegative: boolean, high: number, low: number): void {
    const upper = Math.floor(high / 0x20000) * BILLION;
    const rest = (upper % 0x8000) * 0x20000 + (high % 0x20000) * BILLION + low;
    this.writeInteger(isNegative, rest >>> 0, Math.floor(upper / 0x8000) + Math.floor(rest / 2 ** 32));
  }

  private writeInteger(isNegative: boolean, lowWord: number, highWord: number): void {
    const { head } = this;
    if (highWord === 0 && lowWord < Bound.small && !isNegative) {
      if (lowWord < Bound.short) {
        head[0] = Head.tiny | lowWord;
        this.headBytes = 1;
      } else {
        const beyond = lowWord - Bound.short;
        head[0] = Head.small | (beyond >>> 8);
        head[1] = beyond;
        this.headBytes = 2;
      }
      return;
    }
    const size = highWord === 0 ? bytesOfWord(lowWord) : 4 + bytesOfWord(highWord);
    head[0] = (isNegative ? Head.negative : Head.positive) | (size - 1);
    for (let i = 0; i < size; i++) head[1 + i] = i < 4 ? lowWord >>> (i << 3) : highWord >>> ((i - 4) << 3);
    this.headBytes = 1 + size;
  }

  private prepareDigits(bytes: Uint8Array, start: number, end: number): boolean {
    const { digitValues, head } = this;
    const furthest = Math.max(start, end - 2 * Bound.mostPairs);
    let from = end - 1;
    while (from > furthest && digitValues[bytes[from - 1]!]! < NO_DIGIT) from--;
    const pairs = (end - from) >>> 1;
    const before = end - start - 2 * pairs;
    if (pairs < Bound.fewestPairs || before > Bound.beforeDigits) return false;
    head[0] = Head.digits | (pairs - Bound.fewestPairs);
    head[1] = before;
    let to = 2;
    let at = start;
    for (const split = start + before; at < split; at++, to++) head[to] = bytes[at]!;
    for (; at < end; at += 2, to++) head[to] = (digitValues[bytes[at]!]! << 4) | digitValues[bytes[at + 1]!]!;
    this.headBytes = to;
    this.compacted();
    return true;
  }

  /** Everything stands in `head`, nothing is left of the text. */
  private compacted(): void {
    this.source = this.head;
    this.start = 0;
    this.end = 0;
    this.first = this.head[0]!;
    this.bytes = this.headBytes;
  }
}
