import { deepStrictEqual } from 'node:assert/strict';
import { compareWithReference } from '../results/comparison';
import { FIGURES, type FigureName, formatFigure } from '../results/figures';
import { type ComparisonMessage, measurementsOf } from './comparison-message';

/** One implementation to measure: a call of `run` does `operations` operations. */
export interface Competitor {
  /** Where packages are compared, the name of the package: the tables join the rows of a package by it. */
  readonly name: string;
  readonly operations: number;
  /** Runs before each round and is not measured. */
  readonly prepare?: () => void;
  readonly run: () => void;
  /** Whether `run` leaves the state as it found it, so that it can be repeated until a round is long enough. */
  readonly isRepeatable?: boolean;
  /** A result to check: all competitors that have one must return equal values. Called once, before the first round. */
  readonly answer?: () => unknown;
}

/** A repeatable `run` is repeated for this long: the clock of CPU time is too coarse for a single short one. */
const MIN_ROUND_US = 40_000;

/**
 * Measures competitors in interleaved rounds, so that a noisy machine is noisy to all of them, and reports the nanoseconds of
 * CPU time per operation. CPU time stays stable on a shared machine; mitata and tinybench measure wall-clock time, one competitor
 * after the other. A first round is not counted: V8 compiles in it.
 *
 * @throws AssertionError when two answers differ.
 */
export function compare(title: string, competitors: readonly Competitor[], rounds = 9): void {
  requireSameAnswers(title, competitors);
  for (const competitor of competitors) runRound(competitor);
  const times = competitors.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, competitor] of competitors.entries()) times[index]!.push(runRound(competitor));
  }
  report({
    title,
    competitors: competitors.map(({ name }, index) => ({
      name,
      runs: times[index]!.map((nanosecondsPerOperation) => ({ nanosecondsPerOperation })),
    })),
  });
}

/** Prints the medians with their ratios to the first competitor's, and sends everything to the parent process if there is one. */
export function report(message: ComparisonMessage): void {
  const conditions = Object.entries(message.dimensions ?? {}).map(([name, value]) => `${name} ${value}`);
  console.log(`\n${[message.title, ...conditions].join(', ')}`);
  const reference = message.competitors[0]?.name ?? '';
  for (const { server, figures } of compareWithReference({ measurements: measurementsOf(message, ''), reference })) {
    const texts = (Object.keys(figures) as FigureName[]).map((figure) => {
      const { median, ratio } = figures[figure]!;
      const related = ratio === undefined ? '' : `${ratio.toFixed(2)}x`;
      return `${formatFigure(figure, median).padStart(11)} ${FIGURES[figure].title} ${related}`;
    });
    console.log(`  ${server.padEnd(44)} ${texts.join('  ')}`);
  }
  for (const { name, why } of message.leftOut ?? []) console.log(`  ${name.padEnd(44)} left out: ${why}`);
  process.send?.(message);
}

function requireSameAnswers(title: string, competitors: readonly Competitor[]): void {
  const [first, ...others] = competitors.filter(({ answer }) => answer !== undefined);
  const expected = first?.answer?.();
  for (const { name, answer } of others) {
    deepStrictEqual(answer!(), expected, `${title}: ${name} returns another result than ${first!.name}`);
  }
}

/** One round, in nanoseconds an operation. The clock is read after 1, 2, 4, … runs: reading it costs more than some runs. */
function runRound({ operations, prepare, run, isRepeatable = false }: Competitor): number {
  prepare?.();
  const start = process.cpuUsage();
  for (let runs = 0, more = 1; ; more = runs) {
    for (let i = 0; i < more; i++) run();
    runs += more;
    const { user, system } = process.cpuUsage(start);
    const spentUs = user + system;
    if (!isRepeatable || spentUs >= MIN_ROUND_US) return (spentUs * 1000) / (operations * runs);
  }
}
