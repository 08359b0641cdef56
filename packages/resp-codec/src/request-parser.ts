import { allocate } from './allocate';
import { copyBytes } from './copy-bytes';
import { maxInlineArguments, splitInlineArguments } from './inline-arguments';
import { INCOMPLETE, OUT_OF_MEMORY, PARSED, type ParseOutcome, PROTOCOL_ERROR, QUERY_TOO_LARGE } from './parse-outcome';
import type { Request } from './request';
import { RequestAssembler } from './request-assembler';
import {
  MAX_ASSEMBLED_BYTES,
  type RequestLimits,
  UNAUTHENTICATED_ARGUMENTS,
  UNAUTHENTICATED_BULK_BYTES,
} from './request-limits';

const NO_BYTES: Uint8Array = Buffer.alloc(0);
const LF = 0x0a;
const CR = 0x0d;
const DOUBLE_QUOTE = 0x22;
const DOLLAR = 0x24;
const SINGLE_QUOTE = 0x27;
const STAR = 0x2a;
const ZERO = 0x30;
/** The length of `*1\r\n$0\r\n\r\n`: anything shorter is incomplete. */
const MIN_REQUEST_BYTES = 10;
/** The length of `$0\r\n\r\n`. */
const MIN_ARGUMENT_BYTES = 6;
/** A length or count with more digits goes to the assembler, which reads 64 bits. */
const MAX_DIGITS = 9;
/** A longer span array is freed before the next window. */
const MAX_KEPT_SPANS = 16384;

const IN_PLACE = 0;
const ASSEMBLING = 1;
const DELIVERED = 2;
const FAILED = 3;

/**
 * Parses the RESP and inline requests of one connection.
 *
 * ```ts
 * parser.feed(bytes, start, end);
 * while ((outcome = parser.next()) === PARSED) execute(request);
 * ```
 *
 * A request that is complete in the window is parsed in place: its spans point into the window, and nothing is copied or allocated.
 * Only an incomplete request at the end of a window is copied. No byte is read twice.
 */
export class RequestParser {
  /** Set it until the client has authenticated: it may then send 10 arguments of 16 KiB, as in Redis. */
  unauthenticated = false;
  /** The error text of Redis after `PROTOCOL_ERROR`, without the leading `-ERR `. Bytes of the client in it are decoded as latin1. */
  error = '';
  /**
   * The request that `next()` fills. It may be replaced between calls. While `isInPlace` is true, earlier requests stay valid too, so
   * a caller can parse several requests ahead into one target each.
   */
  target: Request;
  /** Empty lines and arrays without arguments that `next()` has skipped since the caller set this to 0. */
  skippedRequests = 0;
  readonly #limits: RequestLimits;
  #window: Uint8Array = NO_BYTES;
  #position = 0;
  #end = 0;
  /** The window, if it is a copy that the parser owns (see `detach`). */
  #backlog: Buffer | null = null;
  #state = IN_PLACE;
  #failure: ParseOutcome = PROTOCOL_ERROR;
  #assembler: RequestAssembler | null = null;

  /** `request` becomes the target. Many parsers may share a request and limits. */
  constructor(request: Request, limits: RequestLimits) {
    this.target = request;
    this.#limits = limits;
  }

  /** Whether the last request is in the window itself, and so is valid as long as the window. O(1). */
  get isInPlace(): boolean {
    return this.#state === IN_PLACE;
  }

  /** Bytes stored for this connection: those of the incomplete request and those that `next()` has not read yet. O(1). */
  get bufferedBytes(): number {
    const unread = this.#end - this.#position;
    return this.#state === ASSEMBLING ? unread + this.#assembler!.bufferedBytes : unread;
  }

  /** Bytes allocated for the incomplete request. O(1). */
  get allocatedBytes(): number {
    return this.#assembler === null ? 0 : this.#assembler.allocatedBytes;
  }

