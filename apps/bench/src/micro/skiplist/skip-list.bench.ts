/**
 * SkipList against sorted-btree and @js-sdsl/ordered-map: numbers as keys, in random order, and as values.
 *   npm run bench:packages -- skiplist/skip-list
 */
import { OrderedMap } from '@js-sdsl/ordered-map';
import { SkipList } from '@nanoredis/skiplist';
import BTreeModule from 'sorted-btree';
import { compare, report } from '../../harness/compare';

const COUNT = Number(process.argv[2] ?? 1_000_000);
const OPERATIONS = 200_000;
const ROUNDS = COUNT > 500_000 ? 3 : 7;
const byNumber = (a: number, b: number): number => a - b;
// The package is CommonJS, whose default export Node leaves in `default`.
const BTree = (BTreeModule as unknown as { default?: typeof BTreeModule }).default ?? BTreeModule;

/** All keys in random order. */
const shuffled = Uint32Array.from({ length: COUNT }, (_, i) => i);
let state = 1;
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return Math.floor(((state >>> 0) / 2 ** 32) * below);
}
for (let i = COUNT - 1; i > 0; i--) {
  const j = random(i + 1);
  const key = shuffled[i]!;
  shuffled[i] = shuffled[j]!;
  shuffled[j] = key;
}
const picks = Uint32Array.from({ length: OPERATIONS }, () => random(COUNT));

let list = new SkipList<number, number>(byNumber, { seed: 1 });
let tree = new BTree<number, number>(undefined, byNumber);
let map = new OrderedMap<number, number>([], byNumber, true);
let found = 0;

/** The results of a look-up of some keys. */
function answersOf(find: (key: number) => unknown): unknown[] {
  return [...picks.subarray(0, 200)].map(find);
}

/** Heap bytes of an entry that `fill` adds. */
function heapBytesOf(fill: () => void): number {
  gc!();
  const before = process.memoryUsage().heapUsed;
  fill();
  gc!();
  return (process.memoryUsage().heapUsed - before) / COUNT;
}

report({
  title: `memory of ${COUNT} entries`,
  competitors: [
    {
      name: '@nanoredis/skiplist',
      fill: () => {
        for (const key of shuffled) list.set(key, key);
      },
    },
    {
      name: 'sorted-btree',
      fill: () => {
        for (const key of shuffled) tree.set(key, key);
      },
    },
    {
      name: '@js-sdsl/ordered-map',
      fill: () => {
        for (const key of shuffled) map.setElement(key, key);
      },
    },
  ].map(({ name, fill }) => ({ name, runs: [{ bytesPerElement: heapBytesOf(fill) }] })),
});

compare(
  `insert ${COUNT} keys in random order`,
  [
    {
      name: '@nanoredis/skiplist',
      operations: COUNT,
      prepare: () => {
        list = new SkipList<number, number>(byNumber, { seed: 1 });
      },
      run: () => {
        for (const key of shuffled) list.set(key, key);
      },
    },
    {
      name: 'sorted-btree',
      operations: COUNT,
      prepare: () => {
        tree = new BTree<number, number>(undefined, byNumber);
      },
      run: () => {
        for (const key of shuffled) tree.set(key, key);
      },
    },
    {
      name: '@js-sdsl/ordered-map',
      operations: COUNT,
      prepare: () => {
        map = new OrderedMap<number, number>([], byNumber, true);
      },
      run: () => {
        for (const key of shuffled) map.setElement(key, key);
      },
    },
  ],
  ROUNDS,
);

compare(
  `get one of ${COUNT}`,
  [
    {
      name: '@nanoredis/skiplist',
      operations: OPERATIONS,
      isRepeatable: true,
      run: () => {
        for (const key of picks) found += list.get(key)!;
      },
      answer: () => answersOf((key) => list.get(key)),
    },
    {
      name: 'sorted-btree',
      operations: OPERATIONS,
      isRepeatable: true,
      run: () => {
        for (const key of picks) found += tree.get(key)!;
      },
      answer: () => answersOf((key) => tree.get(key)),
    },
    {
      name: '@js-sdsl/ordered-map',
      operations: OPERATIONS,
      isRepeatable: true,
      run: () => {
        for (const key of picks) found += map.getElementByKey(key)!;
      },
      answer: () => answersOf((key) => map.getElementByKey(key)),
    },
  ],
  ROUNDS,
);

