import { existsSync } from 'node:fs';
import { fingerprint, isStamped, stamp } from './fingerprint.mjs';
import { runPnpm } from './pnpm.mjs';
import { repositoryRoot } from './run.mjs';
import { listWorkspaces, readManifest } from './workspace.mjs';

const stampPath = `${repositoryRoot}/node_modules/.cache/nanoredis/install`;

/**
 * Brings `node_modules` to what the lockfile says, with the pnpm that package.json pins, fetched through npx.
 * Nothing is spawned when the lockfile and all manifests are those of the last successful installation.
 *
 * @param {(line: string) => void} say Where a line of progress goes; called only when there is something to do.
 * @throws {Error} with pnpm's output when the installation fails.
 */
export async function ensureInstalled(say) {
  const manifests = listWorkspaces().map(({ folder }) => `${folder}/package.json`);
  const inputs = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs', ...manifests];
  // Prebuilt binaries are chosen at installation: another platform or another Node line needs its own.
  const machine = `${process.platform}-${process.arch}-${process.versions.modules}`;
  const wanted = `${machine} ${fingerprint(repositoryRoot, inputs)}`;
  if (existsSync(`${repositoryRoot}/node_modules/.modules.yaml`) && isStamped(stampPath, wanted)) return;

  const { packageManager } = readManifest('package.json');
  say(`Installing with ${packageManager} ...`);
  const started = performance.now();
  const { exitCode, output } = await runPnpm(['install', '--frozen-lockfile'], {
    // Without a terminal pnpm asks before it replaces a node_modules of another layout, and then gives up.
    env: { CI: 'true' },
  });
  if (exitCode !== 0) throw new Error(`The installation failed (exit code ${exitCode}):\n${output}`);
  stamp(stampPath, wanted);
  say(`Installed in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
