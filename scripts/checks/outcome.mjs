/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @typedef {object} TurboTask The part of a task in turbo's run summary that we read.
 * @property {string} taskId `package#task`; `//` for the package at the root.
 * @property {string} hash
 * @property {string} command `<NONEXISTENT>` where the package has no such script.
 * @property {{ exitCode: number | null }} [execution] Undefined when the task was not run.
 */

/**
 * @typedef {object} VitestReport The part of vitest's JSON report that we read.
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests Skipped tests.
 * @property {number} numTodoTests
 * @property {{ assertionResults: { fullName: string, status: string }[] }[]} testResults
 */

/**
 * @typedef {object} Outcome
 * @property {string} taskId
 * @property {Tally} tally Of test cases for a suite; any other task counts as one.
 * @property {VitestReport | null} report
 * @property {string[]} skippedTests
 */

/**
 * The outcome of a task. A suite that failed without a failed test (a file that can not be loaded, an error after the tests) counts as
 * one failure. A task that was not run, because one that it depends on failed, counts as skipped.
 *
 * @param {TurboTask} task
 * @param {VitestReport | null} report Null when the task is no suite or wrote no report.
 * @returns {Outcome}
 */
export function outcomeOf({ taskId, execution }, report) {
  const tally = report === null ? { passed: 0, failed: 0, skipped: 0 } : tallyOf(report);
  if (execution === undefined) tally.skipped += 1;
  else if (execution.exitCode !== 0) tally.failed = Math.max(1, tally.failed);
  else if (report === null) tally.passed = 1;
  return {
    taskId,
    tally,
    report,
    skippedTests: (report?.testResults ?? [])
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => fullName.trim()),
  };
}

/**
 * @param {VitestReport} report
 * @returns {Tally}
 */
function tallyOf({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/**
 * The sum over all outcomes. When no test was executed, that is one more failure.
 *
 * @param {readonly Outcome[]} outcomes
 * @returns {Tally}
 */
export function sum(outcomes) {
  const total = { passed: 0, failed: hasTests(outcomes) ? 0 : 1, skipped: 0 };
  for (const { tally } of outcomes) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
  }
  return total;
}

/**
 * Whether a test was executed.
 *
 * @param {readonly Outcome[]} outcomes
 */
export function hasTests(outcomes) {
  return outcomes.some(({ tally, report }) => report !== null && tally.passed + tally.failed > 0);
}

/**
 * The name of a task for people.
 *
 * @param {string} taskId
 */
export function nameOf(taskId) {
  return taskId.replace('//#', '').replace('#', ' ');
}

/**
 * The counts of a suite in parentheses; empty for another task.
 *
 * @param {VitestReport | null} report
 */
export function countsOf(report) {
  return report === null ? '' : ` (${summaryLine(tallyOf(report))})`;
}

/**
 * A line for an outcome.
 *
 * @param {Outcome} outcome
 */
export function outcomeLine({ taskId, tally, report }) {
  const verdict = tally.failed > 0 ? 'FAILED' : tally.passed > 0 ? 'passed' : 'skipped';
  const reason = tally.passed + tally.failed > 0 ? countsOf(report) : ', because a task that it needs has failed';
  return `${verdict}: ${nameOf(taskId)}${reason}`;
}

/**
 * The last line of a run.
 *
 * @param {Tally} tally
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
