import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder, quietEnvironment, repositoryRoot } from '../setup/environment.mjs';
import { ensureInstalled } from '../setup/install.mjs';
import { hasTests, outcomeLine, outcomeOf, seconds, sum, summaryLine } from './outcome.mjs';

const TASKS = ['lint', 'layers', 'unused', 'typecheck', 'build', 'test', 'test:oracle'];
/** A run that takes longer hangs. */
const MAX_RUN_MS = 30 * 60_000;
/** Suites write their reports here; see tooling/vitest.ts. */
const reportFolder = `${cacheFolder}/reports`;
/** Where turbo writes the summary of a run. */
const summaryFolder = `${repositoryRoot}/.turbo/runs`;
const atRoot = { cwd: repositoryRoot, env: quietEnvironment };

/**
 * Installs what is missing and runs every check to its end. The output of a check that fails is printed when it ends, then a line for
 * each check, and last the sum. The exit code is 1 when a check has failed or no test was executed.
 */
export async function runAllChecks() {
  const startedAt = performance.now();
  /** @type {import('./outcome.mjs').Outcome[]} */
  let outcomes = [];
  try {
    ensureInstalled(console.log);
    outcomes = await runTasks();
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
  for (const outcome of outcomes) {
    console.log(outcomeLine(outcome));
    for (const test of outcome.skippedTests) console.log(`                  skipped: ${test}`);
  }
  for (const program of ['redis-server', 'redis-cli', 'redis-benchmark']) {
    if (!isOnPath(program)) console.log(`${program} is not on the PATH: the tests that need it are skipped.`);
  }
  if (!hasTests(outcomes)) console.log('No test was executed, which counts as a failure.');
  const total = sum(outcomes);
  console.log(`All checks took ${seconds(performance.now() - startedAt)}.`);
  console.log(summaryLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/**
 * Runs all tasks. A task that fails stops only those that depend on it.
 *
 * @returns {Promise<import('./outcome.mjs').Outcome[]>} In the order of their ends.
 */
async function runTasks() {
  for (const folder of [reportFolder, summaryFolder]) rmSync(folder, { recursive: true, force: true });
  // The summary of a run leaves out the tasks that were not run.
  const plan = execFileSync('turbo', ['run', ...TASKS, '--dry-run=json'], { ...atRoot, encoding: 'utf8' });
  const options = ['--output-logs=errors-only', '--log-order=grouped', '--continue=dependencies-successful'];
  const turbo = spawn('turbo', ['run', ...TASKS, ...options, '--summarize'], {
    ...atRoot,
    // One worker for a suite, because turbo runs two tasks at a time.
    env: { ...quietEnvironment, NANOREDIS_REPORTS: reportFolder, VITEST_MAX_WORKERS: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: MAX_RUN_MS,
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => turbo.kill(signal));
  await once(turbo, 'close');

  const [summary] = existsSync(summaryFolder) ? readdirSync(summaryFolder) : [];
  if (summary === undefined) throw new Error('turbo has written no summary of its run.');
  /** @type {Map<string, import('./outcome.mjs').TurboTask>} */
  const run = new Map(
    readJson(join(summaryFolder, summary)).tasks.map((/** @type {any} */ task) => [task.taskId, task]),
  );
  /** @type {import('./outcome.mjs').TurboTask[]} */
  const planned = JSON.parse(plan).tasks;
  return planned
    .filter(({ command }) => command !== '<NONEXISTENT>')
    .map((task) => {
      const path = join(reportFolder, `${task.hash}.json`);
      return outcomeOf(run.get(task.taskId) ?? task, existsSync(path) ? readJson(path) : null);
    })
    .sort((a, b) => a.endedAt - b.endedAt);
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
