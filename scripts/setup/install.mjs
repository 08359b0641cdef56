import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cacheFolder, quietEnvironment, repositoryRoot } from './environment.mjs';

const stampPath = `${cacheFolder}/install`;

/**
 * Installs what the lockfile says, with the pnpm that package.json pins, which npx fetches. Starts no process when the lockfile is
 * that of the last installation.
 *
 * @param {(line: string) => void} say Called with a line of progress when there is something to install.
 * @throws {Error} with pnpm's output when the installation fails.
 */
export function ensureInstalled(say) {
  const lockfile = readFileSync(`${repositoryRoot}/pnpm-lock.yaml`);
  // Packages with prebuilt binaries are installed for one platform.
  const wanted = `${process.platform}-${process.arch} ${createHash('sha256').update(lockfile).digest('hex')}`;
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === wanted) return;

  const { packageManager } = JSON.parse(readFileSync(`${repositoryRoot}/package.json`, 'utf8'));
  say(`Installing with ${packageManager} ...`);
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile'],
    // With CI set, pnpm replaces a node_modules of another layout without asking.
    { cwd: repositoryRoot, encoding: 'utf8', env: { ...quietEnvironment, CI: 'true' } },
  );
  if (status !== 0) throw new Error(`The installation failed:\n${error?.message ?? `${stdout}${stderr}`}`);
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(stampPath, wanted);
  say(`Installed in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
