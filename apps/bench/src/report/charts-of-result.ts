import { caseKey, compareWithReference, type Row, type Summary } from '../results/comparison';
import { FIGURES, type FigureName } from '../results/figures';
import type { Result } from '../results/result';
import type { BarChart, Chart, LineChart, Value } from './chart';
import { distinct } from './distinct';

/** The dimensions that can be an axis, and its title. */
const AXES = {
  pipeline: 'requests in flight on a connection',
  connections: 'connections',
  valueBytes: 'size of the value',
} as const;
/** With more tests than this, one chart has a bar for each test; otherwise each test has charts of its own. */
const MAX_TESTS_WITH_CHARTS = 4;
/** With more groups than this a bar chart is longer than the table, and is left out. */
const MAX_GROUPS = 40;
const PERCENTILES = ['p50Ms', 'p95Ms', 'p99Ms', 'p999Ms', 'maxMs'] as const;
/** The figures that are shown as bars. */
const BARS: readonly FigureName[] = ['bytesPerElement', 'usedBytesPerElement', 'nanosecondsPerOperation'];

/** The charts of a result: by pipeline, connections and size, by percentile, by test, by element. */
export function chartsOf(result: Pick<Result, 'measurements' | 'reference'>): Chart[] {
  const rows = compareWithReference(result);
  const tests = distinct(rows.map(subjectOf));
  const axes = (Object.keys(AXES) as (keyof typeof AXES)[]).filter(
    (axis) => distinct(rows.map((row) => row.case[axis])).length > 1,
  );
  const byTest =
    tests.length > MAX_TESTS_WITH_CHARTS
      ? []
      : tests.flatMap((test) => {
          const own = rows.filter((row) => subjectOf(row) === test);
          return [...axes.flatMap((axis) => chartsByAxis(test, own, axis)), ...percentileChart(test, own)];
        });
  const ratios = (['requestsPerSecond', 'cpuMicroseconds'] as const).flatMap((figure) =>
    ratioChart(rows, figure, result.reference, tests.length > MAX_TESTS_WITH_CHARTS),
  );
  return [...byTest, ...ratios, ...BARS.flatMap((figure) => barChart(rows, figure))];
}

/** The dimensions of a row that are no axis, as a text. */
function subjectOf({ case: dimensions }: Row): string {
  return Object.entries(dimensions)
    .filter(([name]) => !(name in AXES))
    .map(([, value]) => value)
    .join(': ');
}

function chartsByAxis(test: string, rows: readonly Row[], axis: keyof typeof AXES): Chart[] {
  const chart = (figure: FigureName): Chart[] => {
    const axisRows = rowsOfOneCase(rows, axis).filter((row) => row.figures[figure] !== undefined);
    if (axisRows.length === 0) return [];
    const places = distinct(axisRows.map((row) => row.case[axis]!));
    const series = distinct(axisRows.map(({ server }) => server)).map((name) => ({
      name,
      values: places.map((place) =>
        toValue(axisRows.find((row) => row.server === name && row.case[axis] === place)?.figures[figure]),
      ),
    }));
    const title = `${test} by ${axis === 'valueBytes' ? 'size' : axis}`;
    const labels = places.map((place) => (axis === 'valueBytes' ? formatBytes : formatCount)(Number(place)));
    const isLogarithmic = figure !== 'requestsPerSecond' || axis === 'valueBytes';
    return [lineChart(title, figure, AXES[axis], labels, series, isLogarithmic)];
  };
  return [...chart('requestsPerSecond'), ...chart(axis === 'pipeline' ? 'cpuMicroseconds' : 'p99Ms')];
}

/** The rows in which all dimensions except the axis have the values of the first row. */
function rowsOfOneCase(rows: readonly Row[], axis: string): Row[] {
  const others = ({ case: { [axis]: _, ...rest } }: Row): string => caseKey(rest);
  return rows.filter((row) => others(row) === others(rows[0]!));
}

