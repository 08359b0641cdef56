import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyShortBytes } from './short-bytes';

it('copies any range of bytes, and touches nothing around it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(20), fc.nat(20), fc.nat(20), (source, skip, drop, at) => {
      const start = Math.min(skip, source.length);
      const end = Math.max(start, source.length - drop);
      const target = new Uint8Array(160).fill(0xee);
      const expected = Uint8Array.from(target);
      expected.set(source.subarray(start, end), at);
      copyShortBytes(source, start, end, target, at);
      expect(target).toEqual(expected);
    }),
  );
});
