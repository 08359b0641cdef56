import { type Address, type Arena, DequeCursor, ElementView, PackedDeque } from '@nanoredis/intrusive-ds';
import type { Encoding } from '../entry';
import type { PackingLimits } from '../packing-limits';
import type { ValueStore } from '../value-store';
import { ListEnd } from './list-end';

/**
 * The lists: packed deques, whatever their size, in the encoding `quicklist`. The value of a list's entry is the
 * deque's root, which stays where it is as long as the list lives, so all methods work on values.
 *
 * One cursor and one view serve all lists: `seek` puts the cursor, and what reads an element leaves it in `element`,
 * which holds until the list changes or the next element is read.
 */
export class Lists implements ValueStore {
  /** The element that was read last. */
  readonly element = new ElementView();
  readonly #deque: PackedDeque;
  readonly #cursor = new DequeCursor();
  readonly #limits: PackingLimits;
  /** The size of nodes that the deque was told last. */
  #nodeSize: number;

  constructor(arena: Arena, limits: PackingLimits) {
    this.#limits = limits;
    this.#nodeSize = limits.listNodeSize;
    this.#deque = new PackedDeque(arena, this.#nodeSize);
  }

  /** An empty list; the caller owns it. O(1). @throws ArenaFullError */
  create(): Address {
    return this.#deque.create();
  }

  /** Number of elements. O(1). */
  length(list: Address): number {
    return this.#deque.count(list);
  }

  /** Number of nodes. O(1). */
  nodeCount(list: Address): number {
    return this.#deque.nodeCount(list);
  }

  /**
   * Adds `bytes[start, end)`, which does not lie in this list, at an end. O(length) amortised.
   * @throws ArenaFullError before anything was changed.
   */
  push(list: Address, end: ListEnd, bytes: Uint8Array, from: number, to: number): void {
    if (this.#limits.listNodeSize !== this.#nodeSize) this.#followNodeSize();
    if (end === ListEnd.front) this.#deque.pushFront(list, bytes, from, to);
    else this.#deque.pushBack(list, bytes, from, to);
  }

  /** Reads the element at an end of a list that has one. O(1). */
  peek(list: Address, end: ListEnd): void {
    if (end === ListEnd.front) this.#deque.peekFront(list, this.element);
    else this.#deque.peekBack(list, this.element);
  }

  /** Takes the element at an end out of a list that has one, and reads it. O(1) amortised. */
  pop(list: Address, end: ListEnd): void {
    if (end === ListEnd.front) this.#deque.popFront(list, this.element);
    else this.#deque.popBack(list, this.element);
  }

  /** Takes the element at an end out of a list that has one. O(1) amortised. */
  drop(list: Address, end: ListEnd): void {
    if (end === ListEnd.front) this.#deque.removeFront(list);
    else this.#deque.removeBack(list);
  }

  /** Takes `count` elements, of which there are so many, out at an end. O(nodes). */
  dropMany(list: Address, end: ListEnd, count: number): void {
    this.#deque.removeRange(list, end === ListEnd.front ? 0 : this.length(list) - count, count);
  }

  /** Takes all elements out but those from `first` to `last`, which both exist. O(nodes). */
  keepOnly(list: Address, first: number, last: number): void {
    const length = this.length(list);
    this.#deque.removeRange(list, last + 1, length - last - 1);
    this.#deque.removeRange(list, 0, first);
  }

  /** Puts the cursor on element `index`, or backwards from -1 for the last. Returns whether there is one. O(nodes). */
  seek(list: Address, index: number): boolean {
    return this.#deque.seek(list, index, this.#cursor);
  }

  /** Index of the cursor's element. O(1). */
  get index(): number {
    return this.#cursor.index;
  }

  /** Reads the cursor's element and moves the cursor to the next one; false, and nothing is read, beyond the end. O(1). */
  readForward(): boolean {
    return this.#deque.readNext(this.#cursor, this.element);
  }

  /**
   * Reads the cursor's element, which there is, and moves the cursor to the one before; false if that was the first.
   * O(1).
   */
  readBackward(): boolean {
    this.#deque.read(this.#cursor, this.element);
    return this.#deque.backward(this.#cursor);
  }

  /** Moves the cursor by one element; false if it is beyond the end then. O(1). */
  step(isBackward: boolean): boolean {
    return isBackward ? this.#deque.backward(this.#cursor) : this.#deque.forward(this.#cursor);
  }

  /**
   * Moves the cursor from the element that it is on to the next one in its direction that is `bytes[start, end)`, which
   * may be the one that it is on. Returns whether there is one among the `most` that it looks at. O(most).
   */
  find(bytes: Uint8Array, start: number, end: number, isBackward: boolean, most: number): boolean {
    const cursor = this.#cursor;
    for (let left = most; left > 0; left--) {
      this.#deque.read(cursor, this.element);
      if (isEqual(this.element, bytes, start, end)) return true;
      if (!this.step(isBackward)) return false;
    }
    return false;
  }

  /**
   * Adds `bytes[start, end)` beside the cursor's element. O(bytes of a node).
   * @throws ArenaFullError before anything was changed.
   */
  insert(isBefore: boolean, bytes: Uint8Array, start: number, end: number): void {
    if (this.#limits.listNodeSize !== this.#nodeSize) this.#followNodeSize();
    if (isBefore) this.#deque.insertBefore(this.#cursor, bytes, start, end);
    else this.#deque.insertAfter(this.#cursor, bytes, start, end);
  }

  /**
   * Makes the cursor's element be `bytes[start, end)`. O(bytes of a node).
   * @throws ArenaFullError before anything was changed.
   */
  replace(bytes: Uint8Array, start: number, end: number): void {
    if (this.#limits.listNodeSize !== this.#nodeSize) this.#followNodeSize();
    this.#deque.replace(this.#cursor, bytes, start, end);
  }

  /**
   * Takes the cursor's element out and moves the cursor on in its direction; false if it is beyond the end then.
   * O(bytes of a node).
   */
  remove(isBackward: boolean): boolean {
    const isOnNext = this.#deque.remove(this.#cursor);
    return isBackward ? this.#deque.backward(this.#cursor) : isOnNext;
  }

  free(value: Address): void {
    this.#deque.destroy(value);
  }

  freeSome(value: Address, _encoding: Encoding, budget: number): boolean {
    return this.#deque.destroySome(value, budget);
  }

  freeEffort(value: Address): number {
    return this.#deque.nodeCount(value);
  }

  copy(value: Address): Address {
    return this.#deque.copy(value);
  }

  /** Exact whatever the samples; O(nodes), of which a million short elements make a few thousand. */
  memoryOf(value: Address): number {
    return this.#deque.bytes(value);
  }

  #followNodeSize(): void {
    this.#nodeSize = this.#limits.listNodeSize;
    this.#deque.fill = this.#nodeSize;
  }
}

function isEqual(element: ElementView, bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (element.end - element.start !== length) return false;
  const own = element.bytes;
  const from = element.start;
  for (let i = 0; i < length; i++) if (own[from + i] !== bytes[start + i]) return false;
  return true;
}
