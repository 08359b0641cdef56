import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import type { RecordMover } from '../arena/record-mover';
import { ElementEncoder } from '../packed-list/element-encoder';
import type { ElementView } from '../packed-list/element-view';
import { DequeCursor } from './deque-cursor';
import { DequeNodes, isTooRoomy } from './deque-nodes';
import { Node, Root } from './deque-records';
import { fillLimit } from './fill-limit';
import { moveNodes } from './move-nodes';
import { NodeChain } from './node-chain';
import { PackedNodes, Side } from './packed-nodes';

const DEFAULT_FILL = -2;

/**
 * Sequences of byte strings of any length: a doubly linked list of nodes that each pack many elements, as Redis' quicklist. One
 * object serves all deques of an arena; a deque is named by a root address that never changes. Both ends are O(1), the middle
 * O(nodes). Texts that are passed in must not lie in the deque that is changed (`ElementView.keep` takes one out).
 */
export class PackedDeque {
  private readonly arena: Arena;
  private readonly words: Uint32Array[];
  private readonly segments: Uint8Array[];
  private readonly encoder = new ElementEncoder();
  private readonly nodes: PackedNodes;
  private readonly chain: NodeChain;
  private readonly layout: DequeNodes;
  private currentFill = DEFAULT_FILL;
  /** For changes that come without a cursor. */
  private readonly place = new DequeCursor();

  /** `fill` as that of the property. */
  constructor(arena: Arena, fill = DEFAULT_FILL) {
    this.arena = arena;
    this.words = arena.words;
    this.segments = arena.bytes;
    this.nodes = new PackedNodes(arena);
    this.chain = new NodeChain(arena);
    this.layout = new DequeNodes(arena, this.nodes, this.chain);
    this.fill = fill;
  }

  /**
   * How much a node takes, as Redis' `list-max-listpack-size`: positive is elements (in at most 8 KiB), -1 to -5 are 4 to 64 KiB. A
   * larger element has a node of its own. What is there already stays as it is.
   */
  get fill(): number {
    return this.currentFill;
  }

  set fill(fill: number) {
    this.currentFill = fill;
    this.layout.limit = fillLimit(fill);
  }

  /** A new empty deque of 16 bytes; the caller owns it. Throws ArenaFullError. O(1). */
  create(): Address {
    const root = this.arena.allocate(Root.bytes);
    this.chain.clear(root);
    return root;
  }

  /** Frees the deque, root included. O(nodes). */
  destroy(root: Address): void {
    this.destroySome(root, Number.POSITIVE_INFINITY);
  }

  /**
   * Frees up to `budget` nodes, whatever number of elements they have, and the root behind the last: true when all is done. Until then
   * the deque is whole, but shorter. O(budget).
   */
  destroySome(root: Address, budget: number): boolean {
    for (let freed = 0; freed < budget; freed++) {
      const node = this.chain.word(root, Root.head);
      if (node === 0) {
        this.arena.free(root);
        return true;
      }
      this.dropNode(root, node);
    }
    return false;
  }

  /** Another deque with the same elements; the caller owns it. Throws ArenaFullError. O(bytes). */
  copy(root: Address): Address {
    const twin = this.create();
    try {
      for (let node = this.chain.word(root, Root.head); node !== 0; node = this.chain.word(node, Node.next)) {
        const fresh = this.layout.fitted(node);
        this.chain.linkAfter(twin, fresh, this.chain.word(twin, Root.tail));
        this.chain.addCount(twin, this.chain.word(fresh, Node.count));
      }
    } catch (error) {
      this.destroy(twin);
      throw error;
    }
    return twin;
  }

  /** Moves nodes out of sparse memory: see `moveNodes`. The root is moved by whoever holds it. */
  moveNodes(root: Address, index: number, budget: number, mover: RecordMover): number {
    this.nodes.forgetStarts();
    return moveNodes(this.chain, root, index, budget, mover);
  }

  /** Elements. O(1). */
  count(root: Address): number {
    return this.chain.word(root, Root.count);
  }

  /** Nodes. O(1). */
  nodeCount(root: Address): number {
    return this.chain.word(root, Root.nodes);
  }

