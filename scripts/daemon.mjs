import { pathToFileURL } from 'node:url';
import { ensureProgramBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { repositoryRoot } from './setup/run.mjs';

/**
 * Installs and builds what is missing and becomes the daemon, with the arguments of this process. The daemon runs in
 * this very process, so signals, the exit code, the terminal and the pid are its own, with nobody in between.
 */
export async function startDaemon() {
  try {
    await ensureInstalled(console.error);
    await ensureProgramBuilt('nanoredis', console.error);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  const cli = `${repositoryRoot}/apps/server/dist/cli.js`;
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
}
