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
    says: z.string().min(1).describe('what is demanded, in words'),
    server: z.string(),
    case: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .default({})
      .describe('the rows that are meant: all in which these dimensions have these values'),
    figure: z.enum(Object.keys(FIGURES) as [FigureName, ...FigureName[]]),
    relativeTo: z.string().optional().describe('a server whose median the figure is divided by in each row'),
    over: z.enum(['each', 'median']).default('each').describe('whether each row has to keep it, or their median'),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine(({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined), 'either atLeast or atMost');

/** What a file of thresholds may say. */
export const thresholdsSchema = z.strictObject({ $schema: z.string().optional(), limits: z.array(limit).min(1) });

export type Limit = z.infer<typeof limit>;

/** Whether a limit was kept. */
export interface Verdict {
  readonly limit: Limit;
  readonly passed: boolean;
  /** The value that decides: of the worst row, or the median; undefined where nothing was measured, which is no pass. */
  readonly value: number | undefined;
  /** The case of the worst row. */
  readonly at: Row['case'] | undefined;
}

/** Reads thresholds by their name in bench/thresholds, or by the path of a file that ends in .json. */
export function readThresholds(nameOrPath: string): Limit[] {
  const path = nameOrPath.endsWith('.json') ? nameOrPath : join(benchFolder, 'thresholds', `${nameOrPath}.json`);
  const { success, data, error } = thresholdsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!success) throw new Error(`${path} holds no thresholds:\n${z.prettifyError(error)}`);
  return data.limits;
}

/** Holds a result against limits, in their order. */
export function checkLimits(measurements: Result['measurements'], limits: readonly Limit[]): Verdict[] {
  return limits.map((each) => checkLimit(measurements, each));
}

function checkLimit(measurements: Result['measurements'], limit: Limit): Verdict {
  const { server, figure, relativeTo } = limit;
  // Related to the server itself where there is no other: its medians are what is wanted then.
  const rows = compareWithReference({ measurements, reference: relativeTo ?? server });
  const values = rows
    .filter((row) => row.server === server && isMeant(row.case, limit.case))
    .map(({ case: at, figures }) => ({ at, value: relativeTo ? figures[figure]?.ratio : figures[figure]?.median }))
    .filter((each): each is { at: Row['case']; value: number } => each.value !== undefined);
  if (values.length === 0) return { limit, passed: false, value: undefined, at: undefined };
  const worstFirst = values.sort((a, b) => (limit.atLeast === undefined ? b.value - a.value : a.value - b.value));
  const worst = worstFirst[0]!;
  const value = limit.over === 'median' ? median(values.map((each) => each.value)) : worst.value;
  const passed = limit.atLeast === undefined ? value <= limit.atMost! : value >= limit.atLeast;
  return { limit, passed, value, at: limit.over === 'median' ? undefined : worst.at };
}

function isMeant(dimensions: Row['case'], wanted: Limit['case']): boolean {
  return Object.entries(wanted).every(([name, value]) => dimensions[name] === value);
}

/** A verdict as a line: whether, what was demanded, what it came to, and where. */
export function verdictLine({ limit, passed, value, at }: Verdict): string {
  const demand = limit.atLeast === undefined ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`;
  const place = at === undefined ? '' : ` (${Object.values(at).join(', ')})`;
  const came = value === undefined ? 'not measured' : `${Number(value.toPrecision(3))}${place}`;
  return `${passed ? 'kept  ' : 'BROKEN'} ${limit.says}: ${came}, ${demand}${limit.relativeTo ? ` x ${limit.relativeTo}` : ''}`;
}
