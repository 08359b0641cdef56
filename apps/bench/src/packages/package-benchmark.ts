import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { ComparisonMessage } from '../../../../bench/harness/compare';
import { benchFolder } from '../places';
import { describeMachine } from '../results/machine';
import type { Result } from '../results/result';
import { endWithThisProcess } from '../servers/running-server';
import { failuresOf, measurementsOf } from './measurements-of';

const SUFFIX = '.bench.ts';
/** Programs that start a process for each contender themselves, or take the built package, with their arguments. */
const PROGRAMS: Readonly<Record<string, readonly [file: string, ...args: string[]]>> = {
  'lru-ttl/cache-1k': ['lru-ttl/cache.mjs', '1000'],
  'lru-ttl/cache-100k': ['lru-ttl/cache.mjs', '100000'],
  'lru-ttl/cache-1m': ['lru-ttl/cache.mjs', '1000000'],
  'lru-ttl/hit-ratio': ['lru-ttl/hit-ratio.mjs'],
};
/** A million members as objects of a peer take a few gigabytes; memory is compared after collecting garbage. */
const NODE_OPTIONS = ['--expose-gc', '--max-old-space-size=6000'];

/** The benchmarks of the packages, as `package/benchmark`. */
export function packageBenchmarks(): string[] {
  const bundled = readdirSync(benchFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap(({ name }) => readdirSync(join(benchFolder, name)).map((file) => `${name}/${file}`))
    .filter((path) => path.endsWith(SUFFIX))
    .map((path) => path.slice(0, -SUFFIX.length));
  return [...bundled, ...Object.keys(PROGRAMS)].sort();
}

/** The benchmarks that are meant by packages or single names; all when nothing is named. Throws when a name means none. */
export function chooseBenchmarks(names: readonly string[], all = packageBenchmarks()): string[] {
  const isMeant = (benchmark: string, name: string): boolean => benchmark === name || benchmark.startsWith(`${name}/`);
  const unknown = names.find((name) => !all.some((benchmark) => isMeant(benchmark, name)));
  if (unknown !== undefined) throw new Error(`no benchmark is called ${unknown}; there are ${all.join(', ')}`);
  return names.length === 0 ? [...all] : all.filter((benchmark) => names.some((name) => isMeant(benchmark, name)));
}

/**
 * Bundles a benchmark as the daemon is bundled, so that constants are literals, and runs it in a process of its own, which prints
 * what it finds. Rejects when it fails: above all when a package gives another answer than its peers.
 *
 * @param keep is given what there is so far, each time that something is added.
 */
export async function runBenchmark(benchmark: string, command: string, keep: (result: Result) => void): Promise<void> {
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  const comparisons: ComparisonMessage[] = [];
  const packageName = `@nanoredis/${benchmark.split('/')[0]}`;
  await runProgram(await programOf(benchmark), (comparison) => {
    comparisons.push(comparison);
    keep({
      format: 1,
      name: `packages-${benchmark.replace('/', '-')}`,
      title: `${packageName}: ${benchmark.split('/')[1]!.replaceAll('-', ' ')}`,
      description: 'CPU time of an operation, beside the peers that one may install instead.',
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

/** The file to run, and its arguments. */
async function programOf(benchmark: string): Promise<[file: string, ...args: string[]]> {
  const program = PROGRAMS[benchmark];
  if (program !== undefined) return [join(benchFolder, program[0]), ...program.slice(1)];
  const manifest = JSON.parse(readFileSync(join(benchFolder, 'package.json'), 'utf8'));
  // In a node_modules of bench/, so that the peers are found from there.
  const folder = join(benchFolder, 'node_modules/.cache/nanoredis-bench');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${benchmark.replace('/', '-')}.mjs`);
  await build({
    entryPoints: [join(benchFolder, `${benchmark}${SUFFIX}`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    minifySyntax: true,
    conditions: ['nanoredis-source'],
    external: Object.keys(manifest.devDependencies),
    logLevel: 'silent',
  });
  return [outfile];
}

function runProgram(
  [file, ...args]: [file: string, ...args: string[]],
  hear: (comparison: ComparisonMessage) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(file, args, { cwd: benchFolder, execArgv: NODE_OPTIONS });
    endWithThisProcess(child);
    child.on('message', (message) => hear(message as ComparisonMessage));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`the benchmark has ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}
