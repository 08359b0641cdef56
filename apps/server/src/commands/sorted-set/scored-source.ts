import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { ValueType } from '../../values/entry';
import { SetCursor } from '../../values/set/set-cursor';
import type { Sets } from '../../values/set/sets';
import { SortedSetCursor } from '../../values/sorted-set/sorted-set-cursor';
import type { SortedSets } from '../../values/sorted-set/sorted-sets';

/** The score of the members of a plain set. */
const SCORE_OF_SETS = 1;

/** A source of a set operation: a sorted set, a set, or a missing key. It must not change during the operation. */
export class ScoredSource {
  readonly size: number;
  weight = 1;
  /** The current member is `bytes[start, end)`. */
  bytes: Uint8Array = Buffer.alloc(0);
  start = 0;
  end = 0;
  /** Its score, without the weight. */
  score = SCORE_OF_SETS;
  readonly #sets: Sets;
  readonly #sortedSets: SortedSets;
  readonly #isSet: boolean;
  readonly #setCursor: SetCursor;
  readonly #cursor: SortedSetCursor;
  #isAtStart = true;

  /** @param entry a set or a sorted set, or 0. */
  constructor(
    call: Invocation,
    readonly entry: Address,
  ) {
    const { sets, sortedSets } = call.keyspace.values;
    this.#sets = sets;
    this.#sortedSets = sortedSets;
    this.#isSet = entry !== 0 && call.database.typeOf(entry) === ValueType.set;
    this.#setCursor = new SetCursor(sets);
    this.#cursor = new SortedSetCursor(sortedSets);
    this.size = entry === 0 ? 0 : this.#isSet ? sets.size(entry) : sortedSets.size(entry);
  }

  /** Moves before the first member. O(1). */
  begin(): void {
    this.#isAtStart = true;
    if (this.#isSet) this.#setCursor.begin(this.entry);
  }

  /** Moves to the next member; returns false if there is none. O(1) expected. */
  next(): boolean {
    if (this.size === 0) return false;
    if (this.#isSet) {
      const cursor = this.#setCursor;
      if (!cursor.next()) return false;
      this.bytes = cursor.bytes;
      this.start = cursor.start;
      this.end = cursor.end;
      return true;
    }
    const cursor = this.#cursor;
    if (!(this.#isAtStart ? cursor.toEnd(this.entry, false) : cursor.next())) return false;
    this.#isAtStart = false;
    this.bytes = cursor.member.bytes;
    this.start = cursor.member.start;
    this.end = cursor.member.end;
    this.score = cursor.score;
    return true;
  }

  /** The score in this source of another source's current member, or NaN if it is missing. O(1) expected, O(n) if packed. */
  scoreOf(other: ScoredSource): number {
    if (this.size === 0) return Number.NaN;
    if (other.entry === this.entry) return other.score;
    const { bytes, start, end } = other;
    if (!this.#isSet) return this.#sortedSets.scoreOf(this.entry, bytes, start, end);
    return this.#sets.has(this.entry, bytes, start, end) ? SCORE_OF_SETS : Number.NaN;
  }
}
