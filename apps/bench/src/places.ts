import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, wherever the bundler has put this module. */
export const repositoryRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Scenarios, thresholds and results. */
export const benchFolder = join(repositoryRoot, 'bench');

/** Our daemon as it is built. */
export const daemonPath = join(repositoryRoot, 'apps/server/dist/cli.js');

/** Our server as a library, as it is built. */
export const libraryPath = join(repositoryRoot, 'apps/server/dist/index.js');

/** A file that this program is built to, besides its cli.js. */
export function builtFile(name: string): string {
  return join(repositoryRoot, 'apps/bench/dist', name);
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
  if (folder === dirname(folder)) throw new Error('nanoredis-bench runs inside a checkout of NanoRedis');
  return findRoot(dirname(folder));
}
