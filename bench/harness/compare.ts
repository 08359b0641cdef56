import { deepStrictEqual } from 'node:assert/strict';
import { measurementsOf } from '../../apps/bench/src/packages/measurements-of';
import { compareWithReference } from '../../apps/bench/src/results/comparison';
import { FIGURES, type FigureName, type Figures, formatFigure } from '../../apps/bench/src/results/figures';

/** One thing to measure: `run` does `operations` operations. */
export interface Contender {
  /** The package's name where packages are compared, so that its rows find each other. */
  readonly name: string;
  readonly operations: number;
  /** Work before each round that is not measured. */
  readonly prepare?: () => void;
  readonly run: () => void;
  /** Whether `run` finds and leaves things alike, so that it can be repeated until a round is long enough. */
  readonly isRepeatable?: boolean;
  /** What it comes to: all contenders that have an answer have to have the same. Called once, before anything is measured. */
  readonly answer?: () => unknown;
}

/** What a comparison tells the program that has started it, if one has. */
export interface ComparisonMessage {
  readonly title: string;
  /** Under which conditions, where there are several. */
  readonly dimensions?: Readonly<Record<string, string | number>>;
  /** What was measured of each, by round. */
  readonly contenders: readonly { readonly name: string; readonly runs: readonly Figures[] }[];
  /** Those who did not come to an end. */
  readonly leftOut?: readonly { readonly name: string; readonly why: string }[];
}

/** What is repeatable is repeated until it has taken so long: one run of it may be too short for the clock. */
const SHORTEST_ROUND_US = 40_000;

/**
 * Measures contenders in interleaved rounds, so that a noisy machine is noisy to all of them, and tells the nanoseconds of CPU
 * time per operation of each. CPU time holds still on a machine that others use too. mitata and tinybench measure one contender after the
 * other, by the clock on the wall. A first round, which is not counted, compiles. Throws when answers differ.
 */
export function compare(title: string, contenders: readonly Contender[], rounds = 9): void {
  requireSameAnswers(title, contenders);
  for (const contender of contenders) roundOf(contender);
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) times[index]!.push(roundOf(contender));
  }
  tell({
    title,
    contenders: contenders.map(({ name }, index) => ({
      name,
      runs: times[index]!.map((nanosecondsPerOperation) => ({ nanosecondsPerOperation })),
    })),
  });
}

/** Prints medians, with their ratios to those of the first contender, and hands all to the program that has started the benchmark. */
export function tell(message: ComparisonMessage): void {
  console.log(`\n${message.title}`);
  const reference = message.contenders[0]!.name;
  for (const { server, figures } of compareWithReference({ measurements: measurementsOf(message, ''), reference })) {
    const texts = (Object.keys(figures) as FigureName[]).map((figure) => {
      const { median, ratio = Number.NaN } = figures[figure]!;
      return `${formatFigure(figure, median).padStart(11)} ${FIGURES[figure].title} ${ratio.toFixed(2)}x`;
    });
    console.log(`  ${server.padEnd(44)} ${texts.join('  ')}`);
  }
  process.send?.(message);
}

function requireSameAnswers(title: string, contenders: readonly Contender[]): void {
  const [first, ...others] = contenders.filter(({ answer }) => answer !== undefined);
  const expected = first?.answer?.();
  for (const { name, answer } of others) {
    deepStrictEqual(answer!(), expected, `${title}: ${name} gives another answer than ${first!.name}`);
  }
}

/** Nanoseconds an operation. The clock is read seldom: a reading costs more than some runs. */
function roundOf({ operations, prepare, run, isRepeatable = false }: Contender): number {
  prepare?.();
  const start = process.cpuUsage();
  for (let runs = 0, more = 1; ; more = runs) {
    for (let i = 0; i < more; i++) run();
    runs += more;
    const { user, system } = process.cpuUsage(start);
    const spentUs = user + system;
    if (!isRepeatable || spentUs >= SHORTEST_ROUND_US) return (spentUs * 1000) / (operations * runs);
  }
}
