/** Work of at least this many milliseconds of CPU time makes a sample. */
const SAMPLE_MS = 60;

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function sample(run) {
  let calls = 0;
  const start = cpuMs();
  let spent = 0;
  while (spent < SAMPLE_MS) {
    for (let i = 0; i < 8; i++) run();
    calls += 8;
    spent = cpuMs() - start;
  }
  return (spent * 1e6) / calls;
}

/**
 * Measures contestants in interleaved rounds and prints the best and the median of their rounds in ns of CPU time per operation:
 * CPU time, because it holds still on a machine that others use too. `run()` performs `operations` operations.
 */
export function measure(title, contestants, rounds = 9) {
  for (const { run } of contestants) sample(run);
  const samples = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run, operations }] of contestants.entries()) samples[i].push(sample(run) / operations);
  }
  const rows = contestants.map(({ name }, i) => {
    const sorted = samples[i].sort((a, b) => a - b);
    return { name, best: sorted[0], median: sorted[rounds >> 1] };
  });
  console.log(`\n${title}`);
  for (const { name, best, median } of rows) {
    const ratio = rows.length > 1 ? `  ${(median / rows[0].median).toFixed(2)}x` : '';
    console.log(
      `  ${name.padEnd(34)} best ${best.toFixed(1).padStart(8)} ns  median ${median.toFixed(1).padStart(8)} ns${ratio}`,
    );
  }
}
