import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findBit } from './bit-position';

it('finds the first bit of either value in any range, at any alignment', () => {
  const bytes = fc
    .tuple(fc.nat(9), fc.constantFrom(0, 255), fc.nat(900), fc.uint8Array({ maxLength: 9 }), fc.nat(9))
    .map(([before, uniform, length, middle, behind]) =>
      Uint8Array.from([
        ...new Array<number>(before).fill(170),
        ...new Array<number>(length).fill(uniform),
        ...middle,
        ...new Array<number>(behind).fill(uniform),
      ]),
    );
  fc.assert(
    fc.property(
      bytes,
      fc.nat(20),
      fc.nat(120),
      fc.nat(120),
      fc.constantFrom(0 as const, 1 as const),
      (text, skip, from, left, bit) => {
        const start = Math.min(skip, text.length);
        const size = (text.length - start) * 8;
        const first = Math.min(from, size);
        const end = Math.max(first, size - left);
        let expected = -1;
        for (let i = first; i < end && expected < 0; i++) {
          if (((text[start + (i >>> 3)]! >>> (7 - (i & 7))) & 1) === bit) expected = i;
        }
        expect(findBit(text, start, first, end, bit)).toBe(expected);
      },
    ),
  );
});
