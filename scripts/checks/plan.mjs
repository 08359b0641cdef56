import { readdirSync } from 'node:fs';
import { runTurbo } from '../setup/pnpm.mjs';
import { repositoryRoot, run, toolPath } from '../setup/run.mjs';
import { listWorkspaces } from '../setup/workspace.mjs';
import { outcomeOf } from './check.mjs';
import { packagingChecks } from './packaging.mjs';
import { hasTests, runSuite } from './suite.mjs';

/**
 * Every check of `npm test`, the quick ones first. What needs the built packages waits for the build.
 *
 * @returns {import('./check.mjs').Check[]}
 */
export function planChecks() {
  const workspaces = listWorkspaces();
  const published = workspaces.filter(({ manifest }) => manifest.private !== true);
  const tested = workspaces.filter(({ folder }) => folder !== 'bench');
  return [
    tool('format and lint', 'biome', ['ci', '--colors=off', '.']),
    { name: 'build', needs: [], execute: async () => outcomeOf(await runTurbo('build')) },
    tool('floors', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'packages', 'apps']),
    tool('unused code', 'knip', ['--no-progress', '--no-config-hints']),
    ...workspaces
      .filter(({ manifest }) => manifest.scripts?.typecheck !== undefined)
      .map(({ folder, manifest }) => tool(`types of ${manifest.name}`, 'tsc', ['--noEmit', '-p', folder])),
    tool('types of the scripts', 'tsc', ['-p', 'scripts']),
    suite('tests of the scripts', 'scripts', '.'),
    ...tested.map(({ folder, manifest }) =>
      folder === 'apps/server'
        ? suite(`tests of ${manifest.name}`, folder, 'src')
        : suite(`tests of ${manifest.name}`, folder, '.', ['build']),
    ),
    suite('generated documentation', 'apps/server', 'docs'),
    ...readdirSync(`${repositoryRoot}/apps/server/test`)
      .filter((name) => hasTests(`${repositoryRoot}/apps/server/test/${name}`))
      .map((name) => suite(`${name} tests of nanoredis`, 'apps/server', `test/${name}`, ['build'])),
    ...packagingChecks(published),
  ];
}

/**
 * @param {string} name
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {import('./check.mjs').Check}
 */
function tool(name, program, args) {
  return { name, needs: [], execute: async () => outcomeOf(await run(toolPath(program), args)) };
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {string} testFolder
 * @param {readonly string[]} [needs]
 * @returns {import('./check.mjs').Check}
 */
function suite(name, folder, testFolder, needs = []) {
  return { name, needs, execute: () => runSuite({ folder, testFolder }) };
}
