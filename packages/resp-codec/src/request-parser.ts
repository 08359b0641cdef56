import { splitInlineArguments } from './inline-arguments.js';
import { INCOMPLETE, PARSED, type ParseOutcome, PROTOCOL_ERROR, QUERY_TOO_LARGE } from './parse-outcome.js';
import { PROTOCOL_ERRORS } from './protocol-errors.js';
import type { Request } from './request.js';
import { RequestAssembler } from './request-assembler.js';
import {
  MAX_ASSEMBLED_BYTES,
  type RequestLimits,
  UNAUTHENTICATED_ARGUMENTS,
  UNAUTHENTICATED_BULK_BYTES,
} from './request-limits.js';

const NO_BYTES: Uint8Array = Buffer.alloc(0);
const LF = 0x0a;
const CR = 0x0d;
const DOUBLE_QUOTE = 0x22;
const DOLLAR = 0x24;
const SINGLE_QUOTE = 0x27;
const STAR = 0x2a;
const ZERO = 0x30;
/** `*1\r\n$0\r\n\r\n` and `$0\r\n\r\n`: whatever is shorter can not be complete. */
const SHORTEST_REQUEST = 10;
const SHORTEST_ARGUMENT = 6;
/** Digits after which a length or a count is left to the assembler, which knows 64 bits. */
const MOST_DIGITS = 9;
const LARGE_SPANS = 16384;

const IN_PLACE = 0;
const ASSEMBLING = 1;
const DELIVERED = 2;
const FAILED = 3;

/**
 * Reads RESP and inline requests out of the bytes of one connection.
 *
 * ```ts
 * parser.feed(bytes, start, end);
 * while ((outcome = parser.next()) === PARSED) execute(request);
 * ```
 *
 * A request that stands completely in the fed window is parsed in place: the spans point into the window and nothing is copied or
 * allocated. Only the unfinished one at a window's end is copied, and no byte is read twice.
 */
export class RequestParser {
  /** Set while the client still has to authenticate: Redis then accepts 10 arguments of 16 KiB. */
  unauthenticated = false;
  /** After `PROTOCOL_ERROR`: Redis' text without the leading `-ERR `; bytes of the client in it stand as latin1. */
  error = '';
  /**
   * What `next()` fills; may be changed between calls. While `isInPlace`, requests that were parsed before stay valid too, so a caller
   * may parse several ahead into targets of their own.
   */
  target: Request;
  readonly #limits: RequestLimits;
  #window: Uint8Array = NO_BYTES;
  #position = 0;
  #end = 0;
  /** The window if it is a copy of ours (see `detach`). */
  #backlog: Uint8Array | null = null;
  #state = IN_PLACE;
  #failure: ParseOutcome = PROTOCOL_ERROR;
  #assembler: RequestAssembler | null = null;

  /** `request` is the target that `next()` fills; it and `limits` may serve many parsers. */
  constructor(request: Request, limits: RequestLimits) {
    this.target = request;
    this.#limits = limits;
  }

  /** Whether the last request stands in the window itself, and is valid as long as the window is. O(1). */
  get isInPlace(): boolean {
    return this.#state === IN_PLACE;
  }

  /** Bytes held of this connection: those of the unfinished request, and those that no `next()` has read yet. O(1). */
  get bufferedBytes(): number {
    const unread = this.#end - this.#position;
    return this.#state === ASSEMBLING ? unread + this.#assembler!.bufferedBytes : unread;
  }

  /** Bytes allocated for the unfinished request. O(1). */
  get allocatedBytes(): number {
    return this.#assembler === null ? 0 : this.#assembler.allocatedBytes;
  }

