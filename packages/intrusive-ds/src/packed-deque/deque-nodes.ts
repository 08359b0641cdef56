import type { Address } from '../arena/address';
import type { Arena } from '../arena/arena';
import { ArenaFullError } from '../arena/arena-errors';
import type { ElementEncoder } from '../packed-list/element-encoder';
import type { DequeCursor } from './deque-cursor';
import { Node, Root } from './deque-records';
import { type FillLimit, fillLimit } from './fill-limit';
import type { NodeChain } from './node-chain';
import { type PackedNodes, Side } from './packed-nodes';

/** Smaller nodes do not move to a smaller record. */
const MIN_SHRUNK_BYTES = 512;

/**
 * How the nodes of a packed deque are created, grow, split, merge and shrink. Methods with a cursor keep it on its element. The caller
 * updates the count of elements in the root.
 */
export class DequeNodes {
  /** How much fits into a node. */
  limit: FillLimit = fillLimit(0);
  readonly #arena: Arena;
  readonly #nodes: PackedNodes;
  readonly #chain: NodeChain;

  constructor(arena: Arena, nodes: PackedNodes, chain: NodeChain) {
    this.#arena = arena;
    this.#nodes = nodes;
    this.#chain = chain;
  }

  /** Whether a node may take another element of `size` bytes. O(1). */
  takes(node: Address, size: number): boolean {
    return this.#nodes.bytes(node) + size <= this.limit.bytes && this.#nodes.word(node, Node.count) < this.limit.count;
  }

  /**
   * Creates a node for the prepared element, behind `previous` (0: in front of all). O(length).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  createAfter(root: Address, previous: Address, element: ElementEncoder, side: Side): void {
    const neighbour = previous === 0 ? this.#chain.word(root, Root.head) : previous;
    const node = this.#nodes.create(this.#spaceBeside(root, neighbour, element.bytes), side);
    if (side === Side.back) this.#nodes.append(node, element, this.limit);
    else this.#nodes.prepend(node, element, this.limit);
    this.#chain.linkAfter(root, node, previous);
  }

  /**
   * Adds the prepared element at the back of a node that may take it. Returns the node, which may have moved. O(bytes).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  append(root: Address, node: Address, element: ElementEncoder): Address {
    if (this.#nodes.append(node, element, this.limit)) return node;
    const larger = this.#withSpace(root, node, element.bytes, Side.back);
    this.#nodes.append(larger, element, this.limit);
    return larger;
  }

  /**
   * Adds the prepared element at the front of a node that may take it. Returns the node, which may have moved. O(bytes).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  prepend(root: Address, node: Address, element: ElementEncoder): Address {
    if (this.#nodes.prepend(node, element, this.limit)) return node;
    const larger = this.#withSpace(root, node, element.bytes, Side.front);
    this.#nodes.prepend(larger, element, this.limit);
    return larger;
  }

  /**
   * Adds the prepared element at `position` of the cursor's node; if that is full, in a neighbour or a node between. O(bytes).
   * @throws ArenaFullError when there is no memory; no element has changed then
   */
  insert(cursor: DequeCursor, position: number, element: ElementEncoder): void {
    const { root, node } = cursor;
    const size = element.bytes;
    if (this.takes(node, size)) {
      this.#insertInto(cursor, node, position, element);
    } else if (position === this.#nodes.word(node, Node.start)) {
      const previous = this.#chain.word(node, Node.previous);
      if (previous !== 0 && this.takes(previous, size)) this.append(root, previous, element);
      else this.createAfter(root, previous, element, Side.back);
    } else if (position === this.#nodes.word(node, Node.end)) {
      const next = this.#chain.word(node, Node.next);
      if (next !== 0 && this.takes(next, size)) this.prepend(root, next, element);
      else this.createAfter(root, node, element, Side.back);
    } else {
      const right = this.#split(cursor, position);
      if (this.takes(node, size)) this.#insertInto(cursor, node, this.#nodes.word(node, Node.end), element);
      else if (this.takes(right, size)) this.#insertInto(cursor, right, this.#nodes.word(right, Node.start), element);
      else this.createAfter(root, node, element, Side.back);
    }
  }

