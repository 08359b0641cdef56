import { describe, expect, it } from 'vitest';
import { interleave, requestsLasting } from './rounds';

describe('interleave', () => {
  it('gives every subject a turn in each round, and another the first', () => {
    expect(interleave(['A', 'B', 'C'], 2)).toEqual(['A', 'B', 'C', 'B', 'C', 'A']);
  });
});

describe('requestsLasting', () => {
  it('rounds up', () => {
    expect(requestsLasting(1.2, 150_000)).toBe(180_000);
    expect(requestsLasting(1, 1)).toBe(10_000);
  });
});
