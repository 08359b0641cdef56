import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot, run, toolPath } from '../setup/run.mjs';
import { leftOut } from './check.mjs';

/**
 * @typedef {object} VitestReport The part of vitest's JSON report that we count.
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests Skipped ones, in vitest's words.
 * @property {number} numTodoTests
 * @property {{ assertionResults: { fullName: string, status: string }[] }[]} testResults
 */

/**
 * What a finished run of vitest comes to. A run that failed without a failed test (a file that can't be loaded, an
 * error after the tests) counts as one failure, so that nothing that is red can look green.
 *
 * @param {VitestReport | null} report Null when vitest wrote none.
 * @param {number} exitCode
 * @returns {import('./check.mjs').Tally}
 */
export function tallyOf(report, exitCode) {
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
}

/**
 * Runs the vitest suite of a folder and counts its test cases.
 *
 * @param {object} suite
 * @param {string} suite.folder The package, relative to the repository root.
 * @param {string} suite.testFolder The part of it to search, such as `src`; `.` is all of it.
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function runSuite({ folder, testFolder }) {
  if (!hasTests(`${repositoryRoot}/${folder}/${testFolder}`))
    return leftOut(`${folder}/${testFolder} has no tests yet`);
  const reportFolder = mkdtempSync(join(tmpdir(), 'nanoredis-suite-'));
  const reportPath = `${reportFolder}/report.json`;
  try {
    const { exitCode, output } = await run(
      toolPath('vitest'),
      [
        'run',
        // Only with the slash at the end vitest takes it for a folder and not for a part of any name.
        ...(testFolder === '.' ? [] : [`${repositoryRoot}/${folder}/${testFolder}/`]),
        '--maxWorkers=1',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${reportPath}`,
      ],
      { cwd: `${repositoryRoot}/${folder}`, env: { NO_COLOR: '1' } },
    );
    const report = existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : null;
    const tally = tallyOf(report, exitCode);
    return { tally, isSuite: true, output, leftOut: skippedTests(report) };
  } finally {
    rmSync(reportFolder, { recursive: true });
  }
}

/**
 * What was skipped, by name, since a skipped test says in its name or in its file what it waits for.
 *
 * @param {VitestReport | null} report
 */
function skippedTests(report) {
  return (report?.testResults ?? [])
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => `skipped: ${fullName.trim()}`);
}

/**
 * Whether a folder, or one of ours below it, has a test file. O(files).
 *
 * @param {string} folder Absolute.
 * @returns {boolean}
 */
export function hasTests(folder) {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? entry.name !== 'node_modules' && hasTests(join(folder, entry.name))
      : /\.test\.m?[jt]s$/.test(entry.name),
  );
}
