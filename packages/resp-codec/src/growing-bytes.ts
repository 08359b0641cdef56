import { giveBytes, pieceBytes, takeBytes } from './spare-bytes.js';

/** Below this many bytes a loop copies faster than a call of `set` on a fresh view. */
const LOOP_COPY_BYTES = 64;
/** Room for what usually follows a large value (options such as EX 10), so that it does not move the value again. */
const SLACK_BYTES = 1024;
/** An announced length is trusted when so large a part of it is there. */
const TRUSTED_PART = 16;
const EMPTY: Buffer = Buffer.alloc(0);

/**
 * Bytes that arrive in pieces. Memory follows what was received: an announced length is trusted only once a sixteenth of the bytes is
 * there, and then the rest is allocated at once, so n bytes cost O(n) in all and at most n / 8 are moved. Empty it holds nothing.
 */
export class GrowingBytes {
  /** The memory; the first `length` bytes of it are used. */
  bytes: Buffer = EMPTY;
  /** Bytes stored. */
  length = 0;

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

  /** Drops the bytes. O(1). */
  release(): void {
    giveBytes(this.bytes);
    this.bytes = EMPTY;
    this.length = 0;
  }

  #grow(needed: number, announced: number): void {
    let capacity = Math.max(needed, 2 * this.bytes.length);
    const trusted = pieceBytes(needed + announced + SLACK_BYTES);
    if (trusted > capacity && trusted <= TRUSTED_PART * needed) capacity = trusted;
    const grown = takeBytes(capacity);
    if (this.length > 0) grown.set(this.bytes.subarray(0, this.length));
    giveBytes(this.bytes);
    this.bytes = grown;
  }
}