compare(
  `rank of one of ${COUNT}`,
  [
    {
      name: '@nanoredis/skiplist',
      operations: OPERATIONS,
      isRepeatable: true,
      run: () => {
        for (const key of picks) found += list.rank(key)!;
      },
      answer: () => answersOf((key) => list.rank(key)),
    },
    {
      name: '@js-sdsl/ordered-map',
      operations: OPERATIONS,
      isRepeatable: true,
      run: () => {
        for (const key of picks) found += map.find(key).index;
      },
      answer: () => answersOf((key) => map.find(key).index),
    },
    {
      name: '@nanoredis/skiplist, entry of a rank',
      operations: OPERATIONS,
      isRepeatable: true,
      run: () => {
        for (const rank of picks) found += list.at(rank)![0];
      },
    },
  ],
  ROUNDS,
);

const RANGES = 5000;
compare(
  `range of 100 out of ${COUNT}, from a key on`,
  [
    {
      name: '@nanoredis/skiplist',
      operations: RANGES,
      isRepeatable: true,
      run: () => {
        for (let i = 0; i < RANGES; i++) found += list.range({ min: picks[i]!, limit: 100 }).length;
      },
      answer: () => answersOf((key) => list.range({ min: key, limit: 100 })),
    },
    {
      name: 'sorted-btree',
      operations: RANGES,
      isRepeatable: true,
      run: () => {
        for (let i = 0; i < RANGES; i++) found += tree.getRange(picks[i]!, picks[i]! + 100).length;
      },
      answer: () => answersOf((key) => tree.getRange(key, key + 100)),
    },
    {
      name: '@js-sdsl/ordered-map',
      operations: RANGES,
      isRepeatable: true,
      run: () => {
        for (let i = 0; i < RANGES; i++) {
          const entries: [number, number][] = [];
          const end = map.end();
          for (let at = map.lowerBound(picks[i]!); entries.length < 100 && !at.equals(end); at.next()) {
            entries.push([at.pointer[0], at.pointer[1]]);
          }
          found += entries.length;
        }
      },
    },
  ],
  ROUNDS,
);

compare(
  `walk over ${COUNT}`,
  [
    {
      name: '@nanoredis/skiplist',
      operations: COUNT,
      run: () => {
        for (const [key] of list) found += key;
      },
      answer: () => [...list].slice(0, 1000),
    },
    {
      name: 'sorted-btree',
      operations: COUNT,
      run: () => {
        for (const [key] of tree.entries()) found += key;
      },
      answer: () => [...tree.entries()].slice(0, 1000),
    },
    {
      name: '@js-sdsl/ordered-map',
      operations: COUNT,
      run: () => {
        for (const [key] of map) found += key;
      },
      answer: () => [...map].slice(0, 1000),
    },
  ],
  ROUNDS,
);

compare(
  `delete one of ${COUNT} and set it again`,
  [
    {
      name: '@nanoredis/skiplist',
      operations: OPERATIONS,
      isRepeatable: true,
      run: () => {
        for (const key of picks) {
          list.delete(key);
          list.set(key, key);
        }
      },
    },
    {
      name: 'sorted-btree',
      operations: OPERATIONS,
      isRepeatable: true,
      run: () => {
        for (const key of picks) {
          tree.delete(key);
          tree.set(key, key);
        }
      },
    },
    {
      name: '@js-sdsl/ordered-map',
      operations: OPERATIONS,
      isRepeatable: true,
      run: () => {
        for (const key of picks) {
          map.eraseElementByKey(key);
          map.setElement(key, key);
        }
      },
    },
  ],
  ROUNDS,
);
if (found === 0) throw new Error('nothing was found');
