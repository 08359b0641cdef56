import { describe, expect, it } from 'vitest';
import { tallyOf } from './suite.mjs';

describe('tallyOf', () => {
  it('counts skipped and still unwritten tests as skipped', () => {
    const report = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 3, numTodoTests: 1, testResults: [] };
    expect(tallyOf(report, 1)).toEqual({ passed: 5, failed: 2, skipped: 4 });
  });

  it('counts a run that failed without a failed test as one failure', () => {
    const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
    expect(tallyOf(report, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
    expect(tallyOf(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
