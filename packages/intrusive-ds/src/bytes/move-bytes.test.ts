import fc from 'fast-check';
import { expect, it } from 'vitest';
import { moveBytes } from './move-bytes';

const MEMORY_BYTES = 120_000;

/** The order of writing is visible where the ranges overlap: moves by less than their length, up and down. */
const anyDistance = fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -20_000, max: 20_000 }));
const anyLength = fc.oneof(
  fc.nat(40),
  fc.integer({ min: 630, max: 650 }),
  fc.integer({ min: 16_380, max: 16_400 }),
  fc.nat(70_000),
);

it('moves a range of any length by any distance, also onto itself, in heap and in shared memory', () => {
  fc.assert(
    fc.property(fc.boolean(), anyLength, anyDistance, (isShared, length, distance) => {
      const bytes = Buffer.from(isShared ? new SharedArrayBuffer(MEMORY_BYTES) : new ArrayBuffer(MEMORY_BYTES));
      for (let i = 0; i < MEMORY_BYTES; i++) bytes[i] = Math.imul(i, 0x9e3779b1) >>> 24;
      const expected = Buffer.from(bytes);
      const start = 25_003;
      moveBytes(bytes, start, start + length, start + distance);
      expected.copyWithin(start + distance, start, start + length);
      expect(bytes.equals(expected)).toBe(true);
    }),
  );
});
