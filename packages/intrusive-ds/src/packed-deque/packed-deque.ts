import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import type { RecordMover } from '../arena/record-mover';
import { ElementEncoder } from '../packed-list/element-encoder';
import type { ElementView } from '../packed-list/element-view';
import { CursorSteps } from './cursor-steps';
import { DequeCursor } from './deque-cursor';
import { DequeNodes, isUnderfilled } from './deque-nodes';
import { Node, Root } from './deque-records';
import { fillLimit } from './fill-limit';
import { moveNodes } from './move-nodes';
import { NodeChain } from './node-chain';
import { PackedNodes, Side } from './packed-nodes';

const DEFAULT_FILL = -2;

/**
 * Sequences of byte strings of any length: a doubly linked list of nodes that each pack many elements, as Redis' quicklist. One object
 * serves all deques of an arena. A deque is named by its root address, which never changes. Both ends are O(1), the middle is
 * O(nodes). A text that is passed in must not be in the deque that changes; `ElementView.keep` copies it out.
 */
export class PackedDeque {
  readonly #arena: Arena;
  readonly #words: Uint32Array[];
  readonly #encoder = new ElementEncoder();
  readonly #nodes: PackedNodes;
  readonly #chain: NodeChain;
  readonly #layout: DequeNodes;
  readonly #steps: CursorSteps;
  #currentFill = DEFAULT_FILL;
  /** For changes without a cursor of the caller. */
  readonly #own = new DequeCursor();

  /** `fill`: see the property. */
  constructor(arena: Arena, fill = DEFAULT_FILL) {
    this.#arena = arena;
    this.#words = arena.words;
    this.#nodes = new PackedNodes(arena);
    this.#chain = new NodeChain(arena);
    this.#layout = new DequeNodes(arena, this.#nodes, this.#chain);
    this.#steps = new CursorSteps(arena, this.#nodes, this.#chain);
    this.fill = fill;
  }

  /**
   * How much fits into a node, as Redis' `list-max-listpack-size`: a positive number counts elements (in at most 8 KiB), -1 to -5 mean 4
   * to 64 KiB. A larger element has a node to itself. Setting it does not change existing nodes.
   */
  get fill(): number {
    return this.#currentFill;
  }

  set fill(fill: number) {
    this.#currentFill = fill;
    this.#layout.limit = fillLimit(fill);
  }

  /** Creates an empty deque of 16 bytes; the caller owns it. O(1). @throws ArenaFullError when there is no memory */
  create(): Address {
    const root = this.#arena.allocate(Root.bytes);
    this.#chain.clear(root);
    return root;
  }

  /** Frees the deque and its root. O(nodes). */
  destroy(root: Address): void {
    this.destroySome(root, Number.POSITIVE_INFINITY);
  }

  /**
   * Frees up to `budget` nodes from the front, and the root after the last one. Returns whether all is freed; until then the deque is
   * valid, but shorter. O(budget).
   */
  destroySome(root: Address, budget: number): boolean {
    for (let freed = 0; freed < budget; freed++) {
      const node = this.#chain.word(root, Root.head);
      if (node === 0) {
        this.#arena.free(root);
        return true;
      }
      this.#dropNode(root, node);
    }
    return false;
  }

  /** Creates a deque with the same elements; the caller owns it. O(bytes). @throws ArenaFullError when there is no memory */
  copy(root: Address): Address {
    const twin = this.create();
    try {
      for (let node = this.#chain.word(root, Root.head); node !== 0; node = this.#chain.word(node, Node.next)) {
        const fresh = this.#layout.fitted(node);
        this.#chain.linkAfter(twin, fresh, this.#chain.word(twin, Root.tail));
        this.#chain.addCount(twin, this.#chain.word(fresh, Node.count));
      }
    } catch (error) {
      this.destroy(twin);
      throw error;
    }
    return twin;
  }

