import { copyBytes } from './copy-bytes';
import { formatDouble17g, formatHumanDouble } from './double-text';
import { writeInteger } from './integer-text';

const CR = 0x0d;
const LF = 0x0a;
const ZERO = 0x30;
const MINUS = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const DOLLAR = 0x24;
const STAR = 0x2a;
const PERCENT = 0x25;
const TILDE = 0x7e;
const GREATER = 0x3e;
const BAR = 0x7c;
const COMMA = 0x2c;
const UNDERSCORE = 0x5f;
const HASH = 0x23;
const PARENTHESIS = 0x28;
const EQUALS = 0x3d;
const LETTER_T = 0x74;
const LETTER_F = 0x66;

/** The longest header: a type byte, a sign, 19 digits and the line's end. */
const LONGEST_HEADER = 24;
/** Strings up to this many characters are written by a loop if they are ASCII. */
const LOOP_STRING_CHARACTERS = 64;
/** What a value that exceeds the room asks for at a time. */
const STREAM_BYTES = 16384;
const INITIAL_BYTES = 1024;
/** Up to so many bytes, copying word by word beats a native copy. */
const LONGEST_BY_WORDS = 256;
/** CR and LF, little-endian. */
const LINE_END = 0x0a0d;

/**
 * Writes replies into a room of bytes, in RESP2 or RESP3.
 *
 * ```
 * bytes   [ written ......... | room ............... | not ours ]
 *                          position               limit
 * ```
 *
 * When the room does not suffice, `overflow(n)` has to make some. This class then grows a buffer of its own by doubling; a server
 * overrides `overflow` to commit what is written to a connection and to go on in its next buffer. A long value is written piece by
 * piece, so it never needs one contiguous room. Hot callers may write into `bytes` themselves after `ensure(n)`.
 */
export class ReplyWriter {
  /** The memory that is written to. */
  bytes: Buffer;
  /** Where the next byte goes. */
  position = 0;
  /** The end of the room. */
  limit: number;
  /** The protocol that the client speaks. */
  protocol: 2 | 3 = 2;
  /** A view of the room that was last written to by words. */
  #view: DataView = new DataView(new ArrayBuffer(0));
  #viewed: Buffer | null = null;

