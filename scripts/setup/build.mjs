import { existsSync } from 'node:fs';
import { fingerprint, isStamped, stamp } from './fingerprint.mjs';
import { repositoryRoot, run, toolPath } from './run.mjs';
import { listWithDependencies } from './workspace.mjs';

/**
 * Builds the program of a workspace, `dist/cli.js`, and nothing else: it is bundled from the sources of its neighbours, so
 * neither their builds nor declarations are needed, which take a minute where this takes a second. Nothing is spawned when
 * the sources and the result are those of the last build. The result is in the fingerprint because a build that was started
 * elsewhere may have replaced it in the meantime.
 *
 * @param {string} name As in its package.json.
 * @param {(line: string) => void} say Where a line of progress goes; called only when there is something to do.
 * @throws {Error} with the build's output when it fails.
 */
export async function ensureProgramBuilt(name, say) {
  const stampPath = `${repositoryRoot}/node_modules/.cache/nanoredis/build-${name.replace('/', '-')}`;
  if (isStamped(stampPath, fingerprintOfProgram(name))) return;

  say(`Building ${name} ...`);
  const started = performance.now();
  const cwd = `${repositoryRoot}/${listWithDependencies(name)[0]?.folder}`;
  // Where a workspace builds more than its program, the program has a configuration of its own.
  const config = ['tsup.program.config.ts', 'tsup.config.ts'].find((file) => existsSync(`${cwd}/${file}`));
  const { exitCode, output } = await run(toolPath('tsup'), ['--config', String(config)], { cwd });
  if (exitCode !== 0) throw new Error(`The build failed (exit code ${exitCode}):\n${output}`);
  stamp(stampPath, fingerprintOfProgram(name));
  say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

/** @param {string} name */
function fingerprintOfProgram(name) {
  const folders = listWithDependencies(name).map(({ folder }) => folder);
  const inputs = folders.flatMap((folder) => [`${folder}/src`, `${folder}/package.json`]);
  const shared = ['tooling', 'tsconfig.base.json', 'pnpm-lock.yaml'];
  const own = ['tsup.config.ts', 'tsup.program.config.ts', 'dist/cli.js', 'dist/cli.cjs', 'dist/chunks'];
  const paths = [...inputs, ...shared, ...own.map((path) => `${folders[0]}/${path}`)];
  return fingerprint(repositoryRoot, paths, (path) => !path.endsWith('.test.ts'));
}
