import { ByteWriter } from './byte-writer';
import { copyBytes } from './copy-bytes';
import { formatDouble17g, formatHumanDouble } from './double-text';
import { writeInteger } from './integer-text';
import * as resp from './type-bytes';

const CR = 0x0d;
const LF = 0x0a;
const ZERO = 0x30;
const MINUS = 0x2d;
const LETTER_T = 0x74;
const LETTER_F = 0x66;

/** The length of a type byte, a sign, 19 digits and CR LF, rounded up. */
const MAX_HEADER_BYTES = 24;
/** An ASCII string of up to this many characters is written by a loop, which is faster than a call of C++. */
const MAX_LOOP_CHARACTERS = 64;
/** A line of more characters is written in pieces. */
const MAX_LINE_CHARACTERS = 4096;
/** Up to this many bytes, a copy word by word is faster than a native copy. */
const MAX_WORD_COPY_BYTES = 256;
/** CR and LF as a little-endian number. */
const LINE_END = 0x0a0d;

/**
 * Writes replies in RESP2 or RESP3. See `ByteWriter` for the memory.
 *
 * Numbers are written in O(digits), strings in O(length), everything else in O(1).
 */
export class ReplyWriter extends ByteWriter {
  /** The protocol of the client. */
  protocol: 2 | 3 = 2;
  /** A view of `#viewed`, the buffer that `bulkWords` wrote to last. */
  #view: DataView = new DataView(new ArrayBuffer(0));
  #viewed: Buffer | null = null;

  /** Writes `+OK`. */
  ok(): void {
    this.ensure(5);
    const { bytes, position } = this;
    bytes[position] = resp.SIMPLE_STRING;
    bytes[position + 1] = 0x4f;
    bytes[position + 2] = 0x4b;
    bytes[position + 3] = CR;
    bytes[position + 4] = LF;
    this.position = position + 5;
  }

  /** Writes a simple string of latin1 text without line breaks. O(length). */
  simple(text: string): void {
    this.#line(resp.SIMPLE_STRING, text);
  }

  /**
   * Writes an error including its code (`ERR syntax error`) as UTF-8. As in Redis, line breaks at its end are removed and others become
   * blanks. O(length).
   */
  error(text: string): void {
    this.#line(resp.ERROR, Buffer.from(withoutBreaks(text), 'utf8').toString('latin1'));
  }

  /** Writes an error of latin1 text, one byte per character: exact for a text that quotes bytes of a client. O(length). */
  errorLatin1(text: string): void {
    this.#line(resp.ERROR, withoutBreaks(text));
  }

  /**
   * Writes an integer of 64 bits. O(digits).
   * @throws RangeError when a number is not a safe integer
   */
  integer(n: number | bigint): void {
    this.#header(resp.INTEGER, n);
  }

