import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as library from '../src/index';

it('runs the example of the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1];
  expect(example).toContain('assert.equal');
  const code = example!
    .replace("import assert from 'node:assert/strict';", '')
    .replace(/import (\{[^}]*\}) from '@nanoredis\/skiplist';/, 'const $1 = library;');
  new Function('assert', 'library', code)(assert, library);
});
