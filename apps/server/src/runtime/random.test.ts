import { describe, expect, it } from 'vitest';
import { SeededRandom, SystemRandom } from './random';

describe('SeededRandom', () => {
  it('repeats its numbers and its key', () => {
    const first = new SeededRandom(5);
    const second = new SeededRandom(5);
    expect(first.hashSeed).toEqual(second.hashSeed);
    for (let i = 0; i < 100; i++) expect(first.nextUint32()).toBe(second.nextUint32());
  });
});

describe('SystemRandom', () => {
  it('has a key that its numbers do not tell', () => {
    const random = new SystemRandom();
    const { k0, k1 } = random.hashSeed;
    const seen = new Set<number>();
    for (let i = 0; i < 10_000; i++) seen.add(random.nextUint32());
    expect(seen.has(k0) && seen.has(k1)).toBe(false);
  });

  it('is another one each time', () => {
    const key = ({ hashSeed }: SystemRandom): string => `${hashSeed.k0} ${hashSeed.k1}`;
    expect(key(new SystemRandom())).not.toBe(key(new SystemRandom()));
    expect(new SystemRandom().nextUint32()).not.toBe(new SystemRandom().nextUint32());
  });
});
