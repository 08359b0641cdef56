import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countBits } from './bit-count';

function countSlowly(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) for (let byte = bytes[i]!; byte !== 0; byte >>>= 1) count += byte & 1;
  return count;
}

it('counts the bits of any range at any alignment', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(80), fc.nat(80), (bytes, skipped, left) => {
      const start = Math.min(skipped, bytes.length);
      const end = Math.max(start, bytes.length - left);
      expect(countBits(bytes, start, end)).toBe(countSlowly(bytes, start, end));
    }),
  );
});

it('counts a megabyte of ones', () => {
  expect(countBits(new Uint8Array(1 << 20).fill(255), 1, (1 << 20) - 2)).toBe(((1 << 20) - 3) * 8);
});
