import { copyBytes } from './copy-bytes';
import { DECODED, type DecodeOutcome, MALFORMED, NEED_MORE } from './decode-outcome';
import { GrowingBytes } from './growing-bytes';
import type { LargeIntegers } from './integer-text';
import { type Reply, ReplyError, VerbatimText } from './reply';
import { ReplyBuilder } from './reply-builder';
import { FRAME_ARRAY, FRAME_ATTRIBUTE, FRAME_MAP, FRAME_OBJECT, FRAME_PUSH, FRAME_SET } from './reply-frame';
import { COLON, COMMA, HASH, PARENTHESIS, parseScalar, scalarName, UNDERSCORE } from './scalar-line';
import { ShortText } from './short-text';

/** The types of decoded replies, and limits. */
export interface ReplyDecoderOptions {
  /** Bulk strings as text (UTF-8) or as buffers that the caller owns. Default: `string`. */
  bulk?: 'string' | 'buffer';
  /** Maps of RESP3 as Map, as object without prototype, or as flat array. Default: `map`. */
  maps?: 'map' | 'object' | 'array';
  /** Sets of RESP3 as Set or as array. Default: `set`. */
  sets?: 'set' | 'array';
  /** Integers beyond 2^53 as bigint, as text, or rounded to a number. Default: `bigint`. */
  largeIntegers?: LargeIntegers;
  /** Verbatim strings as text or as `VerbatimText`. Default: `text`. */
  verbatim?: 'text' | 'object';
  /** Maximum length of a string in bytes. Default: 512 MiB. */
  maxBulkBytes?: number;
  /** Maximum nesting depth of containers. Default: 1024. */
  maxDepth?: number;
}

const CR = 0x0d;
const LF = 0x0a;
const ZERO = 0x30;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOLLAR = 0x24;
const STAR = 0x2a;
const EQUALS = 0x3d;
const BANG = 0x21;
const PERCENT = 0x25;
const TILDE = 0x7e;
const GREATER = 0x3e;
const BAR = 0x7c;

/** The length of `:1\r\n`. */
const MIN_NUMBER_LINE_BYTES = 4;
/** The length of `$-1\r\n` and `*-1\r\n`. */
const NULL_LINE_BYTES = 5;
/** A number of up to this many digits is a small integer in V8. */
const MAX_SMALL_DIGITS = 9;
/** A loop searches this many bytes for the end of a line, a native call the rest. */
const MAX_LOOP_BYTES = 64;
const MAX_LINE_BYTES = 65536;
const NO_BYTES: Buffer = Buffer.alloc(0);

/**
 * Decodes replies of RESP2 and RESP3 out of chunks that may end anywhere. No byte is read twice, and the memory in use is proportional
 * to the bytes received.
 *
 * ```ts
 * decoder.feed(chunk);
 * while ((outcome = decoder.next()) === DECODED || outcome === DECODED_PUSH) use(decoder.value);
 * ```
 */
export class ReplyDecoder {
  /** The reply after `DECODED`, the message after `DECODED_PUSH`. */
  value: Reply = null;
  /** The attribute in front of the last reply, or null. */
  attribute: Reply = null;
  /** The reason after `MALFORMED`, else empty. */
  error = '';
  readonly #asBuffer: boolean;
  readonly #mapKind: number;
  readonly #setKind: number;
  readonly #largeIntegers: LargeIntegers;
  readonly #verbatimObject: boolean;
  readonly #maxBulkBytes: number;
  readonly #replies: ReplyBuilder;
  #chunk: Buffer = NO_BYTES;
  #position = 0;
  #end = 0;
  /** The type of the string whose body is incomplete, or 0. */
  #bodyType = 0;
  /** Missing bytes of the body, including its CR LF. */
  #missing = 0;
  /** The start of an incomplete line or body. */
  readonly #stored = new GrowingBytes();
  readonly #text = new ShortText();

  constructor(options: ReplyDecoderOptions = {}) {
    this.#asBuffer = options.bulk === 'buffer';
    this.#mapKind = options.maps === 'object' ? FRAME_OBJECT : options.maps === 'array' ? FRAME_ARRAY : FRAME_MAP;
    this.#setKind = options.sets === 'array' ? FRAME_ARRAY : FRAME_SET;
    this.#largeIntegers = options.largeIntegers ?? 'bigint';
    this.#verbatimObject = options.verbatim === 'object';
    this.#maxBulkBytes = options.maxBulkBytes ?? 512 * 1024 * 1024;
    this.#replies = new ReplyBuilder(this.#mapKind, options.maxDepth ?? 1024);
  }

