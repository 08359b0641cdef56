import { describe, expect, it } from 'vitest';
import { outcomeLine, outcomeOf, sum, summaryLine } from './outcome.mjs';

/** @param {number} exitCode */
function task(exitCode) {
  return { taskId: '@nanoredis/skiplist#test', hash: 'h', command: 'vitest run', execution: { exitCode } };
}

const report = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [
    {
      assertionResults: [
        { fullName: ' runs', status: 'passed' },
        { fullName: ' waits', status: 'skipped' },
      ],
    },
  ],
};

describe('outcomeOf', () => {
  it('counts the tests of a suite, and the skipped and unwritten ones as skipped', () => {
    const outcome = outcomeOf(task(0), report);
    expect(outcome).toMatchObject({ tally: { passed: 5, failed: 0, skipped: 2 }, skippedTests: ['waits'] });
    expect(outcomeLine(outcome)).toBe('passed: @nanoredis/skiplist test (5 passed, 0 failed, 2 skipped)');
  });

  it('counts a suite that failed without a failed test, or without a report, as one failure', () => {
    expect(outcomeOf(task(1), report).tally).toEqual({ passed: 5, failed: 1, skipped: 2 });
    expect(outcomeOf(task(1), { ...report, numFailedTests: 3 }).tally.failed).toBe(3);
    expect(outcomeOf(task(1), null).tally).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts another task as one', () => {
    expect(outcomeOf(task(0), null).tally).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(outcomeLine(outcomeOf({ ...task(1), taskId: '//#lint' }, null))).toBe('FAILED: lint');
  });

  it('counts a task that was not run as skipped', () => {
    const { execution: _, ...notRun } = task(0);
    const outcome = outcomeOf(notRun, null);
    expect(outcome.tally).toEqual({ passed: 0, failed: 0, skipped: 1 });
    expect(outcomeLine(outcome)).toBe('skipped: @nanoredis/skiplist test, because a task that it needs has failed');
  });
});

describe('sum', () => {
  it('adds up suites and other tasks', () => {
    const outcomes = [outcomeOf(task(0), report), outcomeOf(task(1), null), outcomeOf(task(0), null)];
    expect(sum(outcomes)).toEqual({ passed: 6, failed: 1, skipped: 2 });
  });

  it('fails when no test was executed', () => {
    expect(sum([outcomeOf(task(0), null)])).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(sum([])).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('summaryLine', () => {
  it('has skipped tests only when there are some', () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(summaryLine({ passed: 0, failed: 1, skipped: 2 })).toBe('0 passed, 1 failed, 2 skipped');
  });
});
