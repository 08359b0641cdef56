import { fingerprint, isStamped, stamp } from './fingerprint.mjs';
import { runTurbo } from './pnpm.mjs';
import { repositoryRoot } from './run.mjs';
import { listWithDependencies } from './workspace.mjs';

/**
 * Builds a workspace and what it depends on. Turbo knows this too, but takes two seconds to say so, with the pnpm that it needs; a
 * fingerprint over the same inputs and over the result takes a few milliseconds. The result is in it because a build
 * that was started elsewhere may have replaced it in the meantime.
 *
 * @param {string} name As in its package.json.
 * @param {(line: string) => void} say Where a line of progress goes; called only when there is something to do.
 * @throws {Error} with the build's output when it fails.
 */
export async function ensureBuilt(name, say) {
  const stampPath = `${repositoryRoot}/node_modules/.cache/nanoredis/build-${name.replace('/', '-')}`;
  if (isStamped(stampPath, fingerprintOfBuild(name))) return;

  say(`Building ${name} ...`);
  const started = performance.now();
  const { exitCode, output } = await runTurbo('build', name);
  if (exitCode !== 0) throw new Error(`The build failed (exit code ${exitCode}):\n${output}`);
  stamp(stampPath, fingerprintOfBuild(name));
  say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

/** @param {string} name */
function fingerprintOfBuild(name) {
  const folders = listWithDependencies(name).map(({ folder }) => folder);
  const inputs = folders.flatMap((folder) => [
    `${folder}/src`,
    `${folder}/package.json`,
    `${folder}/tsup.config.ts`,
    `${folder}/tsconfig.json`,
  ]);
  const shared = ['tooling', 'tsconfig.base.json', 'turbo.json', 'pnpm-lock.yaml'];
  const outputs = folders.map((folder) => `${folder}/dist`);
  return fingerprint(repositoryRoot, [...inputs, ...shared, ...outputs], (path) => !path.endsWith('.test.ts'));
}
