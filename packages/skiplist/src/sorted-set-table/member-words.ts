import { copyBytes } from '@nanoredis/intrusive-ds';

/** A copy of a member that can be read by words, as the members of elements are. */
export class MemberWords {
  /** The words; valid until the next `copy`. */
  words = new Uint32Array(64);
  #bytes = new Uint8Array(this.words.buffer);

  /** Copies `bytes[start, end)`. O(length); allocates only for the longest member so far. */
  copy(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (length > this.#bytes.length) {
      this.words = new Uint32Array(2 ** Math.ceil(Math.log2(length)) / 4);
      this.#bytes = new Uint8Array(this.words.buffer);
    }
    copyBytes(bytes, start, end, this.#bytes, 0);
  }
}
