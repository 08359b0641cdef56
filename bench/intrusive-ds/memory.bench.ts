/**
 * What a record costs in RSS, and what an arena costs that is not used.
 *   npm run bench:packages -- intrusive-ds/memory
 */
import { Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '../../packages/intrusive-ds/src/index';

declare const gc: () => void;

const COUNT = 5_000_000;
const BYTES = 72;

gc();
const before = process.memoryUsage.rss();
const created: Arena[] = [];
const start = process.cpuUsage();
for (let i = 0; i < 24; i++) {
  const arena = new Arena();
  arena.allocate(BYTES);
  created.push(arena);
}
const { user, system } = process.cpuUsage(start);
const elapsed = (user + system) / 1000;
console.log(
  `24 new arenas with one record each: ${(elapsed / 24).toFixed(3)} ms of CPU and ${((process.memoryUsage.rss() - before) / 24 / 1024).toFixed(0)} KiB of RSS each`,
);

function fill(target: Arena, count: number): void {
  for (let i = 0; i < count; i++) {
    const record = target.allocate(BYTES);
    const words = target.words[record >>> SEGMENT_SHIFT]!;
    const at = (record & SEGMENT_MASK) << 1;
    for (let word = 0; word < BYTES / 4; word++) words[at + word] = i;
  }
}

// The compiled code and its feedback are not the records' cost.
fill(created[0]!, 100_000);
const arena = new Arena();
gc();
const empty = process.memoryUsage.rss();
fill(arena, COUNT);
gc();
const rss = process.memoryUsage.rss() - empty;
console.log(`${COUNT} records of ${BYTES} bytes: ${(rss / COUNT).toFixed(2)} bytes of RSS each`);
console.log(`used ${arena.used}, reserved ${arena.reserved}, fragmentation ${arena.fragmentation.toFixed(4)}`);
