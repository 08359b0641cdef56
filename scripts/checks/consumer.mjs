import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot, run, toolPath } from '../setup/run.mjs';
import { samples } from './consumer-samples.mjs';

/**
 * Does what a user does: installs the tarballs with npm into an empty project outside the repository, imports every
 * public entry as ESM, requires it as CommonJS, compiles against the types under both module systems, uses one real
 * export of each package, and calls the installed program.
 *
 * @param {readonly import('../setup/workspace.mjs').Workspace[]} published
 * @param {(manifest: import('../setup/workspace.mjs').Manifest) => string} tarballPath
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function checkAsConsumer(published, tarballPath) {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'nanoredis-consumer-')));
  try {
    const tally = { passed: 0, failed: 0, skipped: 0 };
    const failures = [];
    for await (const { name, exitCode, output } of stepsOf(project, published, tarballPath)) {
      if (exitCode === 0) {
        tally.passed += 1;
      } else {
        tally.failed += 1;
        failures.push(`--- ${name}\n${output}`);
      }
    }
    return { tally, isSuite: false, output: failures.join('\n'), leftOut: [] };
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

/**
 * @param {string} project
 * @param {readonly import('../setup/workspace.mjs').Workspace[]} published
 * @param {(manifest: import('../setup/workspace.mjs').Manifest) => string} tarballPath
 */
async function* stepsOf(project, published, tarballPath) {
  const dependencies = Object.fromEntries(
    published.map(({ manifest }) => [manifest.name, `file:${tarballPath(manifest)}`]),
  );
  // The packages depend on each other by version; overrides keep npm from asking a registry for unpublished ones.
  const overrides = Object.fromEntries(Object.keys(dependencies).map((name) => [name, `$${name}`]));
  writeJson(`${project}/package.json`, { name: 'consumer', private: true, dependencies, overrides });
  const installed = await run('npm', ['install', '--prefer-offline', '--no-package-lock'], { cwd: project });
  yield { name: 'npm install', ...installed };
  if (installed.exitCode !== 0) return;

  for (const { manifest } of published) {
    for (const entry of publicEntries(manifest)) {
      const name = `use ${entry}`;
      const sample = samples[entry];
      const program = `
        const assert = require('node:assert');
        const required = require('${entry}');
        import('${entry}').then(async (imported) => {
          const names = (module) => Object.keys(module).filter((name) => !['default', '__esModule', 'module.exports'].includes(name)).sort();
          assert.deepEqual(names(imported), names(required), 'ESM and CommonJS export the same names');
          const sample = ${sample ?? 'undefined'};
          assert.ok(sample, 'scripts/checks/consumer-samples.mjs has a sample for this entry');
          await sample(imported, assert);
          await sample(required, assert);
        }).catch((error) => { console.error(error); process.exitCode = 1; });
      `;
      yield { name, ...(await run(process.execPath, ['--eval', program], { cwd: project })) };
    }
    for (const program of Object.keys(manifest.bin ?? {})) {
      const result = await run('npx', ['--no-install', program, '--version'], { cwd: project });
      const saysVersion = result.output.includes(manifest.version);
      yield {
        name: `npx ${program} --version`,
        output: result.output,
        exitCode: result.exitCode || (saysVersion ? 0 : 1),
      };
    }
  }

  const entries = published.flatMap(({ manifest }) => publicEntries(manifest));
  for (const module of ['node16', 'nodenext']) {
    yield { name: `types under ${module}`, ...(await compile(project, module, entries)) };
  }
}

/**
 * Compiles an ESM and a CommonJS file that import every entry, with the declarations themselves checked too.
 *
 * @param {string} project
 * @param {string} module
 * @param {readonly string[]} entries
 */
function compile(project, module, entries) {
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
      skipLibCheck: false,
      types: ['node'],
      typeRoots: [`${repositoryRoot}/node_modules/@types`],
    },
    files: ['esm.mts', 'cjs.cts'],
  });
  return run(toolPath('tsc'), ['-p', folder]);
}

/**
 * @param {import('../setup/workspace.mjs').Manifest} manifest
 * @returns {string[]} What a user may import, such as `@nanoredis/skiplist` or `@nanoredis/skiplist/part`.
 */
function publicEntries({ name, exports = {} }) {
  return Object.keys(exports)
    .filter((path) => path !== './package.json')
    .map((path) => name + path.slice(1));
}

/**
 * @param {string} path
 * @param {object} value
 */
function writeJson(path, value) {
  writeFileSync(path, JSON.stringify(value, null, 2));
}
