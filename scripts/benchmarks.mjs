import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { repositoryRoot } from './setup/run.mjs';

/** Installs and builds what is missing and becomes the benchmark program, with the arguments of this process. */
export async function runBenchmarks() {
  try {
    await ensureInstalled(console.error);
    await ensureBuilt('nanoredis', console.error);
    await ensureBuilt('@nanoredis/bench', console.error);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  const cli = `${repositoryRoot}/apps/bench/dist/cli.js`;
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
}
