import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { options } from '../src/config/schema';
import { configurationPage } from './configuration-page';

/** Everything but the schema and the tests: where an option is read that the server acts on. */
function sourcesBesideTheSchema(): string {
  const root = new URL('../src/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('config/options/'),
  );
  return files.map((path) => readFileSync(new URL(path, root), 'utf8')).join('\n');
}

describe('docs/configuration.md', () => {
  it('is up to date; npm run docs:configuration brings it there', async () => {
    await expect(configurationPage()).toMatchFileSnapshot('../../../docs/configuration.md');
  });

  it('says of no option that the server acts on it unless something reads it', () => {
    const sources = sourcesBesideTheSchema();
    const acting = options.filter(({ option }) => option.traits.effect === 'full').map(({ name }) => name);
    const unread = acting.filter((name) => !new RegExp(`'${name}'|[.{,] ?${name}\\b`).test(sources));
    expect(unread).toEqual([]);
  });
});
