/**
 * SortedSet against redis-sorted-set (a skip list of objects and a hash of strings), with members like "member:12345" and random scores.
 *   npm run bench:packages -- skiplist/sorted-set
 */

import { SortedSet } from '@nanoredis/skiplist';
import RedisSortedSet from 'redis-sorted-set';
import { compare, report } from '../../harness/compare';

const COUNT = Number(process.argv[2] ?? 1_000_000);
const OPERATIONS = 100_000;
const ROUNDS = COUNT > 500_000 ? 3 : 7;

let state = 1;
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return Math.floor(((state >>> 0) / 2 ** 32) * below);
}
const members = Array.from({ length: COUNT }, (_, i) => `member:${i}`);
const scores = Uint32Array.from({ length: COUNT }, () => random(2 ** 32));
const picks = Uint32Array.from({ length: OPERATIONS }, () => random(COUNT));
const moves = Uint32Array.from({ length: OPERATIONS }, () => random(2 ** 32));

let set = new SortedSet({ seed: 1 });
let theirs = new RedisSortedSet();
let found = 0;

function fillSet(): void {
  for (let i = 0; i < COUNT; i++) set.add(members[i]!, scores[i]!);
}
function fillTheirs(): void {
  for (let i = 0; i < COUNT; i++) theirs.add(members[i]!, scores[i]!);
}

/** Resident bytes of a member that `fill` adds. The strings exist before. */
function residentBytesOf(fill: () => void): number {
  gc!();
  const before = process.memoryUsage.rss();
  fill();
  gc!();
  return (process.memoryUsage.rss() - before) / COUNT;
}

report({
  title: `memory of ${COUNT} members`,
  competitors: [
    { name: '@nanoredis/skiplist', fill: fillSet },
    { name: 'redis-sorted-set', fill: fillTheirs },
  ].map(({ name, fill }) => ({ name, runs: [{ bytesPerElement: residentBytesOf(fill) }] })),
});

compare(
  `add ${COUNT} members with random scores`,
  [
    {
      name: '@nanoredis/skiplist',
      operations: COUNT,
      prepare: () => {
        set = new SortedSet({ seed: 1 });
      },
      run: fillSet,
    },
    {
      name: 'redis-sorted-set',
      operations: COUNT,
      prepare: () => {
        theirs = new RedisSortedSet();
      },
      run: fillTheirs,
    },
  ],
  ROUNDS,
);

/** The results of a look-up of some members. */
function answersOf(find: (member: string) => unknown): () => unknown[] {
  return () => [...picks.subarray(0, 200)].map((pick) => find(members[pick]!));
}

/** Compares one operation of both sets, and its results where `answers` is given. */
function both(
  title: string,
  operations: number,
  ours: (i: number) => void,
  other: (i: number) => void,
  answers?: readonly [() => unknown, () => unknown],
): void {
  const loop = (operation: (i: number) => void) => () => {
    for (let i = 0; i < operations; i++) operation(i);
  };
  compare(
    `${title} of ${COUNT}`,
    [
      {
        name: '@nanoredis/skiplist',
        operations,
        isRepeatable: true,
        run: loop(ours),
        ...(answers && { answer: answers[0] }),
      },
      {
        name: 'redis-sorted-set',
        operations,
        isRepeatable: true,
        run: loop(other),
        ...(answers && { answer: answers[1] }),
      },
    ],
    ROUNDS,
  );
}

both(
  'score of one',
  OPERATIONS,
  (i) => {
    found += set.score(members[picks[i]!]!)!;
  },
  (i) => {
    found += theirs.get(members[picks[i]!]!)!;
  },
  [answersOf((member) => set.score(member)), answersOf((member) => theirs.get(member))],
);
both(
  'rank of one',
  OPERATIONS,
  (i) => {
    found += set.rank(members[picks[i]!]!)!;
  },
  (i) => {
    found += theirs.rank(members[picks[i]!]!)!;
  },
  [answersOf((member) => set.rank(member)), answersOf((member) => theirs.rank(member))],
);
both(
  'range of 100 by rank, with scores,',
  OPERATIONS / 20,
  (i) => {
    found += set.range(picks[i]!, picks[i]! + 99).length;
  },
  (i) => {
    found += theirs.range(picks[i]!, picks[i]! + 99, { withScores: true }).length;
  },
);
both(
  'another score for one',
  OPERATIONS,
  (i) => set.add(members[picks[i]!]!, moves[i]!),
  (i) => theirs.add(members[picks[i]!]!, moves[i]!),
);
both(
  'delete and add again one',
  OPERATIONS,
  (i) => {
    set.delete(members[picks[i]!]!);
    set.add(members[picks[i]!]!, moves[i]!);
  },
  (i) => {
    theirs.rem(members[picks[i]!]!);
    theirs.add(members[picks[i]!]!, moves[i]!);
  },
);
if (found === 0) throw new Error('nothing was found');
