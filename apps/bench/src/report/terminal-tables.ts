import Table from 'cli-table3';
import { compareWithReference, type Row } from '../results/comparison';
import { FIGURES, type FigureName, formatFigure } from '../results/figures';
import type { Result } from '../results/result';

/** The figures that are shown with their ratio to the reference. */
const RELATED: readonly FigureName[] = [
  'requestsPerSecond',
  'cpuMicroseconds',
  'bytesPerElement',
  'usedBytesPerElement',
  'nanosecondsPerOperation',
];
/** The figures that are shown with the spread of their rounds. */
const SPREAD: readonly FigureName[] = ['requestsPerSecond', 'nanosecondsPerOperation'];

/** The rows of a result as a table for a terminal: dimensions that are the same everywhere stand in the line above it. */
export function terminalTable(result: Result): string {
  const rows = compareWithReference(result);
  const dimensions = [...new Set(rows.flatMap((row) => Object.keys(row.case)))];
  const varying = dimensions.filter((name) => new Set(rows.map((row) => row.case[name])).size > 1);
  const constant = dimensions.filter((name) => !varying.includes(name)).map((name) => `${name} ${rows[0]?.case[name]}`);
  const figures = (Object.keys(FIGURES) as FigureName[]).filter((name) =>
    rows.some((row) => row.figures[name] !== undefined),
  );
  const columns = figures.flatMap((name) => columnsOf(name));
  const table = new Table({
    head: [...varying, 'server', ...columns.map(({ title }) => title)],
    colAligns: [...varying.map(() => 'left' as const), 'left', ...columns.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const place = varying.map((name) => String(row.case[name] ?? ''));
    table.push([...place, row.server, ...columns.map(({ cell }) => cell(row))]);
  }
  const above = [result.title, ...constant, `x is ${result.reference}`].join(', ');
  return `${above}\n${table.toString()}`;
}

interface Column {
  readonly title: string;
  cell(row: Row): string;
}

function columnsOf(name: FigureName): Column[] {
  const { title } = FIGURES[name];
  const figure: Column = {
    title,
    cell: ({ figures }) => (figures[name] === undefined ? '' : formatFigure(name, figures[name].median)),
  };
  const spread: Column = {
    title: '+-',
    cell: ({ figures }) => (figures[name] === undefined ? '' : `${Math.round(figures[name].spread * 100)}%`),
  };
  const ratio: Column = { title: 'x', cell: ({ figures }) => figures[name]?.ratio?.toFixed(2) ?? '' };
  return [figure, ...(SPREAD.includes(name) ? [spread] : []), ...(RELATED.includes(name) ? [ratio] : [])];
}
