import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { benchFolder } from '../places';
import { type Result, resultSchema } from './result';

/** The default path of a result: bench/results/DATE-NAME.json, with the day in UTC. */
export function resultPath({ name, startedAt }: Pick<Result, 'name' | 'startedAt'>): string {
  return join(benchFolder, 'results', `${startedAt.slice(0, 10)}-${name}.json`);
}

/** Writes a result, one round a line. Makes the folder if it does not exist. */
export function writeResult(path: string, result: Result): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, formatResult(result));
}

/**
 * Reads a result.
 *
 * @throws Error, which says which field is wrong, when the file is no result.
 */
export function readResult(path: string): Result {
  const { success, data, error } = resultSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!success) throw new Error(`${path} is no result:\n${z.prettifyError(error)}`);
  return data;
}

/** JSON that is readable and makes small diffs: a few lines for each measurement, one for each round. */
function formatResult({ measurements, ...rest }: Result): string {
  const head = JSON.stringify(rest, null, 2).slice(0, -2);
  const rows = measurements.map(({ runs, ...measurement }) => {
    const lines = runs.map((run) => `        ${JSON.stringify(run, roundFigure)}`).join(',\n');
    return `    ${JSON.stringify(measurement).slice(0, -1)},\n      "runs": [\n${lines}\n      ]}`;
  });
  return `${head},\n  "measurements": [\n${rows.join(',\n')}\n  ]\n}\n`;
}

/** No clock here is more precise. */
const SIGNIFICANT_DIGITS = 5;

function roundFigure(_name: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(SIGNIFICANT_DIGITS)) : value;
}
