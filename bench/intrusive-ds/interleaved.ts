/** One thing to measure: `run` does `operations` operations. */
export interface Contender {
  readonly name: string;
  readonly operations: number;
  /** Work before each round that is not measured. */
  readonly prepare?: () => void;
  readonly run: () => void;
}

/**
 * Measures contenders in interleaved rounds, so that a noisy machine is noisy to all of them, and prints the median and the best
 * nanoseconds of CPU time per operation of each, and the ratio of its best to that of the first.
 */
export function compare(title: string, contenders: readonly Contender[], rounds = 9): void {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    contenders.forEach((contender, index) => {
      contender.prepare?.();
      const start = process.cpuUsage();
      contender.run();
      const { user, system } = process.cpuUsage(start);
      times[index]!.push(((user + system) * 1e3) / contender.operations);
    });
  }
  console.log(`\n${title}`);
  const sorted = times.map((list) => [...list].sort((a, b) => a - b));
  contenders.forEach((contender, index) => {
    const list = sorted[index]!;
    const best = list[0]!;
    const median = list[list.length >> 1]!;
    const ratio = best / sorted[0]![0]!;
    console.log(
      `  ${contender.name.padEnd(44)} best ${best.toFixed(1)} ns  median ${median.toFixed(1)} ns  ${ratio.toFixed(2)}x`,
    );
  });
}
