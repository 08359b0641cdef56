import {
  type Address,
  type Arena,
  copyBytes,
  KEY_LENGTH_MASK,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';
import { ScoreWords } from './score-words';
import { ELEMENT_BYTES, Element, NEGATIVE_ZERO, ROOT_BYTES, Root } from './sorted-set-layout';

/** Creates, reads and frees the records of elements and roots. */
export class ElementRecords {
  readonly #arena: Arena;
  readonly #words: Uint32Array[];
  readonly #bytes: Buffer[];
  /** Decodes scores. */
  readonly #score = new ScoreWords();

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#words = arena.words;
    this.#bytes = arena.bytes;
  }

  /** Creates the root of a set without elements and blocks. O(1). @throws ArenaFullError when there is no memory */
  createRoot(table: Address): Address {
    const root = this.#arena.allocate(ROOT_BYTES);
    const words = this.#words[root >>> SEGMENT_SHIFT]!;
    const word = (root & SEGMENT_MASK) << 1;
    words[word + Root.size] = 0;
    words[word + Root.table] = table;
    words[word + Root.units] = 0;
    words[word + Root.top] = 0;
    words[word + Root.height] = 0;
    return root;
  }

  /** Frees a root. O(1). */
  freeRoot(root: Address): void {
    this.#arena.free(root);
  }

  /**
   * Creates an element that is in no structure yet. O(member).
   * @throws RangeError when the member has 2^29 bytes or more; ArenaFullError when there is no memory
   */
  create(member: Uint8Array, start: number, end: number, score: ScoreWords, negativeZero: boolean): Address {
    const length = end - start;
    if (length > KEY_LENGTH_MASK) throw new RangeError('a member can have 2^29 - 1 bytes at most');
    const element = this.#arena.allocate(ELEMENT_BYTES + length);
    const words = this.#words[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    words[word + Element.scoreHigh] = score.high;
    words[word + Element.scoreLow] = score.low;
    words[word + Element.length] = negativeZero ? length | NEGATIVE_ZERO : length;
    const bytes = this.#bytes[element >>> SEGMENT_SHIFT]!;
    const at = ((element & SEGMENT_MASK) << 3) + ELEMENT_BYTES;
    copyBytes(member, start, end, bytes, at);
    return element;
  }

  /** Creates a copy of an element that is in no structure yet. O(member). @throws ArenaFullError when there is no memory */
  copy(element: Address): Address {
    const from = this.#words[element >>> SEGMENT_SHIFT]!;
    const fromWord = (element & SEGMENT_MASK) << 1;
    const length = from[fromWord + Element.length]! & KEY_LENGTH_MASK;
    const fresh = this.#arena.allocate(ELEMENT_BYTES + length);
    const to = this.#words[fresh >>> SEGMENT_SHIFT]!;
    const toWord = (fresh & SEGMENT_MASK) << 1;
    to[toWord + Element.scoreHigh] = from[fromWord + Element.scoreHigh]!;
    to[toWord + Element.scoreLow] = from[fromWord + Element.scoreLow]!;
    to[toWord + Element.hash] = from[fromWord + Element.hash]!;
    to[toWord + Element.length] = from[fromWord + Element.length]!;
    const member = ((element & SEGMENT_MASK) << 3) + ELEMENT_BYTES;
    copyBytes(
      this.#bytes[element >>> SEGMENT_SHIFT]!,
      member,
      member + length,
      this.#bytes[fresh >>> SEGMENT_SHIFT]!,
      ((fresh & SEGMENT_MASK) << 3) + ELEMENT_BYTES,
    );
    return fresh;
  }

  /** The score of an element. O(1). */
  scoreOf(element: Address): number {
    const words = this.#words[element >>> SEGMENT_SHIFT]!;
    const word = (element & SEGMENT_MASK) << 1;
    if ((words[word + Element.length]! & NEGATIVE_ZERO) !== 0) return -0;
    return this.#score.decode(words[word + Element.scoreHigh]! | 0, words[word + Element.scoreLow]! | 0);
  }

  /** Frees an element that is in no structure. O(1). */
  free(element: Address): void {
    this.#arena.free(element);
  }
}
