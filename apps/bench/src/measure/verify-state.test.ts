import { describe, expect, it } from 'vitest';
import { hasOtherReplies, outliers } from './verify-state';

describe('outliers', () => {
  it('finds what is far from the first answer, and what is none', () => {
    expect(outliers([1000, 1040, 400, 0, Number.NaN])).toEqual([2, 3, 4]);
    expect(outliers([0, 5, 5])).toEqual([0]);
    expect(outliers([0])).toEqual([0]);
  });
});

describe('hasOtherReplies', () => {
  it('allows for digits and for what INFO adds, not for replies that are missing', () => {
    expect(hasOtherReplies(5.9, 5)).toBe(false);
    expect(hasOtherReplies(1020, 1000)).toBe(false);
    expect(hasOtherReplies(5, 1000)).toBe(true);
    expect(hasOtherReplies(5, 9)).toBe(true);
  });
});
