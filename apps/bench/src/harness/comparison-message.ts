import type { Figures } from '../results/figures';
import type { Failure, Measurement } from '../results/result';

/** One comparison of a micro-benchmark, as it is sent to the program that has started the benchmark. */
export interface ComparisonMessage {
  readonly title: string;
  /** The conditions, where a benchmark compares under several. */
  readonly dimensions?: Readonly<Record<string, string | number>>;
  /** What was measured of each competitor, one entry a round. */
  readonly competitors: readonly { readonly name: string; readonly runs: readonly Figures[] }[];
  /** The competitors that did not finish. */
  readonly leftOut?: readonly { readonly name: string; readonly why: string }[];
}

/** A comparison as measurements of a result; the name of a competitor is in the field `server`. */
export function measurementsOf({ title, dimensions, competitors }: ComparisonMessage, command: string): Measurement[] {
  return competitors.map(({ name, runs }) => ({
    server: name,
    case: { ...dimensions, operation: title },
    command,
    runs: [...runs],
  }));
}

/** The competitors that were left out of a comparison, as failures of a result. */
export function failuresOf({ dimensions = {}, leftOut = [] }: ComparisonMessage): Failure[] {
  const conditions = Object.entries(dimensions).map(([name, value]) => `${name} ${value}`);
  return leftOut.map(({ name, why }) => ({ server: name, during: conditions.join(', '), message: why }));
}
