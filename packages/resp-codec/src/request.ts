import { grow } from './allocate';
import { copyBytes } from './copy-bytes';

/** A new request has space for the spans of this many arguments. */
const INITIAL_ARGUMENTS = 32;
/** `clear()` frees a longer span array. */
const MAX_KEPT_SPANS = 16384;
const NO_BYTES: Uint8Array = Buffer.alloc(0);
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;

/**
 * One command as it was received: its bytes, and a span (start, end) for each argument including the command's name.
 *
 * ```
 * bytes   * 2 \r\n $ 3 \r\n G E T \r\n $ 1 \r\n k \r\n
 *                           ^     ^             ^ ^
 * spans                   [ 8,   11,           17,18 ]      count = 2
 * ```
 *
 * A `RequestParser` fills a request with borrowed bytes: they are valid until the next call of any parser that fills the same
 * request. Use `copyArgument()` or `assign()` to keep them longer.
 *
 * The constructor has no parameters and the fields are public, so that a server can extend the class.
 */
export class Request {
  /** The bytes that the spans refer to. */
  bytes: Uint8Array = NO_BYTES;
  /** Start and end of argument `i` at indexes `2 * i` and `2 * i + 1`. Elements from `2 * count` on have no meaning. */
  spans: Int32Array = new Int32Array(2 * INITIAL_ARGUMENTS);
  /** Number of arguments including the command's name. */
  count = 0;

  /** Returns the start of argument `i` in `bytes`. O(1). */
  start(i: number): number {
    return this.spans[2 * i]!;
  }

  /** Returns the end (exclusive) of argument `i` in `bytes`. O(1). */
  end(i: number): number {
    return this.spans[2 * i + 1]!;
  }

  /** Returns the length of argument `i` in bytes. O(1). */
  length(i: number): number {
    return this.spans[2 * i + 1]! - this.spans[2 * i]!;
  }

  /** Returns whether argument `i` equals a lower-case ASCII token, ignoring the case of A to Z. Allocates nothing. O(length). */
  equals(i: number, lowerCaseToken: string): boolean {
    const start = this.spans[2 * i]!;
    const length = this.spans[2 * i + 1]! - start;
    if (length !== lowerCaseToken.length) return false;
    const bytes = this.bytes;
    for (let at = 0; at < length; at++) {
      const byte = bytes[start + at]!;
      const folded = byte >= UPPER_A && byte <= UPPER_Z ? byte | 0x20 : byte;
      if (folded !== lowerCaseToken.charCodeAt(at)) return false;
    }
    return true;
  }

  /** Returns argument `i` decoded as UTF-8. Malformed sequences become U+FFFD, so use it for text and not for keys. O(length). */
  toUtf8(i: number): string {
    return asBuffer(this.bytes).toString('utf8', this.start(i), this.end(i));
  }

  /** Returns argument `i` with one character (U+0000 to U+00FF) for each byte: no byte is lost. O(length). */
  toLatin1(i: number): string {
    return asBuffer(this.bytes).toString('latin1', this.start(i), this.end(i));
  }

  /**
   * Returns a copy of argument `i` that the caller owns. O(length).
   * @throws RangeError when there is not enough memory
   */
  copyArgument(i: number): Buffer {
    const start = this.start(i);
    const end = this.end(i);
    const copy = Buffer.allocUnsafeSlow(end - start);
    copyBytes(this.bytes, start, end, copy, 0);
    return copy;
  }

  /** Returns the sum of all argument lengths in bytes. O(count). */
  argumentBytes(): number {
    let sum = 0;
    for (let i = 0; i < this.count; i++) sum += this.length(i);
    return sum;
  }

  /**
   * Makes this request a copy of `source`, in memory of its own that contains only the arguments. Returns `this`. The copy must not be
   * the target of a parser at the same time. O(argument bytes + count).
   * @throws RangeError when there is not enough memory; nothing is changed then
   */
  assign(source: Request): this {
    const count = source.count;
    const bytes = Buffer.allocUnsafeSlow(source.argumentBytes());
    const spans = new Int32Array(2 * count);
    let at = 0;
    for (let i = 0; i < count; i++) {
      const start = source.start(i);
      const length = source.length(i);
      copyBytes(source.bytes, start, start + length, bytes, at);
      spans[2 * i] = at;
      at += length;
      spans[2 * i + 1] = at;
    }
    this.bytes = bytes;
    this.spans = spans;
    this.count = count;
    return this;
  }

  /**
   * Returns a copy of this request as a plain `Request` (see `assign`). O(argument bytes + count).
   * @throws RangeError when there is not enough memory
   */
  copy(): Request {
    return new Request().assign(this);
  }

  /**
   * Appends the argument `bytes[start, end)`. Amortised O(1).
   * @throws RangeError when there is not enough memory
   */
  appendSpan(start: number, end: number): void {
    if (!this.reserveSpans(this.count + 1)) throw new RangeError(`not enough memory for ${this.count + 1} arguments`);
    this.spans[2 * this.count] = start;
    this.spans[2 * this.count + 1] = end;
    this.count++;
  }

  /**
   * Reserves space for the spans of `count` arguments and keeps the existing ones. Returns false and changes nothing if there is not
   * enough memory. Amortised O(1) per argument.
   */
  reserveSpans(count: number): boolean {
    if (this.spans.length >= 2 * count) return true;
    const grown = grow(this.spans, Math.max(2 * count, 2 * this.spans.length));
    if (grown === null) return false;
    this.spans = grown;
    return true;
  }

  /** Clears the request and releases its bytes, and frees the span array after an unusually long request. O(1). */
  clear(): void {
    this.bytes = NO_BYTES;
    this.count = 0;
    if (this.spans.length > MAX_KEPT_SPANS) this.spans = new Int32Array(2 * INITIAL_ARGUMENTS);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
