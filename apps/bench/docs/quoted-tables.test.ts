import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../src/places';
import { withQuotedTables } from '../src/report/quoted-tables';
import { publishedResults } from '../src/report/results-page';

const published = publishedResults().map(({ result }) => result);
const packages = readdirSync(join(repositoryRoot, 'packages'));
const pages = ['README.md', 'docs/performance.md', ...packages.map((name) => `packages/${name}/README.md`)];

describe('figures that pages quote', () => {
  it.each(pages)('of %s are up to date; npm run docs:results brings them there', async (path) => {
    const place = join(repositoryRoot, path);
    await expect(withQuotedTables(readFileSync(place, 'utf8'), published)).toMatchFileSnapshot(place);
  });
});
