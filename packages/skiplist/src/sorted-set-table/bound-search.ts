import type { Address } from '@nanoredis/intrusive-ds';
import type { BlockSearch } from './block-search';
import { LexBound } from './lex-bound';
import { MemberWords } from './member-words';
import { ScoreWords } from './score-words';

/** Finds the bounds of ranges of scores and of members in the blocks of sorted sets. */
export class BoundSearch {
  readonly #search: BlockSearch;
  readonly #score = new ScoreWords();
  readonly #member = new MemberWords();

  /** `search` is moved to the bounds. */
  constructor(search: BlockSearch) {
    this.#search = search;
  }

  /**
   * Finds the position behind all elements with scores below `score`, or with `orEqual` also behind those with that score: the next
   * double is the bound then. O(log n) expected.
   * @throws RangeError when the score is NaN
   */
  seekScore(root: Address, score: number, orEqual: boolean): void {
    this.#score.encode(score);
    const { high, low } = this.#score;
    if (!orEqual) this.#search.seekScore(root, high, low);
    else if (low === 0x7fffffff) this.#search.seekScore(root, high + 1, -0x80000000);
    else this.#search.seekScore(root, high, low + 1);
  }

  /** The rank of that position: how many elements are in front of it. O(log n) expected. @throws RangeError when the score is NaN */
  rankOfScore(root: Address, score: number, orEqual: boolean): number {
    this.seekScore(root, score, orEqual);
    return this.#search.rank(root);
  }

  /** Finds the position behind all elements with members below a bound, or with `orEqual` also behind the equal one. O(log n) expected. */
  seekLex(root: Address, bytes: Uint8Array, start: number, end: number, kind: LexBound, orEqual: boolean): void {
    if (kind === LexBound.minusInfinity) {
      this.#search.seekRank(root, 0);
    } else if (kind === LexBound.plusInfinity) {
      this.#search.seekEnd(root);
    } else {
      this.#member.copy(bytes, start, end);
      this.#search.seekMember(root, this.#member.words, 0, end - start, orEqual);
    }
  }

  /** The rank of that position: how many elements are in front of it. O(log n) expected. */
  rankOfLex(root: Address, bytes: Uint8Array, start: number, end: number, kind: LexBound, orEqual: boolean): number {
    this.seekLex(root, bytes, start, end, kind, orEqual);
    return this.#search.rank(root);
  }
}
