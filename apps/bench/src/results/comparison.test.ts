import { describe, expect, it } from 'vitest';
import { compareWithReference } from './comparison';
import type { Measurement } from './result';

function measurement(server: string, rates: number[], pipeline = 16): Measurement {
  const runs = rates.map((requestsPerSecond) => ({ requestsPerSecond }));
  return { server, case: { test: 'SET', pipeline }, command: '', runs };
}

describe('compareWithReference', () => {
  it('relates medians, not single runs, to the reference', () => {
    const measurements = [measurement('redis', [100, 120, 9000]), measurement('ours', [300, 240, 1])];
    const [redis, ours] = compareWithReference({ measurements, reference: 'redis' });
    expect(redis?.figures.requestsPerSecond).toMatchObject({ median: 120, ratio: 1 });
    expect(ours?.figures.requestsPerSecond).toMatchObject({ median: 240, ratio: 2 });
  });

  it('has the spread of the rounds as a share of the median', () => {
    const [row] = compareWithReference({ measurements: [measurement('ours', [90, 100, 110])], reference: 'redis' });
    expect(row?.figures.requestsPerSecond?.spread).toBeCloseTo(0.1);
  });

  it('compares only equal cases', () => {
    const measurements = [measurement('redis', [100], 1), measurement('ours', [300], 16)];
    const [, ours] = compareWithReference({ measurements, reference: 'redis' });
    expect(ours?.figures.requestsPerSecond?.ratio).toBeUndefined();
  });
});
