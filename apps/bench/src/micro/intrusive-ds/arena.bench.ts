/**
 * The cost of allocate and free, in order and at random.
 *   npm run bench:packages -- intrusive-ds/arena
 */
import { Arena } from '@nanoredis/intrusive-ds';
import { compare } from '../../harness/compare';

const COUNT = 1_000_000;

const order = Uint32Array.from({ length: COUNT }, (_, i) => i);
let state = 1;
for (let i = COUNT - 1; i > 0; i--) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  const j = state % (i + 1);
  const swapped = order[i]!;
  order[i] = order[j]!;
  order[j] = swapped;
}

const arena = new Arena();
const records = new Uint32Array(COUNT);
const sizes = Uint16Array.from({ length: COUNT }, (_, i) => 16 + ((Math.imul(i, 0x9e3779b1) >>> 20) % 400));

function fill(bytes: number): void {
  for (let i = 0; i < COUNT; i++) records[i] = arena.allocate(bytes);
}
function fillMixed(): void {
  for (let i = 0; i < COUNT; i++) records[i] = arena.allocate(sizes[i]!);
}
function freeInOrder(): void {
  for (let i = 0; i < COUNT; i++) arena.free(records[i]!);
}
function freeAtRandom(): void {
  for (let i = 0; i < COUNT; i++) arena.free(records[order[i]!]!);
}

compare('arena, 1 M records', [
  { name: 'allocate(72), fresh or emptied spans', operations: COUNT, run: () => fill(72) },
  { name: 'free, in order', operations: COUNT, run: freeInOrder },
  { name: 'allocate(16 to 415)', operations: COUNT, run: fillMixed },
  { name: 'free, mixed sizes at random', operations: COUNT, run: freeAtRandom },
  { name: 'allocate(72) again', operations: COUNT, run: () => fill(72) },
  { name: 'free, at random (cache misses)', operations: COUNT, run: freeAtRandom },
]);

compare('arena, hot records', [
  {
    name: 'free + allocate(72) of a random one of 1000',
    operations: COUNT,
    prepare: () => {
      for (let i = 0; i < 1000; i++) records[i] = arena.allocate(72);
    },
    run: () => {
      for (let i = 0; i < COUNT; i++) {
        const at = order[i]! % 1000;
        arena.free(records[at]!);
        records[at] = arena.allocate(72);
      }
      for (let i = 0; i < 1000; i++) arena.free(records[i]!);
    },
  },
  {
    name: 'free + allocate(16 to 415) of 1000',
    operations: COUNT,
    prepare: () => {
      for (let i = 0; i < 1000; i++) records[i] = arena.allocate(sizes[i]!);
    },
    run: () => {
      for (let i = 0; i < COUNT; i++) {
        const at = order[i]! % 1000;
        arena.free(records[at]!);
        records[at] = arena.allocate(sizes[i]!);
      }
      for (let i = 0; i < 1000; i++) arena.free(records[i]!);
    },
  },
  {
    name: 'allocate + free of 100 kB',
    operations: 100_000,
    run: () => {
      for (let i = 0; i < 100_000; i++) arena.free(arena.allocate(100_000));
    },
  },
]);
