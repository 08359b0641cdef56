import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfSipHash } from './half-sip-hash';

/** HalfSipHash-c-d as its authors' reference writes it down, for any number of rounds. */
function reference(message: Uint8Array, k0: number, k1: number, rounds: number, finalRounds: number): number {
  const v = [k0 | 0, k1 | 0, k0 ^ 0x6c796765, k1 ^ 0x74656462];
  const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by));
  const half = (a: number, b: number, by: number, turns: boolean) => {
    v[a] = (v[a]! + v[b]!) | 0;
    v[b] = rotate(v[b]!, by) ^ v[a]!;
    if (turns) v[a] = rotate(v[a]!, 16);
  };
  const round = () => {
    half(0, 1, 5, true);
    half(2, 3, 8, false);
    half(0, 3, 7, false);
    half(2, 1, 13, true);
  };
  const padded = Buffer.alloc((message.length & ~3) + 4);
  padded.set(message);
  padded[padded.length - 1] = message.length & 0xff;
  for (let at = 0; at < padded.length; at += 4) {
    const word = padded.readInt32LE(at);
    v[3]! ^= word;
    for (let i = 0; i < rounds; i++) round();
    v[0]! ^= word;
  }
  v[2]! ^= 0xff;
  for (let i = 0; i < finalRounds; i++) round();
  return (v[1]! ^ v[3]!) | 0;
}

describe('halfSipHash', () => {
  it('is tested against a reference that reproduces the published HalfSipHash-2-4 vectors', () => {
    const published = [0x5b9f35a9, 0xb85a4727, 0x03a662fa, 0x04e7fe8a, 0x89466e2a, 0x69b6fac5, 0x23fc6358, 0xc563cf8b];
    published.forEach((vector, length) => {
      const message = Uint8Array.from({ length }, (_, i) => i);
      expect(reference(message, 0x03020100, 0x07060504, 2, 4) >>> 0).toBe(vector);
    });
  });

  it('is HalfSipHash-1-3 of the bytes between start and end', () => {
    const seed = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(9), seed, seed, (message, start, k0, k1) => {
        const input = Buffer.alloc(start + message.length + 3, 0xee);
        input.set(message, start);
        const view = new DataView(input.buffer, input.byteOffset, input.length);
        expect(halfSipHash(view, start, start + message.length, k0, k1)).toBe(reference(message, k0, k1, 1, 3));
      }),
    );
  });
});
