import type { Address } from '../arena/address';
import type { Arena } from '../arena/arena';
import { ArenaFullError } from '../arena/arena-errors';
import type { ElementEncoder } from '../packed-list/element-encoder';
import type { DequeCursor } from './deque-cursor';
import { Node, Root } from './deque-records';
import { type FillLimit, fillLimit } from './fill-limit';
import type { NodeChain } from './node-chain';
import { type PackedNodes, Side } from './packed-nodes';

/** Nodes with less than this are not worth another record. */
const SMALLEST_SHRUNK_BYTES = 512;

/**
 * How the nodes of a packed deque come, grow, split, merge and shrink. What takes a cursor keeps it on its element. Numbers of
 * elements in the root are left to the caller.
 */
export class DequeNodes {
  /** What a node takes. */
  limit: FillLimit = fillLimit(0);
  private readonly arena: Arena;
  private readonly nodes: PackedNodes;
  private readonly chain: NodeChain;

  constructor(arena: Arena, nodes: PackedNodes, chain: NodeChain) {
    this.arena = arena;
    this.nodes = nodes;
    this.chain = chain;
  }

  /** Whether `size` bytes more may go into a node. O(1). */
  takes(node: Address, size: number): boolean {
    return this.nodes.bytes(node) + size <= this.limit.bytes && this.nodes.word(node, Node.count) < this.limit.count;
  }

  /** A node of its own for the prepared element, behind `previous` (0: in front of all). Throws ArenaFullError. O(length). */
  createAfter(root: Address, previous: Address, element: ElementEncoder, side: Side): void {
    const neighbour = previous === 0 ? this.chain.word(root, Root.head) : previous;
    const node = this.nodes.create(this.roomBeside(root, neighbour, element.bytes), side);
    if (side === Side.back) this.nodes.append(node, element, this.limit);
    else this.nodes.prepend(node, element, this.limit);
    this.chain.linkAfter(root, node, previous);
  }

  /** Adds the prepared element at the back of a node that takes it, and answers the node, which may have moved. Throws ArenaFullError. O(bytes). */
  append(root: Address, node: Address, element: ElementEncoder): Address {
    if (this.nodes.append(node, element, this.limit)) return node;
    const roomy = this.withRoom(root, node, element.bytes, Side.back);
    this.nodes.append(roomy, element, this.limit);
    return roomy;
  }

  /** Adds the prepared element at the front of a node that takes it, and answers the node, which may have moved. Throws ArenaFullError. O(bytes). */
  prepend(root: Address, node: Address, element: ElementEncoder): Address {
    if (this.nodes.prepend(node, element, this.limit)) return node;
    const roomy = this.withRoom(root, node, element.bytes, Side.front);
    this.nodes.prepend(roomy, element, this.limit);
    return roomy;
  }

  /** Adds the prepared element at `position` of the cursor's node, or beside that where it is full. Throws ArenaFullError. O(bytes). */
  insert(cursor: DequeCursor, position: number, element: ElementEncoder): void {
    const { root, node } = cursor;
    const size = element.bytes;
    if (this.takes(node, size)) {
      this.insertInto(cursor, node, position, element);
    } else if (position === this.nodes.word(node, Node.start)) {
      const previous = this.chain.word(node, Node.previous);
      if (previous !== 0 && this.takes(previous, size)) this.append(root, previous, element);
      else this.createAfter(root, previous, element, Side.back);
    } else if (position === this.nodes.word(node, Node.end)) {
      const next = this.chain.word(node, Node.next);
      if (next !== 0 && this.takes(next, size)) this.prepend(root, next, element);
      else this.createAfter(root, node, element, Side.back);
    } else {
      const right = this.split(cursor, position);
      if (this.takes(node, size)) this.insertInto(cursor, node, this.nodes.word(node, Node.end), element);
      else if (this.takes(right, size)) this.insertInto(cursor, right, this.nodes.word(right, Node.start), element);
      else this.createAfter(root, node, element, Side.back);
    }
  }

