import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { repositoryRoot } from './run.mjs';

/**
 * @typedef {object} Manifest The part of a package.json that our scripts read.
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {string} [packageManager]
 * @property {Record<string, unknown>} [exports]
 * @property {Record<string, string>} [bin]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 */

/**
 * @typedef {object} Workspace One package of the monorepo.
 * @property {string} folder Relative to the repository root, such as `packages/skiplist`.
 * @property {Manifest} manifest
 */

/**
 * @param {string} path Relative to the repository root.
 * @returns {Manifest}
 */
export function readManifest(path) {
  return JSON.parse(readFileSync(`${repositoryRoot}/${path}`, 'utf8'));
}

/**
 * Every package of the monorepo, ground floors first in the order of the folders. Reads the disk each time.
 *
 * @returns {Workspace[]}
 */
export function listWorkspaces() {
  const parents = ['packages', 'apps'];
  const folders = parents.flatMap((parent) =>
    readdirSync(`${repositoryRoot}/${parent}`)
      .sort()
      .map((name) => `${parent}/${name}`),
  );
  return [...folders, 'bench']
    .filter((folder) => existsSync(`${repositoryRoot}/${folder}/package.json`))
    .map((folder) => ({ folder, manifest: readManifest(`${folder}/package.json`) }));
}

/**
 * The workspace and everything of ours that it depends on, each once.
 *
 * @param {string} name As in its package.json.
 * @returns {Workspace[]}
 */
export function listWithDependencies(name) {
  const all = listWorkspaces();
  /** @type {Set<Workspace>} */
  const found = new Set();
  /** @param {string} wanted */
  const visit = (wanted) => {
    const workspace = all.find((each) => each.manifest.name === wanted);
    if (workspace === undefined || found.has(workspace)) return;
    found.add(workspace);
    for (const dependency of Object.keys(workspace.manifest.dependencies ?? {})) visit(dependency);
  };
  visit(name);
  return [...found];
}
