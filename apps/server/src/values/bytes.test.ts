import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyBytes } from './bytes';

it('copies any range between shared and ordinary memory, and changes no other byte', () => {
  const memory = fc.constantFrom(
    () => Buffer.from(new SharedArrayBuffer(3000)),
    () => Buffer.alloc(3000),
    () => new Uint8Array(3000),
  );
  fc.assert(
    fc.property(memory, memory, fc.nat(900), fc.nat(1100), fc.nat(900), (makeSource, makeTarget, start, length, at) => {
      const source = makeSource();
      for (let i = 0; i < source.length; i++) source[i] = (i * 31) & 0xff;
      const target = makeTarget();
      copyBytes(source, start, start + length, target, at);
      const expected = new Uint8Array(3000);
      for (let i = 0; i < length; i++) expected[at + i] = ((start + i) * 31) & 0xff;
      expect(Buffer.from(expected).equals(target)).toBe(true);
    }),
  );
});
