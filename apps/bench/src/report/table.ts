import type { Row } from '../results/comparison';
import { FIGURES, type FigureName, formatFigure } from '../results/figures';

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

/** A table of texts, for every kind of page. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The number of columns at the left that are labels; the others are figures. */
  readonly labels: number;
  /** The dimensions that are the same in all rows, such as `connections 50`. */
  readonly constant: readonly string[];
}

/** Formats rows with their figures, ratios and spreads. */
export function textTable(rows: readonly Row[]): TextTable {
  const dimensions = [...new Set(rows.flatMap((row) => Object.keys(row.case)))];
  const varying = dimensions.filter((name) => new Set(rows.map((row) => row.case[name])).size > 1);
  const constant = dimensions.filter((name) => !varying.includes(name)).map((name) => `${name} ${rows[0]?.case[name]}`);
  const measured = (Object.keys(FIGURES) as FigureName[]).filter((name) =>
    rows.some((row) => row.figures[name] !== undefined),
  );
  const columns = measured.flatMap(columnsOf);
  return {
    head: [...varying, 'server', ...columns.map(({ title }) => title)],
    rows: rows.map((row) => [
      ...varying.map((name) => String(row.case[name] ?? '')),
      row.server,
      ...columns.map(({ cell }) => cell(row)),
    ]),
    labels: varying.length + 1,
    constant,
  };
}

interface Column {
  readonly title: string;
  cell(row: Row): string;
}

function columnsOf(name: FigureName): Column[] {
  const figure: Column = {
    title: FIGURES[name].title,
    cell: ({ figures }) => (figures[name] === undefined ? '' : formatFigure(name, figures[name].median)),
  };
  const spread: Column = {
    title: '+-',
    cell: ({ figures }) => (figures[name] === undefined ? '' : `${Math.round(figures[name].spread * 100)}%`),
  };
  const ratio: Column = { title: 'x', cell: ({ figures }) => figures[name]?.ratio?.toFixed(2) ?? '' };
  return [figure, ...(SPREAD.includes(name) ? [spread] : []), ...(RELATED.includes(name) ? [ratio] : [])];
}
