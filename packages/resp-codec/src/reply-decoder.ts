import { copyBytes } from './copy-bytes';
import { GrowingBytes } from './growing-bytes';
import { type LargeIntegers, parseIntegerText } from './integer-text';
import { type Reply, ReplyError, VerbatimText } from './reply';
import {
  FRAME_ARRAY,
  FRAME_ATTRIBUTE,
  FRAME_MAP,
  FRAME_OBJECT,
  FRAME_PUSH,
  FRAME_SET,
  ReplyFrame,
} from './reply-frame';
import { ShortText } from './short-text';

/** A reply was read: `value` holds it. */
export const DECODED = 0;
/** The bytes are used up: feed more. */
export const NEED_MORE = 1;
/** A message out of band was read: `value` holds its array. It answers no command. */
export const DECODED_PUSH = 2;
/** The bytes are not RESP: `error` says why. Every later call returns the same; close the connection. */
export const MALFORMED = 3;

/** What `ReplyDecoder.next()` returns. */
export type DecodeOutcome = typeof DECODED | typeof NEED_MORE | typeof DECODED_PUSH | typeof MALFORMED;

/** How replies become values. */
export interface ReplyDecoderOptions {
  /** Bulk strings as text (UTF-8) or as buffers of their own. Default: `string`. */
  bulk?: 'string' | 'buffer';
  /** Maps of RESP3 as Map, as object without prototype, or as flat array. Default: `map`. */
  maps?: 'map' | 'object' | 'array';
  /** Sets of RESP3 as Set or as array. Default: `set`. */
  sets?: 'set' | 'array';
  /** Integers beyond 2^53 as bigint, as text, or rounded to a number. Default: `bigint`. */
  largeIntegers?: LargeIntegers;
  /** Verbatim strings as their text or as `VerbatimText`. Default: `text`. */
  verbatim?: 'text' | 'object';
  /** The longest string that is accepted, in bytes. Default: 512 MiB. */
  maxBulkBytes?: number;
  /** How deep containers may nest. Default: 1024. */
  maxDepth?: number;
}

const CR = 0x0d;
const LF = 0x0a;
const ZERO = 0x30;
const MINUS = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const DOLLAR = 0x24;
const STAR = 0x2a;
const COMMA = 0x2c;
const UNDERSCORE = 0x5f;
const HASH = 0x23;
const PARENTHESIS = 0x28;
const EQUALS = 0x3d;
const BANG = 0x21;
const PERCENT = 0x25;
const TILDE = 0x7e;
const GREATER = 0x3e;
const BAR = 0x7c;

/** `:1\r\n`; below this many bytes no number is complete. */
const SHORTEST_NUMBER_LINE = 4;
/** `$-1\r\n` and `*-1\r\n`. */
const NULL_LINE = 5;
/** Numbers of so many digits are small integers to V8. */
const PLAIN_DIGITS = 9;
/** Line ends are looked for by a loop over this many bytes, then by a call. */
const PLAIN_TEXT = 64;
const MAX_LINE_BYTES = 65536;
const NO_BYTES: Buffer = Buffer.alloc(0);

/**
 * Reads replies of RESP2 and RESP3 out of chunks that may end anywhere; no byte is read twice, and memory follows what was received.
 *
 * ```ts
 * decoder.feed(chunk);
 * while ((outcome = decoder.next()) === DECODED || outcome === DECODED_PUSH) use(decoder.value);
 * ```
 */
export class ReplyDecoder {
  /** The reply after `DECODED`, the message after `DECODED_PUSH`. */
  value: Reply = null;
  /** The attribute that stood in front of the last reply, or null. */
  attribute: Reply = null;
  /** What is wrong after `MALFORMED`. */
  error = '';
  readonly #asBuffer: boolean;
  readonly #mapKind: number;
  readonly #setKind: number;
  readonly #largeIntegers: LargeIntegers;
  readonly #verbatimObject: boolean;
  readonly #maxBulkBytes: number;
  readonly #maxDepth: number;
  readonly #frames: ReplyFrame[] = [new ReplyFrame()];
  #depth = 0;
  #chunk: Buffer = NO_BYTES;
  #position = 0;
  #end = 0;
  /** The type of the string whose body is being collected, or 0; and what is missing of it, its line's end included. */
  #bodyType = 0;
  #missing = 0;
  #attributeSeen: Reply = null;
  readonly #held = new GrowingBytes();
  readonly #text = new ShortText();

