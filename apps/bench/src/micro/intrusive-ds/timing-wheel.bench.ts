/**
 * A million records: the cost of insert, remove and advance, and the longest step when all are due in one second.
 *   npm run bench:packages -- intrusive-ds/timing-wheel
 */
import { Arena, TimingWheel } from '@nanoredis/intrusive-ds';
import { compare } from '../../harness/compare';

const COUNT = 1_000_000;
const BUDGET = 500;
const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
const Timer = { deadlineLow: 0, deadlineHigh: 4, next: 8, previous: 12, bytes: 16 } as const;

const arena = new Arena();
const records = Uint32Array.from({ length: COUNT }, () => arena.allocate(Timer.bytes));
let wheel = new TimingWheel(arena, Timer, NOW);
let expired = 0;
const steps: number[] = [];

function insertAll(spreadMs: number): void {
  for (let i = 0; i < COUNT; i++) wheel.insert(records[i]!, NOW + HOUR + ((Math.imul(i, 0x9e3779b1) >>> 0) % spreadMs));
}
function advanceTo(nowMs: number): void {
  for (let done = false; !done; ) {
    const start = process.cpuUsage();
    done = wheel.advance(nowMs, () => expired++, BUDGET);
    const { user, system } = process.cpuUsage(start);
    steps.push(user + system);
  }
}

compare(
  'timing wheel, 1 M records',
  [
    {
      name: 'insert, due within one second in an hour',
      operations: COUNT,
      prepare: () => {
        wheel = new TimingWheel(arena, Timer, NOW);
      },
      run: () => insertAll(1000),
    },
    { name: 'advance, all levels down to expiry', operations: COUNT, run: () => advanceTo(NOW + HOUR + 1000) },
    {
      name: 'insert, due within a day',
      operations: COUNT,
      prepare: () => {
        wheel = new TimingWheel(arena, Timer, NOW);
      },
      run: () => insertAll(24 * HOUR),
    },
    {
      name: 'remove',
      operations: COUNT,
      run: () => {
        for (let i = 0; i < COUNT; i++) wheel.remove(records[i]!);
      },
    },
  ],
  3,
);
// Three measured rounds and the warm-up round.
if (expired !== 4 * COUNT) throw new Error(`${expired} records expired`);
steps.sort((a, b) => a - b);
console.log(
  `  CPU time of a step of ${BUDGET} records: median ${steps[steps.length >> 1]} us, p99.9 ${steps[Math.floor(steps.length * 0.999)]} us`,
);
