/**
 * A list of objects that have their own links, against denque, yallist and Map: as a queue, and as the recency order of a cache.
 *   npm run bench:packages -- intrusive-ds/queues
 */

import { ObjectList } from '@nanoredis/intrusive-ds/objects';
import Denque from 'denque';
import { Yallist, type Node as YallistNode } from 'yallist';
import { compare } from '../../harness/compare';

const LENGTH = 10_000;
const OPERATIONS = 100_000;
const ROUNDS = 7;

class Item {
  next: Item | null = null;
  previous: Item | null = null;

  constructor(readonly id: number) {}
}

const picks = Uint32Array.from({ length: OPERATIONS }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 0) % LENGTH);

function makeItems(): Item[] {
  return Array.from({ length: LENGTH }, (_, id) => new Item(id));
}

/** A queue of all items. `rotate` moves the first item to the end. */
interface Queue {
  readonly name: string;
  rotate(): void;
  ids(): number[];
}

function objectListQueue(): Queue {
  const list = new ObjectList<Item>();
  for (const item of makeItems()) list.push(item);
  return {
    name: '@nanoredis/intrusive-ds',
    rotate: () => list.push(list.shift()!),
    ids: () => idsOf(list),
  };
}

function denqueQueue(): Queue {
  const denque = new Denque<Item>(makeItems());
  return {
    name: 'denque',
    rotate: () => void denque.push(denque.shift()!),
    ids: () => denque.toArray().map(({ id }) => id),
  };
}

function yallistQueue(): Queue {
  const list = new Yallist<Item>(makeItems());
  return {
    name: 'yallist',
    rotate: () => void list.push(list.shift()!),
    ids: () => list.toArray().map(({ id }) => id),
  };
}

function idsOf(list: ObjectList<Item>): number[] {
  const ids: number[] = [];
  for (let item = list.first; item !== null; item = item.next) ids.push(item.id);
  return ids;
}

compare(
  `move the first of ${LENGTH} to the end`,
  [objectListQueue, denqueQueue, yallistQueue].map((make) => {
    const queue = make();
    return {
      name: queue.name,
      operations: OPERATIONS,
      isRepeatable: true,
      run() {
        for (let i = 0; i < OPERATIONS; i++) queue.rotate();
      },
      answer() {
        const fresh = make();
        for (let i = 0; i < LENGTH / 2; i++) fresh.rotate();
        return fresh.ids();
      },
    };
  }),
  ROUNDS,
);

/** A recency order of all items. `use` makes one of them the most recent. */
interface UseOrder {
  readonly name: string;
  use(id: number): void;
  ids(): number[];
}

function objectListOrder(): UseOrder {
  const items = makeItems();
  const list = new ObjectList<Item>();
  for (const item of items) list.push(item);
  return {
    name: '@nanoredis/intrusive-ds',
    use(id) {
      const item = items[id]!;
      list.remove(item);
      list.push(item);
    },
    ids: () => idsOf(list),
  };
}

function yallistOrder(): UseOrder {
  const list = new Yallist<Item>(makeItems());
  const nodes: YallistNode<Item>[] = [];
  for (let node = list.head; node; node = node.next) nodes.push(node);
  return {
    name: 'yallist',
    use: (id) => list.pushNode(nodes[id]!),
    ids: () => list.toArray().map(({ id }) => id),
  };
}

function mapOrder(): UseOrder {
  const map = new Map(makeItems().map((item) => [item.id, item]));
  return {
    name: 'Map',
    use(id) {
      const item = map.get(id)!;
      map.delete(id);
      map.set(id, item);
    },
    ids: () => [...map.keys()],
  };
}

compare(
  `make one of ${LENGTH} the most recent`,
  [objectListOrder, yallistOrder, mapOrder].map((make) => {
    const order = make();
    return {
      name: order.name,
      operations: OPERATIONS,
      isRepeatable: true,
      run() {
        for (const id of picks) order.use(id);
      },
      answer() {
        const fresh = make();
        for (let i = 0; i < LENGTH; i++) fresh.use(picks[i]!);
        return fresh.ids();
      },
    };
  }),
  ROUNDS,
);
