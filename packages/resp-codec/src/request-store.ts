import type { Request } from './request.js';

/** Most unfinished requests are the tail of a window: their memory is this small, and changes hands instead of being allocated. */
const SMALL_BYTES = 1024;
const MAX_SPARE = 64;
/** Below this many bytes a loop copies faster than a call of `set` on a fresh view. */
const LOOP_COPY_BYTES = 64;
/** Room for what usually follows a large value (options such as EX 10), so that it does not move the value again. */
const SLACK_BYTES = 1024;
const EMPTY: Buffer = Buffer.alloc(0);
const NO_SPANS = new Int32Array(0);
const spare: Buffer[] = [];

/**
 * The bytes and spans of the one request that a connection has not completed yet. Memory follows what was received: the announced
 * length is trusted only once a quarter of the bytes is there. Idle it holds nothing.
 */
export class RequestStore {
  /** Where the arguments stand, one behind the other. */
  bytes: Buffer = EMPTY;
  /** Bytes stored. */
  length = 0;
  #spans: Int32Array = NO_SPANS;
  #arguments = 0;
  #argumentStart = 0;

  /** Bytes allocated, spans included. O(1). */
  get allocatedBytes(): number {
    return this.bytes.length + this.#spans.byteLength;
  }

  /** Appends bytes start..end of `source`; `announced` more are said to follow. Amortised O(end - start). */
  append(source: Uint8Array, start: number, end: number, announced: number): void {
    const count = end - start;
    if (this.length + count > this.bytes.length) this.#grow(this.length + count, announced);
    const bytes = this.bytes;
    const to = this.length;
    if (count < LOOP_COPY_BYTES) for (let i = 0; i < count; i++) bytes[to + i] = source[start + i]!;
    else bytes.set(source.subarray(start, end), to);
    this.length = to + count;
  }

  /** Ends the current argument: what was appended since the last call becomes its span. Amortised O(1). */
  endArgument(): void {
    const at = 2 * this.#arguments;
    if (at === this.#spans.length) {
      const grown = new Int32Array(Math.max(16, 2 * at));
      grown.set(this.#spans);
      this.#spans = grown;
    }
    this.#spans[at] = this.#argumentStart;
    this.#spans[at + 1] = this.length;
    this.#argumentStart = this.length;
    this.#arguments++;
  }

  /** Gives the spans of `count` arguments to the request: a few are copied, many change hands. O(1). */
  giveSpans(request: Request, count: number): void {
    if (request.spans.length < 2 * count) request.spans = this.#spans;
    else for (let i = 0; i < 2 * count; i++) request.spans[i] = this.#spans[i]!;
    request.count = count;
  }

  /** Drops everything. O(1). */
  release(): void {
    if (this.bytes.length === SMALL_BYTES && spare.length < MAX_SPARE) spare.push(this.bytes);
    this.bytes = EMPTY;
    this.length = 0;
    this.#spans = NO_SPANS;
    this.#arguments = 0;
    this.#argumentStart = 0;
  }

  #grow(needed: number, announced: number): void {
    let capacity = Math.max(needed, 2 * this.bytes.length, SMALL_BYTES);
    const total = needed + announced + SLACK_BYTES;
    if (total > capacity && total <= 4 * needed) capacity = total;
    const grown =
      capacity === SMALL_BYTES
        ? (spare.pop() ?? Buffer.allocUnsafeSlow(SMALL_BYTES))
        : Buffer.allocUnsafeSlow(capacity);
    if (this.length > 0) grown.set(this.bytes.subarray(0, this.length));
    if (this.bytes.length === SMALL_BYTES && spare.length < MAX_SPARE) spare.push(this.bytes);
    this.bytes = grown;
  }
}
