import {
  type Address,
  type Arena,
  DequeCursor,
  ElementView,
  PackedDeque,
  type RecordMover,
} from '@nanoredis/intrusive-ds';
import type { Encoding } from '../entry';
import type { PackingLimits } from '../packing-limits';
import type { ValueStore } from '../value-store';
import type { ValueVisitor } from '../value-visitor';
import { ListEnd } from './list-end';

/** A cursor of `walk` is a node times this and a position in the node; a node is 2 MiB at most, or of one element. */
const POSITIONS = 2 ** 21;

/**
 * The lists: packed deques of any size, in the encoding `quicklist`. The value of a list's entry is the deque's root, whose
 * address does not change while the list exists, so methods take the value.
 *
 * One cursor and one view serve all lists: `seek` places the cursor, and a method that reads an element points `element` at
 * it. The view is valid until the list changes or the next element is read.
 */
export class Lists implements ValueStore {
  /** The element read last. */
  readonly element = new ElementView();
  readonly #deque: PackedDeque;
  readonly #cursor = new DequeCursor();
  /** Of `walk`, which may be called while the others are in use. */
  readonly #walkedPlace = new DequeCursor();
  readonly #walkedElement = new ElementView();
  readonly #limits: PackingLimits;
  /** The node size that is set in the deque. */
  #nodeSize: number;

  constructor(arena: Arena, limits: PackingLimits) {
    this.#limits = limits;
    this.#nodeSize = limits.listNodeSize;
    this.#deque = new PackedDeque(arena, this.#nodeSize);
  }

  /**
   * An empty list; the caller owns it. O(1).
   * @throws ArenaFullError when the arena is full.
   */
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
   * Adds `bytes[from, to)`, which must not be part of this list, at an end. O(length) amortised.
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  push(list: Address, end: ListEnd, bytes: Uint8Array, from: number, to: number): void {
    if (this.#limits.listNodeSize !== this.#nodeSize) this.#followNodeSize();
    if (end === ListEnd.front) this.#deque.pushFront(list, bytes, from, to);
    else this.#deque.pushBack(list, bytes, from, to);
  }

  /** Reads the element at an end of a list that is not empty. O(1). */
  peek(list: Address, end: ListEnd): void {
    if (end === ListEnd.front) this.#deque.peekFront(list, this.element);
    else this.#deque.peekBack(list, this.element);
  }

  /** Removes the element at an end of a list that is not empty, and reads it. O(1) amortised. */
  pop(list: Address, end: ListEnd): void {
    if (end === ListEnd.front) this.#deque.popFront(list, this.element);
    else this.#deque.popBack(list, this.element);
  }

  /** Removes the element at an end of a list that is not empty. O(1) amortised. */
  drop(list: Address, end: ListEnd): void {
    if (end === ListEnd.front) this.#deque.removeFront(list);
    else this.#deque.removeBack(list);
  }

  /** Removes `count` elements at an end of a list that has at least as many. O(nodes). */
  dropMany(list: Address, end: ListEnd, count: number): void {
    this.#deque.removeRange(list, end === ListEnd.front ? 0 : this.length(list) - count, count);
  }

  /** Removes all elements but those from `first` to `last`, which must exist. O(nodes). */
  keepOnly(list: Address, first: number, last: number): void {
    const length = this.length(list);
    this.#deque.removeRange(list, last + 1, length - last - 1);
    this.#deque.removeRange(list, 0, first);
  }

  /** Places the cursor on element `index`, where -1 is the last. Returns whether it exists. O(nodes). */
  seek(list: Address, index: number): boolean {
    return this.#deque.seek(list, index, this.#cursor);
  }

  /** Index of the cursor's element. O(1). */
  get index(): number {
    return this.#cursor.index;
  }

  /** Reads the cursor's element and moves the cursor to the next one. Returns false, and reads nothing, beyond the end. O(1). */
  readForward(): boolean {
    return this.#deque.readNext(this.#cursor, this.element);
  }

  /**
   * Reads the cursor's element, which must exist, and moves the cursor to the previous one. Returns false if it was the first.
   * O(1).
   */
  readBackward(): boolean {
    this.#deque.read(this.#cursor, this.element);
    return this.#deque.backward(this.#cursor);
  }

  /** Moves the cursor by one element. Returns false if it is then beyond the end. O(1). */
  step(isBackward: boolean): boolean {
    return isBackward ? this.#deque.backward(this.#cursor) : this.#deque.forward(this.#cursor);
  }

  /**
   * Moves the cursor to the next element in its direction that equals `bytes[start, end)`; that may be the current one. Compares
   * at most `max` elements. Returns whether one was found. O(max).
   */
  find(bytes: Uint8Array, start: number, end: number, isBackward: boolean, max: number): boolean {
    const cursor = this.#cursor;
    for (let left = max; left > 0; left--) {
      this.#deque.read(cursor, this.element);
      if (isEqual(this.element, bytes, start, end)) return true;
      if (!this.step(isBackward)) return false;
    }
    return false;
  }

  /**
   * Adds `bytes[start, end)` before or after the cursor's element. O(bytes of a node).
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  insert(isBefore: boolean, bytes: Uint8Array, start: number, end: number): void {
    if (this.#limits.listNodeSize !== this.#nodeSize) this.#followNodeSize();
    if (isBefore) this.#deque.insertBefore(this.#cursor, bytes, start, end);
    else this.#deque.insertAfter(this.#cursor, bytes, start, end);
  }

  /**
   * Replaces the cursor's element by `bytes[start, end)`. O(bytes of a node).
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  replace(bytes: Uint8Array, start: number, end: number): void {
    if (this.#limits.listNodeSize !== this.#nodeSize) this.#followNodeSize();
    this.#deque.replace(this.#cursor, bytes, start, end);
  }

  /**
   * Removes the cursor's element and moves the cursor on in its direction. Returns false if it is then beyond the end.
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

  /** Exact for any number of samples. O(nodes); a million short elements take a few thousand nodes. */
  memoryOf(value: Address): number {
    return this.#deque.bytes(value);
  }

  count(value: Address): number {
    return this.#deque.count(value);
  }

  walk(value: Address, _encoding: Encoding, cursor: number, budget: number, visitor: ValueVisitor): number {
    const deque = this.#deque;
    const place = this.#walkedPlace;
    const element = this.#walkedElement;
    if (cursor === 0) {
      deque.seek(value, 0, place);
    } else {
      place.root = value;
      place.node = Math.floor(cursor / POSITIONS);
      place.position = cursor % POSITIONS;
    }
    for (let left = budget; left > 0 && deque.readNext(place, element); left--) {
      visitor.element(element.bytes, element.start, element.end);
    }
    return place.node === 0 ? 0 : place.node * POSITIONS + place.position;
  }

  moveRoot(value: Address, _encoding: Encoding, mover: RecordMover): Address {
    return mover.move(value);
  }

  /** The cursor is the index of a node. O(budget), and O(nodes) to the nearer end. */
  moveElements(value: Address, _encoding: Encoding, cursor: number, budget: number, mover: RecordMover): number {
    return this.#deque.moveNodes(value, cursor, budget, mover);
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