  /**
   * Replaces the cursor's element by the prepared one. Returns false, and does nothing, if the node may not take it. O(bytes).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  replace(cursor: DequeCursor, element: ElementEncoder): boolean {
    const { root, node, position } = cursor;
    const old = this.#nodes.sizeAt(node, position);
    if (old === element.bytes) {
      this.#nodes.write(node, position, element);
      return true;
    }
    const bytes = this.#nodes.bytes(node) + element.bytes - old;
    if (this.#nodes.word(node, Node.count) > 1 && bytes > this.limit.bytes) return false;
    const limit = this.#nodes.word(node, Node.limit);
    const isInPlace = limit <= Node.maxShared && !isUnderfilled(bytes, limit);
    const gap = isInPlace ? this.#nodes.openGap(node, position, old, element.bytes, 0) : -1;
    if (gap < 0) {
      const shift = Node.headerBytes - this.#nodes.word(node, Node.start);
      this.#follow(cursor, this.#rebuild(root, node, position, old, element, 0), shift);
      return true;
    }
    this.#nodes.write(node, gap, element);
    this.#nodes.recount(node);
    cursor.position = gap;
    return true;
  }

  /**
   * Removes the elements from the cursor's up to `end`, `removed` in number and not all of the node. Moves the cursor to what follows
   * them. O(bytes).
   */
  removeInside(cursor: DequeCursor, end: number, removed: number): void {
    const { node, position } = cursor;
    if (position === this.#nodes.word(node, Node.start)) {
      this.#nodes.dropFront(node, end, removed);
      cursor.position = end;
    } else if (end === this.#nodes.word(node, Node.end)) {
      this.#nodes.dropBack(node, position, removed);
    } else {
      cursor.position = this.#nodes.openGap(node, position, end - position, 0, -removed);
      this.#nodes.recount(node);
    }
  }

  /** Merges a node that has become small with a neighbour if both fit well into one node; otherwise may shrink its record. O(bytes). */
  settle(cursor: DequeCursor, node: Address): void {
    const bytes = this.#nodes.bytes(node);
    if (bytes * 4 > this.limit.bytes) return;
    const previous = this.#chain.word(node, Node.previous);
    const next = this.#chain.word(node, Node.next);
    if (previous !== 0 && this.#fitTogether(previous, node)) this.#merge(cursor, previous, node);
    else if (next !== 0 && this.#fitTogether(node, next)) this.#merge(cursor, node, next);
    else if (isUnderfilled(bytes, this.#nodes.word(node, Node.limit))) this.#shrink(cursor, node);
  }

  /**
   * Returns a copy of a node without links, with `space` unused bytes at the back. O(bytes).
   * @throws ArenaFullError when there is no memory
   */
  fitted(node: Address, space = 0): Address {
    const fresh = this.#nodes.create(this.#nodes.bytes(node) + space, Side.back);
    this.#copyAll(fresh, node);
    this.#nodes.recount(fresh);
    return fresh;
  }

  /** Space of a new node in bytes: as much as its neighbour uses, but less while the deque is short. */
  #spaceBeside(root: Address, neighbour: Address, size: number): number {
    const { limit } = this;
    const nodes = this.#chain.word(root, Root.nodes);
    if (nodes === 0) return Math.max(size, Math.min(size + (size >>> 2), limit.bytes));
    const expected = limit.count > limit.bytes ? limit.bytes : this.#nodes.bytes(neighbour);
    return Math.max(size, Math.min(nodes < 3 ? expected >>> 2 : expected, limit.bytes));
  }

  /** Makes `size` unused bytes on one side of the node, or of a larger node that replaces it. Returns the node. */
  #withSpace(root: Address, node: Address, size: number, side: Side): Address {
    const bytes = this.#nodes.bytes(node);
    const capacity = this.#nodes.word(node, Node.limit) - Node.headerBytes;
    if (capacity >= this.limit.bytes || capacity - bytes >= size + (bytes >>> 3)) {
      this.#nodes.makeSpace(node, size, side);
      return node;
    }
    const fresh = this.#nodes.create(this.#grown(bytes + size), Side.back);
    this.#copyAll(fresh, node);
    // The side that grows gets all of the new space, so that a deque that grows on one side only moves its elements seldom.
    if (side === Side.front) this.#nodes.moveToEnd(fresh);
    else this.#nodes.recount(fresh);
    this.#chain.replace(root, node, fresh);
    this.#arena.free(node);
    return fresh;
  }

  #grown(bytes: number): number {
    return Math.max(bytes, Math.min(bytes + (bytes >>> 2), this.limit.bytes));
  }

  #insertInto(cursor: DequeCursor, node: Address, position: number, element: ElementEncoder): void {
    const nodes = this.#nodes;
    const { root } = cursor;
    const start = nodes.word(node, Node.start);
    const end = nodes.word(node, Node.end);
    const isOn = cursor.node === node;
    const isBehind = cursor.position >= position;
    const distance = isBehind ? end - cursor.position : cursor.position - start;
    let target: Address;
    if (position === end) target = this.append(root, node, element);
    else if (position === start) target = this.prepend(root, node, element);
    else target = this.#insertInside(root, node, position, element);
    if (!isOn) return;
    cursor.node = target;
    cursor.position = isBehind ? nodes.word(target, Node.end) - distance : nodes.word(target, Node.start) + distance;
  }

