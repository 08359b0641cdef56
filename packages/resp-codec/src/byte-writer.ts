import { copyBytes } from './copy-bytes';

const INITIAL_BYTES = 1024;
/** A range that does not fit is written in pieces of up to this many bytes. */
const MAX_PIECE_BYTES = 16384;

/**
 * Writes bytes into a space, and asks for the next space when it is full.
 *
 * ```
 * bytes   [ written ......... | space .............. | of others ]
 *                          position               limit
 * ```
 *
 * `overflow(n)` provides the next space. Here it doubles a buffer that the writer owns. A server overrides it to pass the written bytes
 * to a connection and to continue in the connection's next buffer. Long ranges are written in pieces, so they need no contiguous space.
 * Hot callers may write into `bytes` themselves after `ensure(n)`.
 */
export class ByteWriter {
  /** The memory that is written to. */
  bytes: Buffer;
  /** The position of the next byte. */
  position = 0;
  /** The end of the space (exclusive). */
  limit: number;
  /** Set by an `overflow` that discards what is written: the rest of a long range is skipped instead of copied. */
  isDiscarding = false;

  /** Writes into `bytes`, by default into a small buffer of its own. */
  constructor(bytes: Buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES)) {
    this.bytes = bytes;
    this.limit = bytes.length;
  }

  /** Ensures `position + n <= limit`. O(1), or the cost of `overflow`. */
  ensure(n: number): void {
    if (this.position + n > this.limit) this.overflow(n);
  }

  /**
   * Provides space for at least `n` bytes: keeps what was written before `position`, then sets `bytes`, `position` and `limit`. Can be
   * overridden. Here it grows a buffer. Amortised O(1) per byte.
   */
  overflow(n: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.position + n));
    copyBytes(this.bytes, 0, this.position, grown, 0);
    this.bytes = grown;
    this.limit = grown.length;
  }

  /** Returns a view of the bytes before `position`, which is valid until the next write. O(1). */
  written(): Buffer {
    return this.bytes.subarray(0, this.position);
  }

  /** Writes `bytes[start, end)`, in as many spaces as necessary. O(end - start). */
  raw(bytes: Uint8Array, start: number, end: number): void {
    let from = start;
    for (;;) {
      const count = Math.min(end - from, this.limit - this.position);
      copyBytes(bytes, from, from + count, this.bytes, this.position);
      this.position += count;
      from += count;
      if (from >= end) return;
      this.overflow(Math.min(end - from, MAX_PIECE_BYTES));
      if (this.isDiscarding) return;
    }
  }
}
