/** Spans of up to this many arguments fit into a fresh request; an array grown past `LARGE_SPANS` is dropped again. */
const INITIAL_ARGUMENTS = 32;
const LARGE_SPANS = 16384;
const NO_BYTES: Uint8Array = Buffer.alloc(0);
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;

/**
 * One command as it was received: a run of bytes and one (start, end) pair for each argument, the command's name included.
 *
 * ```
 * bytes   * 2 \r\n $ 3 \r\n G E T \r\n $ 1 \r\n k \r\n
 *                           ^     ^             ^ ^
 * spans                   [ 8,   11,           17,18 ]      count = 2
 * ```
 *
 * A request that a `RequestParser` fills borrows its bytes: they are valid until the next call of any parser that fills the same
 * request. Whoever needs it for longer takes `copyArgument()` or `assign()`.
 *
 * The constructor takes no arguments and the fields are plain, so that a server can extend the class with what its commands need.
 */
export class Request {
  /** What the spans refer to. */
  bytes: Uint8Array = NO_BYTES;
  /** Start and end of argument `i` at `2 * i` and `2 * i + 1`; entries from `2 * count` on are stale. */
  spans: Int32Array = new Int32Array(2 * INITIAL_ARGUMENTS);
  /** Number of arguments, the command's name included. */
  count = 0;

  /** Returns where argument `i` starts in `bytes`. O(1). */
  start(i: number): number {
    return this.spans[2 * i]!;
  }

  /** Returns where argument `i` ends in `bytes` (exclusive). O(1). */
  end(i: number): number {
    return this.spans[2 * i + 1]!;
  }

  /** Returns the length of argument `i` in bytes. O(1). */
  length(i: number): number {
    return this.spans[2 * i + 1]! - this.spans[2 * i]!;
  }

  /** Returns whether argument `i` is the given lower-case ASCII token, ignoring the case of A to Z; allocates nothing. O(length). */
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

  /** Returns argument `i` decoded as UTF-8; malformed sequences become U+FFFD, so this is for text, not for keys. O(length). */
  toUtf8(i: number): string {
    return asBuffer(this.bytes).toString('utf8', this.start(i), this.end(i));
  }

  /** Returns argument `i` with one character (U+0000 to U+00FF) for each byte: nothing is lost, whatever the bytes. O(length). */
  toLatin1(i: number): string {
    return asBuffer(this.bytes).toString('latin1', this.start(i), this.end(i));
  }

  /** Returns a fresh copy of argument `i` that the caller owns. O(length). */
  copyArgument(i: number): Buffer {
    const start = this.start(i);
    const copy = Buffer.allocUnsafeSlow(this.end(i) - start);
    copy.set(this.bytes.subarray(start, this.end(i)));
    return copy;
  }

  /** Returns the sum of all argument lengths in bytes. O(count). */
  argumentBytes(): number {
    let sum = 0;
    for (let i = 0; i < this.count; i++) sum += this.length(i);
    return sum;
  }

  /**
   * Turns this request into a snapshot of another one, in memory of its own that holds the arguments and nothing else.
   * O(argument bytes + count). Returns `this`. A snapshot must not be the target of a parser at the same time.
   */
  assign(source: Request): this {
    const count = source.count;
    const bytes = Buffer.allocUnsafeSlow(source.argumentBytes());
    const spans = new Int32Array(2 * count);
    let at = 0;
    for (let i = 0; i < count; i++) {
      const start = source.start(i);
      const length = source.length(i);
      if (length > 0) bytes.set(source.bytes.subarray(start, start + length), at);
      spans[2 * i] = at;
      at += length;
      spans[2 * i + 1] = at;
    }
    this.bytes = bytes;
    this.spans = spans;
    this.count = count;
    return this;
  }

  /** Returns a snapshot of this request as a plain `Request` (see `assign`). O(argument bytes + count). */
  copy(): Request {
    return new Request().assign(this);
  }

  /** Appends an argument that stands at start..end of `bytes`. Amortised O(1). */
  appendSpan(start: number, end: number): void {
    this.reserveSpans(this.count + 1);
    this.spans[2 * this.count] = start;
    this.spans[2 * this.count + 1] = end;
    this.count++;
  }

  /** Makes room for the spans of `count` arguments and keeps those that stand. Amortised O(1) an argument. */
  reserveSpans(count: number): void {
    if (this.spans.length >= 2 * count) return;
    const grown = new Int32Array(Math.max(2 * count, 2 * this.spans.length));
    grown.set(this.spans);
    this.spans = grown;
  }

  /** Forgets the request, its bytes, and a span array that an unusually long request has left behind. O(1). */
  clear(): void {
    this.bytes = NO_BYTES;
    this.count = 0;
    if (this.spans.length > LARGE_SPANS) this.spans = new Int32Array(2 * INITIAL_ARGUMENTS);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
