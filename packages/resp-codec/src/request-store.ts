import { GrowingBytes } from './growing-bytes.js';
import type { Request } from './request.js';

const NO_SPANS = new Int32Array(0);

/** The arguments of the one request that a connection has not completed yet, one behind the other, and their spans. */
export class RequestStore extends GrowingBytes {
  #spans: Int32Array = NO_SPANS;
  #arguments = 0;
  #argumentStart = 0;

  /** Bytes allocated, spans included. O(1). */
  get allocatedBytes(): number {
    return this.bytes.length + this.#spans.byteLength;
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
  override release(): void {
    super.release();
    this.#spans = NO_SPANS;
    this.#arguments = 0;
    this.#argumentStart = 0;
  }
}