  /** Bytes stored of incomplete strings and lines, plus unread bytes of the chunk. O(1). */
  get bufferedBytes(): number {
    return this.#stored.length + this.#end - this.#position;
  }

  /**
   * Passes received bytes to the decoder. They must not change until `next()` returns `NEED_MORE`. O(1).
   * @throws Error when the last chunk is not read completely
   */
  feed(chunk: Uint8Array): void {
    if (this.#position < this.#end) throw new Error('the last chunk is not read completely');
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
        this.#bodyType !== 0 ? this.#collectBody() : this.#stored.length > 0 ? this.#collectLine() : this.#readPlain();
      if (outcome !== NEED_MORE) {
        if (this.#replies.attribute !== null) this.#takeAttribute(outcome);
        return outcome;
      }
    }
    this.#dropChunk();
    return NEED_MORE;
  }

  /** Drops all state, as for a new connection. O(1). */
  reset(): void {
    this.value = null;
    this.attribute = null;
    this.error = '';
    this.#replies.reset();
    this.#dropChunk();
    this.#bodyType = 0;
    this.#missing = 0;
    this.#stored.release();
  }

  #takeAttribute(outcome: DecodeOutcome): void {
    if (outcome === DECODED) this.attribute = this.#replies.attribute;
    this.#replies.attribute = null;
  }

