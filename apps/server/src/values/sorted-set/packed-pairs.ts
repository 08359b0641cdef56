import { type Address, type Arena, ElementView, PackedList } from '@nanoredis/intrusive-ds';
import { compareBytes } from './compare-bytes';
import { ScoreCode } from './score-code';

/** The longest score with its head: room that a record of one pair needs besides the member. */
const PAIR_BYTES = 12;

/**
 * Small sorted sets: a packed list of member, score, member, score, in order of score and, among equal scores, of member. A pair
 * is named by the position of its member; a set by its address, which every change may change.
 */
export class PackedPairs {
  readonly lists: PackedList;
  private readonly code = new ScoreCode();
  private readonly view = new ElementView();

  constructor(arena: Arena) {
    this.lists = new PackedList(arena);
  }

  /** A new empty set, with room for one pair of a member of `bytes` bytes; the caller's. O(1). Throws ArenaFullError. */
  create(bytes: number): Address {
    return this.lists.create(bytes + PAIR_BYTES);
  }

  /** Frees a set. O(1). */
  free(list: Address): void {
    this.lists.free(list);
  }

  /** Another set with the same pairs; the caller's. O(n). Throws ArenaFullError. */
  copy(list: Address): Address {
    return this.lists.copy(list);
  }

  /** Bytes of the pairs. O(1). */
  bytes(list: Address): number {
    return this.lists.bytes(list);
  }

  /** Members of a set. O(1). */
  size(list: Address): number {
    return this.lists.count(list) >>> 1;
  }

  /** The pair of member `bytes[start, end)`, or -1. O(n). */
  find(list: Address, bytes: Uint8Array, start: number, end: number): number {
    return this.lists.find(list, bytes, start, end, 2);
  }

  /** The pair of a rank from 0, or -1. O(rank). */
  at(list: Address, rank: number): number {
    return this.lists.at(list, 2 * rank);
  }

  /** The rank of a pair. O(rank). */
  rankOf(list: Address, pair: number): number {
    let rank = 0;
    for (let at = this.lists.first(list); at !== pair; at = this.after(list, at)) rank++;
    return rank;
  }

  /** The pair behind a pair, or -1. O(1). */
  after(list: Address, pair: number): number {
    return this.lists.next(list, this.lists.next(list, pair));
  }

  /** The score of a pair. O(1). */
  scoreOf(list: Address, pair: number): number {
    this.lists.read(list, this.lists.next(list, pair), this.view);
    return this.code.decode(this.view.bytes, this.view.end);
  }

  /** Reads a pair's member into `member`, and answers where its score is. O(member). */
  readMember(list: Address, pair: number, member: ElementView): number {
    return this.lists.read(list, pair, member);
  }

  /** Decodes the score at `position`, which `readMember` has answered; the pair behind it is `next` of that. O(1). */
  scoreAt(list: Address, position: number): number {
    this.lists.read(list, position, this.view);
    return this.code.decode(this.view.bytes, this.view.end);
  }

  /** Adds a member that is not in the set and answers the set. O(n). Throws ArenaFullError, and has changed nothing then. */
  insert(list: Address, bytes: Uint8Array, start: number, end: number, score: number): Address {
    return this.insertAt(list, this.placeOf(list, bytes, start, end, score), bytes, start, end, score);
  }

  /** Gives the pair of member `bytes[start, end)` another score and answers the set. O(n). Throws ArenaFullError, and has changed nothing then. */
  setScore(list: Address, pair: number, bytes: Uint8Array, start: number, end: number, score: number): Address {
    const { lists, code } = this;
    const place = this.placeOf(list, bytes, start, end, score);
    if (place === pair || place === this.after(list, pair)) {
      code.encode(score);
      return lists.replace(list, lists.next(list, pair), code.bytes, 0, code.length);
    }
    // The new pair first, because it may find no memory; the old one has moved if it lies behind.
    const before = lists.bytes(list);
    const isBehind = place !== -1 && place < pair;
    const grown = this.insertAt(list, place, bytes, start, end, score);
    return lists.removeRange(grown, isBehind ? pair + lists.bytes(grown) - before : pair, 2);
  }

  /** Writes 0 over every -0 and answers the set. O(n). */
  clearNegativeZeros(list: Address): Address {
    const { lists, code } = this;
    let at = list;
    for (let pair = lists.first(at); pair !== -1; pair = this.after(at, pair)) {
      if (!Object.is(this.scoreOf(at, pair), -0)) continue;
      code.encode(0);
      at = lists.replace(at, lists.next(at, pair), code.bytes, 0, code.length);
    }
    return at;
  }

  /** Takes `count` pairs out from `pair` on and answers the set. O(n). */
  removeRange(list: Address, pair: number, count: number): Address {
    return this.lists.removeRange(list, pair, 2 * count);
  }

  /** The first pair that this score and member have to stand in front of, or -1. */
  private placeOf(list: Address, bytes: Uint8Array, start: number, end: number, score: number): number {
    const { lists, view } = this;
    let pair = lists.first(list);
    while (pair !== -1) {
      const position = lists.next(list, pair);
      const behind = lists.read(list, position, view);
      const other = this.code.decode(view.bytes, view.end);
      if (other > score) return pair;
      if (other === score) {
        lists.read(list, pair, view);
        if (compareBytes(view.bytes, view.start, view.end, bytes, start, end) > 0) return pair;
      }
      pair = behind;
    }
    return pair;
  }

  private insertAt(
    list: Address,
    place: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    score: number,
  ): Address {
    const { lists, code } = this;
    const position = place === -1 ? lists.bytes(list) : place;
    code.encode(score);
    return lists.insertPairBefore(list, position, bytes, start, end, code.bytes, 0, code.length);
  }
}