  /** Writes into `bytes` if given, otherwise into a small buffer of its own. */
  constructor(bytes: Buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES)) {
    this.bytes = bytes;
    this.limit = bytes.length;
  }

  /** Makes sure that `n` bytes of room are there: afterwards `position + n <= limit`. O(1), or what `overflow` costs. */
  ensure(n: number): void {
    if (this.position + n > this.limit) this.overflow(n);
  }

  /**
   * Makes room for at least `n` bytes: takes care of what was written up to `position`, then sets `bytes`, `position`, `limit`.
   * Override it to hand the written bytes over. Here: grows an own buffer. Amortised O(1) a byte.
   */
  overflow(n: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.position + n));
    copyBytes(this.bytes, 0, this.position, grown, 0);
    this.bytes = grown;
    this.limit = grown.length;
  }

  /** Returns a view of what stands before `position`; it is valid until the next write. O(1). */
  written(): Buffer {
    return this.bytes.subarray(0, this.position);
  }

  /** Writes `+OK`. */
  ok(): void {
    this.ensure(5);
    const { bytes, position } = this;
    bytes[position] = PLUS;
    bytes[position + 1] = 0x4f;
    bytes[position + 2] = 0x4b;
    bytes[position + 3] = CR;
    bytes[position + 4] = LF;
    this.position = position + 5;
  }

  /** Writes a simple string of latin1 text without line breaks. O(length). */
  simple(text: string): void {
    this.#line(PLUS, text);
  }

  /**
   * Writes an error, its code included (`ERR syntax error`), as UTF-8; a line break in it becomes a blank, one at its end vanishes, as
   * with Redis. O(length).
   */
  error(text: string): void {
    this.#line(MINUS, Buffer.from(withoutBreaks(text), 'utf8').toString('latin1'));
  }

  /** Writes an error of latin1 text, one byte for a character: exact for texts that quote a client's bytes. O(length). */
  errorLatin1(text: string): void {
    this.#line(MINUS, withoutBreaks(text));
  }

  /** Writes an integer of 64 bits. A number has to be a safe integer. O(digits). */
  integer(n: number | bigint): void {
    this.#header(COLON, n);
  }

  /** Writes bytes start..end of `bytes` as a bulk string, through as many rooms as it takes. O(end - start). */
  bulk(bytes: Uint8Array, start: number, end: number): void {
    const length = (end - start) | 0;
    let at = this.position;
    // Most replies are this short: one check of the space, and each field is read and written once.
    if (length < 100 && at + length + LONGEST_HEADER + 2 <= this.limit) {
      const target = this.bytes;
      target[at] = DOLLAR;
      if (length >= 10) {
        const tens = (length / 10) | 0;
        target[at + 1] = ZERO + tens;
        target[at + 2] = ZERO + length - 10 * tens;
        at = (at + 3) | 0;
      } else {
        target[at + 1] = ZERO + length;
        at = (at + 2) | 0;
      }
      target[at] = CR;
      target[at + 1] = LF;
      at = (at + 2) | 0;
      copyBytes(bytes, start, end, target, at);
      at = (at + length) | 0;
      target[at] = CR;
      target[at + 1] = LF;
      this.position = at + 2;
      return;
    }
    this.#header(DOLLAR, length);
    this.raw(bytes, start, end);
    this.#lineEnd();
  }

  /**
   * Writes a bulk string of `length` bytes that begin with word `word` of `words`, in the order of memory; what the last word has
   * beyond them is read, and does not count. O(length).
   *
   * Hot: half the instructions of `bulk` for strings that begin at a word, as those in records do (ranges of sorted sets).
   */
  bulkWords(words: Uint32Array, word: number, length: number): void {
    if (length > LONGEST_BY_WORDS) {
      this.bulk(new Uint8Array(words.buffer, words.byteOffset + 4 * word, length), 0, length);
      return;
    }
    this.ensure(length + LONGEST_HEADER + 5);
    if (this.bytes !== this.#viewed) this.#lookAtRoom();
    const view = this.#view;
    let at = this.position | 0;
    if (length < 10) {
      view.setInt32(at, DOLLAR | ((ZERO + length) << 8) | (LINE_END << 16), true);
      at = (at + 4) | 0;
    } else if (length < 100) {
      const tens = (length / 10) | 0;
      view.setInt32(at, DOLLAR | ((ZERO + tens) << 8) | ((ZERO + length - 10 * tens) << 16) | (CR << 24), true);
      view.setInt8(at + 4, LF);
      at = (at + 5) | 0;
    } else {
      this.#header(DOLLAR, length);
      at = this.position | 0;
    }
    const end = (at + length) | 0;
    for (let from = word | 0; at < end; at = (at + 4) | 0, from = (from + 1) | 0)
      view.setInt32(at, words[from]! | 0, true);
    // The two bytes behind the string, which the last word may have written over.
    view.setInt16(end, LINE_END, true);
    this.position = end + 2;
  }

  /** Writes bytes start..end of `bytes` as they are, through as many rooms as it takes. O(end - start). */
  raw(bytes: Uint8Array, start: number, end: number): void {
    let from = start;
    for (;;) {
      const taken = Math.min(end - from, this.limit - this.position);
      copyBytes(bytes, from, from + taken, this.bytes, this.position);
      this.position += taken;
      from += taken;
      if (from >= end) return;
      this.overflow(Math.min(end - from, STREAM_BYTES));
    }
  }

  /** Writes a text as a bulk string of UTF-8. O(length). */
  bulkString(text: string): void {
    const length = text.length;
    if (length <= LOOP_STRING_CHARACTERS) {
      this.ensure(LONGEST_HEADER + length);
      const start = this.position;
      this.#header(DOLLAR, length);
      if (this.#ascii(text)) {
        this.#lineEnd();
        return;
      }
      this.position = start;
    }
    const encoded = Buffer.from(text, 'utf8');
    this.bulk(encoded, 0, encoded.length);
  }

  /** Writes an integer of 64 bits as a bulk string of its digits. A number has to be a safe integer. O(digits). */
  bulkNumber(n: number | bigint): void {
    if (typeof n === 'bigint') {
      this.bulkString(n.toString());
      return;
    }
    if (!Number.isSafeInteger(n)) throw new RangeError(`${n} is not a safe integer`);
    this.#bulkDigits(n);
  }

  /** Writes a bulk string of no bytes. */
  emptyBulk(): void {
    this.#header(DOLLAR, 0);
    this.#lineEnd();
  }

  /** Writes the null: `$-1` in RESP2, `_` in RESP3. */
  null(): void {
    if (this.protocol === 2) this.#minusOne(DOLLAR);
    else this.#underscore();
  }

  /** Writes the null that stands for an array: `*-1` in RESP2, `_` in RESP3. */
  nullArray(): void {
    if (this.protocol === 2) this.#minusOne(STAR);
    else this.#underscore();
  }

  /** Begins an array of `n` replies. */
  array(n: number): void {
    this.#header(STAR, n);
  }

  /** Writes an array of no replies. */
  emptyArray(): void {
    this.#header(STAR, 0);
  }

  /** Begins a map of `n` pairs; in RESP2 an array of `2 * n` replies. */
  map(n: number): void {
    if (this.protocol === 2) this.#header(STAR, 2 * n);
    else this.#header(PERCENT, n);
  }

  /** Begins a set of `n` replies; in RESP2 an array. */
  set(n: number): void {
    this.#header(this.protocol === 2 ? STAR : TILDE, n);
  }

  /** Begins an out-of-band message of `n` replies; in RESP2 an array. */
  push(n: number): void {
    this.#header(this.protocol === 2 ? STAR : GREATER, n);
  }

  /** Begins an attribute of `n` pairs in front of a reply. Throws in RESP2, which has nothing like it. */
  attribute(n: number): void {
    if (this.protocol === 2) throw new Error('RESP2 has no attributes');
    this.#header(BAR, n);
  }

  /** Writes a double with 17 significant digits, as Redis' addReplyDouble: a bulk string in RESP2. */
  double(x: number): void {
    // Whole numbers are most of all scores, and their digits need no string; 17 digits hold all of them up to 2^53.
    if (!Number.isSafeInteger(x) || Object.is(x, -0)) this.#doubleText(formatDouble17g(x));
    else if (this.protocol === 2) this.#bulkDigits(x);
    else this.#header(COMMA, x);
  }

  /** Writes a double with up to 17 digits behind the point, as Redis' addReplyHumanLongDouble: a bulk string in RESP2. */
  humanDouble(x: number): void {
    this.#doubleText(formatHumanDouble(x));
  }

  /** Writes a boolean: `:1` or `:0` in RESP2, `#t` or `#f` in RESP3. */
  boolean(value: boolean): void {
    this.ensure(4);
    const { bytes, position } = this;
    if (this.protocol === 2) {
      bytes[position] = COLON;
      bytes[position + 1] = value ? ZERO + 1 : ZERO;
    } else {
      bytes[position] = HASH;
      bytes[position + 1] = value ? LETTER_T : LETTER_F;
    }
    bytes[position + 2] = CR;
    bytes[position + 3] = LF;
    this.position = position + 4;
  }

  /** Writes an integer of any size, given as its decimal text or as a bigint: a bulk string in RESP2. O(digits). */
  bigNumber(n: string | bigint): void {
    const text = n.toString();
    if (this.protocol === 2) this.bulkString(text);
    else this.#line(PARENTHESIS, text);
  }

  /** Writes a text with its format, three characters such as `txt` or `mkd`; in RESP2 a bulk string of the text. O(length). */
  verbatim(format: string, text: string): void {
    if (this.protocol === 2) {
      this.bulkString(text);
      return;
    }
    if (format.length !== 3) throw new RangeError(`a verbatim format has three characters, not '${format}'`);
    const encoded = Buffer.from(`${format}:${text}`, 'utf8');
    this.#header(EQUALS, encoded.length);
    this.raw(encoded, 0, encoded.length);
    this.#lineEnd();
  }

  #lookAtRoom(): void {
    const { bytes } = this;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#viewed = bytes;
  }

  #doubleText(text: string): void {
    if (this.protocol === 2) this.bulkString(text);
    else this.#line(COMMA, text);
  }

  /** Writes a type byte, latin1 text and the line's end. */
  #line(type: number, text: string): void {
    const length = text.length;
    this.ensure(length + 3);
    const { bytes, position } = this;
    bytes[position] = type;
    if (length <= LOOP_STRING_CHARACTERS) {
      for (let i = 0; i < length; i++) bytes[position + 1 + i] = text.charCodeAt(i);
    } else bytes.write(text, position + 1, length, 'latin1');
    bytes[position + 1 + length] = CR;
    bytes[position + 2 + length] = LF;
    this.position = position + 3 + length;
  }

  /** Writes a text of ASCII into room that is there; false if it is not ASCII, `position` is then undefined. */
  #ascii(text: string): boolean {
    const bytes = this.bytes;
    const position = this.position;
    const length = text.length;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return false;
      bytes[position + i] = code;
    }
    this.position = position + length;
    return true;
  }

  /** Writes a type byte, an integer and the line's end. One digit is unrolled: most headers and counters are that short. */
  #header(type: number, n: number | bigint): void {
    if (this.position + LONGEST_HEADER > this.limit) this.overflow(LONGEST_HEADER);
    const bytes = this.bytes;
    let position = this.position;
    bytes[position++] = type;
    if (typeof n === 'number' && n === (n | 0) && n >= 0 && n < 10) bytes[position++] = ZERO + n;
    else position = writeInteger(bytes, position, n);
    bytes[position] = CR;
    bytes[position + 1] = LF;
    this.position = position + 2;
  }

  /** Writes a safe integer as a bulk string, whose length is told by the number before its digits are there. */
  #bulkDigits(n: number): void {
    this.ensure(LONGEST_HEADER);
    const { bytes, position } = this;
    const isShort = n < 1e9 && n > -1e8;
    const start = position + (isShort ? 4 : 5);
    const end = writeInteger(bytes, start, n);
    const length = end - start;
    bytes[position] = DOLLAR;
    if (isShort) {
      bytes[position + 1] = ZERO + length;
    } else {
      bytes[position + 1] = ZERO + 1;
      bytes[position + 2] = ZERO + length - 10;
    }
    bytes[start - 2] = CR;
    bytes[start - 1] = LF;
    bytes[end] = CR;
    bytes[end + 1] = LF;
    this.position = end + 2;
  }

  #lineEnd(): void {
    this.ensure(2);
    const { bytes, position } = this;
    bytes[position] = CR;
    bytes[position + 1] = LF;
    this.position = position + 2;
  }

  #minusOne(type: number): void {
    this.ensure(5);
    const { bytes, position } = this;
    bytes[position] = type;
    bytes[position + 1] = MINUS;
    bytes[position + 2] = ZERO + 1;
    bytes[position + 3] = CR;
    bytes[position + 4] = LF;
    this.position = position + 5;
  }

  #underscore(): void {
    this.ensure(3);
    const { bytes, position } = this;
    bytes[position] = UNDERSCORE;
    bytes[position + 1] = CR;
    bytes[position + 2] = LF;
    this.position = position + 3;
  }
}

function withoutBreaks(text: string): string {
  return text.replace(/[\r\n]+$/, '').replace(/[\r\n]/g, ' ');
}