  /** Writes `bytes[start, end)` as a bulk string, in as many spaces as necessary. O(end - start). */
  bulk(bytes: Uint8Array, start: number, end: number): void {
    const length = (end - start) | 0;
    let at = this.position;
    // Most replies are this short: one check of the space, and each field is read and written once.
    if (length < 100 && at + length + MAX_HEADER_BYTES + 2 <= this.limit) {
      const target = this.bytes;
      target[at] = resp.BULK_STRING;
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
    this.#header(resp.BULK_STRING, length);
    this.raw(bytes, start, end);
    this.#lineEnd();
  }

  /**
   * Writes a bulk string of `length` bytes that start at word `word` of `words`. The last word is read completely, its other bytes are
   * ignored. O(length).
   *
   * Hot: half the instructions of `bulk`, for strings that start at a word, such as those in records (ranges of sorted sets).
   */
  bulkWords(words: Uint32Array, word: number, length: number): void {
    if (length > MAX_WORD_COPY_BYTES) {
      this.bulk(new Uint8Array(words.buffer, words.byteOffset + 4 * word, length), 0, length);
      return;
    }
    this.ensure(length + MAX_HEADER_BYTES + 5);
    if (this.bytes !== this.#viewed) this.#updateView();
    const view = this.#view;
    let at = this.position | 0;
    if (length < 10) {
      view.setInt32(at, resp.BULK_STRING | ((ZERO + length) << 8) | (LINE_END << 16), true);
      at = (at + 4) | 0;
    } else if (length < 100) {
      const tens = (length / 10) | 0;
      view.setInt32(
        at,
        resp.BULK_STRING | ((ZERO + tens) << 8) | ((ZERO + length - 10 * tens) << 16) | (CR << 24),
        true,
      );
      view.setInt8(at + 4, LF);
      at = (at + 5) | 0;
    } else {
      this.#header(resp.BULK_STRING, length);
      at = this.position | 0;
    }
    const end = (at + length) | 0;
    for (let from = word | 0; at < end; at = (at + 4) | 0, from = (from + 1) | 0)
      view.setInt32(at, words[from]! | 0, true);
    // Last, because the last word may overlap it.
    view.setInt16(end, LINE_END, true);
    this.position = end + 2;
  }

  /** Writes a text as a bulk string in UTF-8. O(length). */
  bulkString(text: string): void {
    const length = text.length;
    if (length <= MAX_LOOP_CHARACTERS) {
      this.ensure(MAX_HEADER_BYTES + length);
      const start = this.position;
      this.#header(resp.BULK_STRING, length);
      if (this.#ascii(text)) {
        this.#lineEnd();
        return;
      }
      this.position = start;
    }
    const encoded = Buffer.from(text, 'utf8');
    this.bulk(encoded, 0, encoded.length);
  }

  /**
   * Writes an integer of 64 bits as a bulk string of its digits. O(digits).
   * @throws RangeError when a number is not a safe integer
   */
  bulkNumber(n: number | bigint): void {
    if (typeof n === 'bigint') {
      this.bulkString(n.toString());
      return;
    }
    if (!Number.isSafeInteger(n)) throw new RangeError(`${n} is not a safe integer`);
    this.#bulkDigits(n);
  }

  /** Writes an empty bulk string. */
  emptyBulk(): void {
    this.#header(resp.BULK_STRING, 0);
    this.#lineEnd();
  }

  /** Writes the null: `$-1` in RESP2, `_` in RESP3. */
  null(): void {
    if (this.protocol === 2) this.#minusOne(resp.BULK_STRING);
    else this.#underscore();
  }

  /** Writes the null array: `*-1` in RESP2, `_` in RESP3. */
  nullArray(): void {
    if (this.protocol === 2) this.#minusOne(resp.ARRAY);
    else this.#underscore();
  }

  /** Writes the header of an array of `n` replies. */
  array(n: number): void {
    this.#header(resp.ARRAY, n);
  }

  /** Writes an empty array. */
  emptyArray(): void {
    this.#header(resp.ARRAY, 0);
  }

  /** Writes the header of a map of `n` pairs; in RESP2 of an array of `2 * n` replies. */
  map(n: number): void {
    if (this.protocol === 2) this.#header(resp.ARRAY, 2 * n);
    else this.#header(resp.MAP, n);
  }

  /** Writes the header of a set of `n` replies; in RESP2 of an array. */
  set(n: number): void {
    this.#header(this.protocol === 2 ? resp.ARRAY : resp.SET, n);
  }

  /** Writes the header of an out-of-band message of `n` replies; in RESP2 of an array. */
  push(n: number): void {
    this.#header(this.protocol === 2 ? resp.ARRAY : resp.PUSH, n);
  }

  /**
   * Writes the header of an attribute of `n` pairs, which precedes a reply.
   * @throws Error when the protocol is RESP2, which has no attributes
   */
  attribute(n: number): void {
    if (this.protocol === 2) throw new Error('RESP2 has no attributes');
    this.#header(resp.ATTRIBUTE, n);
  }

  /** Writes a double with 17 significant digits, as Redis' addReplyDouble; in RESP2 a bulk string. */
  double(x: number): void {
    // Most scores are whole numbers, whose digits are written without a string. 17 digits suffice up to 2^53.
    if (!Number.isSafeInteger(x) || Object.is(x, -0)) this.#doubleText(formatDouble17g(x));
    else if (this.protocol === 2) this.#bulkDigits(x);
    else this.#header(resp.DOUBLE, x);
  }

  /** Writes a double with up to 17 digits after the point, as Redis' addReplyHumanLongDouble; in RESP2 a bulk string. */
  humanDouble(x: number): void {
    this.#doubleText(formatHumanDouble(x));
  }

  /** Writes a boolean: `:1` or `:0` in RESP2, `#t` or `#f` in RESP3. */
  boolean(value: boolean): void {
    this.ensure(4);
    const { bytes, position } = this;
    if (this.protocol === 2) {
      bytes[position] = resp.INTEGER;
      bytes[position + 1] = value ? ZERO + 1 : ZERO;
    } else {
      bytes[position] = resp.BOOLEAN;
      bytes[position + 1] = value ? LETTER_T : LETTER_F;
    }
    bytes[position + 2] = CR;
    bytes[position + 3] = LF;
    this.position = position + 4;
  }

  /** Writes an integer of any size, given as decimal text or bigint; in RESP2 a bulk string. O(digits). */
  bigNumber(n: string | bigint): void {
    const text = n.toString();
    if (this.protocol === 2) this.bulkString(text);
    else this.#line(resp.BIG_NUMBER, text);
  }

  /**
   * Writes a text with its format, such as `txt` or `mkd`; in RESP2 a bulk string of the text. O(length).
   * @throws RangeError when the format does not have three characters
   */
  verbatim(format: string, text: string): void {
    if (this.protocol === 2) {
      this.bulkString(text);
      return;
    }
    if (format.length !== 3) throw new RangeError(`a verbatim format has three characters, not '${format}'`);
    const encoded = Buffer.from(`${format}:${text}`, 'utf8');
    this.#header(resp.VERBATIM, encoded.length);
    this.raw(encoded, 0, encoded.length);
    this.#lineEnd();
  }

  #updateView(): void {
    const { bytes } = this;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#viewed = bytes;
  }

  #doubleText(text: string): void {
    if (this.protocol === 2) this.bulkString(text);
    else this.#line(resp.DOUBLE, text);
  }

