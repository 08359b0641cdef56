/** V8 copies a substring of up to 12 characters. A longer substring would keep the whole block alive. */
const MAX_COPIED_CHARACTERS = 12;
const BLOCK_BYTES = 1024;

/** The methods that Buffer.toString() calls after checking its arguments. Every Buffer of Node has them; its types do not. */
interface DecodingBuffer extends Buffer {
  utf8Slice(start: number, end: number): string;
  latin1Slice(start: number, end: number): string;
}

/**
 * Decodes spans of one chunk into strings. Decoding calls C++, which costs many times more than the work for a short text. Short ASCII
 * texts are therefore cut out of a block of 1 KiB that is decoded with one call.
 */
export class ShortText {
  #bytes: DecodingBuffer | null = null;
  #block = '';
  #blockStart = 0;
  #blockEnd = 0;

  /** Sets the chunk that spans refer to. O(1). */
  attach(bytes: Buffer): void {
    this.#bytes = bytes as DecodingBuffer;
    this.#blockEnd = 0;
  }

  /** Releases the chunk. O(1). */
  detach(): void {
    this.#bytes = null;
    this.#block = '';
    this.#blockEnd = 0;
  }

  /** Returns `[start, end)` of the chunk decoded as UTF-8. Amortised O(end - start). */
  read(start: number, end: number): string {
    const bytes = this.#bytes!;
    if (end - start > MAX_COPIED_CHARACTERS) return bytes.utf8Slice(start, end);
    for (let i = start; i < end; i++) if (bytes[i]! > 0x7f) return bytes.utf8Slice(start, end);
    if (end > this.#blockEnd || start < this.#blockStart) {
      this.#blockStart = start;
      this.#blockEnd = Math.min(bytes.length, Math.max(end, start + BLOCK_BYTES));
      this.#block = bytes.latin1Slice(start, this.#blockEnd);
    }
    return this.#block.substring(start - this.#blockStart, end - this.#blockStart);
  }
}
