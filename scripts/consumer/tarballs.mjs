import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cacheFolder, quietEnvironment, repositoryRoot } from '../setup/environment.mjs';

const tarballFolder = `${cacheFolder}/tarballs`;

/**
 * @typedef {object} Tarball A package as it would be published.
 * @property {string} name
 * @property {string} version
 * @property {string} path
 * @property {string[]} entries What can be imported, such as `@nanoredis/intrusive-ds/objects`.
 * @property {string[]} programs The names of its programs.
 */

/**
 * The packages that are published.
 *
 * @type {readonly Tarball[]}
 */
export const tarballs = ['packages', 'apps']
  .flatMap((parent) => readdirSync(`${repositoryRoot}/${parent}`).map((name) => `${parent}/${name}/package.json`))
  .map((path) => JSON.parse(readFileSync(`${repositoryRoot}/${path}`, 'utf8')))
  .filter((manifest) => manifest.private !== true)
  .map(({ name, version, exports = {}, bin = {} }) => ({
    name,
    version,
    // The name that `pnpm pack` gives.
    path: `${tarballFolder}/${name.replace('@', '').replace('/', '-')}-${version}.tgz`,
    entries: Object.keys(exports)
      .filter((entry) => entry !== './package.json')
      .map((entry) => name + entry.slice(1)),
    programs: Object.keys(bin),
  }));

/** Packs all of them. They have to be built. */
export function packTarballs() {
  rmSync(tarballFolder, { recursive: true, force: true });
  mkdirSync(tarballFolder, { recursive: true });
  const filters = tarballs.flatMap(({ name }) => ['--filter', name]);
  execFileSync('pnpm', [...filters, 'pack', '--pack-destination', tarballFolder], {
    cwd: repositoryRoot,
    env: quietEnvironment,
    stdio: 'pipe',
  });
}