  constructor(options: ReplyDecoderOptions = {}) {
    this.#asBuffer = options.bulk === 'buffer';
    this.#mapKind = options.maps === 'object' ? FRAME_OBJECT : options.maps === 'array' ? FRAME_ARRAY : FRAME_MAP;
    this.#setKind = options.sets === 'array' ? FRAME_ARRAY : FRAME_SET;
    this.#largeIntegers = options.largeIntegers ?? 'bigint';
    this.#verbatimObject = options.verbatim === 'object';
    this.#maxBulkBytes = options.maxBulkBytes ?? 512 * 1024 * 1024;
    this.#maxDepth = options.maxDepth ?? 1024;
  }

  /** Bytes held of strings and lines that are not complete. O(1). */
  get bufferedBytes(): number {
    return this.#held.length + this.#end - this.#position;
  }

  /**
   * Hands over received bytes; they have to stay unchanged until `next()` returned `NEED_MORE`. Throws if the chunk before it was
   * not used up. O(1).
   */
  feed(chunk: Uint8Array): void {
    if (this.#position < this.#end) throw new Error('the chunk before this one is not used up');
    if (this.error !== '') return;
    this.#chunk = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#position = 0;
    this.#end = chunk.length;
    this.#text.attach(this.#chunk);
  }

  /** Reads the next reply. O(bytes read). */
  next(): DecodeOutcome {
    if (this.error !== '') return MALFORMED;
    this.attribute = null;
    while (this.#position < this.#end) {
      const outcome =
        this.#bodyType !== 0 ? this.#collectBody() : this.#held.length > 0 ? this.#collectLine() : this.#readPlain();
      if (outcome !== NEED_MORE) {
        this.#attributeSeen = null;
        return outcome;
      }
    }
    this.#chunk = NO_BYTES;
    this.#text.detach();
    this.#position = 0;
    this.#end = 0;
    return NEED_MORE;
  }

  /** Forgets everything, as for a new connection. O(1). */
  reset(): void {
    this.value = null;
    this.attribute = null;
    this.error = '';
    this.#depth = 0;
    this.#chunk = NO_BYTES;
    this.#text.detach();
    this.#position = 0;
    this.#end = 0;
    this.#bodyType = 0;
    this.#missing = 0;
    this.#attributeSeen = null;
    this.#held.release();
  }

  /**
   * Reads on from the start of a line.
   *
   * Hot: integers of up to nine digits (a small integer to V8), strings and arrays that stand in the chunk are read in this loop,
   * as are the nulls; whatever else there is, a malformed or an incomplete line among it, takes the way over `#scanLine`.
   */
  #readPlain(): DecodeOutcome {
    const chunk = this.#chunk;
    const end = this.#end;
    let at = this.#position;
    let frame = this.#depth > 0 ? this.#frames[this.#depth - 1]! : null;
    while (end - at >= SHORTEST_NUMBER_LINE) {
      const type = chunk[at]!;
      let value: Reply = null;
      let line = at + 2;
      let digit = chunk[at + 1]! - ZERO;
      if (digit === MINUS - ZERO && (type === DOLLAR || type === STAR)) {
        if (end - at < NULL_LINE || chunk[line] !== ZERO + 1 || chunk[at + 3] !== CR || chunk[at + 4] !== LF) break;
        line = at + NULL_LINE;
      } else if (type === DOLLAR || type === COLON || type === STAR) {
        if (digit < 0 || digit > 9) break;
        let number = digit;
        const last = Math.min(end - 1, at + PLAIN_DIGITS + 1);
        for (; line < last; line++) {
          digit = chunk[line]! - ZERO;
          if (digit < 0 || digit > 9) break;
          number = number * 10 + digit;
        }
        if (line + 1 >= end || chunk[line] !== CR || chunk[line + 1] !== LF) break;
        line += 2;
        if (type === COLON) value = number;
        else if (type === DOLLAR) {
          const stop = line + number;
          if (stop + 2 > end || number > this.#maxBulkBytes || chunk[stop] !== CR || chunk[stop + 1] !== LF) break;
          value = this.#asBuffer ? copyOf(chunk, line, stop) : this.#text.read(line, stop);
          line = stop + 2;
        } else {
          at = line;
          this.#position = at;
          const outcome = this.#begin(FRAME_ARRAY, number);
          if (outcome !== NEED_MORE) return outcome;
          frame = this.#depth > 0 ? this.#frames[this.#depth - 1]! : null;
          continue;
        }
      } else if (type === PLUS) {
        line = at + 1;
        while (line < end && chunk[line] !== LF && line < at + PLAIN_TEXT) line++;
        if (line === end || chunk[line] !== LF || chunk[line - 1] !== CR) break;
        value = this.#text.read(at + 1, line - 1);
        line++;
      } else if (type === UNDERSCORE) {
        if (chunk[at + 1] !== CR || chunk[at + 2] !== LF) break;
        line = at + 3;
      } else break;
      at = line;
      if (frame === null) {
        this.#position = at;
        this.value = value;
        this.attribute = this.#attributeSeen;
        return DECODED;
      }
      frame.items[frame.filled++] = value;
      if (--frame.remaining === 0) {
        this.#position = at;
        const outcome = this.#close(frame);
        if (outcome !== NEED_MORE) return outcome;
        frame = this.#depth > 0 ? this.#frames[this.#depth - 1]! : null;
      }
    }
    this.#position = at;
    return at < end ? this.#scanLine() : NEED_MORE;
  }

  /** Reads a line of any type that starts in the chunk; one that is not complete is held. */
  #scanLine(): DecodeOutcome {
    const start = this.#position;
    const feed = lineFeed(this.#chunk, start + 1, this.#end);
    if (feed < 0) {
      this.#held.append(this.#chunk, start, this.#end, 0);
      this.#position = this.#end;
      return this.#held.length > MAX_LINE_BYTES ? this.#fail('a line is too long') : NEED_MORE;
    }
    this.#position = feed + 1;
    if (this.#chunk[feed - 1] !== CR || feed - 1 === start - 1) return this.#fail('a line does not end in CR LF');
    return this.#readLine(this.#chunk, start, feed - 1);
  }

  /** Completes a line that began in an earlier chunk. */
  #collectLine(): DecodeOutcome {
    const held = this.#held;
    const feed = lineFeed(this.#chunk, this.#position, this.#end);
    const stop = feed < 0 ? this.#end : feed + 1;
    held.append(this.#chunk, this.#position, stop, 0);
    this.#position = stop;
    if (held.length > MAX_LINE_BYTES) return this.#fail('a line is too long');
    if (feed < 0) return NEED_MORE;
    const line = Buffer.from(held.bytes.subarray(0, held.length));
    held.release();
    if (line.length < 3 || line[line.length - 2] !== CR) return this.#fail('a line does not end in CR LF');
    return this.#readLine(line, 0, line.length - 2);
  }

  /** Reads a complete line: its type at `start`, its content up to `end`. */
  #readLine(bytes: Buffer, start: number, end: number): DecodeOutcome {
    const type = bytes[start]!;
    const from = start + 1;
    switch (type) {
      case PLUS:
        return this.#place(bytes.toString('utf8', from, end));
      case MINUS:
        return this.#place(new ReplyError(bytes.toString('utf8', from, end)));
      case COLON: {
        const value = parseIntegerText(bytes.toString('latin1', from, end), this.#largeIntegers);
        return value === undefined ? this.#fail('malformed integer') : this.#place(value);
      }
      case PARENTHESIS: {
        const text = bytes.toString('latin1', from, end);
        return /^[+-]?\d+$/.test(text)
          ? this.#place(BigInt(text.replace('+', '')))
          : this.#fail('malformed big number');
      }
      case COMMA:
        return this.#double(bytes.toString('latin1', from, end));
      case UNDERSCORE:
        return end === from ? this.#place(null) : this.#fail('malformed null');
      case HASH:
        if (end !== from + 1 || (bytes[from] !== 0x74 && bytes[from] !== 0x66)) return this.#fail('malformed boolean');
        return this.#place(bytes[from] === 0x74);
      default:
        return this.#readLength(type, bytes.toString('latin1', from, end));
    }
  }

  /** Reads a line that announces a string or a container. */
  #readLength(type: number, text: string): DecodeOutcome {
    if (text === '-1' && (type === DOLLAR || type === STAR)) return this.#place(null);
    if (!/^(0|[1-9]\d{0,14})$/.test(text))
      return this.#fail(isKnown(type) ? 'malformed length' : 'unknown type of reply');
    const number = Number(text);
    switch (type) {
      case DOLLAR:
      case EQUALS:
      case BANG:
        return this.#bulk(type, number);
      case STAR:
        return this.#begin(FRAME_ARRAY, number);
      case PERCENT:
        return this.#begin(this.#mapKind, 2 * number);
      case TILDE:
        return this.#begin(this.#setKind, number);
      case GREATER:
        return this.#depth > 0 ? this.#fail('a push inside of a reply') : this.#begin(FRAME_PUSH, number);
      case BAR:
        return this.#begin(FRAME_ATTRIBUTE, 2 * number);
      default:
        return this.#fail('unknown type of reply');
    }
  }

  #double(text: string): DecodeOutcome {
    if (/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)) return this.#place(Number(text));
    if (/^[+-]?inf$/i.test(text)) return this.#place(text[0] === '-' ? -Infinity : Infinity);
    if (/^-?nan/i.test(text)) return this.#place(Number.NaN);
    return this.#fail('malformed double');
  }

