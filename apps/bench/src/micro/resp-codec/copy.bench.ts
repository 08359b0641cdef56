/**
 * The ways to copy bytes into a buffer, by length and by source. They are the reason for the lengths in resp-codec's copy-bytes.ts.
 *   npm run bench:packages -- resp-codec/copy
 */
import { type Competitor, compare } from '../../harness/compare';

const BYTES = 1 << 20;
const COPIES = 32;
const ROUNDS = 5;
const target = Buffer.alloc(BYTES);
const sources = { 'a buffer': Buffer.alloc(BYTES, 7), 'shared memory': new Uint8Array(new SharedArrayBuffer(BYTES)) };

type Copy = (source: Uint8Array, start: number, end: number, at: number) => void;

/** For lengths that are a multiple of eight. */
function copyEightPerIteration(source: Uint8Array, start: number, end: number, at: number): void {
  for (let from = start | 0, to = at | 0; from < end; from += 8, to += 8) {
    target[to] = source[from]!;
    target[to + 1] = source[from + 1]!;
    target[to + 2] = source[from + 2]!;
    target[to + 3] = source[from + 3]!;
    target[to + 4] = source[from + 4]!;
    target[to + 5] = source[from + 5]!;
    target[to + 6] = source[from + 6]!;
    target[to + 7] = source[from + 7]!;
  }
}

const ways: Record<string, Copy> = {
  'loop of eight bytes per iteration': copyEightPerIteration,
  'loop of one byte per iteration': (source, start, end, at) => {
    for (let from = start, to = at; from < end; from++, to++) target[to] = source[from]!;
  },
  set: (source, start, end, at) => target.set(source.subarray(start, end), at),
  fill: (source, start, end, at) => target.fill(source.subarray(start, end), at, at + end - start),
};

for (const [title, source] of Object.entries(sources)) {
  for (const length of [8, 32, 64, 96, 128, 192, 256, 1024, 16_384]) {
    const competitors = Object.entries(ways).map(
      ([name, copy]): Competitor => ({
        name,
        operations: COPIES,
        isRepeatable: true,
        run() {
          for (let i = 0; i < COPIES; i++) copy(source, length * i, length * (i + 1), length * i + 3);
        },
      }),
    );
    compare(`${length} bytes from ${title}`, competitors, ROUNDS);
  }
}
