import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElementHash } from './element-hash';

const MASK = 2n ** 64n - 1n;
const MULTIPLIER = 0xc6a4a7935bd1e995n;

/** MurmurHash64A as published, on bigints. */
function murmur(bytes: Uint8Array, seed = 0xadc83b19n): bigint {
  const read = (from: number, count: number): bigint => {
    let value = 0n;
    for (let i = 0; i < count; i++) value |= BigInt(bytes[from + i]!) << BigInt(8 * i);
    return value;
  };
  let hash = seed ^ ((BigInt(bytes.length) * MULTIPLIER) & MASK);
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    let k = (read(at, 8) * MULTIPLIER) & MASK;
    k ^= k >> 47n;
    hash = ((hash ^ ((k * MULTIPLIER) & MASK)) * MULTIPLIER) & MASK;
  }
  if (at < bytes.length) hash = ((hash ^ read(at, bytes.length - at)) * MULTIPLIER) & MASK;
  hash ^= hash >> 47n;
  hash = (hash * MULTIPLIER) & MASK;
  return hash ^ (hash >> 47n);
}

describe('the hash of an element', () => {
  const hash = new ElementHash();

  it('is MurmurHash64A at any alignment', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(9), (element, offset) => {
        const bytes = Buffer.concat([Buffer.alloc(offset, 0xff), element, Buffer.alloc(9, 0xff)]);
        expect(hash.hash(bytes, offset, offset + element.length)).toBe(murmur(element));
      }),
    );
  });

  it('gives the register by its low bits, and the position of the first bit set above them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (element) => {
        const all = murmur(element);
        const run = ((all >> 14n) | (1n << 50n)).toString(2);
        hash.assign(element, 0, element.length);
        expect(hash.register).toBe(Number(all & 16383n));
        expect(hash.count).toBe(run.length - run.lastIndexOf('1'));
      }),
      { numRuns: 2000 },
    );
  });
});
