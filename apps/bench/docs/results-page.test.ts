import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchFolder } from '../src/places';
import { publishedResults, resultsPage } from '../src/report/results-page';

const files = resultsPage(publishedResults());

describe('bench/RESULTS.md', () => {
  it.each(files)('$path is up to date; npm run docs:results brings it there', async ({ path, text }) => {
    await expect(text).toMatchFileSnapshot(join(benchFolder, path));
  });

  it('shows every chart in results/charts', () => {
    const charts = readdirSync(join(benchFolder, 'results'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.svg'))
      .map((path) => `results/${path}`);
    expect(charts.filter((path) => !files.some((file) => file.path === path))).toEqual([]);
  });
});