  /** Makes the cursor's element the prepared one; false, and nothing is done, if its node can't take that. Throws ArenaFullError. O(bytes). */
  replace(cursor: DequeCursor, element: ElementEncoder): boolean {
    const { root, node, position } = cursor;
    const old = this.nodes.sizeAt(node, position);
    if (old === element.bytes) {
      this.nodes.write(node, position, element);
      return true;
    }
    const bytes = this.nodes.bytes(node) + element.bytes - old;
    if (this.nodes.word(node, Node.count) > 1 && bytes > this.limit.bytes) return false;
    const limit = this.nodes.word(node, Node.limit);
    const isInPlace = limit <= Node.largestShared && !isTooRoomy(bytes, limit);
    const gap = isInPlace ? this.nodes.openGap(node, position, old, element.bytes, 0) : -1;
    if (gap < 0) {
      const shift = Node.headerBytes - this.nodes.word(node, Node.start);
      this.follow(cursor, this.rebuild(root, node, position, old, element, 0), shift);
      return true;
    }
    this.nodes.write(node, gap, element);
    this.nodes.recount(node);
    cursor.position = gap;
    return true;
  }

  /** Takes out the elements from the cursor's up to `end`, `removed` in number and not all of the node; the cursor stands on what follows. O(bytes). */
  removeInside(cursor: DequeCursor, end: number, removed: number): void {
    const { node, position } = cursor;
    if (position === this.nodes.word(node, Node.start)) {
      this.nodes.dropFront(node, end, removed);
      cursor.position = end;
    } else if (end === this.nodes.word(node, Node.end)) {
      this.nodes.dropBack(node, position, removed);
    } else {
      cursor.position = this.nodes.openGap(node, position, end - position, 0, -removed);
      this.nodes.recount(node);
    }
  }

  /** Joins a node that has become small with a neighbour, if both fit well into one, or gives back what it no longer needs. O(bytes). */
  settle(cursor: DequeCursor, node: Address): void {
    const bytes = this.nodes.bytes(node);
    if (bytes * 4 > this.limit.bytes) return;
    const previous = this.chain.word(node, Node.previous);
    const next = this.chain.word(node, Node.next);
    if (previous !== 0 && this.fitTogether(previous, node)) this.merge(cursor, previous, node);
    else if (next !== 0 && this.fitTogether(node, next)) this.merge(cursor, node, next);
    else if (isTooRoomy(bytes, this.nodes.word(node, Node.limit))) this.shrink(cursor, node);
  }

  /** A node without links that has the same elements and no room to spare. Throws ArenaFullError. O(bytes). */
  fitted(node: Address, room = 0): Address {
    const fresh = this.nodes.create(this.nodes.bytes(node) + room, Side.back);
    this.copyAll(fresh, node);
    this.nodes.recount(fresh);
    return fresh;
  }

  /** Bytes that a new node gets: as many as its neighbour has come to, but less while the deque is short. */
  private roomBeside(root: Address, neighbour: Address, size: number): number {
    const { limit } = this;
    const nodes = this.chain.word(root, Root.nodes);
    if (nodes === 0) return Math.max(size, Math.min(size + (size >>> 2), limit.bytes));
    const expected = limit.count > limit.bytes ? limit.bytes : this.nodes.bytes(neighbour);
    return Math.max(size, Math.min(nodes < 3 ? expected >>> 2 : expected, limit.bytes));
  }

  /** The node, or a larger one in its place, with `size` bytes of room on one side. */
  private withRoom(root: Address, node: Address, size: number, side: Side): Address {
    const bytes = this.nodes.bytes(node);
    const room = this.nodes.word(node, Node.limit) - Node.headerBytes;
    if (room >= this.limit.bytes || room - bytes >= size + (bytes >>> 3)) {
      this.nodes.makeRoom(node, size, side);
      return node;
    }
    const fresh = this.nodes.create(this.grown(bytes + size), Side.back);
    this.copyAll(fresh, node);
    // All of the new room goes to the side that grows, so one that grows on that side only moves no more than it must.
    if (side === Side.front) this.nodes.moveToEnd(fresh);
    else this.nodes.recount(fresh);
    this.chain.replace(root, node, fresh);
    this.arena.free(node);
    return fresh;
  }

  private grown(bytes: number): number {
    return Math.max(bytes, Math.min(bytes + (bytes >>> 2), this.limit.bytes));
  }

  private insertInto(cursor: DequeCursor, node: Address, position: number, element: ElementEncoder): void {
    const { nodes } = this;
    const { root } = cursor;
    const start = nodes.word(node, Node.start);
    const end = nodes.word(node, Node.end);
    const isOn = cursor.node === node;
    const isBehind = cursor.position >= position;
    const distance = isBehind ? end - cursor.position : cursor.position - start;
    let target: Address;
    if (position === end) target = this.append(root, node, element);
    else if (position === start) target = this.prepend(root, node, element);
    else target = this.insertInside(root, node, position, element);
    if (!isOn) return;
    cursor.node = target;
    cursor.position = isBehind ? nodes.word(target, Node.end) - distance : nodes.word(target, Node.start) + distance;
  }

