import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import { Node, Root } from './deque-records';

/** The links between the nodes of a packed deque, and the numbers in its root. Allocates and frees nothing. */
export class NodeChain {
  readonly #words: Uint32Array[];

  constructor(arena: Arena) {
    this.#words = arena.words;
  }

  /** One word of a root or a node. O(1). */
  word(record: Address, word: Root | Node): number {
    return this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + word]!;
  }

  /** Makes a deque empty without reading it. O(1). */
  clear(root: Address): void {
    this.#setWord(root, Root.head, 0);
    this.#setWord(root, Root.tail, 0);
    this.#setWord(root, Root.count, 0);
    this.#setWord(root, Root.nodes, 0);
  }

  /** Adds to the number of elements. O(1). */
  addCount(root: Address, change: number): void {
    this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.count]! += change;
  }

  /** Links a node behind `previous`, or in front of all if that is 0. O(1). */
  linkAfter(root: Address, node: Address, previous: Address): void {
    const next = previous === 0 ? this.word(root, Root.head) : this.word(previous, Node.next);
    this.#join(root, previous, node);
    this.#join(root, node, next);
    this.#setWord(root, Root.nodes, this.word(root, Root.nodes) + 1);
  }

  /** Unlinks a node, and does not free it. O(1). */
  unlink(root: Address, node: Address): void {
    this.#join(root, this.word(node, Node.previous), this.word(node, Node.next));
    this.#setWord(root, Root.nodes, this.word(root, Root.nodes) - 1);
  }

  /** Links `fresh` instead of `node`. O(1). */
  replace(root: Address, node: Address, fresh: Address): void {
    this.#join(root, this.word(node, Node.previous), fresh);
    this.#join(root, fresh, this.word(node, Node.next));
  }

  /** Makes two nodes neighbours. 0 means that there is none: the other node becomes the head or the tail. */
  #join(root: Address, previous: Address, next: Address): void {
    if (previous === 0) this.#setWord(root, Root.head, next);
    else this.#setWord(previous, Node.next, next);
    if (next === 0) this.#setWord(root, Root.tail, previous);
    else this.#setWord(next, Node.previous, previous);
  }

  #setWord(record: Address, word: Root | Node, value: number): void {
    this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + word] = value;
  }
}
