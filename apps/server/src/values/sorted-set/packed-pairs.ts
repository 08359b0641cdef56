import { type Address, type Arena, ElementView, PackedList } from '@nanoredis/intrusive-ds';
import { compareBytes } from './compare-bytes';
import { ScoreCode } from './score-code';

/** Bytes that a record of one pair needs besides the member: the longest score with its header. */
const PAIR_BYTES = 12;

/**
 * Small sorted sets: a packed list of member, score, member, score …, ordered by score, then by member. A pair is identified
 * by the position of its member, a set by its address. A change may move the set.
 */
export class PackedPairs {
  readonly lists: PackedList;
  readonly #code = new ScoreCode();
  readonly #view = new ElementView();

  constructor(arena: Arena) {
    this.lists = new PackedList(arena);
  }

  /**
   * An empty set with capacity for one pair whose member has `bytes` bytes; the caller owns it. O(1).
   * @throws ArenaFullError when the arena is full.
   */
  create(bytes: number): Address {
    return this.lists.create(bytes + PAIR_BYTES);
  }

  /** Frees a set. O(1). */
  free(list: Address): void {
    this.lists.free(list);
  }

  /**
   * A copy of a set; the caller owns it. O(n).
   * @throws ArenaFullError when the arena is full.
   */
  copy(list: Address): Address {
    return this.lists.copy(list);
  }

  /** Total bytes of the pairs. O(1). */
  bytes(list: Address): number {
    return this.lists.bytes(list);
  }

  /** Number of members. O(1). */
  size(list: Address): number {
    return this.lists.count(list) >>> 1;
  }

  /** The pair of member `bytes[start, end)`, or -1. O(n). */
  find(list: Address, bytes: Uint8Array, start: number, end: number): number {
    return this.lists.find(list, bytes, start, end, 2);
  }

  /** The pair at a rank, from 0, or -1. O(rank). */
  at(list: Address, rank: number): number {
    return this.lists.at(list, 2 * rank);
  }

  /** The rank of a pair. O(rank). */
  rankOf(list: Address, pair: number): number {
    let rank = 0;
    for (let at = this.lists.first(list); at !== pair; at = this.after(list, at)) rank++;
    return rank;
  }

  /** The pair after a pair, or -1. O(1). */
  after(list: Address, pair: number): number {
    return this.lists.next(list, this.lists.next(list, pair));
  }

  /** The score of a pair. O(1). */
  scoreOf(list: Address, pair: number): number {
    this.lists.read(list, this.lists.next(list, pair), this.#view);
    return this.#code.decode(this.#view.bytes, this.#view.end);
  }

  /** Points `member` at a pair's member, and returns the position of its score. O(1). */
  readMember(list: Address, pair: number, member: ElementView): number {
    return this.lists.read(list, pair, member);
  }

  /** Decodes the score at `position`, a result of `readMember`; the next pair is at `next` of that position. O(1). */
  scoreAt(list: Address, position: number): number {
    this.lists.read(list, position, this.#view);
    return this.#code.decode(this.#view.bytes, this.#view.end);
  }

  /**
   * Adds a member that is not in the set and returns the set. O(n).
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  insert(list: Address, bytes: Uint8Array, start: number, end: number, score: number): Address {
    return this.#insertAt(list, this.#placeOf(list, bytes, start, end, score), bytes, start, end, score);
  }

  /**
   * Changes the score of the pair of member `bytes[start, end)` and returns the set. O(n).
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  setScore(list: Address, pair: number, bytes: Uint8Array, start: number, end: number, score: number): Address {
    const { lists } = this;
    const code = this.#code;
    const place = this.#placeOf(list, bytes, start, end, score);
    if (place === pair || place === this.after(list, pair)) {
      code.encode(score);
      return lists.replace(list, lists.next(list, pair), code.bytes, 0, code.length);
    }
    // Insert the new pair first, because that may throw. The old pair has moved if it is after the new one.
    const before = lists.bytes(list);
    const isBehind = place !== -1 && place < pair;
    const grown = this.#insertAt(list, place, bytes, start, end, score);
    return lists.removeRange(grown, isBehind ? pair + lists.bytes(grown) - before : pair, 2);
  }

  /** Replaces every -0 by 0 and returns the set. O(n). */
  clearNegativeZeros(list: Address): Address {
    const { lists } = this;
    const code = this.#code;
    let at = list;
    for (let pair = lists.first(at); pair !== -1; pair = this.after(at, pair)) {
      if (!Object.is(this.scoreOf(at, pair), -0)) continue;
      code.encode(0);
      at = lists.replace(at, lists.next(at, pair), code.bytes, 0, code.length);
    }
    return at;
  }

  /** Removes `count` pairs from `pair` on and returns the set. O(n). */
  removeRange(list: Address, pair: number, count: number): Address {
    return this.lists.removeRange(list, pair, 2 * count);
  }

  /** The first pair that sorts after this score and member, or -1. */
  #placeOf(list: Address, bytes: Uint8Array, start: number, end: number, score: number): number {
    const { lists } = this;
    const view = this.#view;
    let pair = lists.first(list);
    while (pair !== -1) {
      const position = lists.next(list, pair);
      const behind = lists.read(list, position, view);
      const other = this.#code.decode(view.bytes, view.end);
      if (other > score) return pair;
      if (other === score) {
        lists.read(list, pair, view);
        if (compareBytes(view.bytes, view.start, view.end, bytes, start, end) > 0) return pair;
      }
      pair = behind;
    }
    return pair;
  }

  #insertAt(list: Address, place: number, bytes: Uint8Array, start: number, end: number, score: number): Address {
    const { lists } = this;
    const code = this.#code;
    const position = place === -1 ? lists.bytes(list) : place;
    code.encode(score);
    return lists.insertPairBefore(list, position, bytes, start, end, code.bytes, 0, code.length);
  }
}
