import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyBytes } from './copy-bytes';

const SIZE = 700;

describe.each([
  ['a buffer', () => new Uint8Array(SIZE)],
  ['shared memory', () => new Uint8Array(new SharedArrayBuffer(SIZE))],
])('copyBytes from %s', (_, allocate) => {
  it('copies any range and changes nothing around it', () => {
    const source = allocate();
    for (let i = 0; i < SIZE; i++) source[i] = i * 7;
    const length = fc.oneof(fc.nat(20), fc.nat(300), fc.constantFrom(95, 96, 97, 223, 224, 225, 500));
    fc.assert(
      fc.property(fc.nat(150), length, fc.nat(150), (start, bytes, at) => {
        const target = Buffer.alloc(SIZE, 0xee);
        const expected = Uint8Array.from(target);
        expected.set(source.subarray(start, start + bytes), at);
        copyBytes(source, start, start + bytes, target, at);
        expect(Buffer.compare(target, expected)).toBe(0);
      }),
    );
  });
});
