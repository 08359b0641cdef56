import { describe, expect, it } from 'vitest';
import { leftOut, outcomeOf, runChecks, sum, summaryLine } from './check.mjs';

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const passed = outcomeOf({ exitCode: 0, output: '' });

describe('runChecks', () => {
  it('goes on after a failure and after an exception', async () => {
    const outcomes = await runChecks(
      [
        { name: 'fails', needs: [], execute: async () => outcomeOf({ exitCode: 3, output: 'why' }) },
        { name: 'throws', needs: [], execute: () => Promise.reject(new Error('thrown')) },
        { name: 'passes', needs: [], execute: async () => passed },
      ],
      1,
      () => {},
    );
    expect(sum(outcomes.map(({ tally }) => tally))).toEqual({ passed: 1, failed: 2, skipped: 0 });
    expect(outcomes[1]?.output).toContain('thrown');
  });

  it('never runs more checks at a time than it may, and uses what it may', async () => {
    let running = 0;
    let most = 0;
    const checks = Array.from({ length: 7 }, (_, index) => ({
      name: `check ${index}`,
      needs: [],
      execute: async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(2);
        running -= 1;
        return passed;
      },
    }));
    await runChecks(checks, 2, () => {});
    expect(most).toBe(2);
  });

  it('begins a check only after those that it waits for, and reports each one once', async () => {
    /** @type {string[]} */
    const ended = [];
    await runChecks(
      [
        { name: 'last', needs: ['first'], execute: async () => passed },
        { name: 'first', needs: [], execute: () => pause(5).then(() => passed) },
      ],
      2,
      (check) => ended.push(check.name),
    );
    expect(ended).toEqual(['first', 'last']);
  });

  it('leaves out what needs a check that has failed', async () => {
    const outcomes = await runChecks(
      [
        { name: 'build', needs: [], execute: async () => outcomeOf({ exitCode: 1, output: '' }) },
        { name: 'pack', needs: ['build'], execute: async () => passed },
        { name: 'install', needs: ['pack'], execute: async () => passed },
      ],
      2,
      () => {},
    );
    expect(sum(outcomes.map(({ tally }) => tally))).toEqual({ passed: 0, failed: 1, skipped: 2 });
  });

  it('refuses a plan that waits for a check that is not there, or for itself', async () => {
    const execute = async () => passed;
    await expect(runChecks([{ name: 'a', needs: ['b'], execute }], 1, () => {})).rejects.toThrow("'b'");
    await expect(runChecks([{ name: 'a', needs: ['a'], execute }], 1, () => {})).rejects.toThrow('wait for each other');
  });
});

describe('summaryLine', () => {
  it('names skipped checks only when there are some', () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(summaryLine(leftOut('no reason').tally)).toBe('0 passed, 0 failed, 1 skipped');
  });
});