  /** Reads a string whose body starts at the position: at once if it is there, otherwise bit by bit. */
  #bulk(type: number, length: number): DecodeOutcome {
    if (length > this.#maxBulkBytes) return this.#fail('a string is too long');
    const start = this.#position;
    const stop = start + length;
    if (stop + 2 > this.#end) {
      this.#bodyType = type;
      this.#missing = length + 2;
      return NEED_MORE;
    }
    if (this.#chunk[stop] !== CR || this.#chunk[stop + 1] !== LF) return this.#fail('a string does not end in CR LF');
    this.#position = stop + 2;
    if (type === DOLLAR && !this.#asBuffer) return this.#place(this.#text.read(start, stop));
    return this.#string(type, this.#chunk, start, stop);
  }

  #collectBody(): DecodeOutcome {
    const taken = Math.min(this.#missing, this.#end - this.#position);
    this.#held.append(this.#chunk, this.#position, this.#position + taken, this.#missing - taken);
    this.#position += taken;
    this.#missing -= taken;
    if (this.#missing > 0) return NEED_MORE;
    const type = this.#bodyType;
    const bytes = this.#held.bytes;
    const length = this.#held.length - 2;
    this.#bodyType = 0;
    if (bytes[length] !== CR || bytes[length + 1] !== LF) return this.#fail('a string does not end in CR LF');
    const outcome = this.#string(type, bytes, 0, length);
    this.#held.release();
    return outcome;
  }

  #string(type: number, bytes: Buffer, start: number, end: number): DecodeOutcome {
    if (type === DOLLAR) {
      if (!this.#asBuffer) return this.#place(bytes.toString('utf8', start, end));
      return this.#place(copyOf(bytes, start, end));
    }
    if (type === BANG) return this.#place(new ReplyError(bytes.toString('utf8', start, end)));
    if (end - start < 4 || bytes[start + 3] !== COLON) return this.#fail('malformed verbatim string');
    const text = bytes.toString('utf8', start + 4, end);
    return this.#place(
      this.#verbatimObject ? new VerbatimText(bytes.toString('latin1', start, start + 3), text) : text,
    );
  }

  #begin(kind: number, count: number): DecodeOutcome {
    if (this.#depth === this.#maxDepth) return this.#fail('replies nest too deep');
    if (this.#depth === this.#frames.length) this.#frames.push(new ReplyFrame());
    const frame = this.#frames[this.#depth]!;
    frame.begin(kind, count);
    this.#depth++;
    return count === 0 ? this.#close(frame) : NEED_MORE;
  }

  /** Puts a value where it belongs; `NEED_MORE` stands for: the reply goes on. */
  #place(value: Reply): DecodeOutcome {
    if (this.#depth === 0) {
      this.value = value;
      this.attribute = this.#attributeSeen;
      return DECODED;
    }
    const frame = this.#frames[this.#depth - 1]!;
    frame.items[frame.filled++] = value;
    return --frame.remaining === 0 ? this.#close(frame) : NEED_MORE;
  }

  #close(frame: ReplyFrame): DecodeOutcome {
    this.#depth--;
    const value = frame.finish(this.#mapKind);
    if (frame.kind === FRAME_ATTRIBUTE) {
      // One that stands inside of a container describes an element: nobody could tell which, so it is dropped.
      if (this.#depth === 0) this.#attributeSeen = value;
      return NEED_MORE;
    }
    if (frame.kind !== FRAME_PUSH) return this.#place(value);
    this.value = value;
    return DECODED_PUSH;
  }

  #fail(error: string): DecodeOutcome {
    this.reset();
    this.error = error;
    return MALFORMED;
  }
}

function isKnown(type: number): boolean {
  return '$*=!%~>|'.includes(String.fromCharCode(type));
}

function copyOf(bytes: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafe(end - start);
  copyBytes(bytes, start, end, copy, 0);
  return copy;
}

/** Where the next line feed stands, or -1. */
function lineFeed(bytes: Buffer, start: number, end: number): number {
  const near = Math.min(end, start + PLAIN_TEXT);
  for (let at = start; at < near; at++) if (bytes[at] === LF) return at;
  if (near === end) return -1;
  return bytes.indexOf(LF, near);
}