  /** Arena bytes of the deque, root and room included. O(nodes). */
  bytes(root: Address): number {
    let bytes = this.arena.usableBytes(root);
    for (let node = this.chain.word(root, Root.head); node !== 0; node = this.chain.word(node, Node.next)) {
      bytes += this.arena.usableBytes(node);
    }
    return bytes;
  }

  /** Adds `bytes[start, end)` as the last element. Throws ArenaFullError, and has changed nothing then. O(length) amortized. */
  pushBack(root: Address, bytes: Uint8Array, start: number, end: number): void {
    const { encoder, layout } = this;
    const size = encoder.prepare(bytes, start, end);
    const words = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const tail = words[at + Root.tail]!;
    if (tail === 0 || !this.nodes.append(tail, encoder, layout.limit)) {
      if (tail !== 0 && layout.takes(tail, size)) layout.append(root, tail, encoder);
      else layout.createAfter(root, tail, encoder, Side.back);
    }
    words[at + Root.count]!++;
  }

  /** Adds `bytes[start, end)` as the first element. Throws ArenaFullError, and has changed nothing then. O(length) amortized. */
  pushFront(root: Address, bytes: Uint8Array, start: number, end: number): void {
    const { encoder, layout } = this;
    const size = encoder.prepare(bytes, start, end);
    const words = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const head = words[at + Root.head]!;
    if (head === 0 || !this.nodes.prepend(head, encoder, layout.limit)) {
      if (head !== 0 && layout.takes(head, size)) layout.prepend(root, head, encoder);
      else layout.createAfter(root, 0, encoder, Side.front);
    }
    words[at + Root.count]!++;
  }

  /** Lets `into` look at the first element; false if there is none. O(1). */
  peekFront(root: Address, into: ElementView): boolean {
    const head = this.chain.word(root, Root.head);
    if (head === 0) return false;
    this.look(head, this.nodes.word(head, Node.start), into);
    return true;
  }

  /** Lets `into` look at the last element; false if there is none. O(1). */
  peekBack(root: Address, into: ElementView): boolean {
    const tail = this.chain.word(root, Root.tail);
    if (tail === 0) return false;
    this.look(tail, this.nodes.before(tail, this.nodes.word(tail, Node.end)), into);
    return true;
  }

  /** Drops the first element and lets `into` look at it until the next change; false if there is none. O(1) amortized. */
  popFront(root: Address, into: ElementView): boolean {
    const head = this.chain.word(root, Root.head);
    if (head === 0) return false;
    const start = this.nodes.word(head, Node.start);
    const next = this.look(head, start, into);
    this.dropFirst(root, head, next, into);
    return true;
  }

  /** Drops the last element and lets `into` look at it until the next change; false if there is none. O(1) amortized. */
  popBack(root: Address, into: ElementView): boolean {
    const tail = this.chain.word(root, Root.tail);
    if (tail === 0) return false;
    const last = this.nodes.before(tail, this.nodes.word(tail, Node.end));
    this.look(tail, last, into);
    this.dropLast(root, tail, last, into);
    return true;
  }

  /** Drops the first element; false if there is none. O(1) amortized. */
  removeFront(root: Address): boolean {
    const head = this.chain.word(root, Root.head);
    if (head === 0) return false;
    const start = this.nodes.word(head, Node.start);
    this.dropFirst(root, head, start + this.nodes.sizeAt(head, start), null);
    return true;
  }

  /** Drops the last element; false if there is none. O(1) amortized. */
  removeBack(root: Address): boolean {
    const tail = this.chain.word(root, Root.tail);
    if (tail === 0) return false;
    this.dropLast(root, tail, this.nodes.before(tail, this.nodes.word(tail, Node.end)), null);
    return true;
  }

