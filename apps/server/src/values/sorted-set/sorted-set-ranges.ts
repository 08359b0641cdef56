import type { Address } from '@nanoredis/intrusive-ds';
import { LexBound } from '@nanoredis/skiplist';
import { compareBytes } from './compare-bytes';
import type { LexicalRange } from './lexical-range';
import type { ScoreRange } from './score-range';
import type { SortedSetCursor, SortedSetStores } from './sorted-set-cursor';

/** The stores with the cursor that they share; see SortedSets. */
interface RangedSets extends SortedSetStores {
  readonly cursor: SortedSetCursor;
}

/**
 * Selects ranges of sorted sets: moves a cursor to the first member of a range and returns the number of members. A reverse
 * range begins at its last member and continues with `previous`.
 *
 * Ranges of members are defined only for sets whose scores are all equal. For other packed sets the result is that of Redis,
 * which walks through the set and stops where the range seems to end.
 */
export class SortedSetRanges {
  readonly #sets: RangedSets;

  constructor(sets: RangedSets) {
    this.#sets = sets;
  }

  /** Moves `cursor` to the start of a range of scores, and returns its number of members. O(log n), O(n) if packed. */
  selectScores(entry: Address, range: ScoreRange, isReverse: boolean, cursor: SortedSetCursor): number {
    const sets = this.#sets;
    if (!sets.isTable(entry)) return walkScores(entry, range, isReverse, cursor);
    const { table } = sets;
    const root = sets.entries.valueOf(entry);
    const count = this.countScores(entry, range);
    if (count > 0) {
      const first = isReverse
        ? table.lastAtOrBelow(root, range.max, range.isMaxExcluded)
        : table.firstAtOrAbove(root, range.min, range.isMinExcluded);
      cursor.toPosition(entry, first);
    }
    return count;
  }

  /** Number of members with scores in a range. O(log n), O(n) if packed. */
  countScores(entry: Address, range: ScoreRange): number {
    const sets = this.#sets;
    if (!sets.isTable(entry)) return walkScores(entry, range, false, sets.cursor);
    const root = sets.entries.valueOf(entry);
    return sets.table.countInScoreRange(root, range.min, range.isMinExcluded, range.max, range.isMaxExcluded);
  }

  /** Moves `cursor` to the start of a range of members, and returns its number of members. O(log n), O(n) if packed. */
  selectMembers(entry: Address, range: LexicalRange, isReverse: boolean, cursor: SortedSetCursor): number {
    const sets = this.#sets;
    if (!sets.isTable(entry)) return this.#walkMembers(entry, range, isReverse, cursor);
    const root = sets.entries.valueOf(entry);
    const { bytes, min, minStart, minEnd, max, maxStart, maxEnd } = range;
    const { table } = sets;
    const count = table.countInLexRange(root, bytes, minStart, minEnd, min, bytes, maxStart, maxEnd, max);
    if (count > 0) {
      const first = isReverse
        ? table.lastLexAtOrBelow(root, bytes, maxStart, maxEnd, max)
        : table.firstLexAtOrAbove(root, bytes, minStart, minEnd, min);
      cursor.toPosition(entry, first);
    }
    return count;
  }

  /** `selectMembers` of a packed set. */
  #walkMembers(entry: Address, range: LexicalRange, isReverse: boolean, cursor: SortedSetCursor): number {
    const last = this.#sets.size(entry) - 1;
    // Redis does not search if the first or the last member shows that the range is empty.
    if (!cursor.toRank(entry, last) || isMemberBelow(cursor, range)) return 0;
    if (!cursor.toRank(entry, 0) || isMemberAbove(cursor, range)) return 0;
    let more = cursor.toRank(entry, isReverse ? last : 0);
    while (more && (isReverse ? isMemberAbove(cursor, range) : isMemberBelow(cursor, range))) {
      more = isReverse ? cursor.previous() : cursor.next();
    }
    const first = cursor.position;
    let count = 0;
    while (more && !(isReverse ? isMemberBelow(cursor, range) : isMemberAbove(cursor, range))) {
      count++;
      more = isReverse ? cursor.previous() : cursor.next();
    }
    cursor.toPosition(entry, first);
    return count;
  }
}

function isBelow(score: number, range: ScoreRange): boolean {
  return range.isMinExcluded ? score <= range.min : score < range.min;
}

function isAbove(score: number, range: ScoreRange): boolean {
  return range.isMaxExcluded ? score >= range.max : score > range.max;
}

/** `selectScores` of a packed set. */
function walkScores(entry: Address, range: ScoreRange, isReverse: boolean, cursor: SortedSetCursor): number {
  let first = -1;
  let last = -1;
  let count = 0;
  for (let more = cursor.toRank(entry, 0); more; more = cursor.next()) {
    if (isAbove(cursor.score, range)) break;
    if (isBelow(cursor.score, range)) continue;
    last = cursor.position;
    if (count++ === 0) first = last;
  }
  cursor.toPosition(entry, isReverse ? last : first);
  return count;
}

function isMemberBelow(cursor: SortedSetCursor, range: LexicalRange): boolean {
  if (range.min === LexBound.minusInfinity) return false;
  if (range.min === LexBound.plusInfinity) return true;
  const { bytes, start, end } = cursor.member;
  const order = compareBytes(bytes, start, end, range.bytes, range.minStart, range.minEnd);
  return range.min === LexBound.exclusive ? order <= 0 : order < 0;
}

function isMemberAbove(cursor: SortedSetCursor, range: LexicalRange): boolean {
  if (range.max === LexBound.plusInfinity) return false;
  if (range.max === LexBound.minusInfinity) return true;
  const { bytes, start, end } = cursor.member;
  const order = compareBytes(bytes, start, end, range.bytes, range.maxStart, range.maxEnd);
  return range.max === LexBound.exclusive ? order >= 0 : order > 0;
}
