import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchFolder } from '../places';
import type { Measurement } from '../results/result';
import { checkLimits, type Limit, readThresholds, verdictLine } from './thresholds';

function measurement(server: string, test: string, rate: number): Measurement {
  return { server, case: { test, pipeline: 16 }, command: '', runs: [{ requestsPerSecond: rate }] };
}

const measurements = [
  measurement('redis', 'SET', 100),
  measurement('redis', 'GET', 100),
  measurement('redis', 'LPUSH', 100),
  measurement('ours', 'SET', 300),
  measurement('ours', 'GET', 110),
  measurement('ours', 'LPUSH', 170),
];

function verdictOf(limit: Partial<Limit>) {
  const whole = { says: 'it', server: 'ours', case: {}, figure: 'requestsPerSecond', over: 'each', ...limit } as Limit;
  return checkLimits(measurements, [whole])[0]!;
}

describe('checkLimits', () => {
  it('decides by the worst row', () => {
    const verdict = verdictOf({ relativeTo: 'redis', atLeast: 1.2 });
    expect(verdict).toMatchObject({ passed: false, value: 1.1, at: { test: 'GET', pipeline: 16 } });
    expect(verdictLine(verdict)).toBe('BROKEN it: 1.1 (GET, 16), at least 1.2 x redis');
    expect(verdictOf({ relativeTo: 'redis', atMost: 2 })).toMatchObject({ passed: false, value: 3 });
  });

  it('selects rows by their case, and compares medians and figures without a reference', () => {
    expect(verdictOf({ relativeTo: 'redis', over: 'median', atLeast: 1.7 })).toMatchObject({
      passed: true,
      value: 1.7,
    });
    expect(verdictOf({ case: { test: 'SET' }, atLeast: 300 })).toMatchObject({ passed: true, value: 300 });
  });

  it('fails where nothing was measured', () => {
    expect(verdictOf({ server: 'absent', atLeast: 1 })).toMatchObject({ passed: false, value: undefined });
    expect(verdictOf({ figure: 'p50Ms', atMost: 1 }).passed).toBe(false);
  });
});

describe('bench/thresholds', () => {
  const names = readdirSync(join(benchFolder, 'thresholds'))
    .filter((file) => !file.endsWith('.schema.json'))
    .map((file) => file.replace('.json', ''));
  it.each(names)('%s can be read', (name) => {
    expect(readThresholds(name).length).toBeGreaterThan(0);
  });
});