  /**
   * Puts `cursor` on the element `index`, counted from 0, or backwards from -1 for the last; false, and the cursor is beyond that end,
   * if there is none. O(nodes) from the nearer end, and O(elements of a node).
   */
  seek(root: Address, index: number, cursor: DequeCursor): boolean {
    const count = this.count(root);
    const target = index < 0 ? count + index : index;
    cursor.root = root;
    cursor.node = 0;
    cursor.position = 0;
    cursor.index = Math.max(-1, Math.min(target, count));
    if (target < 0 || target >= count) return false;
    const { chain } = this;
    let node: Address;
    let inside: number;
    if (target <= count >>> 1) {
      node = chain.word(root, Root.head);
      inside = target;
      for (let size = chain.word(node, Node.count); inside >= size; size = chain.word(node, Node.count)) {
        inside -= size;
        node = chain.word(node, Node.next);
      }
    } else {
      node = chain.word(root, Root.tail);
      inside = target - count;
      for (inside += chain.word(node, Node.count); inside < 0; inside += chain.word(node, Node.count)) {
        node = chain.word(node, Node.previous);
      }
    }
    cursor.node = node;
    cursor.position = this.nodes.positionOf(node, inside);
    return true;
  }

  /** Lets `into` look at the cursor's element; it is on one. O(1). */
  read(cursor: DequeCursor, into: ElementView): void {
    this.look(cursor.node, cursor.position, into);
  }

  /**
   * Lets `into` look at the cursor's element and moves the cursor to the next one; false, and nothing is done, if it is on none. The one
   * call that a loop over a range needs. O(1).
   */
  readNext(cursor: DequeCursor, into: ElementView): boolean {
    const { node } = cursor;
    if (node === 0) return false;
    const next = this.look(node, cursor.position, into);
    cursor.index++;
    if (next < this.nodes.word(node, Node.end)) cursor.position = next;
    else this.enter(cursor, this.chain.word(node, Node.next));
    return true;
  }

  /** Moves the cursor to the next element, or behind the last; whether it is on one then. O(1). */
  forward(cursor: DequeCursor): boolean {
    const { node } = cursor;
    if (node === 0) return cursor.index < 0 && this.seek(cursor.root, 0, cursor);
    const next = cursor.position + this.nodes.sizeAt(node, cursor.position);
    cursor.index++;
    if (next < this.nodes.word(node, Node.end)) cursor.position = next;
    else this.enter(cursor, this.chain.word(node, Node.next));
    return cursor.node !== 0;
  }

  /** Moves the cursor to the element before, or before the first; whether it is on one then. O(1). */
  backward(cursor: DequeCursor): boolean {
    const { node } = cursor;
    if (node === 0) return cursor.index >= 0 && this.seek(cursor.root, -1, cursor);
    cursor.index--;
    if (cursor.position > this.nodes.word(node, Node.start)) {
      cursor.position = this.nodes.before(node, cursor.position);
      return true;
    }
    cursor.node = this.chain.word(node, Node.previous);
    if (cursor.node === 0) return false;
    cursor.position = this.nodes.before(cursor.node, this.nodes.word(cursor.node, Node.end));
    return true;
  }

  /** Adds `bytes[start, end)` in front of the cursor's element, on which it stays. Throws ArenaFullError, and has changed no element then. O(bytes of a node). */
  insertBefore(cursor: DequeCursor, bytes: Uint8Array, start: number, end: number): void {
    this.encoder.prepare(bytes, start, end);
    this.layout.insert(cursor, cursor.position, this.encoder);
    cursor.index++;
    this.chain.addCount(cursor.root, 1);
  }

  /** Adds `bytes[start, end)` behind the cursor's element, on which it stays. Throws ArenaFullError, and has changed no element then. O(bytes of a node). */
  insertAfter(cursor: DequeCursor, bytes: Uint8Array, start: number, end: number): void {
    this.encoder.prepare(bytes, start, end);
    this.layout.insert(cursor, cursor.position + this.nodes.sizeAt(cursor.node, cursor.position), this.encoder);
    this.chain.addCount(cursor.root, 1);
  }

  /** Makes the cursor's element be `bytes[start, end)`. Throws ArenaFullError, and has changed no element then. O(bytes of a node). */
  replace(cursor: DequeCursor, bytes: Uint8Array, start: number, end: number): void {
    this.encoder.prepare(bytes, start, end);
    if (this.layout.replace(cursor, this.encoder)) return;
    this.layout.insert(cursor, cursor.position, this.encoder);
    cursor.index++;
    this.chain.addCount(cursor.root, 1);
    this.remove(cursor);
    this.backward(cursor);
  }

