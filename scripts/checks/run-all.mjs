import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureInstalled } from '../setup/install.mjs';
import { runChecks, sum, summaryLine } from './check.mjs';

/**
 * Installs what is missing, runs every check to its end whatever the others say, and ends the process: with exit code
 * 0 when all passed, 1 when one failed or when no test was executed at all. The last line on stdout is the sum.
 */
export async function runAllChecks() {
  const startedAt = performance.now();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  try {
    await ensureInstalled(console.log);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    console.log(summaryLine({ passed: 0, failed: 1, skipped: 0 }));
    process.exit(1);
  }
  // Loaded after the installation, because checks use what it installs.
  const { planChecks } = await import('./plan.mjs');
  const outcomes = await runChecks(planChecks(), Math.min(2, availableParallelism()), reportCheck);
  for (const program of ['redis-server', 'redis-cli', 'redis-benchmark']) {
    if (!isOnPath(program))
      console.log(`left out: ${program} is not on the PATH, so the tests that need it are skipped`);
  }

  const total = sum(outcomes.map(({ tally }) => tally));
  const tests = sum(outcomes.filter(({ isSuite }) => isSuite).map(({ tally }) => tally));
  if (tests.passed + tests.failed === 0) {
    console.log('No test was executed: that is a failed run.');
    total.failed += 1;
  }
  console.log(`All checks took ${seconds(performance.now() - startedAt)}.`);
  console.log(summaryLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/**
 * @param {import('./check.mjs').Check} check
 * @param {import('./check.mjs').Outcome} outcome
 * @param {number} milliseconds
 */
function reportCheck(check, { tally, isSuite, output, leftOut }, milliseconds) {
  const verdict = tally.failed > 0 ? 'FAILED' : tally.passed > 0 ? 'passed' : 'left out';
  const counts = isSuite ? ` (${summaryLine(tally)})` : '';
  console.log(`${verdict.padEnd(8)} ${seconds(milliseconds).padStart(7)}  ${check.name}${counts}`);
  for (const reason of leftOut) console.log(`         left out: ${reason}`);
  if (tally.failed > 0) console.log(`\n${output.trimEnd()}\n`);
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
