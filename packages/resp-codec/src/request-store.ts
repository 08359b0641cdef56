import { grow } from './allocate';
import { GrowingBytes } from './growing-bytes';
import type { Request } from './request';

const NO_SPANS = new Int32Array(0);

/** The arguments of one incomplete request, in consecutive bytes, and their spans. */
export class RequestStore extends GrowingBytes {
  #spans: Int32Array = NO_SPANS;
  #arguments = 0;
  #argumentStart = 0;

  /** Bytes allocated, including those of the spans. O(1). */
  get allocatedBytes(): number {
    return this.bytes.length + this.#spans.byteLength;
  }

  /**
   * Ends the current argument: its span covers the bytes appended since the last call. Returns false if there is not enough memory.
   * Amortised O(1).
   */
  endArgument(): boolean {
    const at = 2 * this.#arguments;
    if (at === this.#spans.length) {
      const grown = grow(this.#spans, Math.max(16, 2 * at));
      if (grown === null) return false;
      this.#spans = grown;
    }
    this.#spans[at] = this.#argumentStart;
    this.#spans[at + 1] = this.length;
    this.#argumentStart = this.length;
    this.#arguments++;
    return true;
  }

  /** Moves the spans of `count` arguments to `request`: copies few spans, passes the array of many. O(1). */
  moveSpans(request: Request, count: number): void {
    if (request.spans.length < 2 * count) request.spans = this.#spans;
    else for (let i = 0; i < 2 * count; i++) request.spans[i] = this.#spans[i]!;
    request.count = count;
  }

  /** Frees the arguments and their spans. O(1). */
  override release(): void {
    super.release();
    this.#spans = NO_SPANS;
    this.#arguments = 0;
    this.#argumentStart = 0;
  }
}
