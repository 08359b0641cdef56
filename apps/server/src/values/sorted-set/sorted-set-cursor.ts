import { type Address, ElementView } from '@nanoredis/intrusive-ds';
import { ElementCursor, type SortedSetTable } from '@nanoredis/skiplist';
import type { EntryRecords } from '../entry-records';
import type { PackedPairs } from './packed-pairs';

/** The stores in which the members of sorted sets are; see SortedSets. */
export interface SortedSetStores {
  readonly entries: EntryRecords;
  readonly pairs: PackedPairs;
  readonly table: SortedSetTable;
  readonly randomUint32: () => number;
  isTable(entry: Address): boolean;
  size(entry: Address): number;
}

/**
 * Iterates over the members of a sorted set by score, in both directions, without allocating. A position is valid until the
 * set changes. The methods that move the cursor return whether it is then at a member.
 */
export class SortedSetCursor {
  /** The current member. */
  readonly member = new ElementView();
  /** Its element, or its pair if the set is packed. */
  position = 0;
  /** The position in a skip list. */
  readonly elements: ElementCursor;
  readonly #sets: SortedSetStores;
  #isTable = false;
  /** The packed set, or 0 for a skip list. */
  #list: Address = 0;
  /** In a packed set: position of the current pair's score. */
  #scoreAt = 0;
  /** In a packed set that is walked backward: the pairs from the first to the current one, because pairs have no back links. */
  #pairs = new Uint32Array(0);
  /** Index of the current pair in `#pairs`, or -1 while that is not filled. */
  #index = -1;

  constructor(sets: SortedSetStores) {
    this.elements = new ElementCursor(sets.entries.arena);
    this.#sets = sets;
  }

  /** The score of the current member. O(1). */
  get score(): number {
    const { pairs, table } = this.#sets;
    return this.#isTable ? table.scoreOf(this.position) : pairs.scoreAt(this.#list, this.#scoreAt);
  }

  /** Moves to the member at a rank, from 0. O(log n), O(rank) if packed. */
  toRank(entry: Address, rank: number): boolean {
    const { pairs } = this.#begin(entry);
    const value = this.#sets.entries.valueOf(entry);
    return this.#isTable ? this.#toElement(this.elements.toRank(value, rank)) : this.#toPair(pairs.at(value, rank));
  }

  /** Moves to the first member, or to the last. O(1); O(n) for the last of a packed set. */
  toEnd(entry: Address, isLast: boolean): boolean {
    const { pairs, table } = this.#begin(entry);
    const value = this.#sets.entries.valueOf(entry);
    if (this.#isTable) return this.#toElement(this.elements.toRank(value, isLast ? table.size(value) - 1 : 0));
    return this.#toPair(pairs.at(value, isLast ? pairs.size(value) - 1 : 0));
  }

  /** Moves to member `bytes[start, end)`. O(1) expected, O(n) if packed. */
  toMember(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const { pairs, table } = this.#begin(entry);
    const value = this.#sets.entries.valueOf(entry);
    return this.#isTable
      ? this.#toElement(this.elements.toElement(value, table.find(value, bytes, start, end)))
      : this.#toPair(pairs.find(value, bytes, start, end));
  }

  /** Moves to a random member. O(1) expected, O(n) if packed. */
  toRandom(entry: Address): boolean {
    const { pairs, table, randomUint32 } = this.#begin(entry);
    const value = this.#sets.entries.valueOf(entry);
    if (this.#isTable) return this.#toElement(this.elements.toElement(value, table.random(value)));
    return this.#toPair(pairs.at(value, Math.floor((randomUint32() / 2 ** 32) * pairs.size(value))));
  }

  /** Moves to a known element or pair of a set; 0 (element) and -1 (pair) mean none. O(1). */
  toPosition(entry: Address, position: number): boolean {
    const { entries } = this.#begin(entry);
    if (!this.#isTable) return this.#toPair(position);
    return this.#toElement(this.elements.toElement(entries.valueOf(entry), position));
  }

  /** Moves to the next member. O(1). */
  next(): boolean {
    if (this.#isTable) return this.#toElement(this.elements.next());
    return this.#toPair(this.#sets.pairs.lists.next(this.#list, this.#scoreAt));
  }

  /** Moves to the previous member. O(1), the first time O(n) if packed. */
  previous(): boolean {
    if (this.#isTable) return this.#toElement(this.elements.previous());
    if (this.#index < 0) this.#collectPairs();
    const index = this.#index - 1;
    if (index < 0) return false;
    this.#toPair(this.#pairs[index]!);
    this.#index = index;
    return true;
  }

  /** Moves by `steps` ranks, backward if negative, to a member that exists. O(log n), O(n) if packed. */
  advance(entry: Address, steps: number): void {
    const { pairs, table, entries } = this.#sets;
    const value = entries.valueOf(entry);
    if (!this.#isTable) {
      this.#toPair(pairs.at(value, pairs.rankOf(value, this.position) + steps));
    } else {
      this.#toElement(this.elements.toRank(value, table.rankOf(value, this.position) + steps));
    }
  }

  #begin(entry: Address): SortedSetStores {
    const sets = this.#sets;
    this.#isTable = sets.isTable(entry);
    this.#list = this.#isTable ? 0 : sets.entries.valueOf(entry);
    return sets;
  }

  #toElement(element: Address): boolean {
    if (element === 0) return false;
    const { table } = this.#sets;
    const { member } = this;
    this.position = element;
    member.bytes = table.memberBytes(element);
    const start = table.memberStart(element);
    member.start = start;
    member.end = start + table.memberLength(element);
    return true;
  }

  #toPair(pair: number): boolean {
    this.#index = -1;
    if (pair < 0) return false;
    const { pairs } = this.#sets;
    const list = this.#list;
    this.position = pair;
    this.#scoreAt = pairs.readMember(list, pair, this.member);
    return true;
  }

  #collectPairs(): void {
    const { pairs } = this.#sets;
    const list = this.#list;
    if (this.#pairs.length < pairs.size(list)) this.#pairs = new Uint32Array(pairs.size(list));
    let index = 0;
    for (let pair = pairs.lists.first(list); pair !== this.position; pair = pairs.after(list, pair)) {
      this.#pairs[index++] = pair;
    }
    this.#index = index;
  }
}