  #insertInside(root: Address, node: Address, position: number, element: ElementEncoder): Address {
    const gap = this.#nodes.openGap(node, position, 0, element.bytes, 1);
    if (gap < 0) return this.#rebuild(root, node, position, 0, element, 1);
    this.#nodes.write(node, gap, element);
    this.#nodes.recount(node);
    return node;
  }

  /**
   * Replaces a node by a larger one in which the prepared element replaces the `removed` bytes at `position`. Returns the new node.
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  #rebuild(
    root: Address,
    node: Address,
    position: number,
    removed: number,
    element: ElementEncoder,
    change: number,
  ): Address {
    const nodes = this.#nodes;
    const start = nodes.word(node, Node.start);
    const count = nodes.word(node, Node.count) + change;
    const fresh = nodes.create(this.#grown(nodes.bytes(node) + element.bytes - removed), Side.back);
    const gap = nodes.word(fresh, Node.start) + position - start;
    nodes.copyInto(fresh, node, start, position, 0);
    nodes.setElements(fresh, Node.headerBytes, gap + element.bytes, 0);
    nodes.copyInto(fresh, node, position + removed, nodes.word(node, Node.end), count);
    nodes.write(fresh, gap, element);
    nodes.recount(fresh);
    this.#chain.replace(root, node, fresh);
    this.#arena.free(node);
    return fresh;
  }

  /**
   * Moves the elements from `position` on to a new node behind this one, and returns it.
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  #split(cursor: DequeCursor, position: number): Address {
    const nodes = this.#nodes;
    const { root, node } = cursor;
    const end = nodes.word(node, Node.end);
    let moved = 0;
    for (let at = position; at < end; at += nodes.sizeAt(node, at)) moved++;
    const right = nodes.create(end - position, Side.back);
    nodes.copyInto(right, node, position, end, moved);
    nodes.recount(right);
    nodes.dropBack(node, position, moved);
    this.#chain.linkAfter(root, right, node);
    if (cursor.position >= position) {
      cursor.node = right;
      cursor.position += Node.headerBytes - position;
    }
    return right;
  }

  #fitTogether(left: Address, right: Address): boolean {
    const { limit } = this;
    const nodes = this.#nodes;
    return (
      nodes.bytes(left) + nodes.bytes(right) <= limit.bytes - (limit.bytes >>> 2) &&
      nodes.word(left, Node.count) + nodes.word(right, Node.count) <= limit.count
    );
  }

  #merge(cursor: DequeCursor, left: Address, right: Address): void {
    const nodes = this.#nodes;
    const fresh = this.#fittedOrNone(left, nodes.bytes(right));
    if (fresh === 0) return;
    const middle = nodes.word(fresh, Node.end);
    this.#copyAll(fresh, right);
    nodes.recount(fresh);
    if (cursor.node === left) this.#follow(cursor, fresh, Node.headerBytes - nodes.word(left, Node.start));
    else if (cursor.node === right) this.#follow(cursor, fresh, middle - nodes.word(right, Node.start));
    this.#chain.unlink(cursor.root, right);
    this.#chain.replace(cursor.root, left, fresh);
    this.#arena.free(left);
    this.#arena.free(right);
  }

  #shrink(cursor: DequeCursor, node: Address): void {
    const fresh = this.#fittedOrNone(node, this.#nodes.bytes(node));
    if (fresh === 0) return;
    if (cursor.node === node) this.#follow(cursor, fresh, Node.headerBytes - this.#nodes.word(node, Node.start));
    this.#chain.replace(cursor.root, node, fresh);
    this.#arena.free(node);
  }

  #follow(cursor: DequeCursor, node: Address, shift: number): void {
    cursor.node = node;
    cursor.position += shift;
  }

  /** `fitted`, or 0 if there is no memory: a removal must not fail. */
  #fittedOrNone(node: Address, space: number): Address {
    try {
      return this.fitted(node, space);
    } catch (error) {
      if (error instanceof ArenaFullError) return 0;
      throw error;
    }
  }

  #copyAll(target: Address, node: Address): void {
    const nodes = this.#nodes;
    nodes.copyInto(
      target,
      node,
      nodes.word(node, Node.start),
      nodes.word(node, Node.end),
      nodes.word(node, Node.count),
    );
  }
}

/** Whether a node that is not small uses less than a quarter of its space. O(1). */
export function isUnderfilled(bytes: number, limit: number): boolean {
  return limit > MIN_SHRUNK_BYTES && bytes * 4 < limit;
}
