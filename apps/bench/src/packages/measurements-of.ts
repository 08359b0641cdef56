import type { ComparisonMessage } from '../../../../bench/harness/compare';
import type { Measurement } from '../results/result';

/** Comparisons of packages in the form of every result: what a contender is called stands in the place of the server. */
export function measurementsOf(comparisons: readonly ComparisonMessage[], command: string): Measurement[] {
  return comparisons.flatMap(({ title, contenders }) =>
    contenders.map(({ name, runs }) => ({
      server: name,
      case: { operation: title },
      command,
      runs: [...runs],
    })),
  );
}
