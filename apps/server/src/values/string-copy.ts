import { copyBytes } from '@nanoredis/intrusive-ds';
import { INLINE_STRING_BYTES, type StringView } from './string-view';

/**
 * A copy of a string value that stays valid across writes to the keyspace. For commands that reply with the value that they
 * replace: the reply may only be written once the replacement has succeeded.
 */
export class StringCopy {
  /** The copy is `bytes[0, length)`. */
  bytes: Buffer;
  length = 0;
  readonly #small = Buffer.allocUnsafeSlow(INLINE_STRING_BYTES);

  constructor() {
    this.bytes = this.#small;
  }

  /** Copies the value that the view is located at. O(length); allocates only for a value outside its entry. */
  copy(view: StringView): void {
    this.length = view.length;
    this.bytes = view.length <= INLINE_STRING_BYTES ? this.#small : Buffer.allocUnsafeSlow(view.length);
    copyBytes(view.bytes, view.start, view.end, this.bytes, 0);
  }

  /** Releases the memory of a large copy. O(1). */
  release(): void {
    this.bytes = this.#small;
    this.length = 0;
  }
}
