import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { builtFile, libraryPath } from '../places';
import type { Progress } from '../progress/progress';
import type { Figures } from '../results/figures';
import type { Measurement } from '../results/result';
import type { StandingScenario } from '../scenario/scenario';
import { scheduledMsOf } from '../servers/process-figures';
import type { Subject } from '../servers/subject';
import type { Cast } from './cast';
import { interleave } from './rounds';

const run = promisify(execFile);

/** For the estimate of the time left. */
const START_SECONDS = 0.3;

/** What is looked at, one after the other. */
const START = 'from start to PONG';
const IDLE = 'no client';

/** About how long the measurement takes, in seconds. */
export function standingSeconds({ rounds, settleSeconds, idleSeconds }: StandingScenario, servers: number): number {
  return rounds * (servers * (settleSeconds + idleSeconds + START_SECONDS) + 2 * START_SECONDS);
}

/** One that takes its turn in each round; null when it has failed. */
interface Contender {
  readonly name: string;
  readonly seconds: number;
  measure(): Promise<Map<string, Measurement> | null>;
}

/**
 * How long a server takes to answer after its start, and what it costs while nobody asks: each freshly started in every round. Beside them
 * a Node that does nothing, which is the least that ours can take, and the start of our server inside of a process.
 */
export async function measureStanding(
  cast: Cast,
  subjects: readonly Subject[],
  scenario: StandingScenario,
  progress: Progress,
  keep: (measurement: Measurement) => void,
): Promise<void> {
  const contenders = [...subjects.map((subject) => serverAsContender(cast, subject, scenario)), bareNode, embedded];
  const measured = new Map<string, Measurement>();
  const out = new Set<Contender>();
  for (const contender of interleave(contenders, scenario.rounds)) {
    if (out.has(contender)) continue;
    progress.show('standing', contender.name);
    const measurements = await contender.measure();
    if (measurements === null) out.add(contender);
    for (const [phase, measurement] of measurements ?? []) {
      const key = `${contender.name} ${phase}`;
      measured.get(key)?.runs.push(...measurement.runs);
      if (!measured.has(key)) measured.set(key, measurement);
    }
    progress.complete(contender.seconds);
  }
  for (const measurement of measured.values()) keep(measurement);
}

function serverAsContender(cast: Cast, subject: Subject, { settleSeconds, idleSeconds }: StandingScenario): Contender {
  const { name } = subject;
  const measure = async (): Promise<Map<string, Measurement> | null> => {
    const server = await cast.join(subject);
    if (server === null) return null;
    const { startMs } = server;
    const idle = await cast.attempt(server, IDLE, async () => {
      const pid = await server.findPid();
      if (pid === null) return {};
      await server.ask('PING');
      await setTimeout(settleSeconds * 1000);
      const before = scheduledMsOf(pid);
      const idleFromMs = performance.now();
      await setTimeout(idleSeconds * 1000);
      const idleCpuPercent = (100 * (scheduledMsOf(pid) - before)) / (performance.now() - idleFromMs);
      return { idleCpuPercent };
    });
    await cast.leave(server);
    if (idle === null) return null;
    const of = (phase: string, figures: Figures): [string, Measurement] => [
      phase,
      { server: name, case: { phase }, command: server.command, runs: [figures] },
    ];
    return new Map([...(startMs === null ? [] : [of(START, { startMs })]), of(IDLE, idle)]);
  };
  return { name, seconds: START_SECONDS + settleSeconds + idleSeconds, measure };
}

/** The floor under every program of Node. */
const bareNode: Contender = {
  name: 'node -e 0',
  seconds: START_SECONDS,
  async measure() {
    const startedMs = performance.now();
    await run(process.execPath, ['-e', '0']);
    const figures = { startMs: performance.now() - startedMs };
    return new Map([[START, { server: this.name, case: { phase: START }, command: this.name, runs: [figures] }]]);
  },
};

/** Our server inside of a process that has just begun. */
const embedded: Contender = {
  name: 'nanoredis in a process',
  seconds: START_SECONDS,
  async measure() {
    const { stdout } = await run(process.execPath, [builtFile('embedded-start.js'), libraryPath]);
    const phase = 'NanoRedis.start()';
    const figures = { startMs: Number(stdout) };
    return new Map([[phase, { server: this.name, case: { phase }, command: phase, runs: [figures] }]]);
  },
};
