import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] Working directory; the repository root when left out.
 * @property {Record<string, string>} [env] Variables on top of the environment of this process.
 * @property {number} [timeoutMs] After this time the program and all that it has started are killed; five minutes when left out.
 */

/**
 * @typedef {object} RunResult
 * @property {number} exitCode 0 for success; 1 when the program could not be started or was ended by a signal.
 * @property {string} output Everything that the program wrote, stdout and stderr in the order of arrival.
 */

/** The root of the repository, absolute, without a slash at the end. */
export const repositoryRoot = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

/** What keeps our tools quiet, and off the network, when they run as a part of ours. */
export const quietEnvironment = {
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  DO_NOT_TRACK: '1',
  npm_config_update_notifier: 'false',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
};

/** @type {Set<() => void>} How to end each program that runs now. */
const runningGroups = new Set();

process.once('exit', () => {
  for (const killGroup of runningGroups) killGroup();
});

/**
 * Runs a program to its end with its output collected and no stdin. Never throws: a program that can't be started is
 * a result with exit code 1. It leads a process group of its own, which ends with this process or when time is up.
 *
 * @param {string} program A path, or a name on the PATH.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    /** @type {string[]} */
    const chunks = [];
    const child = spawn(program, args, {
      cwd: options.cwd ?? repositoryRoot,
      env: { ...process.env, ...quietEnvironment, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const killGroup = () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    const { timeoutMs = 300_000 } = options;
    const timer = setTimeout(() => {
      chunks.push(`${program}: not done after ${timeoutMs} ms\n`);
      killGroup();
    }, timeoutMs);
    runningGroups.add(killGroup);
    child.stdout.setEncoding('utf8').on('data', (text) => chunks.push(text));
    child.stderr.setEncoding('utf8').on('data', (text) => chunks.push(text));
    child.on('error', (error) => resolve({ exitCode: 1, output: `${program}: ${error.message}\n` }));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      runningGroups.delete(killGroup);
      if (signal !== null) chunks.push(`${program}: ended by ${signal}\n`);
      resolve({ exitCode: code ?? 1, output: chunks.join('') });
    });
  });
}

/**
 * The path of a tool that the workspace has installed.
 *
 * @param {string} name As in `node_modules/.bin`.
 */
export function toolPath(name) {
  return `${repositoryRoot}/node_modules/.bin/${name}`;
}
