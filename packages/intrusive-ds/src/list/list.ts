import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';

/** Where a record has its links: byte offsets of words, multiples of 4. A record can be in as many lists as it has pairs of links. */
export interface ListLayout {
  readonly next: number;
  readonly previous: number;
}

/** Where the head record of a list has the two ends: byte offsets of words, multiples of 4. It may be part of any larger record. */
export interface ListHeadLayout {
  readonly first: number;
  readonly last: number;
}

/**
 * Doubly linked lists over arena records of one layout. Each list is named by its head record, which contains the two ends. The lists
 * allocate and free neither head records nor members.
 *
 * ```
 *      head record             member               member               member
 *  +-------+-------+      +------+------+      +------+------+      +------+------+
 *  | first | last  |      | next | prev |----->| next | prev |----->|  0   | prev |
 *  +-------+-------+      +------+------+<-----+------+------+<-----+------+------+
 *      |       |             ^  (prev = 0)                             ^
 *      '-------|-------------'                                         |
 *              '-------------------------------------------------------'
 * ```
 */
export class List {
  readonly #words: Uint32Array[];
  readonly #nextWord: number;
  readonly #previousWord: number;
  readonly #firstWord: number;
  readonly #lastWord: number;

  constructor(arena: Arena, layout: ListLayout, head: ListHeadLayout) {
    this.#words = arena.words;
    this.#nextWord = layout.next >>> 2;
    this.#previousWord = layout.previous >>> 2;
    this.#firstWord = head.first >>> 2;
    this.#lastWord = head.last >>> 2;
  }

  /** Makes the list empty without reading it. Each head record needs this once. O(1). */
  clear(head: Address): void {
    this.#setWord(head, this.#firstWord, 0);
    this.#setWord(head, this.#lastWord, 0);
  }

  /** The first member, or 0. O(1). */
  first(head: Address): Address {
    return this.#word(head, this.#firstWord);
  }

  /** The last member, or 0. O(1). */
  last(head: Address): Address {
    return this.#word(head, this.#lastWord);
  }

  /** The member after this one, or 0. O(1). */
  next(record: Address): Address {
    return this.#word(record, this.#nextWord);
  }

  /** The member before this one, or 0. O(1). */
  previous(record: Address): Address {
    return this.#word(record, this.#previousWord);
  }

  /** Adds a record at the end. O(1). */
  push(head: Address, record: Address): void {
    this.#link(head, record, this.last(head), 0);
  }

  /** Adds a record at the beginning. O(1). */
  unshift(head: Address, record: Address): void {
    this.#link(head, record, 0, this.first(head));
  }

  /** Adds a record before a member. O(1). */
  insertBefore(head: Address, member: Address, record: Address): void {
    this.#link(head, record, this.previous(member), member);
  }

  /** Adds a record after a member. O(1). */
  insertAfter(head: Address, member: Address, record: Address): void {
    this.#link(head, record, member, this.next(member));
  }

  /** Removes the last member and returns it, or 0 if there is none. O(1). */
  pop(head: Address): Address {
    const record = this.last(head);
    if (record !== 0) this.remove(head, record);
    return record;
  }

  /** Removes the first member and returns it, or 0 if there is none. O(1). */
  shift(head: Address): Address {
    const record = this.first(head);
    if (record !== 0) this.remove(head, record);
    return record;
  }

  /** Removes a member; its links keep their values. O(1). */
  remove(head: Address, record: Address): void {
    const next = this.next(record);
    const previous = this.previous(record);
    this.#setNext(head, previous, next);
    this.#setPrevious(head, next, previous);
  }

  /** Notes that a member has moved: `fresh` contains a copy of its words. The old record is not read. O(1). */
  move(head: Address, fresh: Address): void {
    this.#link(head, fresh, this.previous(fresh), this.next(fresh));
  }

  /** Moves a member to the end, as an LRU order does at each use. O(1). */
  moveToEnd(head: Address, record: Address): void {
    if (this.last(head) === record) return;
    this.remove(head, record);
    this.push(head, record);
  }

  /** Visits the members in order. `visit` may remove and free the member that it visits, but not the next one. O(n). */
  forEach(head: Address, visit: (record: Address) => void): void {
    let record = this.first(head);
    while (record !== 0) {
      const next = this.next(record);
      visit(record);
      record = next;
    }
  }

  #link(head: Address, record: Address, previous: Address, next: Address): void {
    this.#setWord(record, this.#nextWord, next);
    this.#setWord(record, this.#previousWord, previous);
    this.#setNext(head, previous, record);
    this.#setPrevious(head, next, record);
  }

  /** Sets the next link of `record`, or the first member if `record` is 0. */
  #setNext(head: Address, record: Address, next: Address): void {
    if (record === 0) this.#setWord(head, this.#firstWord, next);
    else this.#setWord(record, this.#nextWord, next);
  }

  /** Sets the previous link of `record`, or the last member if `record` is 0. */
  #setPrevious(head: Address, record: Address, previous: Address): void {
    if (record === 0) this.#setWord(head, this.#lastWord, previous);
    else this.#setWord(record, this.#previousWord, previous);
  }

  #word(record: Address, word: number): number {
    return this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + word]!;
  }

  #setWord(record: Address, word: number, value: number): void {
    this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + word] = value;
  }
}