  #dropChunk(): void {
    this.#chunk = NO_BYTES;
    this.#text.detach();
    this.#position = 0;
    this.#end = 0;
  }

  /**
   * Reads from the start of a line.
   *
   * Hot: integers of up to nine digits, nulls, and strings and arrays that are complete in the chunk are read in this loop. Every other
   * line, including malformed and incomplete ones, goes to `#scanLine`.
   */
  #readPlain(): DecodeOutcome {
    const chunk = this.#chunk;
    const end = this.#end;
    const replies = this.#replies;
    let at = this.#position;
    let frame = replies.frame;
    while (end - at >= MIN_NUMBER_LINE_BYTES) {
      const type = chunk[at]!;
      let value: Reply = null;
      let line = at + 2;
      let digit = chunk[at + 1]! - ZERO;
      if (digit === MINUS - ZERO && (type === DOLLAR || type === STAR)) {
        if (end - at < NULL_LINE_BYTES || chunk[line] !== ZERO + 1 || chunk[at + 3] !== CR || chunk[at + 4] !== LF)
          break;
        line = at + NULL_LINE_BYTES;
      } else if (type === DOLLAR || type === COLON || type === STAR) {
        if (digit < 0 || digit > 9) break;
        let number = digit;
        const last = Math.min(end - 1, at + MAX_SMALL_DIGITS + 1);
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
          frame = replies.frame;
          continue;
        }
      } else if (type === PLUS) {
        line = at + 1;
        while (line < end && chunk[line] !== LF && line < at + MAX_LOOP_BYTES) line++;
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
        return DECODED;
      }
      frame.items[frame.filled++] = value;
      if (--frame.remaining === 0) {
        this.#position = at;
        const outcome = replies.close();
        if (outcome !== NEED_MORE) return this.#finish(outcome);
        frame = replies.frame;
      }
    }
    this.#position = at;
    return at < end ? this.#scanLine() : NEED_MORE;
  }

  /** Reads a line of any type that starts in the chunk. An incomplete line is stored. */
  #scanLine(): DecodeOutcome {
    const start = this.#position;
    const feed = findLineFeed(this.#chunk, start + 1, this.#end);
    if (feed < 0) {
      this.#stored.append(this.#chunk, start, this.#end, 0);
      this.#position = this.#end;
      return this.#stored.length > MAX_LINE_BYTES ? this.#fail('a line is too long') : NEED_MORE;
    }
    this.#position = feed + 1;
    if (this.#chunk[feed - 1] !== CR || feed - 1 === start - 1) return this.#fail('a line does not end in CR LF');
    return this.#readLine(this.#chunk, start, feed - 1);
  }

  /** Completes a line that started in an earlier chunk. */
  #collectLine(): DecodeOutcome {
    const stored = this.#stored;
    const feed = findLineFeed(this.#chunk, this.#position, this.#end);
    const stop = feed < 0 ? this.#end : feed + 1;
    stored.append(this.#chunk, this.#position, stop, 0);
    this.#position = stop;
    if (stored.length > MAX_LINE_BYTES) return this.#fail('a line is too long');
    if (feed < 0) return NEED_MORE;
    const end = stored.length - 2;
    if (end < 1 || stored.bytes[end] !== CR) return this.#fail('a line does not end in CR LF');
    const outcome = this.#readLine(stored.bytes, 0, end);
    stored.release();
    return outcome;
  }

  /** Reads a complete line: its type is at `start`, its content ends at `end`. */
  #readLine(bytes: Buffer, start: number, end: number): DecodeOutcome {
    const type = bytes[start]!;
    const from = start + 1;
    switch (type) {
      case PLUS:
        return this.#place(bytes.toString('utf8', from, end));
      case MINUS:
        return this.#place(new ReplyError(bytes.toString('utf8', from, end)));
      case COLON:
      case PARENTHESIS:
      case COMMA:
      case UNDERSCORE:
      case HASH: {
        const value = parseScalar(bytes, start, end, this.#largeIntegers);
        return value === undefined ? this.#fail(`malformed ${scalarName(type)}`) : this.#place(value);
      }
      default:
        return this.#readLength(type, bytes.toString('latin1', from, end));
    }
  }

  /** Reads a line that declares a string or a container. */
  #readLength(type: number, text: string): DecodeOutcome {
    if (text === '-1' && (type === DOLLAR || type === STAR)) return this.#place(null);
    if (!/^(0|[1-9]\d{0,14})$/.test(text))
      return this.#fail(declaresLength(type) ? 'malformed length' : 'unknown type of reply');
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
        return this.#replies.depth > 0 ? this.#fail('a push inside of a reply') : this.#begin(FRAME_PUSH, number);
      case BAR:
        return this.#begin(FRAME_ATTRIBUTE, 2 * number);
      default:
        return this.#fail('unknown type of reply');
    }
  }

  /** Reads a string whose body starts at the position, or prepares to collect an incomplete body. */
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
    const count = Math.min(this.#missing, this.#end - this.#position);
    this.#stored.append(this.#chunk, this.#position, this.#position + count, this.#missing - count);
    this.#position += count;
    this.#missing -= count;
    if (this.#missing > 0) return NEED_MORE;
    const type = this.#bodyType;
    const bytes = this.#stored.bytes;
    const length = this.#stored.length - 2;
    this.#bodyType = 0;
    if (bytes[length] !== CR || bytes[length + 1] !== LF) return this.#fail('a string does not end in CR LF');
    const outcome = this.#string(type, bytes, 0, length);
    this.#stored.release();
    return outcome;
  }

  #string(type: number, bytes: Buffer, start: number, end: number): DecodeOutcome {
    if (type === DOLLAR) {
      return this.#place(this.#asBuffer ? copyOf(bytes, start, end) : bytes.toString('utf8', start, end));
    }
    if (type === BANG) return this.#place(new ReplyError(bytes.toString('utf8', start, end)));
    if (end - start < 4 || bytes[start + 3] !== COLON) return this.#fail('malformed verbatim string');
    const text = bytes.toString('utf8', start + 4, end);
    return this.#place(
      this.#verbatimObject ? new VerbatimText(bytes.toString('latin1', start, start + 3), text) : text,
    );
  }

  #begin(kind: number, count: number): DecodeOutcome {
    const outcome = this.#replies.begin(kind, count);
    return outcome === MALFORMED ? this.#fail('replies nest too deep') : this.#finish(outcome);
  }

  #place(value: Reply): DecodeOutcome {
    return this.#finish(this.#replies.place(value));
  }

  /** Shows the value that is complete after `outcome`. */
  #finish(outcome: DecodeOutcome): DecodeOutcome {
    if (outcome !== NEED_MORE) this.value = this.#replies.value;
    return outcome;
  }

  #fail(error: string): DecodeOutcome {
    this.reset();
    this.error = error;
    return MALFORMED;
  }
}

/** Whether a line of this type declares the length of a string or of a container. */
function declaresLength(type: number): boolean {
  return '$*=!%~>|'.includes(String.fromCharCode(type));
}

function copyOf(bytes: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafe(end - start);
  copyBytes(bytes, start, end, copy, 0);
  return copy;
}

/** Returns the position of the next line feed, or -1. */
function findLineFeed(bytes: Buffer, start: number, end: number): number {
  const near = Math.min(end, start + MAX_LOOP_BYTES);
  for (let at = start; at < near; at++) if (bytes[at] === LF) return at;
  if (near === end) return -1;
  return bytes.indexOf(LF, near);
}
