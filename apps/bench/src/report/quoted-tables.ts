import { compareWithReference, type Row } from '../results/comparison';
import { FIGURES, type FigureName, formatFigure } from '../results/figures';
import type { Result } from '../results/result';
import { distinct } from './distinct';
import { machineLine } from './html-report';
import { markdownTable } from './markdown-table';

/**
 * A table that a page quotes from a published result is generated between two comments:
 *
 * ```
 * <!-- figures of packages-resp-codec-decoder -->            all cases, a column for each competitor
 * <!-- figures of packages-skiplist-skip-list: get; rank --> only these operations
 * <!-- ratios of smoke -->                                   requests/s and CPU time, divided by the reference's
 * <!-- end -->
 * ```
 */
const QUOTE = /<!-- (figures|ratios) of ([\w-]+)(?:: ([^>]*?))? -->\n[\s\S]*?<!-- end -->/g;

/**
 * Generates the tables of a page.
 *
 * @throws Error when a quoted result is not published, or has no such operation.
 */
export function withQuotedTables(page: string, published: readonly Result[]): string {
  return page.replace(QUOTE, (quote, kind: string, name: string, operations?: string) => {
    const result = published.find((each) => each.name === name);
    if (result === undefined) throw new Error(`${name} is quoted, but no such result is published`);
    const mark = quote.slice(0, quote.indexOf('\n'));
    const rows = rowsOf(result, operations?.split('; '));
    const table = kind === 'ratios' ? ratioTable(rows, result.reference) : figureTable(rows);
    return [mark, table, '', sourceOf(result), '<!-- end -->'].join('\n');
  });
}

function rowsOf(result: Result, operations: readonly string[] | undefined): Row[] {
  const rows = compareWithReference({ ...result, reference: referenceOf(result) });
  if (operations === undefined) return rows;
  const unknown = operations.find((operation) => !rows.some((row) => row.case.operation === operation));
  if (unknown !== undefined) throw new Error(`${result.name} has no operation called ${unknown}`);
  return operations.flatMap((operation) => rows.filter((row) => row.case.operation === operation));
}

/** The reference, or the first competitor where nothing is called like the reference. */
function referenceOf({ measurements, reference }: Result): string {
  return measurements.some(({ server }) => server === reference) ? reference : measurements[0]!.server;
}

/** A column for each competitor where all have several cases and one figure; otherwise a row for each. */
function figureTable(rows: readonly Row[]): string {
  const figures = (Object.keys(FIGURES) as FigureName[]).filter((name) => rows.some((row) => name in row.figures));
  const servers = distinct(rows.map(({ server }) => server));
  const haveSeveralCases = servers.every((server) => rows.filter((row) => row.server === server).length > 1);
  return figures.length === 1 && servers.length > 1 && haveSeveralCases
    ? columnsByServer(rows, servers, figures[0]!)
    : columnsByFigure(rows, figures);
}

function columnsByServer(rows: readonly Row[], servers: readonly string[], figure: FigureName): string {
  const cell = (row: Row | undefined): string => {
    const summary = row?.figures[figure];
    if (summary === undefined) return '';
    const { median, ratio } = summary;
    const value = formatFigure(figure, median);
    return row!.server === servers[0] || ratio === undefined ? value : `${value} (${ratio.toFixed(2)}x)`;
  };
  const lines = distinct(rows.map(caseOf)).map((name) => [
    name,
    ...servers.map((server) => cell(rows.find((row) => row.server === server && caseOf(row) === name))),
  ]);
  return markdownTable([FIGURES[figure].title, ...servers], lines, 1);
}

function columnsByFigure(rows: readonly Row[], figures: readonly FigureName[]): string {
  const lines = rows.map((row) => [
    caseOf(row),
    row.server,
    ...figures.map((name) => (row.figures[name] === undefined ? '' : formatFigure(name, row.figures[name].median))),
  ]);
  return markdownTable(['', '', ...figures.map((name) => FIGURES[name].title)], lines, 2);
}

function ratioTable(rows: readonly Row[], reference: string): string {
  const servers = distinct(rows.map(({ server }) => server)).filter((server) => server !== reference);
  const lines = distinct(rows.map(caseOf)).map((name) => [
    name,
    ...servers.map((server) => {
      const figures = rows.find((row) => row.server === server && caseOf(row) === name)?.figures;
      const ratios = [figures?.requestsPerSecond?.ratio, figures?.cpuMicroseconds?.ratio];
      return ratios.map((ratio) => (ratio === undefined ? '' : `${ratio.toFixed(2)}x`)).join(', ');
    }),
  ]);
  return markdownTable([`requests/s, CPU time: x ${reference}`, ...servers], lines, 1);
}

/** The dimensions of a case in words. */
function caseOf({ case: { operation, test, pipeline, dataset, phase } }: Row): string {
  const depth = pipeline === undefined ? undefined : pipeline === 1 ? 'no pipeline' : `pipeline ${pipeline}`;
  return [operation, test, depth, dataset, phase].filter((part) => part !== undefined).join(', ');
}

function sourceOf(result: Result): string {
  const rounds = Math.max(...result.measurements.map(({ runs }) => runs.length));
  const medians = rounds > 1 ? `Medians of ${rounds} rounds. ` : '';
  return `${medians}${machineLine(result)}. \`npx ${result.command}\``;
}