  /** Writes a type byte, latin1 text and CR LF. */
  #line(type: number, text: string): void {
    const length = text.length;
    if (length > MAX_LINE_CHARACTERS) {
      this.#longLine(type, text);
      return;
    }
    this.ensure(length + 3);
    const { bytes, position } = this;
    bytes[position] = type;
    if (length <= MAX_LOOP_CHARACTERS) {
      for (let i = 0; i < length; i++) bytes[position + 1 + i] = text.charCodeAt(i);
    } else bytes.write(text, position + 1, length, 'latin1');
    bytes[position + 1 + length] = CR;
    bytes[position + 2 + length] = LF;
    this.position = position + 3 + length;
  }

  /** Writes a long line in pieces, so that it needs no contiguous space. */
  #longLine(type: number, text: string): void {
    const encoded = Buffer.from(text, 'latin1');
    this.ensure(1);
    this.bytes[this.position++] = type;
    this.raw(encoded, 0, encoded.length);
    this.#lineEnd();
  }

  /** Writes an ASCII text into reserved space. Returns false if it is not ASCII; `position` has no meaning then. */
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

  /** Writes a type byte, an integer and CR LF. A single digit, which most headers and counters are, is written inline. */
  #header(type: number, n: number | bigint): void {
    if (this.position + MAX_HEADER_BYTES > this.limit) this.overflow(MAX_HEADER_BYTES);
    const bytes = this.bytes;
    let position = this.position;
    bytes[position++] = type;
    if (typeof n === 'number' && n === (n | 0) && n >= 0 && n < 10) bytes[position++] = ZERO + n;
    else position = writeInteger(bytes, position, n);
    bytes[position] = CR;
    bytes[position + 1] = LF;
    this.position = position + 2;
  }

  /** Writes a safe integer as a bulk string. The digits are written first, since their position depends only on the number's size. */
  #bulkDigits(n: number): void {
    this.ensure(MAX_HEADER_BYTES);
    const { bytes, position } = this;
    const isShort = n < 1e9 && n > -1e8;
    const start = position + (isShort ? 4 : 5);
    const end = writeInteger(bytes, start, n);
    const length = end - start;
    bytes[position] = resp.BULK_STRING;
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
    bytes[position] = resp.NULL;
    bytes[position + 1] = CR;
    bytes[position + 2] = LF;
    this.position = position + 3;
  }
}

function withoutBreaks(text: string): string {
  return text.replace(/[\r\n]+$/, '').replace(/[\r\n]/g, ' ');
}
