import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyBytes } from './copy-bytes';

const MEMORY_BYTES = 20_000;

const memories = {
  heap: () => Buffer.alloc(MEMORY_BYTES),
  plain: () => new Uint8Array(MEMORY_BYTES),
  shared: () => Buffer.from(new SharedArrayBuffer(MEMORY_BYTES)),
};

const anyMemory = fc.constantFrom<keyof typeof memories>('heap', 'plain', 'shared');
/** Lengths around the thresholds more often than others. */
const anyLength = fc.oneof(
  fc.nat(40),
  fc.integer({ min: 150, max: 200 }),
  fc.integer({ min: 4090, max: 4100 }),
  fc.nat(9000),
);

function patterned(memory: keyof typeof memories): Uint8Array {
  const bytes = memories[memory]();
  for (let i = 0; i < MEMORY_BYTES; i++) bytes[i] = Math.imul(i, 0x9e3779b1) >>> 24;
  return bytes;
}

it('copies a range of any length and alignment between heap and shared memory, and writes nothing beside it', () => {
  fc.assert(
    fc.property(anyMemory, anyMemory, anyLength, fc.nat(1000), fc.nat(1000), (from, to, length, start, at) => {
      const source = patterned(from);
      const target = memories[to]();
      copyBytes(source, start, start + length, target, at);
      const expected = Buffer.alloc(MEMORY_BYTES);
      expected.set(source.subarray(start, start + length), at);
      expect(expected.equals(target)).toBe(true);
    }),
  );
});

it('copies within one array', () => {
  fc.assert(
    fc.property(anyMemory, anyLength, fc.nat(500), fc.nat(500), fc.boolean(), (memory, length, start, gap, isUp) => {
      const bytes = patterned(memory);
      const expected = patterned('heap');
      const low = start;
      const high = start + length + gap;
      const [from, to] = isUp ? [low, high] : [high, low];
      copyBytes(bytes, from, from + length, bytes, to);
      expected.copyWithin(to, from, from + length);
      expect(Buffer.from(expected).equals(bytes)).toBe(true);
    }),
  );
});
