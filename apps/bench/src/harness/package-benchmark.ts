import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { builtFile, microBenchmarkFolder } from '../places';
import { describeMachine } from '../results/machine';
import type { Result } from '../results/result';
import { endWithThisProcess } from '../servers/end-with-this-process';
import { type ComparisonMessage, failuresOf, measurementsOf } from './comparison-message';

const SUFFIX = '.bench.ts';
/** Benchmarks that are one program with different arguments. */
const VARIANTS: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  'lru-ttl/cache-1k': ['lru-ttl/cache', '1000'],
  'lru-ttl/cache-100k': ['lru-ttl/cache', '100000'],
  'lru-ttl/cache-1m': ['lru-ttl/cache', '1000000'],
};
/** A million members as objects of another library take a few gigabytes; memory is compared after a garbage collection. */
const NODE_OPTIONS = ['--expose-gc', '--max-old-space-size=6000'];

/** The micro-benchmarks, as `package/benchmark`. */
export function packageBenchmarks(): string[] {
  const split = new Set(Object.values(VARIANTS).map(([program]) => program));
  const programs = readdirSync(microBenchmarkFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(SUFFIX))
    .map((path) => path.slice(0, -SUFFIX.length))
    .filter((path) => !split.has(path));
  return [...programs, ...Object.keys(VARIANTS)].sort();
}

/**
 * The benchmarks that are selected by packages or single names; all when no name is given.
 *
 * @throws Error when a name matches none.
 */
export function chooseBenchmarks(names: readonly string[], all = packageBenchmarks()): string[] {
  const matches = (benchmark: string, name: string): boolean => benchmark === name || benchmark.startsWith(`${name}/`);
  const unknown = names.find((name) => !all.some((benchmark) => matches(benchmark, name)));
  if (unknown !== undefined) throw new Error(`no benchmark is called ${unknown}; there are ${all.join(', ')}`);
  return names.length === 0 ? [...all] : all.filter((benchmark) => names.some((name) => matches(benchmark, name)));
}

/**
 * Runs a benchmark in a process of its own, which prints what it finds.
 *
 * @param keep is called with the result so far after each comparison.
 * @throws Error (rejects) when the benchmark fails, for example because two packages return different results.
 */
export async function runBenchmark(benchmark: string, command: string, keep: (result: Result) => void): Promise<void> {
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  const comparisons: ComparisonMessage[] = [];
  const packageName = `@nanoredis/${benchmark.split('/')[0]}`;
  const [program, ...args] = VARIANTS[benchmark] ?? [benchmark];
  await runProgram(builtFile(`micro/${program}.bench.js`), args, (comparison) => {
    comparisons.push(comparison);
    keep({
      format: 1,
      name: `packages-${benchmark.replace('/', '-')}`,
      title: `${packageName}: ${benchmark.split('/')[1]!.replaceAll('-', ' ')}`,
      description: 'CPU time per operation, compared with other packages on npm.',
      command,
      startedAt,
      finishedAt: new Date().toISOString(),
      machine,
      reference: packageName,
      servers: [],
      measurements: comparisons.flatMap((each) => measurementsOf(each, command)),
      failures: comparisons.flatMap(failuresOf),
    });
  });
}

function runProgram(
  file: string,
  args: readonly string[],
  receive: (comparison: ComparisonMessage) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = endWithThisProcess(fork(file, args, { execArgv: NODE_OPTIONS }));
    child.on('message', (message) => receive(message as ComparisonMessage));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`the benchmark has ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}
