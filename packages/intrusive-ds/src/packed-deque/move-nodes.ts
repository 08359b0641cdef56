import type { Address } from '../arena/address';
import type { RecordMover } from '../arena/record-mover';
import { Node, Root } from './deque-records';
import type { NodeChain } from './node-chain';

/**
 * Moves nodes out of sparse memory: visits `budget` nodes from the one with this index on. Returns the index of the next node, or 0
 * after the last. O(budget), and O(nodes) to the nearer end.
 */
export function moveNodes(chain: NodeChain, root: Address, index: number, budget: number, mover: RecordMover): number {
  const count = chain.word(root, Root.nodes);
  if (index >= count) return 0;
  let node = nodeAt(chain, root, index, count);
  let next = index;
  for (; next < index + budget && node !== 0; next++) {
    const fresh = mover.copyOf(node);
    if (fresh !== 0) {
      chain.replace(root, node, fresh);
      mover.free(node);
      node = fresh;
    }
    node = chain.word(node, Node.next);
  }
  return node === 0 ? 0 : next;
}

function nodeAt(chain: NodeChain, root: Address, index: number, count: number): Address {
  if (index <= count >>> 1) {
    let node = chain.word(root, Root.head);
    for (let left = index; left > 0; left--) node = chain.word(node, Node.next);
    return node;
  }
  let node = chain.word(root, Root.tail);
  for (let left = count - 1 - index; left > 0; left--) node = chain.word(node, Node.previous);
  return node;
}
