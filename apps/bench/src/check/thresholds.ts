import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { z } from 'zod';
import { benchFolder } from '../places';
import { compareWithReference, type Row } from '../results/comparison';
import { FIGURES, type FigureName } from '../results/figures';
import type { Result } from '../results/result';

const limit = z
  .strictObject({
    says: z.string().min(1).describe('the requirement, in words'),
    server: z.string(),
    case: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .default({})
      .describe('selects the rows in which these dimensions have these values'),
    figure: z.enum(Object.keys(FIGURES) as [FigureName, ...FigureName[]]),
    relativeTo: z.string().optional().describe('a server; in each row the figure is divided by its median'),
    over: z
      .enum(['each', 'median'])
      .default('each')
      .describe('whether each row must keep the limit, or the median of the rows'),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine(({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined), 'either atLeast or atMost');

/** The format of a file of thresholds. */
export const thresholdsSchema = z.strictObject({ $schema: z.string().optional(), limits: z.array(limit).min(1) });

export type Limit = z.infer<typeof limit>;

/** Whether a limit was kept. */
export interface Verdict {
  readonly limit: Limit;
  readonly passed: boolean;
  /** The value that was compared: of the worst row, or the median. Undefined where nothing was measured, which does not pass. */
  readonly value: number | undefined;
  /** The case of the worst row; undefined for a median. */
  readonly at: Row['case'] | undefined;
}

/**
 * Reads thresholds by their name in bench/thresholds, or by the path of a file that ends in .json.
 *
 * @throws Error, which says which field is wrong, when the file has another format.
 */
export function readThresholds(nameOrPath: string): Limit[] {
  const path = nameOrPath.endsWith('.json') ? nameOrPath : join(benchFolder, 'thresholds', `${nameOrPath}.json`);
  const { success, data, error } = thresholdsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!success) throw new Error(`${path} is no file of thresholds:\n${z.prettifyError(error)}`);
  return data.limits;
}

/** Compares measurements with limits. The verdicts are in the order of the limits. */
export function checkLimits(measurements: Result['measurements'], limits: readonly Limit[]): Verdict[] {
  return limits.map((each) => checkLimit(measurements, each));
}

function checkLimit(measurements: Result['measurements'], limit: Limit): Verdict {
  const { server, figure, relativeTo } = limit;
  // Without `relativeTo` only the medians are read, so any reference does.
  const rows = compareWithReference({ measurements, reference: relativeTo ?? server });
  const values = rows
    .filter((row) => row.server === server && isSelected(row.case, limit.case))
    .map(({ case: at, figures }) => ({ at, value: relativeTo ? figures[figure]?.ratio : figures[figure]?.median }))
    .filter((each): each is { at: Row['case']; value: number } => each.value !== undefined);
  if (values.length === 0) return { limit, passed: false, value: undefined, at: undefined };
  const worstFirst = values.sort((a, b) => (limit.atLeast === undefined ? b.value - a.value : a.value - b.value));
  const worst = worstFirst[0]!;
  const value = limit.over === 'median' ? median(values.map((each) => each.value)) : worst.value;
  const passed = limit.atLeast === undefined ? value <= limit.atMost! : value >= limit.atLeast;
  return { limit, passed, value, at: limit.over === 'median' ? undefined : worst.at };
}

function isSelected(dimensions: Row['case'], wanted: Limit['case']): boolean {
  return Object.entries(wanted).every(([name, value]) => dimensions[name] === value);
}

/** A verdict as a line: whether it was kept, the requirement, the value with its case, and the limit. */
export function verdictLine({ limit, passed, value, at }: Verdict): string {
  const bound = limit.atLeast === undefined ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`;
  const place = at === undefined ? '' : ` (${Object.values(at).join(', ')})`;
  const measured = value === undefined ? 'not measured' : `${Number(value.toPrecision(3))}${place}`;
  return `${passed ? 'kept  ' : 'BROKEN'} ${limit.says}: ${measured}, ${bound}${limit.relativeTo ? ` x ${limit.relativeTo}` : ''}`;
}
