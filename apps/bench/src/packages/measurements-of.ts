import type { ComparisonMessage } from '../../../../bench/harness/compare';
import type { Failure, Measurement } from '../results/result';

/** A comparison of packages in the form of every result: what a contender is called stands in the place of the server. */
export function measurementsOf({ title, dimensions, contenders }: ComparisonMessage, command: string): Measurement[] {
  return contenders.map(({ name, runs }) => ({
    server: name,
    case: { ...dimensions, operation: title },
    command,
    runs: [...runs],
  }));
}

/** Those who were left out of a comparison. */
export function failuresOf({ dimensions = {}, leftOut = [] }: ComparisonMessage): Failure[] {
  const conditions = Object.entries(dimensions).map(([name, value]) => `${name} ${value}`);
  return leftOut.map(({ name, why }) => ({ server: name, during: conditions.join(', '), message: why }));
}
