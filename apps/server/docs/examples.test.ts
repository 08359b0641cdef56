import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as library from '../src/index';

/** The first TypeScript example of a page. */
function exampleOf(path: string): string {
  const example = /```ts\n(.*?)```/s.exec(readFileSync(new URL(path, import.meta.url), 'utf8'))?.[1];
  if (example === undefined) throw new Error(`${path} has no example`);
  return example;
}

/** Runs an example of the library as a module would, with `assert` and the library handed in. */
async function run(example: string): Promise<void> {
  const code = example
    .replace("import assert from 'node:assert/strict';", '')
    .replace(/import (\{[^}]*\}) from 'nanoredis';/, 'const $1 = library;');
  await new Function('assert', 'library', 'console', `return (async () => {${code}})();`)(assert, library, {
    log() {},
  });
}

describe('the examples of the documentation', () => {
  it('run: the README of the package', async () => {
    const example = exampleOf('../README.md');
    expect(example).toContain('assert.equal');
    await run(example);
  });

  it('run: the README of the repository', async () => {
    await run(exampleOf('../../../README.md'));
  });

  it('are the code: docs/adding-a-command.md', () => {
    const strlen = readFileSync(new URL('../src/commands/string/strlen.ts', import.meta.url), 'utf8');
    expect(exampleOf('../../../docs/adding-a-command.md')).toBe(strlen);
  });
});
