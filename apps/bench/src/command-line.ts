import { Command, InvalidArgumentError, Option } from 'commander';
import { terminalTable } from './report/terminal-tables';
import { resultPath, writeResult } from './results/result-file';
import { ScenarioRun } from './run-scenario';
import { type Narrowing, narrowScenario } from './scenario/narrow-scenario';
import { readScenario, scenarioNames } from './scenario/read-scenario';
import { chooseSubjects, isOnPath, ourSubjects, parseTarget, realSubjects, type Target } from './servers/subject';

interface RunOptions extends Narrowing {
  readonly servers?: string[];
  readonly target: Target[];
  readonly reference: string;
  readonly flushTargets?: true;
  readonly output?: string;
}

/** The command line of the program. */
export function nanoredisBench(): Command {
  const program = new Command('nanoredis-bench')
    .description('Compares NanoRedis with real servers under redis-benchmark, side by side.')
    .showHelpAfterError('(--help says more)');
  program
    .command('run', { isDefault: true })
    .description('run a scenario, print a table, and write bench/results/DATE-NAME.json')
    .argument('[scenario]', `${scenarioNames().join(', ')}, or a JSON file`, 'smoke')
    .option('--servers <names>', 'only these: redis-server, valkey-server, io_uring, epoll, libuv', list)
    .option('--target <name=host:port>', 'a server that already runs; may be repeated', collectTargets, [])
    .option('--flush-targets', 'delete what is in the targets; without it only empty ones are taken')
    .option('--reference <name>', 'what ratios relate to', 'redis-server')
    .option('--rounds <number>', 'how often each is measured', positive)
    .option('--seconds <number>', 'how long a run takes the fastest server', positive)
    .option('--tests <names>', 'only these tests or datasets', list)
    .option('--pipelines <depths>', "these instead of the scenario's", positiveList)
    .option('--connections <numbers>', "these instead of the scenario's", positiveList)
    .option('--value-bytes <sizes>', "these instead of the scenario's", positiveList)
    .addOption(new Option('--count <number>', 'how many commands each dataset is filled with').argParser(positive))
    .option('--output <file>', 'where the JSON goes instead')
    .action(run);
  return program;
}

async function run(scenarioName: string, options: RunOptions): Promise<void> {
  const named = readScenario(scenarioName);
  if (!isOnPath('redis-benchmark')) {
    throw new Error('redis-benchmark is not on the PATH; on Debian: apt-get install redis-tools');
  }
  const scenario = narrowScenario(named.scenario, options);
  const subjects = [...chooseSubjects([...realSubjects(), ...ourSubjects()], options.servers), ...options.target];
  const scenarioRun = new ScenarioRun({
    named: { ...named, scenario },
    subjects,
    reference: options.reference,
    command: ['nanoredis-bench', ...process.argv.slice(2)].join(' '),
    mayEmptyTargets: options.flushTargets === true,
  });
  await scenarioRun.measure();
  const { result } = scenarioRun;
  console.log(terminalTable(result));
  const path = options.output ?? resultPath(result);
  writeResult(path, result);
  console.log(path);
  for (const { server, during, message } of result.failures) console.error(`failed: ${server}, ${during}: ${message}`);
  if (result.failures.length > 0) process.exitCode = 1;
}

function list(text: string): string[] {
  return text.split(',').map((each) => each.trim());
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError(`${text} is no number above 0.`);
  return number;
}

function positiveList(text: string): number[] {
  return list(text).map(positive);
}

function collectTargets(text: string, targets: Target[]): Target[] {
  try {
    return [...targets, parseTarget(text)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
