import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. Found by searching upwards, because the bundler may move this module. */
export const repositoryRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Scenarios, thresholds and results. */
export const benchFolder = join(repositoryRoot, 'bench');

/** The sources of the micro-benchmarks. */
export const microBenchmarkFolder = join(repositoryRoot, 'apps/bench/src/micro');

/** The built daemon of this checkout. */
export const daemonPath = join(repositoryRoot, 'apps/server/dist/cli.js');

/** The built library of this checkout's server. */
export const libraryPath = join(repositoryRoot, 'apps/server/dist/index.js');

/** An entry of this program's build, by its path in dist; see tsup.config.ts. */
export function builtFile(name: string): string {
  return join(repositoryRoot, 'apps/bench/dist', name);
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
  if (folder === dirname(folder)) throw new Error('nanoredis-bench runs inside a checkout of NanoRedis');
  return findRoot(dirname(folder));
}
