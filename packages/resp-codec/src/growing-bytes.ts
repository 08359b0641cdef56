import { acquireBuffer, pooledBytes, releaseBuffer } from './buffer-pool';
import { copyBytes } from './copy-bytes';

/** Reserved behind a declared length for what usually follows a large value (options such as EX 10), so that the value need not move. */
const SLACK_BYTES = 1024;
/** A declared length is allocated as soon as one byte in this many has arrived. */
const MAX_OVERALLOCATION = 16;
const EMPTY: Buffer = Buffer.alloc(0);

/**
 * A byte string that arrives in pieces. Its memory is proportional to what has arrived, not to what a client declares: a declared
 * length is allocated at once, but only after a sixteenth of it has arrived. Appending n bytes costs O(n) in total and moves at most
 * n / 8 of them. An empty string has no memory.
 */
export class GrowingBytes {
  /** The memory. The first `length` bytes are in use. */
  bytes: Buffer = EMPTY;
  /** Number of bytes stored. */
  length = 0;

  /**
   * Appends `source[start, end)`. `declared` is the number of bytes that are expected after them. Returns false and changes nothing if
   * there is not enough memory. Amortised O(end - start).
   */
  append(source: Uint8Array, start: number, end: number, declared: number): boolean {
    const count = end - start;
    if (this.length + count > this.bytes.length && !this.#grow(this.length + count, declared)) return false;
    copyBytes(source, start, end, this.bytes, this.length);
    this.length += count;
    return true;
  }

  /** Frees the bytes. O(1). */
  release(): void {
    releaseBuffer(this.bytes);
    this.bytes = EMPTY;
    this.length = 0;
  }

  #grow(needed: number, declared: number): boolean {
    let capacity = Math.max(needed, 2 * this.bytes.length);
    const declaredCapacity = pooledBytes(needed + declared + SLACK_BYTES);
    if (declaredCapacity > capacity && declaredCapacity <= MAX_OVERALLOCATION * needed) capacity = declaredCapacity;
    const grown = acquireBuffer(capacity);
    if (grown === null) return false;
    copyBytes(this.bytes, 0, this.length, grown, 0);
    releaseBuffer(this.bytes);
    this.bytes = grown;
    return true;
  }
}
