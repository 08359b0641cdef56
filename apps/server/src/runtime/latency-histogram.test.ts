import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram';

function histogramOf(microseconds: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of microseconds) histogram.record(value * 1000, 1);
  return histogram;
}

describe('LatencyHistogram', () => {
  it('computes percentiles as the histogram of redis-server does', () => {
    expect(histogramOf([86]).percentile(50)).toBe(86_015);
    expect(histogramOf([2]).percentile(99)).toBe(2007);
    expect(histogramOf([41, 67]).percentile(50)).toBe(41_215);
    expect(histogramOf([41, 67]).percentile(99.9)).toBe(67_071);
  });

  it('accumulates at powers of two, with the bounds of redis-server', () => {
    expect(histogramOf([1, 1, 30, 100, 2000, 2000]).cumulativeMicroseconds()).toEqual([
      [1, 2],
      [33, 3],
      [132, 4],
      [2113, 6],
    ]);
    expect(new LatencyHistogram().cumulativeMicroseconds()).toEqual([]);
  });

  it('keeps every percentile within 1/128 of the exact one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900_000 }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 0, max: 100 }),
        (values, percent) => {
          const exact = values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil((percent / 100) * values.length)) - 1]!;
          const told = histogramOf(values).percentile(percent);
          expect(told).toBeGreaterThanOrEqual(exact * 1000);
          expect(told).toBeLessThanOrEqual(exact * 1000 * (1 + 1 / 128));
        },
      ),
    );
  });

  it('counts all calls in the last step, whatever they took', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e8, noNaN: true }), { minLength: 1, maxLength: 100 }),
        (values) => {
          const steps = histogramOf(values).cumulativeMicroseconds();
          expect(steps.at(-1)![1]).toBe(values.length);
          expect(steps.map(([bound]) => bound)).toEqual(steps.map(([bound]) => bound).toSorted((a, b) => a - b));
        },
      ),
    );
  });
});