  /**
   * Hands over a window of received bytes. It has to stay unchanged until `next()` returned something other than `PARSED`, or until
   * `detach()`. If a window is still unread, both are joined in a copy. O(1), with an unread window O(bytes).
   */
  feed(bytes: Uint8Array, start: number, end: number): void {
    if (start < 0 || end < start || end > bytes.length)
      throw new RangeError(`window ${start}..${end} of ${bytes.length} bytes`);
    if (this.#state === FAILED) return;
    if (this.#position < this.#end) {
      this.#join(bytes, start, end);
      return;
    }
    if (this.target.spans.length > LARGE_SPANS) this.target.clear();
    this.#window = bytes;
    this.#position = start;
    this.#end = end;
  }

  /**
   * Copies the bytes that were not read yet, so that the window can be reused although requests are left in it (a blocked or paused
   * client); `next()` goes on there later. The request that was returned last stays valid only as long as its window. O(bytes).
   */
  detach(): void {
    if (this.#position === this.#end) this.#dropWindow();
    else this.#join(NO_BYTES, 0, 0);
  }

  /** Drops everything that is held and every failure: the parser is as new. O(1). */
  release(): void {
    this.#dropWindow();
    this.#assembler?.release();
    this.#state = IN_PLACE;
    this.error = '';
  }

  /**
   * Reads the next request into the target. Returns `PARSED`, `INCOMPLETE` (the window is used up), `PROTOCOL_ERROR` (see `error`)
   * or `QUERY_TOO_LARGE`; after the last two nothing is read any more. O(bytes read).
   *
   * Hot: lengths of one and two digits are unrolled, everything is inlined by hand, and whatever is not plain (a split request,
   * a limit, an error) leaves to the assembler, which tells the cases apart. See bench/resp-codec.
   */
  next(): ParseOutcome {
    for (;;) {
      if (this.#state !== IN_PLACE) {
        const outcome = this.#resume();
        if (outcome !== PARSED || this.#state === DELIVERED) return outcome;
      }
      const bytes = this.#window;
      const end = this.#end;
      let at = this.#position;
      if (at === end) {
        this.#dropWindow();
        return INCOMPLETE;
      }
      if (bytes[at] !== STAR) {
        if (this.#inline()) return PARSED;
        continue;
      }
      if (end - at < SHORTEST_REQUEST) {
        this.#state = ASSEMBLING;
        continue;
      }
      const limits = this.#limits;
      let count = bytes[at + 1]! - ZERO;
      if (count < 1 || count > 9) {
        this.#state = ASSEMBLING;
        continue;
      }
      let line = at + 2;
      if (bytes[line] !== CR) {
        let digit = bytes[line]! - ZERO;
        // The bound of ten digits also keeps this inside the window.
        while (digit >= 0 && digit <= 9 && line < at + MOST_DIGITS) {
          count = count * 10 + digit;
          line++;
          digit = bytes[line]! - ZERO;
        }
        const most = this.unauthenticated ? UNAUTHENTICATED_ARGUMENTS : limits.maxArguments;
        if (line + 2 > end || bytes[line] !== CR || count > most) {
          this.#state = ASSEMBLING;
          continue;
        }
      }
      at = line + 2;

      const request = this.target;
      request.bytes = bytes;
      if (2 * count > request.spans.length)
        request.reserveSpans(Math.min(count, 1 + Math.trunc((end - at) / SHORTEST_ARGUMENT)));
      const spans = request.spans;
      let index = 0;
      for (; index < count; index++) {
        if (end - at < SHORTEST_ARGUMENT || bytes[at] !== DOLLAR) {
          this.#takeOver(index, count, at, -1);
          break;
        }
        let length = bytes[at + 1]! - ZERO;
        if (length < 0 || length > 9) {
          this.#takeOver(index, count, at, -1);
          break;
        }
        let start = at + 4;
        if (bytes[at + 2] !== CR) {
          const digit = bytes[at + 2]! - ZERO;
          if (digit < 0 || digit > 9 || length === 0) {
            this.#takeOver(index, count, at, -1);
            break;
          }
          length = length * 10 + digit;
          start = at + 5;
          if (bytes[at + 3] !== CR) {
            length = this.#longLength(length, at + 3);
            if (length < 0) {
              this.#takeOver(index, count, at, -1);
              break;
            }
            start = this.#position;
          }
        }
        const stop = start + length;
        if (stop + 2 > end) {
          this.#takeOver(index, count, start, length);
          break;
        }
        spans[2 * index] = start;
        spans[2 * index + 1] = stop;
        at = stop + 2;
      }
      if (index === count) {
        request.count = count;
        this.#position = at;
        return PARSED;
      }
    }
  }

  /** Reads the third and later digits of a length, `length` being the first two; -1 if it is incomplete, malformed or too large. */
  #longLength(length: number, line: number): number {
    const bytes = this.#window;
    const stop = Math.min(this.#end - 2, line + MOST_DIGITS - 2);
    while (line <= stop) {
      const byte = bytes[line]!;
      if (byte === CR) {
        const most = this.unauthenticated ? UNAUTHENTICATED_BULK_BYTES : this.#limits.maxBulkBytes;
        this.#position = line + 2;
        return length > most ? -1 : length;
      }
      if (byte < ZERO || byte > ZERO + 9) return -1;
      length = length * 10 + byte - ZERO;
      line++;
    }
    return -1;
  }

  /** Gives the request that the window does not hold completely to the assembler. */
  #takeOver(index: number, count: number, position: number, bodyBytes: number): void {
    this.target.count = index;
    this.#assembler ??= new RequestAssembler();
    this.#assembler.takeOver(this.target, count, bodyBytes);
    this.#position = position;
    this.#state = ASSEMBLING;
  }

  /** Reads an inline command that stands in the window and needs no unquoting; leaves every other one to the assembler. */
  #inline(): boolean {
    const bytes = this.#window;
    const start = this.#position;
    const stop = Math.min(this.#end, start + this.#limits.maxInlineBytes + 1);
    let at = start;
    for (; at < stop; at++) {
      const byte = bytes[at]!;
      if (byte === LF) break;
      if (byte === 0 || byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) at = stop;
    }
    if (at >= stop) {
      this.#state = ASSEMBLING;
      return false;
    }
    this.#position = at + 1;
    const request = this.target;
    request.bytes = bytes;
    request.count = 0;
    splitInlineArguments(bytes, start, at > start && bytes[at - 1] === CR ? at - 1 : at, request);
    return request.count > 0;
  }

  /** Goes on where the last call stopped. Returns `PARSED` if `next()` may go on, or has its request if the state is `DELIVERED`. */
  #resume(): ParseOutcome {
    if (this.#state === FAILED) return this.#failure;
    this.#assembler ??= new RequestAssembler();
    const assembler = this.#assembler;
    if (this.#state === DELIVERED) {
      assembler.release();
      this.#state = IN_PLACE;
      return PARSED;
    }
    const outcome = assembler.advance(this.#window, this.#position, this.#end, this.#limits, this.unauthenticated);
    this.#position = assembler.position;
    if (outcome === INCOMPLETE) {
      this.#dropWindow();
      return INCOMPLETE;
    }
    if (outcome !== PARSED) return this.#fail(outcome, assembler.error);
    if (!assembler.deliver(this.target)) return this.#fail(PROTOCOL_ERROR, PROTOCOL_ERRORS.inlineQuotes);
    this.#state = DELIVERED;
    // Redis skips an empty line and an array of no arguments without an answer.
    return this.target.count === 0 ? this.#resume() : PARSED;
  }

  #fail(outcome: ParseOutcome, error: string): ParseOutcome {
    this.release();
    this.#state = FAILED;
    this.#failure = outcome;
    this.error = outcome === PROTOCOL_ERROR ? error : '';
    return outcome;
  }

  /** Joins what is unread and what came in one buffer of our own, which doubles so that the work stays linear. */
  #join(bytes: Uint8Array, start: number, end: number): void {
    const unread = this.#end - this.#position;
    const total = unread + end - start;
    if (total > this.#limits.maxQueryBytes || total > MAX_ASSEMBLED_BYTES) {
      this.#fail(QUERY_TOO_LARGE, '');
      return;
    }
    const own = this.#window === this.#backlog;
    if (!own || this.#end + end - start > this.#window.length) {
      const joined = Buffer.allocUnsafeSlow(own ? 2 * total : total);
      joined.set(this.#window.subarray(this.#position, this.#end));
      this.#backlog = joined;
      this.#window = joined;
      this.#position = 0;
      this.#end = unread;
    }
    this.#window.set(bytes.subarray(start, end), this.#end);
    this.#end += end - start;
  }

  #dropWindow(): void {
    this.#window = NO_BYTES;
    this.#backlog = null;
    this.#position = 0;
    this.#end = 0;
  }
}
