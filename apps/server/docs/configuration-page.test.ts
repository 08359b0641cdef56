import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { options } from '../src/config/schema';
import { configurationPage } from './configuration-page';

/** All sources but the schema and the tests: they read every option that has an effect. */
function sourcesBesideTheSchema(): string {
  const root = new URL('../src/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('config/options/'),
  );
  return files.map((path) => readFileSync(new URL(path, root), 'utf8')).join('\n');
}

describe('docs/configuration.md', () => {
  it('is up to date; npm run docs:configuration updates it', async () => {
    await expect(configurationPage()).toMatchFileSnapshot('../../../docs/configuration.md');
  });

  it('claims an effect only for options that the server reads', () => {
    const sources = sourcesBesideTheSchema();
    const acting = options.filter(({ option }) => option.traits.effect === 'full').map(({ name }) => name);
    const unread = acting.filter((name) => !new RegExp(`'${name}'|[.{,] ?${name}\\b`).test(sources));
    expect(unread).toEqual([]);
  });
});
