import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { cacheFolder, quietEnvironment, repositoryRoot } from '../setup/environment.mjs';
import { ensureInstalled } from '../setup/install.mjs';
import { countsOf, hasTests, nameOf, outcomeLine, outcomeOf, seconds, sum, summaryLine } from './outcome.mjs';

/**
 * @typedef {import('./outcome.mjs').TurboTask} TurboTask
 * @typedef {import('./outcome.mjs').Outcome} Outcome
 */

const TASKS = ['lint', 'layers', 'unused', 'typecheck', 'build', 'test', 'test:integration', 'test:oracle'];
/** A run that takes longer hangs. */
const MAX_RUN_MS = 30 * 60_000;
/** Suites write their reports here; see tooling/vitest.ts. */
const reportFolder = `${cacheFolder}/reports`;
/** Where turbo writes the summary of a run. */
const summaryFolder = `${repositoryRoot}/.turbo/runs`;
const atRoot = { cwd: repositoryRoot, env: quietEnvironment };

/**
 * Installs what is missing and runs every check to its end. Prints a line for each check that ends, then the output of those that have
 * failed, and last the sum. The exit code is 1 when a check has failed or no test was executed.
 */
export async function runAllChecks() {
  const startedAt = performance.now();
  /** @type {Outcome[]} */
  let outcomes = [];
  /** @type {Map<string, string[]>} */
  const outputs = new Map();
  try {
    ensureInstalled(console.log);
    outcomes = await runTasks(outputs);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
  for (const { skippedTests } of outcomes) for (const test of skippedTests) console.log(`skipped: ${test}`);
  for (const program of ['redis-server', 'redis-cli', 'redis-benchmark']) {
    if (!isOnPath(program)) console.log(`${program} is not on the PATH: the tests that need it are skipped.`);
  }
  for (const outcome of outcomes.filter(({ tally }) => tally.failed > 0 || tally.passed === 0)) {
    console.log(['', outcomeLine(outcome), ...(outputs.get(outcome.taskId) ?? [])].join('\n'));
  }
  if (!hasTests(outcomes)) console.log('No test was executed, which counts as a failure.');
  const total = sum(outcomes);
  console.log(`All checks took ${seconds(performance.now() - startedAt)}.`);
  console.log(summaryLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/**
 * Runs all tasks, and prints a line at the end of each. A task that fails stops only those that depend on it.
 *
 * @param {Map<string, string[]>} outputs Gets the lines that each task prints, by its taskId.
 * @returns {Promise<Outcome[]>}
 * @throws {Error} with turbo's messages when it could not run the tasks.
 */
async function runTasks(outputs) {
  for (const folder of [reportFolder, summaryFolder]) rmSync(folder, { recursive: true, force: true });
  // The summary of a run leaves out the tasks that were not run.
  const plan = execFileSync('turbo', ['run', ...TASKS, '--dry-run=json'], { ...atRoot, encoding: 'utf8' });
  /** @type {TurboTask[]} */
  const planned = JSON.parse(plan).tasks.filter((/** @type {TurboTask} */ task) => task.command !== '<NONEXISTENT>');

  const options = ['--log-order=grouped', '--log-prefix=task', '--continue=dependencies-successful', '--summarize'];
  const turbo = spawn('turbo', ['run', ...TASKS, ...options], {
    ...atRoot,
    // One worker for a suite, because turbo runs two tasks at a time.
    env: { ...quietEnvironment, NANOREDIS_REPORTS: reportFolder, VITEST_MAX_WORKERS: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: MAX_RUN_MS,
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => turbo.kill(signal));
  let messages = '';
  turbo.stderr.setEncoding('utf8').on('data', (text) => {
    messages += text;
  });
  const startedAt = performance.now();
  createInterface({ input: turbo.stdout }).on('line', (line) => {
    const task = planned.find(({ taskId }) => line.startsWith(prefixOf(taskId)));
    if (task === undefined) return;
    const { taskId } = task;
    if (!outputs.has(taskId)) {
      // The output of a task comes when it has ended.
      outputs.set(taskId, []);
      console.log(
        `${seconds(performance.now() - startedAt).padStart(8)}  ${nameOf(taskId)}${countsOf(readReport(task))}`,
      );
    }
    outputs.get(taskId)?.push(line.slice(prefixOf(taskId).length));
  });
  await once(turbo, 'close');

  const [summary] = existsSync(summaryFolder) ? readdirSync(summaryFolder) : [];
  if (summary === undefined) throw new Error(`turbo could not run the checks:\n${messages}`);
  /** @type {TurboTask[]} */
  const run = readJson(join(summaryFolder, summary)).tasks;
  return planned.map((task) => outcomeOf(run.find(({ taskId }) => taskId === task.taskId) ?? task, readReport(task)));
}

/**
 * What turbo prints before each line of a task's output.
 *
 * @param {string} taskId
 */
function prefixOf(taskId) {
  return `${taskId.replace('#', ':')}: `;
}

/**
 * @param {TurboTask} task
 * @returns {import('./outcome.mjs').VitestReport | null} Null when the task is no suite or wrote no report.
 */
function readReport({ hash }) {
  const path = join(reportFolder, `${hash}.json`);
  return existsSync(path) ? readJson(path) : null;
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
