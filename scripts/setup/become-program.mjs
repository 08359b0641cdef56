import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { quietEnvironment, repositoryRoot } from './environment.mjs';
import { ensureInstalled } from './install.mjs';

/**
 * Installs and builds what is missing, and runs a program in this process, with the arguments of this process: signals, exit code,
 * terminal and pid are the program's own.
 *
 * @param {string} path Relative to the root of the repository.
 * @param {readonly string[]} tasks The tasks of turbo that build it.
 */
export async function becomeProgram(path, tasks) {
  try {
    ensureInstalled(console.error);
    build(tasks);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  const program = `${repositoryRoot}/${path}`;
  process.argv[1] = program;
  await import(pathToFileURL(program).href);
}

/** @param {readonly string[]} tasks */
function build(tasks) {
  const { status, stdout, stderr, error } = spawnSync('turbo', ['run', ...tasks, '--output-logs=errors-only'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    env: quietEnvironment,
  });
  if (status !== 0) throw new Error(`The build failed:\n${error?.message ?? `${stdout}${stderr}`}`);
}
