import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Command } from 'commander';
import { checkLimits, type Limit, readThresholds, verdictLine } from './check/thresholds';
import { chooseBenchmarks, runBenchmark } from './harness/package-benchmark';
import { collect, list, positive, positiveInteger, positiveIntegers } from './option-parsers';
import { repositoryRoot } from './places';
import { addProgramCommands } from './programs/program-commands';
import { htmlReport } from './report/html-report';
import { terminalTable } from './report/terminal-tables';
import type { Result } from './results/result';
import { readResult, resultPath, writeResult } from './results/result-file';
import { ScenarioRun } from './run-scenario';
import { type Narrowing, narrowScenario } from './scenario/narrow-scenario';
import { readScenario, scenarioNames } from './scenario/read-scenario';
import {
  chooseSubjects,
  type Daemon,
  isOnPath,
  ourSubjects,
  parseDaemon,
  parseTarget,
  realSubjects,
  type Subject,
  type Target,
} from './servers/subject';

interface RunOptions extends Narrowing {
  readonly servers?: string[];
  readonly daemon: Daemon[];
  readonly target: Target[];
  readonly reference: string;
  readonly flushTargets?: true;
  readonly check?: string;
  readonly output?: string;
}

/** The commands of the program. */
export function nanoredisBench(): Command {
  const program = new Command('nanoredis-bench')
    .description('Compares NanoRedis with real servers under redis-benchmark, side by side.')
    .showHelpAfterError('(--help says more)')
    .exitOverride();
  const instead = "instead of the scenario's";
  program
    .command('run', { isDefault: true })
    .description('run a scenario, print a table, and write bench/results/DATE-NAME.json and .html')
    .argument('[scenario]', `${scenarioNames().join(', ')}, or a JSON file`, 'smoke')
    .option('--servers <names>', 'only these: redis-server, valkey-server, io_uring, epoll, libuv', list)
    .option(
      '--daemon <name=cli.js>',
      'another build of our daemon, on each event loop; may be repeated',
      collect(parseDaemon),
      [],
    )
    .option('--target <name=host:port>', 'a server that already runs; may be repeated', collect(parseTarget), [])
    .option('--flush-targets', 'delete the keys of targets; without it a target must be empty')
    .option('--reference <name>', 'the server that ratios relate to', 'redis-server')
    .option('--tests <names>', 'only these tests or datasets', list)
    .option('--rounds <number>', `rounds for each server, ${instead}`, positiveInteger)
    .option('--seconds <number>', `how long a run takes on the fastest server, ${instead}`, positive)
    .option('--pipelines <depths>', `requests in flight, ${instead}`, positiveIntegers)
    .option('--connections <numbers>', `connections, ${instead}`, positiveIntegers)
    .option('--value-bytes <sizes>', `sizes of values, ${instead}`, positiveIntegers)
    .option('--count <number>', `the number of commands of each dataset, ${instead}`, positiveInteger)
    .option('--check <thresholds>', 'fail when a limit of bench/thresholds/NAME.json, or of a JSON file, is broken')
    .option('--output <file>', 'write the JSON to this file, and the report beside it')
    .action(run);
  program
    .command('packages')
    .description('compare our packages with others on npm')
    .argument('[names...]', 'packages such as skiplist, or benchmarks such as resp-codec/decoder; all when left out')
    .option('--save', 'write bench/results/DATE-packages-NAME.json and .html')
    .action(comparePackages);
  program
    .command('report')
    .description('write the HTML report of a result beside it, and print its table')
    .argument('<result>', 'a JSON file')
    .action((path: string) => publish(readResult(path), path));
  program
    .command('check')
    .description('compare a result with thresholds')
    .argument('<thresholds>', 'a name in bench/thresholds, or a JSON file')
    .argument('<result>', 'a JSON file')
    .action((thresholds: string, path: string) => judge(readResult(path), readThresholds(thresholds)));
  addProgramCommands(program);
  return program;
}

async function run(scenarioName: string, options: RunOptions): Promise<void> {
  const named = readScenario(scenarioName);
  const scenario = narrowScenario(named.scenario, options);
  const limits = options.check === undefined ? [] : readThresholds(options.check);
  if (scenario.kind === 'throughput' && !isOnPath('redis-benchmark')) {
    throw new Error('redis-benchmark is not on the PATH; on Debian: apt-get install redis-tools');
  }
  const builds = [...options.daemon.flatMap(ourSubjects), ...ourSubjects()];
  const subjects: Subject[] = chooseSubjects([...realSubjects(), ...builds], options.servers);
  const scenarioRun = new ScenarioRun({
    named: { ...named, scenario },
    subjects: [...subjects, ...options.target],
    reference: options.reference,
    command: commandToRepeat(process.argv.slice(2)),
    mayEmptyTargets: options.flushTargets === true,
  });
  const finish = (): void => {
    const { result } = scenarioRun;
    const path = options.output ?? resultPath(result);
    writeResult(path, result);
    publish(result, path);
    judge(result, limits);
  };
  // Ctrl-C keeps what was measured.
  const interrupted = (): void => finish();
  process.prependOnceListener('SIGINT', interrupted);
  await scenarioRun.measure();
  process.off('SIGINT', interrupted);
  finish();
}

async function comparePackages(names: string[], { save }: { readonly save?: true }): Promise<void> {
  for (const benchmark of chooseBenchmarks(names)) {
    console.log(`\n${benchmark}`);
    try {
      let kept: Result | undefined;
      await runBenchmark(benchmark, `nanoredis-bench packages ${benchmark}`, (result) => {
        kept = result;
        // After each comparison, so that a failure keeps what was measured before.
        if (save !== undefined) writeResult(resultPath(result), result);
      });
      if (save !== undefined && kept !== undefined) publish(kept, resultPath(kept));
    } catch (error) {
      console.error(`failed: ${benchmark}: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
}

/** Prints a result and writes its report. The exit code is 1 when a server has failed. */
function publish(result: Result, path: string): void {
  console.log(terminalTable(result));
  const report = path.replace(/(\.json)?$/, '.html');
  writeFileSync(report, htmlReport(result));
  console.log(`${path}\n${report}`);
  for (const { server, during, message } of result.failures) console.error(`failed: ${server}, ${during}: ${message}`);
  if (result.failures.length > 0) process.exitCode = 1;
}

function judge(result: Result, limits: readonly Limit[]): void {
  const verdicts = checkLimits(result.measurements, limits);
  for (const verdict of verdicts) console.log(verdictLine(verdict));
  if (!verdicts.every(({ passed }) => passed)) process.exitCode = 1;
}

/** The command line for the records: without the path of the result, and with paths relative to the repository. */
function commandToRepeat(args: readonly string[]): string {
  const repeated = args.filter((word, place) => !word.startsWith('--output') && args[place - 1] !== '--output');
  const portable = repeated.map((word) =>
    word.replace(/=(\/.*)$/, (_, path: string) => `=${relative(repositoryRoot, path)}`),
  );
  return ['nanoredis-bench', ...portable].join(' ');
}
