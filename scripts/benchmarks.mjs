import { pathToFileURL } from 'node:url';
import { ensureProgramBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { repositoryRoot } from './setup/run.mjs';

/** Installs and builds what is missing and becomes the benchmark program, with the arguments of this process. */
export async function runBenchmarks() {
  try {
    await ensureInstalled(console.error);
    await ensureProgramBuilt('nanoredis', console.error);
    await ensureProgramBuilt('@nanoredis/bench', console.error);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  const cli = `${repositoryRoot}/apps/bench/dist/cli.js`;
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
}
