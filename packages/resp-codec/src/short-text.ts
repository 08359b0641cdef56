/** V8 copies substrings of up to 12 characters; a longer one would keep the whole block alive. */
const SHORT = 12;
const BLOCK_BYTES = 1024;

/** What Buffer.toString() calls after it has looked at its arguments; Node has it on every Buffer, its types do not. */
interface DecodingBuffer extends Buffer {
  utf8Slice(start: number, end: number): string;
  latin1Slice(start: number, end: number): string;
}

/**
 * Turns spans of one chunk into strings. Decoding a string costs a call into C++ that outweighs a short text many times over; so
 * short texts of ASCII are cut out of a block of 1 KiB that is decoded at once.
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

  /** Forgets the chunk. O(1). */
  detach(): void {
    this.#bytes = null;
    this.#block = '';
    this.#blockEnd = 0;
  }

  /** Returns bytes start..end as text, decoded as UTF-8. O(end - start), amortised. */
  read(start: number, end: number): string {
    const bytes = this.#bytes!;
    if (end - start > SHORT) return bytes.utf8Slice(start, end);
    for (let i = start; i < end; i++) if (bytes[i]! > 0x7f) return bytes.utf8Slice(start, end);
    if (end > this.#blockEnd || start < this.#blockStart) {
      this.#blockStart = start;
      this.#blockEnd = Math.min(bytes.length, Math.max(end, start + BLOCK_BYTES));
      this.#block = bytes.latin1Slice(start, this.#blockEnd);
    }
    return this.#block.substring(start - this.#blockStart, end - this.#blockStart);
  }
}
