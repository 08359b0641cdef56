/**
 * Ways to copy bytes between the heap and shared memory. The thresholds of copyBytes and moveBytes come from these figures. Ranges begin
 * at random offsets within 256 KiB.
 *   npm run bench:packages -- intrusive-ds/copy
 */
import { copyBytes, moveBytes } from '@nanoredis/intrusive-ds';
import { compare } from '../../harness/compare';

type Copy = (source: Buffer, start: number, end: number, target: Buffer, at: number) => void;

const MEMORY_BYTES = 2 << 20;
const SIZES = [1, 8, 16, 32, 64, 128, 160, 192, 256, 512, 1024, 4096, 16_384, 65_536, 1 << 20];
const MOVED_SIZES = [16, 64, 256, 512, 640, 1024, 2048, 4096, 8192, 65_536];
const ROUNDS = 5;

const heap = Buffer.alloc(MEMORY_BYTES);
const shared = Buffer.from(new SharedArrayBuffer(MEMORY_BYTES));
const otherShared = Buffer.from(new SharedArrayBuffer(MEMORY_BYTES));

function writePattern(bytes: Buffer): void {
  for (let i = 0; i < MEMORY_BYTES; i++) bytes[i] = Math.imul(i, 0x9e3779b1) >>> 24;
}

const byteLoop: Copy = (source, start, end, target, at) => {
  for (let from = start, to = at; from < end; from++, to++) target[to] = source[from]!;
};

const unrolledLoop: Copy = (source, start, end, target, at) => {
  let from = start | 0;
  let to = at | 0;
  for (const last = (end - 8) | 0; from <= last; from = (from + 8) | 0, to = (to + 8) | 0) {
    target[to] = source[from]!;
    target[(to + 1) | 0] = source[(from + 1) | 0]!;
    target[(to + 2) | 0] = source[(from + 2) | 0]!;
    target[(to + 3) | 0] = source[(from + 3) | 0]!;
    target[(to + 4) | 0] = source[(from + 4) | 0]!;
    target[(to + 5) | 0] = source[(from + 5) | 0]!;
    target[(to + 6) | 0] = source[(from + 6) | 0]!;
    target[(to + 7) | 0] = source[(from + 7) | 0]!;
  }
  for (; from < end; from = (from + 1) | 0, to = (to + 1) | 0) target[to] = source[from]!;
};

const typedArraySet: Copy = (source, start, end, target, at) => target.set(source.subarray(start, end), at);

const bufferCopy: Copy = (source, start, end, target, at) => {
  source.copy(target, at, start, end);
};

const bufferFill: Copy = (source, start, end, target, at) => {
  target.fill(source.subarray(start, end), at, at + end - start);
};

/** For ranges that begin and end at multiples of 4 bytes. */
function wordLoop(source: Uint32Array, start: number, end: number, target: Uint32Array, at: number): void {
  let to = at >>> 2;
  for (let from = start >>> 2; from < end >>> 2; from = (from + 1) | 0, to = (to + 1) | 0) target[to] = source[from]!;
}

/** How many copies of `size` bytes one run makes: some tenths of a millisecond. */
function copiesOf(size: number): number {
  return Math.max(8, Math.trunc(1_000_000 / (size + 60)));
}

/** Runs `copy` at random offsets: multiples of 8 in the target, and `misalignment` bytes more than that in the source. */
function copying(copy: Copy, source: Buffer, target: Buffer, size: number, misalignment: number): () => void {
  const copies = copiesOf(size);
  return () => {
    let random = 1;
    for (let i = 0; i < copies; i++) {
      random = (Math.imul(random, 1664525) + 1013904223) | 0;
      const start = ((random >>> 4) & 0x3fff8) + misalignment;
      copy(source, start, start + size, target, (random >>> 14) & 0x3fff8);
    }
  };
}

function competitor(name: string, copy: Copy, source: Buffer, target: Buffer, size: number, misalignment: number) {
  return {
    name,
    operations: copiesOf(size),
    isRepeatable: true,
    run: copying(copy, source, target, size, misalignment),
    answer: () => {
      target.fill(0, 0, size + 16);
      copy(source, misalignment, misalignment + size, target, 8);
      return target.toString('latin1', 0, size + 16);
    },
  };
}

function compareCopies(direction: string, source: Buffer, target: Buffer): void {
  writePattern(source);
  for (const size of SIZES) {
    compare(
      `${direction}, ${size} bytes`,
      [
        competitor('copyBytes', copyBytes, source, target, size, 3),
        competitor('loop of 8 bytes', unrolledLoop, source, target, size, 3),
        competitor('loop of 1 byte', byteLoop, source, target, size, 3),
        competitor('TypedArray.set', typedArraySet, source, target, size, 3),
        competitor('Buffer.copy', bufferCopy, source, target, size, 3),
        competitor('Buffer.fill', bufferFill, source, target, size, 3),
      ],
      ROUNDS,
    );
  }
}

/** Copies of whole records: they begin at multiples of 8 bytes. */
function compareAligned(source: Buffer, target: Buffer): void {
  const sourceWords = new Uint32Array(source.buffer);
  const targetWords = new Uint32Array(target.buffer);
  const byWords: Copy = (_source, start, end, _target, at) => wordLoop(sourceWords, start, end, targetWords, at);
  const within: Copy = (_source, start, end, into, at) => into.copyWithin(at, start, end);
  writePattern(source);
  for (const size of SIZES.filter((each) => each % 8 === 0)) {
    compare(
      `shared to shared, both aligned, ${size} bytes`,
      [
        competitor('copyBytes', copyBytes, source, target, size, 0),
        competitor('loop of 32-bit words', byWords, source, target, size, 0),
        competitor('TypedArray.set', typedArraySet, source, target, size, 0),
        {
          name: 'copyWithin, inside one array',
          operations: copiesOf(size),
          isRepeatable: true,
          run: copying(within, target, target, size, 0),
        },
      ],
      ROUNDS,
    );
  }
}

function compareMoves(distance: number): void {
  const moved = (name: string, move: (bytes: Buffer, start: number, end: number, at: number) => void, size: number) => {
    const copy: Copy = (source, start, end) => move(source, start, end, start + distance);
    return {
      ...competitor(name, copy, shared, shared, size, 64),
      answer: () => {
        writePattern(shared);
        move(shared, 64, 64 + size, 64 + distance);
        return shared.toString('latin1', 0, size + 128);
      },
    };
  };
  for (const size of MOVED_SIZES) {
    compare(
      `shared memory moved by ${distance}, ${size} bytes`,
      [
        moved('moveBytes', moveBytes, size),
        moved('copyWithin', (bytes, start, end, at) => bytes.copyWithin(at, start, end), size),
      ],
      ROUNDS,
    );
  }
}

// As in a server, each function sees all kinds of memory.
for (const source of [heap, shared]) {
  for (const target of [shared, heap]) {
    for (const copy of [copyBytes, unrolledLoop, byteLoop]) copying(copy, source, target, 40, 3)();
  }
}
compareCopies('heap to shared', heap, shared);
compareCopies('shared to heap', otherShared, heap);
compareCopies('shared to shared', otherShared, shared);
compareAligned(otherShared, shared);
for (const distance of [12, -12, 16]) compareMoves(distance);