  /** Moves nodes out of sparse memory: see the function `moveNodes`. The owner of the deque moves its root. */
  moveNodes(root: Address, index: number, budget: number, mover: RecordMover): number {
    this.#nodes.forgetStarts();
    return moveNodes(this.#chain, root, index, budget, mover);
  }

  /** How many elements there are. O(1). */
  count(root: Address): number {
    return this.#chain.word(root, Root.count);
  }

  /** How many nodes there are. O(1). */
  nodeCount(root: Address): number {
    return this.#chain.word(root, Root.nodes);
  }

  /** Arena bytes of the deque, including its root and unused space. O(nodes). */
  bytes(root: Address): number {
    let bytes = this.#arena.usableBytes(root);
    for (let node = this.#chain.word(root, Root.head); node !== 0; node = this.#chain.word(node, Node.next)) {
      bytes += this.#arena.usableBytes(node);
    }
    return bytes;
  }

  /**
   * Adds `bytes[start, end)` as the last element. O(length) amortized.
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  pushBack(root: Address, bytes: Uint8Array, start: number, end: number): void {
    const encoder = this.#encoder;
    const layout = this.#layout;
    const size = encoder.prepare(bytes, start, end);
    const words = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const tail = words[at + Root.tail]!;
    if (tail === 0 || !this.#nodes.append(tail, encoder, layout.limit)) {
      if (tail !== 0 && layout.takes(tail, size)) layout.append(root, tail, encoder);
      else layout.createAfter(root, tail, encoder, Side.back);
    }
    words[at + Root.count]!++;
  }

  /**
   * Adds `bytes[start, end)` as the first element. O(length) amortized.
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  pushFront(root: Address, bytes: Uint8Array, start: number, end: number): void {
    const encoder = this.#encoder;
    const layout = this.#layout;
    const size = encoder.prepare(bytes, start, end);
    const words = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const head = words[at + Root.head]!;
    if (head === 0 || !this.#nodes.prepend(head, encoder, layout.limit)) {
      if (head !== 0 && layout.takes(head, size)) layout.prepend(root, head, encoder);
      else layout.createAfter(root, 0, encoder, Side.front);
    }
    words[at + Root.count]!++;
  }

  /** Makes `into` read the first element. Returns false if there is none. O(1). */
  peekFront(root: Address, into: ElementView): boolean {
    const head = this.#chain.word(root, Root.head);
    if (head === 0) return false;
    this.#steps.readAt(head, this.#nodes.word(head, Node.start), into);
    return true;
  }

  /** Makes `into` read the last element. Returns false if there is none. O(1). */
  peekBack(root: Address, into: ElementView): boolean {
    const tail = this.#chain.word(root, Root.tail);
    if (tail === 0) return false;
    this.#steps.readAt(tail, this.#nodes.before(tail, this.#nodes.word(tail, Node.end)), into);
    return true;
  }

  /** Removes the first element. `into` reads it until the next change. Returns false if there is none. O(1) amortized. */
  popFront(root: Address, into: ElementView): boolean {
    const head = this.#chain.word(root, Root.head);
    if (head === 0) return false;
    const start = this.#nodes.word(head, Node.start);
    const next = this.#steps.readAt(head, start, into);
    this.#dropFirst(root, head, next, into);
    return true;
  }

  /** Removes the last element. `into` reads it until the next change. Returns false if there is none. O(1) amortized. */
  popBack(root: Address, into: ElementView): boolean {
    const tail = this.#chain.word(root, Root.tail);
    if (tail === 0) return false;
    const last = this.#nodes.before(tail, this.#nodes.word(tail, Node.end));
    this.#steps.readAt(tail, last, into);
    this.#dropLast(root, tail, last, into);
    return true;
  }

  /** Removes the first element. Returns false if there is none. O(1) amortized. */
  removeFront(root: Address): boolean {
    const head = this.#chain.word(root, Root.head);
    if (head === 0) return false;
    const start = this.#nodes.word(head, Node.start);
    this.#dropFirst(root, head, start + this.#nodes.sizeAt(head, start), null);
    return true;
  }

  /** Removes the last element. Returns false if there is none. O(1) amortized. */
  removeBack(root: Address): boolean {
    const tail = this.#chain.word(root, Root.tail);
    if (tail === 0) return false;
    this.#dropLast(root, tail, this.#nodes.before(tail, this.#nodes.word(tail, Node.end)), null);
    return true;
  }

  /**
   * Moves `cursor` to the element `index`, counted from 0, or backwards from -1 for the last. Returns false, and moves the cursor
   * beyond that end, if there is none. O(nodes) from the nearer end, and O(elements of a node).
   */
  seek(root: Address, index: number, cursor: DequeCursor): boolean {
    return this.#steps.seek(root, index, cursor);
  }

  /** Makes `into` read the element under the cursor, which has to be on one. O(1). */
  read(cursor: DequeCursor, into: ElementView): void {
    this.#steps.readAt(cursor.node, cursor.position, into);
  }

  /**
   * Makes `into` read the element under the cursor and moves the cursor to the next one. Returns false, and does nothing, if the cursor
   * is on none. A loop over a range needs no other call. O(1).
   */
  readNext(cursor: DequeCursor, into: ElementView): boolean {
    return this.#steps.readNext(cursor, into);
  }

  /** Moves the cursor to the next element, or behind the last. Returns whether it is on an element. O(1). */
  forward(cursor: DequeCursor): boolean {
    return this.#steps.forward(cursor);
  }

  /** Moves the cursor to the previous element, or before the first. Returns whether it is on an element. O(1). */
  backward(cursor: DequeCursor): boolean {
    return this.#steps.backward(cursor);
  }

  /**
   * Adds `bytes[start, end)` in front of the cursor's element; the cursor stays on that. O(bytes of a node).
   * @throws ArenaFullError when there is no memory; no element has changed then
   */
  insertBefore(cursor: DequeCursor, bytes: Uint8Array, start: number, end: number): void {
    this.#encoder.prepare(bytes, start, end);
    this.#layout.insert(cursor, cursor.position, this.#encoder);
    cursor.index++;
    this.#chain.addCount(cursor.root, 1);
  }

  /**
   * Adds `bytes[start, end)` behind the cursor's element; the cursor stays on that. O(bytes of a node).
   * @throws ArenaFullError when there is no memory; no element has changed then
   */
  insertAfter(cursor: DequeCursor, bytes: Uint8Array, start: number, end: number): void {
    this.#encoder.prepare(bytes, start, end);
    this.#layout.insert(cursor, cursor.position + this.#nodes.sizeAt(cursor.node, cursor.position), this.#encoder);
    this.#chain.addCount(cursor.root, 1);
  }

  /**
   * Replaces the cursor's element by `bytes[start, end)`. O(bytes of a node).
   * @throws ArenaFullError when there is no memory; no element has changed then
   */
  replace(cursor: DequeCursor, bytes: Uint8Array, start: number, end: number): void {
    this.#encoder.prepare(bytes, start, end);
    if (this.#layout.replace(cursor, this.#encoder)) return;
    this.#layout.insert(cursor, cursor.position, this.#encoder);
    cursor.index++;
    this.#chain.addCount(cursor.root, 1);
    this.remove(cursor);
    this.backward(cursor);
  }

  /** Removes the cursor's element and moves the cursor to the next one. Returns whether it is on an element. O(bytes of a node). */
  remove(cursor: DequeCursor): boolean {
    const { root, node, position } = cursor;
    const next = this.#chain.word(node, Node.next);
    if (this.#nodes.word(node, Node.count) === 1) {
      this.#dropNode(root, node);
      this.#steps.enter(cursor, next);
      return cursor.node !== 0;
    }
    this.#chain.addCount(root, -1);
    this.#layout.removeInside(cursor, position + this.#nodes.sizeAt(node, position), 1);
    if (cursor.position === this.#nodes.word(node, Node.end)) this.#steps.enter(cursor, next);
    this.#layout.settle(cursor, node);
    return cursor.node !== 0;
  }

  /** Removes up to `count` elements from `index` on, which is 0 or more. O(nodes), and O(bytes of two nodes). */
  removeRange(root: Address, index: number, count: number): void {
    const cursor = this.#own;
    const nodes = this.#nodes;
    const chain = this.#chain;
    let left = Math.min(count, this.count(root) - index);
    if (left <= 0 || !this.seek(root, index, cursor)) return;
    while (left > 0) {
      const { node, position } = cursor;
      const next = chain.word(node, Node.next);
      const inNode = nodes.word(node, Node.count);
      if (position === nodes.word(node, Node.start) && left >= inNode) {
        this.#dropNode(root, node);
        left -= inNode;
        this.#steps.enter(cursor, next);
        continue;
      }
      const removed = nodes.countFrom(node, position, left);
      chain.addCount(root, -removed);
      this.#layout.removeInside(cursor, nodes.skip(node, position, removed), removed);
      left -= removed;
      if (left === 0) this.#layout.settle(cursor, node);
      else this.#steps.enter(cursor, next);
    }
  }

  #dropFirst(root: Address, head: Address, next: number, view: ElementView | null): void {
    if (this.#nodes.word(head, Node.count) === 1) {
      if (view !== null) view.keep();
      this.#dropNode(root, head);
      return;
    }
    this.#nodes.dropFront(head, next, 1);
    this.#chain.addCount(root, -1);
    this.#shrinkAlone(root, head, view);
  }

  #dropLast(root: Address, tail: Address, last: number, view: ElementView | null): void {
    if (this.#nodes.word(tail, Node.count) === 1) {
      if (view !== null) view.keep();
      this.#dropNode(root, tail);
      return;
    }
    this.#nodes.dropBack(tail, last, 1);
    this.#chain.addCount(root, -1);
    this.#shrinkAlone(root, tail, view);
  }

  /** Shrinks the record of the only node. With several nodes, the one at an end will soon be freed or full, so it is left alone. */
  #shrinkAlone(root: Address, node: Address, view: ElementView | null): void {
    if (!isUnderfilled(this.#nodes.bytes(node), this.#nodes.word(node, Node.limit)) || this.nodeCount(root) > 1) return;
    if (view !== null) view.keep();
    this.#own.root = root;
    this.#own.node = 0;
    this.#layout.settle(this.#own, node);
  }

  #dropNode(root: Address, node: Address): void {
    this.#chain.addCount(root, -this.#nodes.word(node, Node.count));
    this.#chain.unlink(root, node);
    this.#arena.free(node);
  }
}