  /**
   * Passes a window of received bytes, `bytes[start, end)`, to the parser. The window must not change until `next()` returns something
   * other than `PARSED`, or until `detach()`. If the last window is not read completely, both are joined in a copy.
   *
   * O(1); O(bytes) if windows are joined.
   * @throws RangeError when the window is not a part of `bytes`
   */
  feed(bytes: Uint8Array, start: number, end: number): void {
    if (start < 0 || end < start || end > bytes.length)
      throw new RangeError(`window ${start}..${end} of ${bytes.length} bytes`);
    if (this.#state === FAILED) return;
    if (this.#position < this.#end) {
      this.#join(bytes, start, end);
      return;
    }
    if (this.target.spans.length > MAX_KEPT_SPANS) this.target.clear();
    this.#window = bytes;
    this.#position = start;
    this.#end = end;
  }

  /**
   * Copies the unread bytes, so that the caller can reuse the window although it still contains requests (of a blocked or paused
   * client). `next()` continues with the copy. The last request stays valid only as long as its window. O(bytes).
   */
  detach(): void {
    if (this.#position === this.#end) this.#dropWindow();
    else this.#join(NO_BYTES, 0, 0);
  }

  /** Frees all stored bytes and clears a failure: the parser is as after its construction. O(1). */
  release(): void {
    this.#dropWindow();
    this.#assembler?.release();
    this.#state = IN_PLACE;
    this.error = '';
  }

  /**
   * Reads the next request into the target. Returns `PARSED`, `INCOMPLETE` (the window is read completely), `PROTOCOL_ERROR` (see
   * `error`), `QUERY_TOO_LARGE` or `OUT_OF_MEMORY`. After the last three, every call returns the same. O(bytes read).
   *
   * Hot: lengths of one and two digits are unrolled and everything is inlined by hand. Every other case (a split request, a limit,
   * an error) goes to the assembler. See apps/bench/src/micro/resp-codec.
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
      if (end - at < MIN_REQUEST_BYTES) {
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
        // At most nine digits are read, so this stays inside the window.
        while (digit >= 0 && digit <= 9 && line < at + MAX_DIGITS) {
          count = count * 10 + digit;
          line++;
          digit = bytes[line]! - ZERO;
        }
        const maxArguments = this.unauthenticated ? UNAUTHENTICATED_ARGUMENTS : limits.maxArguments;
        if (line + 2 > end || bytes[line] !== CR || count > maxArguments) {
          this.#state = ASSEMBLING;
          continue;
        }
      }
      at = line + 2;

      const request = this.target;
      request.bytes = bytes;
      if (2 * count > request.spans.length) {
        const reserved = request.reserveSpans(Math.min(count, 1 + Math.trunc((end - at) / MIN_ARGUMENT_BYTES)));
        if (!reserved) return this.#fail(OUT_OF_MEMORY, '');
      }
      const spans = request.spans;
      let index = 0;
      for (; index < count; index++) {
        if (end - at < MIN_ARGUMENT_BYTES || bytes[at] !== DOLLAR) {
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

  /** Reads the digits of a length after the first two, which are in `length`. Returns -1 if it is incomplete, malformed or too large. */
  #longLength(length: number, line: number): number {
    const bytes = this.#window;
    const stop = Math.min(this.#end - 2, line + MAX_DIGITS - 2);
    while (line <= stop) {
      const byte = bytes[line]!;
      if (byte === CR) {
        const maxBytes = this.unauthenticated ? UNAUTHENTICATED_BULK_BYTES : this.#limits.maxBulkBytes;
        this.#position = line + 2;
        return length > maxBytes ? -1 : length;
      }
      if (byte < ZERO || byte > ZERO + 9) return -1;
      length = length * 10 + byte - ZERO;
      line++;
    }
    return -1;
  }

  /** Passes a request that is incomplete in the window to the assembler. */
  #takeOver(index: number, count: number, position: number, bodyBytes: number): void {
    this.target.count = index;
    this.#assembler ??= new RequestAssembler();
    if (this.#assembler.takeOver(this.target, count, bodyBytes)) {
      this.#position = position;
      this.#state = ASSEMBLING;
    } else this.#fail(OUT_OF_MEMORY, '');
  }

  /** Reads an inline command that is complete in the window and has no quotes. Every other one goes to the assembler. */
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
    if (!request.reserveSpans(maxInlineArguments(at - start))) {
      this.#fail(OUT_OF_MEMORY, '');
      return false;
    }
    splitInlineArguments(bytes, start, at > start && bytes[at - 1] === CR ? at - 1 : at, request);
    if (request.count > 0) return true;
    this.skippedRequests++;
    return false;
  }

  /** Continues where the last call stopped. After `PARSED`, the target is filled if the state is `DELIVERED`; else `next()` continues. */
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
    const delivery = assembler.deliver(this.target);
    if (delivery !== PARSED) return this.#fail(delivery, assembler.error);
    this.#state = DELIVERED;
    // Like Redis, skip an empty line and an array without arguments; neither has a reply.
    if (this.target.count > 0) return PARSED;
    this.skippedRequests++;
    return this.#resume();
  }

  #fail(outcome: ParseOutcome, error: string): ParseOutcome {
    this.release();
    this.#state = FAILED;
    this.#failure = outcome;
    this.error = outcome === PROTOCOL_ERROR ? error : '';
    return outcome;
  }

  /** Joins the unread bytes and `bytes[start, end)` in a buffer that the parser owns. Its size doubles, so the work stays linear. */
  #join(bytes: Uint8Array, start: number, end: number): void {
    const unread = this.#end - this.#position;
    const total = unread + end - start;
    if (total > this.#limits.maxQueryBytes || total > MAX_ASSEMBLED_BYTES) {
      this.#fail(QUERY_TOO_LARGE, '');
      return;
    }
    const isOwned = this.#window === this.#backlog;
    if (!isOwned || this.#end + end - start > this.#window.length) {
      const joined = allocate(isOwned ? 2 * total : total);
      if (joined === null) {
        this.#fail(OUT_OF_MEMORY, '');
        return;
      }
      copyBytes(this.#window, this.#position, this.#end, joined, 0);
      this.#backlog = joined;
      this.#window = joined;
      this.#position = 0;
      this.#end = unread;
    }
    copyBytes(bytes, start, end, this.#backlog!, this.#end);
    this.#end += end - start;
  }

  #dropWindow(): void {
    this.#window = NO_BYTES;
    this.#backlog = null;
    this.#position = 0;
    this.#end = 0;
  }
}
