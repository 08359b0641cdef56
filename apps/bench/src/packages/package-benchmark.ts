import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { ComparisonMessage } from '../../../../bench/harness/compare';
import { benchFolder } from '../places';
import { describeMachine } from '../results/machine';
import type { Result } from '../results/result';
import { endWithThisProcess } from '../servers/running-server';
import { measurementsOf } from './measurements-of';

const SUFFIX = '.bench.ts';
/** Programs that start a process for each contender themselves, from the built package; they print, and keep results of their own. */
const PROGRAMS = ['lru-ttl/cache', 'lru-ttl/hit-ratio'];
/** A million members as objects of a peer take a few gigabytes; memory is compared after collecting garbage. */
const NODE_OPTIONS = ['--expose-gc', '--max-old-space-size=6000'];

/** The benchmarks of the packages, as `package/benchmark`. */
export function packageBenchmarks(): string[] {
  const bundled = readdirSync(benchFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap(({ name }) => readdirSync(join(benchFolder, name)).map((file) => `${name}/${file}`))
    .filter((path) => path.endsWith(SUFFIX))
    .map((path) => path.slice(0, -SUFFIX.length));
  return [...bundled, ...PROGRAMS].sort();
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
 */
export async function runBenchmark(benchmark: string, command: string): Promise<Result> {
  const startedAt = new Date().toISOString();
  const comparisons = await compareIn(await programOf(benchmark));
  const packageName = `@nanoredis/${benchmark.split('/')[0]}`;
  return {
    format: 1,
    name: `packages-${benchmark.replace('/', '-')}`,
    title: `${packageName}: ${benchmark.split('/')[1]!.replaceAll('-', ' ')}`,
    description: 'CPU time of an operation, beside the peers that one may install instead.',
    command,
    startedAt,
    finishedAt: new Date().toISOString(),
    machine: describeMachine(),
    reference: packageName,
    servers: [],
    measurements: measurementsOf(comparisons, command),
    failures: [],
  };
}

async function programOf(benchmark: string): Promise<string> {
  if (PROGRAMS.includes(benchmark)) return join(benchFolder, `${benchmark}.mjs`);
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
  return outfile;
}

function compareIn(program: string): Promise<ComparisonMessage[]> {
  return new Promise((resolve, reject) => {
    const comparisons: ComparisonMessage[] = [];
    const child = fork(program, { cwd: benchFolder, execArgv: NODE_OPTIONS });
    endWithThisProcess(child);
    child.on('message', (message) => comparisons.push(message as ComparisonMessage));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve(comparisons);
      else reject(new Error(`the benchmark has ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}
