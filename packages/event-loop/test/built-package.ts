import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

/** Inside of the package, so that the optional dependency is resolved from it. */
const folder = fileURLToPath(new URL('../node_modules/.built-for-tests', import.meta.url));

/** Builds the package for tests that need a process or a thread of their own; returns the URL of its module. */
export async function buildPackage(): Promise<string> {
  await build({
    entry: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    format: ['esm'],
    target: 'node20.19',
    outDir: folder,
    outExtension: () => ({ js: '.mjs' }),
    config: false,
    silent: true,
  });
  return new URL('../node_modules/.built-for-tests/index.mjs', import.meta.url).href;
}

/** Removes the output of `buildPackage`. */
export function removeBuild(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Starts `script` as a module in a process that may open at most `descriptors` files. */
export function startWithLimit(script: string, descriptors: number): ChildProcessByStdio<null, Readable, null> {
  const command = `ulimit -n ${descriptors}; exec "$0" --input-type=module --eval "$1"`;
  return spawn('/bin/sh', ['-c', command, process.execPath, script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Starts `script` as a module in a process of its own. */
export function startScript(script: string): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Runs `script` as a module in a process of its own; resolves with its output and its exit status. */
export function runScript(script: string): Promise<{ output: string; code: number | null; signal: string | null }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (part) => {
    output += part;
  });
  child.stderr.on('data', (part) => {
    output += part;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ output: output.trim(), code, signal }));
  });
}
