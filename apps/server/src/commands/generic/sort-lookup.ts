import { copyBytes } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import type { Arguments } from '../../request/arguments';
import { ValueType } from '../../values/entry';
import { starOf } from './sort-options';

const HASH_SIGN = 0x23;
const MINUS = 0x2d;
const GREATER = 0x3e;

/** Looks up the values that the patterns of BY and GET name: `bytes[start, end)`, valid until the next look-up or write. */
export class SortLookup {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  /** Buffer for the name of a key. */
  #key = Buffer.allocUnsafeSlow(256);

  constructor() {
    this.bytes = this.#key;
  }

  /**
   * Looks up the value of the pattern at argument `index` for the element `bytes[start, end)`. `#` is the element itself.
   * Otherwise the element replaces the first star, and the result names a string, or with `->field` a field of a hash. Counts a
   * hit or a miss of the key. Returns whether there is a value. O(pattern + element).
   */
  find(call: Invocation, args: Arguments, index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const pattern = args.bytes;
    const from = args.start(index);
    const to = args.end(index);
    // C compares up to a NUL byte, so `#` may be followed by one and anything else.
    if (pattern[from] === HASH_SIGN && (to === from + 1 || (to > from && pattern[from + 1] === 0))) {
      this.#point(bytes, start, end);
      return true;
    }
    const star = starOf(args, index);
    if (star < 0) return false;
    const arrow = arrowAfter(pattern, star, to);
    const length = this.#writeKey(pattern, from, star, arrow < 0 ? to : arrow, bytes, start, end);
    const { database } = call;
    const { keyspace } = call;
    const entry = database.findForRead(this.#key, 0, length);
    if (entry === 0) return false;
    const type = database.typeOf(entry);
    if (arrow < 0) {
      if (type !== ValueType.string) return false;
      const view = keyspace.view.locate(entry);
      this.#point(view.bytes, view.start, view.end);
      return true;
    }
    const { hashes } = keyspace.values;
    if (type !== ValueType.hash || !hashes.find(entry, pattern, arrow + 2, to)) return false;
    this.#point(hashes.value.bytes, hashes.value.start, hashes.value.end);
    return true;
  }

  #point(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** Writes pattern[from, star) + element + pattern(star, to); returns its length. */
  #writeKey(
    pattern: Uint8Array,
    from: number,
    star: number,
    to: number,
    element: Uint8Array,
    start: number,
    end: number,
  ): number {
    const length = star - from + (end - start) + (to - star - 1);
    if (length > this.#key.length) this.#key = Buffer.allocUnsafeSlow(2 * length);
    const key = this.#key;
    copyBytes(pattern, from, star, key, 0);
    copyBytes(element, start, end, key, star - from);
    copyBytes(pattern, star + 1, to, key, star - from + end - start);
    return length;
  }
}

/** Offset of the first `->` after a star that is followed by a field, searched up to a NUL byte; or -1. */
function arrowAfter(pattern: Uint8Array, star: number, end: number): number {
  for (let at = star + 1; at + 1 < end && pattern[at] !== 0; at++) {
    if (pattern[at] !== MINUS || pattern[at + 1] !== GREATER) continue;
    return at + 2 < end && pattern[at + 2] !== 0 ? at : -1;
  }
  return -1;
}