  private insertInside(root: Address, node: Address, position: number, element: ElementEncoder): Address {
    const gap = this.nodes.openGap(node, position, 0, element.bytes, 1);
    if (gap < 0) return this.rebuild(root, node, position, 0, element, 1);
    this.nodes.write(node, gap, element);
    this.nodes.recount(node);
    return node;
  }

  /** A node in the place of another, in which the prepared element stands for the `removed` bytes at `position`. Throws ArenaFullError. */
  private rebuild(
    root: Address,
    node: Address,
    position: number,
    removed: number,
    element: ElementEncoder,
    change: number,
  ): Address {
    const { nodes } = this;
    const start = nodes.word(node, Node.start);
    const count = nodes.word(node, Node.count) + change;
    const fresh = nodes.create(this.grown(nodes.bytes(node) + element.bytes - removed), Side.back);
    const gap = nodes.word(fresh, Node.start) + position - start;
    nodes.copyInto(fresh, node, start, position, 0);
    nodes.setElements(fresh, Node.headerBytes, gap + element.bytes, 0);
    nodes.copyInto(fresh, node, position + removed, nodes.word(node, Node.end), count);
    nodes.write(fresh, gap, element);
    nodes.recount(fresh);
    this.chain.replace(root, node, fresh);
    this.arena.free(node);
    return fresh;
  }

  /** Puts what begins at `position` into a node behind, which is answered. Throws ArenaFullError. */
  private split(cursor: DequeCursor, position: number): Address {
    const { nodes } = this;
    const { root, node } = cursor;
    const end = nodes.word(node, Node.end);
    let moved = 0;
    for (let at = position; at < end; at += nodes.sizeAt(node, at)) moved++;
    const right = nodes.create(end - position, Side.back);
    nodes.copyInto(right, node, position, end, moved);
    nodes.recount(right);
    nodes.dropBack(node, position, moved);
    this.chain.linkAfter(root, right, node);
    if (cursor.position >= position) {
      cursor.node = right;
      cursor.position += Node.headerBytes - position;
    }
    return right;
  }

  private fitTogether(left: Address, right: Address): boolean {
    const { nodes, limit } = this;
    return (
      nodes.bytes(left) + nodes.bytes(right) <= limit.bytes - (limit.bytes >>> 2) &&
      nodes.word(left, Node.count) + nodes.word(right, Node.count) <= limit.count
    );
  }

  private merge(cursor: DequeCursor, left: Address, right: Address): void {
    const { nodes } = this;
    const fresh = this.fittedOrNone(left, nodes.bytes(right));
    if (fresh === 0) return;
    const middle = nodes.word(fresh, Node.end);
    this.copyAll(fresh, right);
    nodes.recount(fresh);
    if (cursor.node === left) this.follow(cursor, fresh, Node.headerBytes - nodes.word(left, Node.start));
    else if (cursor.node === right) this.follow(cursor, fresh, middle - nodes.word(right, Node.start));
    this.chain.unlink(cursor.root, right);
    this.chain.replace(cursor.root, left, fresh);
    this.arena.free(left);
    this.arena.free(right);
  }

  private shrink(cursor: DequeCursor, node: Address): void {
    const fresh = this.fittedOrNone(node, this.nodes.bytes(node));
    if (fresh === 0) return;
    if (cursor.node === node) this.follow(cursor, fresh, Node.headerBytes - this.nodes.word(node, Node.start));
    this.chain.replace(cursor.root, node, fresh);
    this.arena.free(node);
  }

  private follow(cursor: DequeCursor, node: Address, shift: number): void {
    cursor.node = node;
    cursor.position += shift;
  }

  /** `fitted`, or 0 where memory is too short: a removal must not fail. */
  private fittedOrNone(node: Address, room: number): Address {
    try {
      return this.fitted(node, room);
    } catch (error) {
      if (error instanceof ArenaFullError) return 0;
      throw error;
    }
  }

  private copyAll(target: Address, node: Address): void {
    const { nodes } = this;
    nodes.copyInto(
      target,
      node,
      nodes.word(node, Node.start),
      nodes.word(node, Node.end),
      nodes.word(node, Node.count),
    );
  }
}

/** Whether less than a quarter of a node that is not small is used. */
export function isTooRoomy(bytes: number, limit: number): boolean {
  return limit > SMALLEST_SHRUNK_BYTES && bytes * 4 < limit;
}
