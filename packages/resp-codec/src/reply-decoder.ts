import { constants } from 'node:buffer';
import { copyOf } from './allocate';
import { DECODED, type DecodeOutcome, MALFORMED, NEED_MORE } from './decode-outcome';
import { GrowingBytes } from './growing-bytes';
import type { LargeIntegers } from './integer-text';
import { type Reply, ReplyError, VerbatimText } from './reply';
import { ReplyBuilder } from './reply-builder';
import type { ReplyDecoderOptions } from './reply-decoder-options';
import { FRAME_ARRAY, FRAME_ATTRIBUTE, FRAME_MAP, FRAME_OBJECT, FRAME_PUSH, FRAME_SET } from './reply-frame';
import { parseScalar, scalarName } from './scalar-line';
import { ShortText } from './short-text';
import * as resp from './type-bytes';

const CR = 0x0d;
const LF = 0x0a;
const ZERO = 0x30;
const COLON = 0x3a;
const MINUS = 0x2d;

/** The length of `:1\r\n`. */
const MIN_NUMBER_LINE_BYTES = 4;
/** The length of `$-1\r\n` and `*-1\r\n`. */
const NULL_LINE_BYTES = 5;
/** A number of up to this many digits is a small integer in V8. */
const MAX_SMALL_DIGITS = 9;
/** A loop searches this many bytes for the end of a line, a native call the rest. */
const MAX_LOOP_BYTES = 64;
/** Maximum length of a line with a number. Lines with text have the limit of strings. */
const MAX_NUMBER_BYTES = 65536;
/** The type, the CR and the LF of a line. */
const LINE_OVERHEAD_BYTES = 3;
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
  /** Maximum length of a bulk string, and of every other text. */
  readonly #maxBulkBytes: number;
  readonly #maxTextBytes: number;
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
    const maxBytes = options.maxBulkBytes ?? 512 * 1024 * 1024;
    this.#maxTextBytes = Math.min(maxBytes, constants.MAX_STRING_LENGTH);
    this.#maxBulkBytes = this.#asBuffer ? maxBytes : this.#maxTextBytes;
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
      if (digit === MINUS - ZERO && (type === resp.BULK_STRING || type === resp.ARRAY)) {
        if (end - at < NULL_LINE_BYTES || chunk[line] !== ZERO + 1 || chunk[at + 3] !== CR || chunk[at + 4] !== LF)
          break;
        line = at + NULL_LINE_BYTES;
      } else if (type === resp.BULK_STRING || type === resp.INTEGER || type === resp.ARRAY) {
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
        if (type === resp.INTEGER) value = number;
        else if (type === resp.BULK_STRING) {
          const stop = line + number;
          if (stop + 2 > end || number > this.#maxBulkBytes || chunk[stop] !== CR || chunk[stop + 1] !== LF) break;
          value = this.#asBuffer ? copyOf(chunk, line, stop) : this.#text.read(line, stop);
          if (value === null) break;
          line = stop + 2;
        } else {
          at = line;
          this.#position = at;
          const outcome = this.#begin(FRAME_ARRAY, number);
          if (outcome !== NEED_MORE) return outcome;
          frame = replies.frame;
          continue;
        }
      } else if (type === resp.SIMPLE_STRING) {
        line = at + 1;
        while (line < end && chunk[line] !== LF && line < at + MAX_LOOP_BYTES) line++;
        if (line === end || chunk[line] !== LF || chunk[line - 1] !== CR) break;
        value = this.#text.read(at + 1, line - 1);
        line++;
      } else if (type === resp.NULL) {
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
      if (!this.#stored.append(this.#chunk, start, this.#end, 0)) return this.#outOfMemory();
      this.#position = this.#end;
      // Without its end, a line may still get a LF.
      return this.#isTooLong(this.#chunk[start]!, this.#stored.length + 1)
        ? this.#fail('a line is too long')
        : NEED_MORE;
    }
    this.#position = feed + 1;
    if (this.#isTooLong(this.#chunk[start]!, feed + 1 - start)) return this.#fail('a line is too long');
    if (this.#chunk[feed - 1] !== CR || feed - 1 === start - 1) return this.#fail('a line does not end in CR LF');
    return this.#readLine(this.#chunk, start, feed - 1);
  }

  /** Completes a line that started in an earlier chunk. */
  #collectLine(): DecodeOutcome {
    const stored = this.#stored;
    const feed = findLineFeed(this.#chunk, this.#position, this.#end);
    const stop = feed < 0 ? this.#end : feed + 1;
    if (!stored.append(this.#chunk, this.#position, stop, 0)) return this.#outOfMemory();
    this.#position = stop;
    const length = feed < 0 ? stored.length + 1 : stored.length;
    if (this.#isTooLong(stored.bytes[0]!, length)) return this.#fail('a line is too long');
    if (feed < 0) return NEED_MORE;
    const end = stored.length - 2;
    if (end < 1 || stored.bytes[end] !== CR) return this.#fail('a line does not end in CR LF');
    const outcome = this.#readLine(stored.bytes, 0, end);
    stored.release();
    return outcome;
  }

  /** Whether a line of `length` bytes, including its type and CR LF, is longer than its type allows. */
  #isTooLong(type: number, length: number): boolean {
    return (
      length - LINE_OVERHEAD_BYTES >
      (type === resp.SIMPLE_STRING || type === resp.ERROR ? this.#maxTextBytes : MAX_NUMBER_BYTES)
    );
  }

  /** Reads a complete line: its type is at `start`, its content ends at `end`. */
  #readLine(bytes: Buffer, start: number, end: number): DecodeOutcome {
    const type = bytes[start]!;
    const from = start + 1;
    switch (type) {
      case resp.SIMPLE_STRING:
        return this.#place(bytes.toString('utf8', from, end));
      case resp.ERROR:
        return this.#place(new ReplyError(bytes.toString('utf8', from, end)));
      case resp.INTEGER:
      case resp.BIG_NUMBER:
      case resp.DOUBLE:
      case resp.NULL:
      case resp.BOOLEAN: {
        const value = parseScalar(bytes, start, end, this.#largeIntegers);
        return value === undefined ? this.#fail(`malformed ${scalarName(type)}`) : this.#place(value);
      }
      default:
        return this.#readLength(type, bytes.toString('latin1', from, end));
    }
  }

  /** Reads a line that declares a string or a container. */
  #readLength(type: number, text: string): DecodeOutcome {
    if (text === '-1' && (type === resp.BULK_STRING || type === resp.ARRAY)) return this.#place(null);
    if (!/^(0|[1-9]\d{0,14})$/.test(text))
      return this.#fail(declaresLength(type) ? 'malformed length' : 'unknown type of reply');
    const number = Number(text);
    switch (type) {
      case resp.BULK_STRING:
      case resp.VERBATIM:
      case resp.BULK_ERROR:
        return this.#bulk(type, number);
      case resp.ARRAY:
        return this.#begin(FRAME_ARRAY, number);
      case resp.MAP:
        return this.#begin(this.#mapKind, 2 * number);
      case resp.SET:
        return this.#begin(this.#setKind, number);
      case resp.PUSH:
        return this.#replies.depth > 0 ? this.#fail('a push inside of a reply') : this.#begin(FRAME_PUSH, number);
      case resp.ATTRIBUTE:
        return this.#begin(FRAME_ATTRIBUTE, 2 * number);
      default:
        return this.#fail('unknown type of reply');
    }
  }

  /** Reads a string whose body starts at the position, or prepares to collect an incomplete body. */
  #bulk(type: number, length: number): DecodeOutcome {
    if (length > (type === resp.BULK_STRING ? this.#maxBulkBytes : this.#maxTextBytes))
      return this.#fail('a string is too long');
    const start = this.#position;
    const stop = start + length;
    if (stop + 2 > this.#end) {
      this.#bodyType = type;
      this.#missing = length + 2;
      return NEED_MORE;
    }
    if (this.#chunk[stop] !== CR || this.#chunk[stop + 1] !== LF) return this.#fail('a string does not end in CR LF');
    this.#position = stop + 2;
    if (type === resp.BULK_STRING && !this.#asBuffer) return this.#place(this.#text.read(start, stop));
    return this.#string(type, this.#chunk, start, stop);
  }

  #collectBody(): DecodeOutcome {
    const count = Math.min(this.#missing, this.#end - this.#position);
    const isStored = this.#stored.append(this.#chunk, this.#position, this.#position + count, this.#missing - count);
    if (!isStored) return this.#outOfMemory();
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
    if (type === resp.BULK_STRING) {
      if (!this.#asBuffer) return this.#place(bytes.toString('utf8', start, end));
      const copy = copyOf(bytes, start, end);
      return copy === null ? this.#outOfMemory() : this.#place(copy);
    }
    if (type === resp.BULK_ERROR) return this.#place(new ReplyError(bytes.toString('utf8', start, end)));
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

  #outOfMemory(): DecodeOutcome {
    return this.#fail('not enough memory for a reply');
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

/** Returns the position of the next line feed, or -1. */
function findLineFeed(bytes: Buffer, start: number, end: number): number {
  const near = Math.min(end, start + MAX_LOOP_BYTES);
  for (let at = start; at < near; at++) if (bytes[at] === LF) return at;
  if (near === end) return -1;
  return bytes.indexOf(LF, near);
}
