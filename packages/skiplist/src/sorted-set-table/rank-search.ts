import { type Address, type Arena, KEY_LENGTH_MASK, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { compareMembers } from './member-order';
import { Element, Root, TALL, TOP_SHIFT } from './sorted-set-layout';

/** Read-only searches of sorted sets: rank of an element, element of a rank, and the last element before a bound. */
export class RankSearch {
  private readonly words: Uint32Array[];
  private rank = 0;

  constructor(arena: Arena) {
    this.words = arena.words;
  }

  /** How many elements the last search for a bound has passed, the one it answered included. */
  get passed(): number {
    return this.rank;
  }

  /** Passes nothing: what there is before all bounds. O(1). */
  start(root: Address): Address {
    this.rank = 0;
    return root;
  }

  /** Passes all elements, and answers the last one, or the root if there is none. O(1). */
  end(root: Address): Address {
    const words = this.words[root >>> SEGMENT_SHIFT]!;
    const word = (root & SEGMENT_MASK) << 1;
    this.rank = words[word + Root.size]!;
    return words[word + Root.last]! || root;
  }

  /**
   * The rank of an element, from 0. O(log n).
   *
   * Hot: instead of searching for the element from above, it climbs from it to the end over the highest link of each tower, and adds up
   * what they span: no comparison, and no step to an element that is too far.
   */
  rankOf(root: Address, element: Address): number {
    const segments = this.words;
    let behind = 0;
    let node = element | 0;
    for (;;) {
      const words = segments[node >>> SEGMENT_SHIFT]!;
      const word = (node & SEGMENT_MASK) << 1;
      let top = words[word + Element.length]! >>> TOP_SHIFT;
      if (top === TALL) top = words[word - 2 * TALL + 1]! | 0;
      const link = (word - (top << 1)) | 0;
      node = words[link]! | 0;
      if (top !== 0) behind = (behind + words[(link + 1) | 0]!) | 0;
      else if (node !== 0) behind = (behind + 1) | 0;
      if (node === 0) break;
    }
    return segments[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.size]! - 1 - behind;
  }

  /** The element of a rank from 0, or 0 if there is none. O(log n). Hot: a link that spans too much is not followed, so its target stays cold. */
  at(root: Address, rank: number): Address {
    const segments = this.words;
    let words = segments[root >>> SEGMENT_SHIFT]!;
    let word = (root & SEGMENT_MASK) << 1;
    if (rank < 0 || rank >= words[word + Root.size]!) return 0;
    if (rank === 0) return words[word]!;
    let node = root | 0;
    let left = (rank + 1) | 0;
    for (let slot = words[word + Root.top]! | 0; slot > 0; slot = (slot - 1) | 0) {
      const link = slot << 1;
      for (let span = words[(word - link + 1) | 0]! | 0; span <= left; span = words[(word - link + 1) | 0]! | 0) {
        const next = words[(word - link) | 0]! | 0;
        if (next === 0) break;
        node = next;
        left = (left - span) | 0;
        if (left === 0) return node >>> 0;
        words = segments[node >>> SEGMENT_SHIFT]!;
        word = (node & SEGMENT_MASK) << 1;
      }
    }
    for (; left > 0; left--) node = segments[node >>> SEGMENT_SHIFT]![(node & SEGMENT_MASK) << 1]! | 0;
    return node >>> 0;
  }

  /** The last element whose score is below that of the two words (`orEqual`: or equal to it), or the root if there is none. O(log n). */
  lastBelowScore(root: Address, high: number, low: number, orEqual: boolean): Address {
    const segments = this.words;
    const most = orEqual ? 0 : -1;
    let node = root | 0;
    let nodeWords = segments[root >>> SEGMENT_SHIFT]!;
    let nodeWord = (root & SEGMENT_MASK) << 1;
    let rank = 0;
    for (let slot = nodeWords[nodeWord + Root.top]! | 0; slot >= 0; slot = (slot - 1) | 0) {
      const link = slot << 1;
      for (let next = nodeWords[(nodeWord - link) | 0]! | 0; next !== 0; next = nodeWords[(nodeWord - link) | 0]! | 0) {
        const words = segments[next >>> SEGMENT_SHIFT]!;
        const word = (next & SEGMENT_MASK) << 1;
        const nextHigh = words[word + Element.scoreHigh]! | 0;
        if (nextHigh > high) break;
        if (nextHigh === high) {
          const nextLow = words[word + Element.scoreLow]! | 0;
          if (nextLow > low || (nextLow === low && most < 0)) break;
        }
        rank = (rank + (slot === 0 ? 1 : nodeWords[(nodeWord - link + 1) | 0]!)) | 0;
        node = next;
        nodeWords = words;
        nodeWord = word;
      }
    }
    this.rank = rank;
    return node >>> 0;
  }

  /**
   * The last element whose member is below the given one (`orEqual`: or equal to it), or the root if there is none; scores are not looked
   * at, so that the answer means something only in a set with one score. O(log n).
   */
  lastBelowMember(
    root: Address,
    memberWords: Uint32Array,
    memberWord: number,
    memberLength: number,
    orEqual: boolean,
  ): Address {
    const segments = this.words;
    const most = orEqual ? 0 : -1;
    let node = root | 0;
    let nodeWords = segments[root >>> SEGMENT_SHIFT]!;
    let nodeWord = (root & SEGMENT_MASK) << 1;
    let rank = 0;
    for (let slot = nodeWords[nodeWord + Root.top]! | 0; slot >= 0; slot = (slot - 1) | 0) {
      const link = slot << 1;
      for (let next = nodeWords[(nodeWord - link) | 0]! | 0; next !== 0; next = nodeWords[(nodeWord - link) | 0]! | 0) {
        const words = segments[next >>> SEGMENT_SHIFT]!;
        const word = (next & SEGMENT_MASK) << 1;
        const length = words[word + Element.length]! & KEY_LENGTH_MASK;
        if (compareMembers(words, word + Element.member, length, memberWords, memberWord, memberLength) > most) break;
        rank = (rank + (slot === 0 ? 1 : nodeWords[(nodeWord - link + 1) | 0]!)) | 0;
        node = next;
        nodeWords = words;
        nodeWord = word;
      }
    }
    this.rank = rank;
    return node >>> 0;
  }
}
