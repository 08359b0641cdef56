import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { benchFolder } from '../places';
import { compareWithReference } from '../results/comparison';
import type { Result } from '../results/result';
import { readResult } from '../results/result-file';
import { chartsOf } from './charts-of-result';
import { machineLine } from './html-report';
import { markdownTable } from './markdown-table';
import { svgFile } from './svg-chart';
import { textTable } from './table';

/** Width of the charts in pixels. */
const CHART_WIDTH = 640;
const HEAD = `# Results

All figures that the READMEs quote, each with the machine, the date and the command that repeats it. \`npm run docs:results\` generates
this page from the files that [published.json](results/published.json) lists.

Figures are medians of interleaved rounds. ± is half of the distance between the best and the worst round; × is the median divided by
the reference's. The machines are shared and noisy: compare the rows of one table, not the figures of two tables.
`;

/** A file of the page. The path is relative to bench/. */
export interface PageFile {
  readonly path: string;
  readonly text: string;
}

/** The results that are published, in the order of the page. */
export function publishedResults(): { name: string; result: Result }[] {
  const list = JSON.parse(readFileSync(join(benchFolder, 'results/published.json'), 'utf8'));
  return z
    .array(z.string())
    .parse(list)
    .map((file) => ({ name: basename(file, '.json'), result: readResult(join(benchFolder, 'results', file)) }));
}

/** bench/RESULTS.md and its charts. */
export function resultsPage(published: readonly { readonly name: string; readonly result: Result }[]): PageFile[] {
  const charts: PageFile[] = [];
  const sections = published.map(({ name, result }) => {
    const images = chartsOf(result).map((chart, place) => {
      const path = `results/charts/${name}-${place + 1}.svg`;
      charts.push({ path, text: svgFile(chart, CHART_WIDTH) });
      return `![${chart.title}, ${chart.unit}](${path})`;
    });
    return [
      `## ${result.title}`,
      `${result.description} [${name}.json](results/${name}.json)`,
      `${machineLine(result)}${result.machine.commit === undefined ? '' : `, at ${result.machine.commit}`}.`,
      ['```sh', `npx ${result.command}`, '```'].join('\n'),
      ...result.failures.map(({ server, during, message }) => `**${server} failed, ${during}: ${message}**`),
      ...images,
      tableOf(result),
    ].join('\n\n');
  });
  return [{ path: 'RESULTS.md', text: `${[HEAD, ...sections].join('\n')}\n` }, ...charts];
}

function tableOf(result: Result): string {
  const { head, rows, labels, constant } = textTable(compareWithReference(result));
  const names = head.map((name) => (name === '+-' ? '±' : name === 'x' ? '×' : name));
  const about = constant.length === 0 ? [] : [`Everywhere: ${constant.join(', ')}.`, ''];
  return [...about, markdownTable(names, rows, labels)].join('\n');
}
