import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { runPnpm } from '../setup/pnpm.mjs';
import { repositoryRoot, run, toolPath } from '../setup/run.mjs';
import { outcomeOf } from './check.mjs';
import { checkAsConsumer } from './consumer.mjs';

/** Where the tarballs are packed to; made anew in each run. */
const tarballFolder = `${repositoryRoot}/node_modules/.cache/nanoredis/tarballs`;

/**
 * The checks of what would be published: the tarballs themselves, not the folders that they are made from.
 *
 * @param {readonly import('../setup/workspace.mjs').Workspace[]} published
 * @returns {import('./check.mjs').Check[]}
 */
export function packagingChecks(published) {
  return [
    { name: 'pack', needs: ['build'], execute: () => packAll(published) },
    ...published.map(({ manifest }) => ({
      name: `package of ${manifest.name}`,
      needs: ['pack'],
      execute: () => checkTarball(tarballPath(manifest)),
    })),
    {
      name: 'packages in an empty project',
      needs: ['pack'],
      execute: () => checkAsConsumer(published, tarballPath),
    },
  ];
}

/** @param {readonly import('../setup/workspace.mjs').Workspace[]} published */
async function packAll(published) {
  rmSync(tarballFolder, { recursive: true, force: true });
  mkdirSync(tarballFolder, { recursive: true });
  const filters = published.flatMap(({ manifest }) => ['--filter', manifest.name]);
  const result = await runPnpm([...filters, 'pack', '--pack-destination', tarballFolder]);
  const missing = published.map(({ manifest }) => tarballPath(manifest).split('/').pop());
  const packed = new Set(readdirSync(tarballFolder));
  const notPacked = missing.filter((name) => !packed.has(String(name)));
  if (notPacked.length > 0) return outcomeOf({ exitCode: 1, output: `${result.output}\nNot packed: ${notPacked}` });
  return outcomeOf(result);
}

/** @param {string} tarball */
async function checkTarball(tarball) {
  const lint = await run(toolPath('publint'), [tarball, '--strict']);
  // The entries have their own files per module system; what only TypeScript 4.6 and older do ("node10") is not a goal.
  const types = await run(toolPath('attw'), [tarball, '--profile', 'node16', '--no-color', '--no-emoji']);
  return outcomeOf({ exitCode: lint.exitCode || types.exitCode, output: `${lint.output}\n${types.output}` });
}

/**
 * @param {import('../setup/workspace.mjs').Manifest} manifest
 * @returns {string} The name that `pnpm pack` gives.
 */
function tarballPath({ name, version }) {
  return `${tarballFolder}/${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
}
