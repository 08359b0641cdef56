import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import type { ElementView } from '../packed-list/element-view';
import type { DequeCursor } from './deque-cursor';
import { Node, Root } from './deque-records';
import type { NodeChain } from './node-chain';
import type { PackedNodes } from './packed-nodes';

/** How a cursor finds an element of a packed deque, reads it and steps to its neighbours. See the methods of PackedDeque. */
export class CursorSteps {
  readonly #segments: Uint8Array[];
  readonly #nodes: PackedNodes;
  readonly #chain: NodeChain;

  constructor(arena: Arena, nodes: PackedNodes, chain: NodeChain) {
    this.#segments = arena.bytes;
    this.#nodes = nodes;
    this.#chain = chain;
  }

  /** Makes `into` read the element at a position of a node, and returns the position after it. O(1). */
  readAt(node: Address, position: number, into: ElementView): number {
    const base = (node & SEGMENT_MASK) << 3;
    return (into.readAt(this.#segments[node >>> SEGMENT_SHIFT]!, (base + position) | 0) - base) | 0;
  }

  /** Moves the cursor to the first element of a node, or beyond the end if that is 0. O(1). */
  enter(cursor: DequeCursor, node: Address): void {
    cursor.node = node;
    cursor.position = node === 0 ? 0 : this.#nodes.word(node, Node.start);
  }

  /** `PackedDeque.seek`. */
  seek(root: Address, index: number, cursor: DequeCursor): boolean {
    const chain = this.#chain;
    const count = chain.word(root, Root.count);
    const target = index < 0 ? count + index : index;
    cursor.root = root;
    cursor.node = 0;
    cursor.position = 0;
    cursor.index = Math.max(-1, Math.min(target, count));
    if (target < 0 || target >= count) return false;
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
    cursor.position = this.#nodes.positionOf(node, inside);
    return true;
  }

  /** `PackedDeque.readNext`. */
  readNext(cursor: DequeCursor, into: ElementView): boolean {
    const { node } = cursor;
    if (node === 0) return false;
    const next = this.readAt(node, cursor.position, into);
    cursor.index++;
    if (next < this.#nodes.word(node, Node.end)) cursor.position = next;
    else this.enter(cursor, this.#chain.word(node, Node.next));
    return true;
  }

  /** `PackedDeque.forward`. */
  forward(cursor: DequeCursor): boolean {
    const { node } = cursor;
    if (node === 0) return cursor.index < 0 && this.seek(cursor.root, 0, cursor);
    const next = cursor.position + this.#nodes.sizeAt(node, cursor.position);
    cursor.index++;
    if (next < this.#nodes.word(node, Node.end)) cursor.position = next;
    else this.enter(cursor, this.#chain.word(node, Node.next));
    return cursor.node !== 0;
  }

  /** `PackedDeque.backward`. */
  backward(cursor: DequeCursor): boolean {
    const { node } = cursor;
    if (node === 0) return cursor.index >= 0 && this.seek(cursor.root, -1, cursor);
    cursor.index--;
    if (cursor.position > this.#nodes.word(node, Node.start)) {
      cursor.position = this.#nodes.before(node, cursor.position);
      return true;
    }
    cursor.node = this.#chain.word(node, Node.previous);
    if (cursor.node === 0) return false;
    cursor.position = this.#nodes.before(cursor.node, this.#nodes.word(cursor.node, Node.end));
    return true;
  }
}
