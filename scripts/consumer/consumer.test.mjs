import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { problemAffectsResolutionKind } from '@arethetypeswrong/core/problems';
import { allResolutionKinds } from '@arethetypeswrong/core/utils';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietEnvironment, repositoryRoot } from '../setup/environment.mjs';
import { samples } from './samples.mjs';
import { packTarballs, tarballs } from './tarballs.mjs';

const TIME_LIMIT_MS = 120_000;
/** TypeScript 4.6 and older resolve like this; the entries have files for each module system, which they do not know. */
const IGNORED_RESOLUTION = 'node10';

const entries = tarballs.flatMap((tarball) => tarball.entries);
const programs = tarballs.flatMap((tarball) => tarball.programs.map((program) => ({ program, ...tarball })));

beforeAll(packTarballs, TIME_LIMIT_MS);

describe.each(tarballs)('the tarball of $name', ({ path }) => {
  it('passes publint', async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(path);
    const tarball = /** @type {ArrayBuffer} */ (buffer.slice(byteOffset, byteOffset + byteLength));
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true, level: 'error' });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('has types for every module system', { timeout: TIME_LIMIT_MS }, async () => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(path)));
    if (!analysis.types) throw new Error('it has no types');
    const kinds = allResolutionKinds.filter((kind) => kind !== IGNORED_RESOLUTION);
    const problems = analysis.problems.filter((problem) =>
      kinds.some((kind) => problemAffectsResolutionKind(problem, kind, analysis)),
    );
    expect(problems).toEqual([]);
  });
});

/** What a user does: npm installs the tarballs in an empty project outside of the repository. */
describe('in an empty project', () => {
  let project = '';

  beforeAll(async () => {
    project = realpathSync(mkdtempSync(join(tmpdir(), 'nanoredis-consumer-')));
    const dependencies = Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]));
    // The packages depend on each other by version. Overrides keep npm from asking the registry for versions that are not published.
    const overrides = Object.fromEntries(tarballs.map(({ name }) => [name, `$${name}`]));
    writeJson(`${project}/package.json`, { name: 'consumer', private: true, dependencies, overrides });
    await run('npm', ['install', '--prefer-offline', '--no-package-lock']);
  }, TIME_LIMIT_MS);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it.each(entries)(
    '%s works as ESM and as CommonJS',
    async (entry) => {
      expect(samples).toHaveProperty([entry]);
      await run(process.execPath, [
        '--eval',
        `const assert = require('node:assert');
        const required = require('${entry}');
        import('${entry}').then(async (imported) => {
          const names = (module) => Object.keys(module).filter((name) => !['default', '__esModule', 'module.exports'].includes(name)).sort();
          assert.deepEqual(names(imported), names(required), 'ESM and CommonJS export the same names');
          const sample = ${samples[entry]};
          await sample(imported, assert);
          await sample(required, assert);
        }).catch((error) => { console.error(error); process.exitCode = 1; });`,
      ]);
    },
    TIME_LIMIT_MS,
  );

  it.each(programs)(
    'npx $program prints its version',
    async ({ program, version }) => {
      expect(await run('npx', ['--no-install', program, '--version'])).toContain(version);
    },
    TIME_LIMIT_MS,
  );

  it.each(['node16', 'nodenext'])(
    'the types compile in ESM and CommonJS files under %s',
    async (module) => {
      const folder = `${project}/types-${module}`;
      mkdirSync(folder);
      const esm = entries.map((entry, index) => `import * as entry${index} from '${entry}';\nvoid entry${index};\n`);
      const cjs = entries.map((entry, index) => `import entry${index} = require('${entry}');\nvoid entry${index};\n`);
      writeFileSync(`${folder}/esm.mts`, esm.join(''));
      writeFileSync(`${folder}/cjs.cts`, cjs.join(''));
      writeJson(`${folder}/tsconfig.json`, {
        compilerOptions: {
          module,
          target: 'ES2023',
          strict: true,
          noEmit: true,
          // The declarations are checked, too.
          skipLibCheck: false,
          types: ['node'],
          typeRoots: [`${repositoryRoot}/node_modules/@types`],
        },
        files: ['esm.mts', 'cjs.cts'],
      });
      await run('tsc', ['-p', folder]);
    },
    TIME_LIMIT_MS,
  );

  /**
   * Runs a program in the project; resolves with its output, rejects with it when the program fails.
   *
   * @param {string} program
   * @param {readonly string[]} args
   * @returns {Promise<string>}
   */
  function run(program, args) {
    return new Promise((resolve, reject) => {
      const options = { cwd: project, env: quietEnvironment, timeout: TIME_LIMIT_MS };
      const child = execFile(program, args, options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${error.message}\n${stdout}${stderr}`));
      });
      child.stdin?.end();
    });
  }
});

/**
 * @param {string} path
 * @param {object} value
 */
function writeJson(path, value) {
  writeFileSync(path, JSON.stringify(value, null, 2));
}
