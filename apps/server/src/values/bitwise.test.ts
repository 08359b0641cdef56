import fc from 'fast-check';
import { expect, it } from 'vitest';
import { combineBits, complementBits } from './bitwise';

const operators = {
  and: (a: number, b: number) => a & b,
  or: (a: number, b: number) => a | b,
  xor: (a: number, b: number) => a ^ b,
} as const;

it('combines strings of different lengths and alignments, short ones padded with zeros', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('and' as const, 'or' as const, 'xor' as const),
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ maxLength: 300 }),
      fc.nat(8),
      (operation, a, b, start) => {
        const target = a.slice();
        const length = Math.max(0, Math.min(b.length - start, a.length));
        combineBits(operation, target, b, start, length);
        const expected = a.map((byte, i) => operators[operation](byte, i < length ? b[start + i]! : 0));
        expect(target).toEqual(expected);
      },
    ),
  );
});

it('complements every bit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const target = bytes.slice();
      complementBits(target);
      expect(target).toEqual(bytes.map((byte) => 255 - byte));
    }),
  );
});
