/**
 * The resident bytes of a record, and of an arena that is hardly used.
 *   npm run bench:packages -- intrusive-ds/memory
 */
import { Arena, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import { report } from '../../harness/compare';

const COUNT = 5_000_000;
const BYTES = 72;
const ARENAS = 24;

gc!();
const before = process.memoryUsage.rss();
const created: Arena[] = [];
const start = process.cpuUsage();
for (let i = 0; i < ARENAS; i++) {
  const arena = new Arena();
  arena.allocate(BYTES);
  created.push(arena);
}
const { user, system } = process.cpuUsage(start);
report({
  title: 'an arena with one record',
  competitors: [
    {
      name: 'Arena',
      runs: [
        {
          nanosecondsPerOperation: ((user + system) * 1000) / ARENAS,
          bytesPerElement: (process.memoryUsage.rss() - before) / ARENAS,
        },
      ],
    },
  ],
});

function fill(target: Arena, count: number): void {
  for (let i = 0; i < count; i++) {
    const record = target.allocate(BYTES);
    const words = target.words[record >>> SEGMENT_SHIFT]!;
    const at = (record & SEGMENT_MASK) << 1;
    for (let word = 0; word < BYTES / 4; word++) words[at + word] = i;
  }
}

// Compiled code and type feedback must exist before the measurement.
fill(created[0]!, 100_000);
const arena = new Arena();
gc!();
const empty = process.memoryUsage.rss();
fill(arena, COUNT);
gc!();
report({
  title: `${COUNT} records of ${BYTES} bytes`,
  competitors: [
    {
      name: 'Arena',
      runs: [{ bytesPerElement: (process.memoryUsage.rss() - empty) / COUNT, usedBytesPerElement: arena.used / COUNT }],
    },
  ],
});
