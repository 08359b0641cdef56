import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, quantile } from './order-statistics';

describe('median', () => {
  it('takes the middle, or the mean of the two in the middle', () => {
    expect(median([5])).toBe(5);
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 9, 5, 7])).toBe(6);
  });

  it('has as many samples below as above', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), (samples) => {
        const middle = median(samples);
        const below = samples.filter((each) => each < middle).length;
        const above = samples.filter((each) => each > middle).length;
        return below <= samples.length / 2 && above <= samples.length / 2;
      }),
    );
  });
});

describe('quantile', () => {
  it('takes the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(quantile(hundred, 0.99)).toBe(99);
    expect(quantile(hundred, 0.999)).toBe(100);
    expect(quantile(hundred, 1)).toBe(100);
  });

  it('refuses to make a figure out of nothing', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});
