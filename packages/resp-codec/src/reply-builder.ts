import { DECODED, DECODED_PUSH, type DecodeOutcome, MALFORMED, NEED_MORE } from './decode-outcome';
import type { Reply } from './reply';
import { FRAME_ATTRIBUTE, FRAME_PUSH, ReplyFrame } from './reply-frame';

/**
 * Builds replies out of scalars and containers as they are read, with one frame per open container.
 *
 * ```
 * *2  :1  *1  :2        begin(array, 2)  place(1)  begin(array, 1)  place(2) -> [1, [2]] is complete
 *                       frame  [ _, _ ]  [ 1, _ ]   [ 1, _ ] [ _ ]  null
 * ```
 */
export class ReplyBuilder {
  /** The last complete reply, or the array of the last push. */
  value: Reply = null;
  /** The last attribute in front of a reply, or null. */
  attribute: Reply = null;
  /** The innermost open container, or null between replies. A caller may append to it, and calls `close` when it is full. */
  frame: ReplyFrame | null = null;
  readonly #frames: ReplyFrame[] = [];
  readonly #attributeKind: number;
  readonly #maxDepth: number;
  #depth = 0;

  /** An attribute becomes a container of `attributeKind`. At most `maxDepth` containers nest. */
  constructor(attributeKind: number, maxDepth: number) {
    this.#attributeKind = attributeKind;
    this.#maxDepth = maxDepth;
  }

  /** Number of open containers. O(1). */
  get depth(): number {
    return this.#depth;
  }

  /** Opens a container of `count` replies. `NEED_MORE` means that the reply continues, `MALFORMED` that it nests too deep. O(1). */
  begin(kind: number, count: number): DecodeOutcome {
    const depth = this.#depth;
    if (depth === this.#maxDepth) return MALFORMED;
    if (depth === this.#frames.length) this.#frames.push(new ReplyFrame());
    const frame = this.#frames[depth]!;
    frame.begin(kind, count);
    this.#depth = depth + 1;
    this.frame = frame;
    return count === 0 ? this.close() : NEED_MORE;
  }

  /** Adds a value to the innermost container; between replies it is a reply. `NEED_MORE` means that the reply continues. O(1). */
  place(value: Reply): DecodeOutcome {
    const { frame } = this;
    if (frame === null) {
      this.value = value;
      return DECODED;
    }
    frame.items[frame.filled++] = value;
    return --frame.remaining === 0 ? this.close() : NEED_MORE;
  }

  /** Closes the innermost container, which is full, and adds it to the one around it. O(items). */
  close(): DecodeOutcome {
    const frame = this.frame!;
    const depth = this.#depth - 1;
    this.#depth = depth;
    this.frame = depth > 0 ? this.#frames[depth - 1]! : null;
    const value = frame.finish(this.#attributeKind);
    if (frame.kind === FRAME_ATTRIBUTE) {
      // An attribute inside of a container describes one element, which the result cannot express. It is dropped.
      if (depth === 0) this.attribute = value;
      return NEED_MORE;
    }
    if (frame.kind !== FRAME_PUSH) return this.place(value);
    this.value = value;
    return DECODED_PUSH;
  }

  /** Drops the values and all open containers. O(1). */
  reset(): void {
    this.value = null;
    this.attribute = null;
    this.frame = null;
    this.#depth = 0;
  }
}
