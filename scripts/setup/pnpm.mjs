import { run } from './run.mjs';
import { readManifest } from './workspace.mjs';

/**
 * Runs the pnpm that package.json pins, fetched through npx where it is not in npm's cache. What it runs finds the
 * same pnpm on its PATH, which turbo needs.
 *
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} [options]
 */
export function runPnpm(args, options) {
  const { packageManager } = readManifest('package.json');
  return run('npx', ['--yes', `${packageManager}`, ...args], options);
}

/**
 * Runs a turbo task everywhere, with the output of failures only.
 *
 * @param {string} task
 */
export function runTurbo(task) {
  return runPnpm(['exec', 'turbo', 'run', task, '--output-logs=errors-only']);
}
