import { describe, expect, it } from 'vitest';
import { hasOtherReplies, outliers } from './verify-state';

describe('outliers', () => {
  it('finds numbers that differ much from the first, and that are not positive', () => {
    expect(outliers([1000, 1040, 400, 0, Number.NaN])).toEqual([2, 3, 4]);
    expect(outliers([0, 5, 5])).toEqual([0]);
    expect(outliers([0])).toEqual([0]);
  });
});

describe('hasOtherReplies', () => {
  it('tolerates other numbers of digits and replies to INFO, not missing replies', () => {
    expect(hasOtherReplies(5.9, 5)).toBe(false);
    expect(hasOtherReplies(1020, 1000)).toBe(false);
    expect(hasOtherReplies(5, 1000)).toBe(true);
    expect(hasOtherReplies(5, 9)).toBe(true);
  });
});
