import { type Address, ElementView } from '@nanoredis/intrusive-ds';
import { ElementCursor } from '@nanoredis/skiplist';
import type { SortedSets } from './sorted-sets';

/**
 * A place in a sorted set: looks at one member after the other, in the order of scores or against it, and allocates nothing. It
 * holds until the set changes. The methods that move it answer whether it is at a member then.
 */
export class SortedSetCursor {
  /** The member that the cursor is at. */
  readonly member = new ElementView();
  /** Its element, or its pair where the set is packed. */
  position = 0;
  /** Of a set that is a skip list: the place that the cursor is at. */
  readonly elements: ElementCursor;
  readonly #sets: SortedSets;
  #isTable = false;
  /** The packed set, while it is one. */
  #list: Address = 0;
  /** Of a packed set: where the score of the current pair is. */
  #scoreAt = 0;
  /** Of a packed set that is walked against its order: the pairs from the first to the current one, as their elements do not lead back. */
  #pairs = new Uint32Array(0);
  /** Index of the current pair in `#pairs`, or -1 while they are not known. */
  #index = -1;

  constructor(sets: SortedSets) {
    this.elements = new ElementCursor(sets.entries.arena);
    this.#sets = sets;
  }

  /** The score of the member that the cursor is at. O(1). */
  get score(): number {
    const { pairs, table } = this.#sets;
    return this.#isTable ? table.scoreOf(this.position) : pairs.scoreAt(this.#list, this.#scoreAt);
  }

  /** Goes to the member of a rank from 0. O(log n), O(rank) if packed. */
  toRank(entry: Address, rank: number): boolean {
    const { pairs } = this.#begin(entry);
    const value = this.#sets.entries.valueOf(entry);
    return this.#isTable ? this.#toElement(this.elements.toRank(value, rank)) : this.#toPair(pairs.at(value, rank));
  }

  /** Goes to the first member, or to the last. O(1), the last of a packed set O(n). */
  toEnd(entry: Address, isLast: boolean): boolean {
    const { pairs, table } = this.#begin(entry);
    const value = this.#sets.entries.valueOf(entry);
    if (this.#isTable) return this.#toElement(this.elements.toRank(value, isLast ? table.size(value) - 1 : 0));
    return this.#toPair(pairs.at(value, isLast ? pairs.size(value) - 1 : 0));
  }

  /** Goes to member `bytes[start, end)`. O(1) expected, O(n) if packed. */
  toMember(entry: Address, bytes: Uint8Array, start: number, end: number): boolean {
    const { pairs, table } = this.#begin(entry);
    const value = this.#sets.entries.valueOf(entry);
    return this.#isTable
      ? this.#toElement(this.elements.toElement(value, table.find(value, bytes, start, end)))
      : this.#toPair(pairs.find(value, bytes, start, end));
  }

  /** Goes to a random member. O(1) expected, O(n) if packed. */
  toRandom(entry: Address): boolean {
    const { pairs, table, randomUint32 } = this.#begin(entry);
    const value = this.#sets.entries.valueOf(entry);
    if (this.#isTable) return this.#toElement(this.elements.toElement(value, table.random(value)));
    return this.#toPair(pairs.at(value, Math.floor((randomUint32() / 2 ** 32) * pairs.size(value))));
  }

  /** Goes to an element or a pair of a set, which the caller knows; 0 and -1 stand for none of them. O(1). */
  toPosition(entry: Address, position: number): boolean {
    const { entries } = this.#begin(entry);
    if (!this.#isTable) return this.#toPair(position);
    return this.#toElement(this.elements.toElement(entries.valueOf(entry), position));
  }

  /** Goes to the member behind. O(1). */
  next(): boolean {
    if (this.#isTable) return this.#toElement(this.elements.next());
    return this.#toPair(this.#sets.pairs.lists.next(this.#list, this.#scoreAt));
  }

  /** Goes to the member in front. O(1), the first time O(n) if packed. */
  previous(): boolean {
    if (this.#isTable) return this.#toElement(this.elements.previous());
    if (this.#index < 0) this.#collectPairs();
    const index = this.#index - 1;
    if (index < 0) return false;
    this.#toPair(this.#pairs[index]!);
    this.#index = index;
    return true;
  }

  /** Goes to the member that is `steps` ranks behind, or in front if negative: it is there. O(log n), O(n) if packed. */
  advance(entry: Address, steps: number): void {
    const { pairs, table, entries } = this.#sets;
    const value = entries.valueOf(entry);
    if (!this.#isTable) {
      this.#toPair(pairs.at(value, pairs.rankOf(value, this.position) + steps));
    } else {
      this.#toElement(this.elements.toRank(value, table.rankOf(value, this.position) + steps));
    }
  }

  #begin(entry: Address): SortedSets {
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