function percentileChart(test: string, rows: readonly Row[]): LineChart[] {
  const first = rows.filter((row) => caseKey(row.case) === caseKey(rows[0]!.case));
  if (first.some((row) => row.figures.p50Ms === undefined)) return [];
  const series = first.map(({ server, figures }) => ({
    name: server,
    values: PERCENTILES.map((name) => toValue(figures[name])),
  }));
  const places = PERCENTILES.map((name) => FIGURES[name].title.replace(' ms', ''));
  const { pipeline, connections } = rows[0]!.case;
  const how = pipeline === undefined ? '' : `, ${connections} clients, pipeline ${pipeline}`;
  return [
    {
      kind: 'lines',
      title: `Latency of ${test}`,
      unit: `ms${how}`,
      xTitle: 'percentile',
      places,
      series,
      isLogarithmic: true,
    },
  ];
}

function lineChart(
  title: string,
  figure: FigureName,
  xTitle: string,
  places: readonly string[],
  series: LineChart['series'],
  isLogarithmic: boolean,
): LineChart {
  return { kind: 'lines', title, unit: FIGURES[figure].title, xTitle, places, series, isLogarithmic };
}

/** Bars of ratios to the reference. */
function ratioChart(rows: readonly Row[], figure: FigureName, reference: string, isWanted: boolean): BarChart[] {
  const related = rows.filter((row) => row.server !== reference && row.figures[figure]?.ratio !== undefined);
  if (!isWanted || related.length === 0) return [];
  const title = figure === 'requestsPerSecond' ? 'Requests a second' : 'CPU time of a request';
  const toRatio = ({ ratio = 0, median, low, high }: Summary): Value => ({
    middle: ratio,
    low: (ratio * low) / median,
    high: (ratio * high) / median,
  });
  return [{ ...bars(related, figure, toRatio), title, unit: `x ${reference}`, mark: 1 }];
}

function barChart(rows: readonly Row[], figure: FigureName): BarChart[] {
  const own = rows.filter((row) => row.figures[figure] !== undefined);
  if (own.length === 0) return [];
  const { title } = FIGURES[figure];
  const titles: Partial<Record<FigureName, string>> = {
    bytesPerElement: 'Resident memory of an element',
    usedBytesPerElement: 'Memory of an element',
    nanosecondsPerOperation: 'CPU time of an operation',
  };
  const units: Partial<Record<FigureName, string>> = {
    usedBytesPerElement: "bytes, by the server's count",
    nanosecondsPerOperation: 'ns',
  };
  const chart = { ...bars(own, figure, toValue), title: titles[figure] ?? title, unit: units[figure] ?? 'bytes' };
  return chart.groups.length > MAX_GROUPS ? [] : [chart];
}

function bars(
  rows: readonly Row[],
  figure: FigureName,
  toValue: (summary: Summary) => Value | undefined,
): Pick<BarChart, 'kind' | 'series' | 'groups'> {
  const series = distinct(rows.map(({ server }) => server));
  const groupName = groupNamesOf(rows);
  const names = distinct(rows.map(groupName));
  const groups = names.map((name) => ({
    name,
    values: series.map((server) => {
      const summary = rows.find((row) => row.server === server && groupName(row) === name)?.figures[figure];
      return summary && toValue(summary);
    }),
  }));
  return { kind: 'bars', series, groups };
}

/** The dimensions whose values are names that need no explanation. */
const NAMING_DIMENSIONS = ['test', 'dataset', 'operation'];

/** A function that names the group of a row: by its naming dimensions, and the other dimensions that vary. */
function groupNamesOf(rows: readonly Row[]): (row: Row) => string {
  const varies = (name: string): boolean => distinct(rows.map((row) => row.case[name])).length > 1;
  return ({ case: dimensions }) =>
    Object.entries(dimensions)
      .filter(([name]) => NAMING_DIMENSIONS.includes(name) || varies(name))
      .map(([name, value]) => (NAMING_DIMENSIONS.includes(name) ? value : `${name} ${value}`))
      .join(', ');
}

function formatCount(count: number): string {
  return count.toLocaleString('en');
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB'];

function formatBytes(bytes: number): string {
  const step = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** step).toPrecision(3))} ${BYTE_UNITS[step]}`;
}

function toValue(summary: Summary | undefined): Value | undefined {
  return summary && { middle: summary.median, low: summary.low, high: summary.high };
}