  /** Takes the cursor's element out and moves the cursor to the next one, or behind the last; whether it is on one then. O(bytes of a node). */
  remove(cursor: DequeCursor): boolean {
    const { root, node, position } = cursor;
    const next = this.chain.word(node, Node.next);
    if (this.nodes.word(node, Node.count) === 1) {
      this.dropNode(root, node);
      this.enter(cursor, next);
      return cursor.node !== 0;
    }
    this.chain.addCount(root, -1);
    this.layout.removeInside(cursor, position + this.nodes.sizeAt(node, position), 1);
    if (cursor.position === this.nodes.word(node, Node.end)) this.enter(cursor, next);
    this.layout.settle(cursor, node);
    return cursor.node !== 0;
  }

  /** Takes out `count` elements (or as many as there are) from `index` (which is not negative) on. O(nodes), and O(bytes of two nodes). */
  removeRange(root: Address, index: number, count: number): void {
    const { place, nodes, chain } = this;
    let left = Math.min(count, this.count(root) - index);
    if (left <= 0 || !this.seek(root, index, place)) return;
    while (left > 0) {
      const { node, position } = place;
      const next = chain.word(node, Node.next);
      const inNode = nodes.word(node, Node.count);
      if (position === nodes.word(node, Node.start) && left >= inNode) {
        this.dropNode(root, node);
        left -= inNode;
        this.enter(place, next);
        continue;
      }
      const removed = this.countFrom(node, position, left);
      chain.addCount(root, -removed);
      this.layout.removeInside(place, nodes.skip(node, position, removed), removed);
      left -= removed;
      if (left === 0) this.layout.settle(place, node);
      else this.enter(place, next);
    }
  }

  /** Elements from `position` on to the end of the node, but no more than `most`. */
  private countFrom(node: Address, position: number, most: number): number {
    const end = this.nodes.word(node, Node.end);
    let count = 0;
    for (let at = position; count < most && at < end; at += this.nodes.sizeAt(node, at)) count++;
    return count;
  }

  private dropFirst(root: Address, head: Address, next: number, view: ElementView | null): void {
    if (this.nodes.word(head, Node.count) === 1) {
      if (view !== null) view.keep();
      this.dropNode(root, head);
      return;
    }
    this.nodes.dropFront(head, next, 1);
    this.chain.addCount(root, -1);
    this.shrinkAlone(root, head, view);
  }

  private dropLast(root: Address, tail: Address, last: number, view: ElementView | null): void {
    if (this.nodes.word(tail, Node.count) === 1) {
      if (view !== null) view.keep();
      this.dropNode(root, tail);
      return;
    }
    this.nodes.dropBack(tail, last, 1);
    this.chain.addCount(root, -1);
    this.shrinkAlone(root, tail, view);
  }

  /** Gives back what the only node no longer needs; of several, the one at an end will soon be gone or full. */
  private shrinkAlone(root: Address, node: Address, view: ElementView | null): void {
    if (!isTooRoomy(this.nodes.bytes(node), this.nodes.word(node, Node.limit)) || this.nodeCount(root) > 1) return;
    if (view !== null) view.keep();
    this.place.root = root;
    this.place.node = 0;
    this.layout.settle(this.place, node);
  }

  private look(node: Address, position: number, into: ElementView): number {
    const base = (node & SEGMENT_MASK) << 3;
    return (into.readAt(this.segments[node >>> SEGMENT_SHIFT]!, (base + position) | 0) - base) | 0;
  }

  private enter(cursor: DequeCursor, node: Address): void {
    cursor.node = node;
    cursor.position = node === 0 ? 0 : this.nodes.word(node, Node.start);
  }

  private dropNode(root: Address, node: Address): void {
    this.chain.addCount(root, -this.nodes.word(node, Node.count));
    this.chain.unlink(root, node);
    this.arena.free(node);
  }
}
