import { describe, expect, it } from 'vitest';
import { interleave, roundUp } from './rounds';

describe('interleave', () => {
  it('has every subject once in each round, and begins each round with another', () => {
    expect(interleave(['A', 'B', 'C'], 2)).toEqual(['A', 'B', 'C', 'B', 'C', 'A']);
  });
});

describe('roundUp', () => {
  it('keeps two digits', () => {
    expect(roundUp(181_234)).toBe(190_000);
    expect(roundUp(100)).toBe(100);
    expect(roundUp(7)).toBe(7);
    expect(roundUp(0.5)).toBe(1);
  });
});
