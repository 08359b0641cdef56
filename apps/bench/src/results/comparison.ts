import { max, median, min } from 'simple-statistics';
import type { FigureName } from './figures';
import type { Measurement, Result } from './result';

/** A figure, summarised over the rounds. */
export interface Summary {
  readonly median: number;
  /** The smallest and the largest of the rounds. */
  readonly low: number;
  readonly high: number;
  /** Half of the distance between the best and the worst round, as a share of the median. */
  readonly spread: number;
  /** The median divided by the reference's median of the same case; undefined where that is missing or zero. */
  readonly ratio: number | undefined;
}

/** One server in one case. */
export interface Row {
  readonly server: string;
  readonly case: Measurement['case'];
  readonly figures: { readonly [name in FigureName]?: Summary };
}

/** Summarises the measurements and relates them to the reference. Keeps the order of the measurements. */
export function compareWithReference({ measurements, reference }: Pick<Result, 'measurements' | 'reference'>): Row[] {
  const references = new Map(
    measurements.filter(({ server }) => server === reference).map((each) => [caseKey(each.case), each]),
  );
  return measurements.map((each) => {
    const base = references.get(caseKey(each.case));
    const figures = figureNames(each).map((name) => [name, summarize(each, name, base)]);
    return { server: each.server, case: each.case, figures: Object.fromEntries(figures) };
  });
}

/** A text that is equal for equal cases. */
export function caseKey(dimensions: Measurement['case']): string {
  return JSON.stringify(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function figureNames({ runs }: Measurement): FigureName[] {
  return [...new Set(runs.flatMap((run) => Object.keys(run) as FigureName[]))];
}

function summarize(measurement: Measurement, name: FigureName, base: Measurement | undefined): Summary {
  const values = valuesOf(measurement, name);
  const middle = median(values);
  const [low, high] = [min(values), max(values)];
  const spread = middle === 0 ? 0 : (high - low) / 2 / middle;
  const baseValues = base === undefined ? [] : valuesOf(base, name);
  const baseMedian = baseValues.length === 0 ? 0 : median(baseValues);
  return { median: middle, low, high, spread, ratio: baseMedian === 0 ? undefined : middle / baseMedian };
}

function valuesOf({ runs }: Measurement, name: FigureName): number[] {
  return runs.map((run) => run[name]).filter((value) => value !== undefined);
}
