import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { builtFile, libraryPath } from '../places';
import type { Progress } from '../progress/progress';
import type { Figures } from '../results/figures';
import type { Measurement } from '../results/result';
import type { IdleScenario } from '../scenario/scenario';
import { scheduledMsOf } from '../servers/process-figures';
import type { Subject } from '../servers/subject';
import { interleave } from './rounds';
import type { ServerGroup } from './server-group';

const run = promisify(execFile);

/** The time of a start, for the estimate of the time left. */
const START_SECONDS = 0.3;

/** The phases of the cases. */
const START = 'from start to PONG';
const IDLE = 'no client';

/** About how long the measurement takes, in seconds. */
export function idleScenarioSeconds({ rounds, settleSeconds, idleSeconds }: IdleScenario, servers: number): number {
  return rounds * (servers * (settleSeconds + idleSeconds + START_SECONDS) + 2 * START_SECONDS);
}

/** What is measured once in every round. */
interface Competitor {
  readonly name: string;
  /** How long `measure` takes, by estimate. */
  readonly seconds: number;
  /** The measurements by phase; null when it has failed. */
  measure(): Promise<Map<string, Measurement> | null>;
}

/**
 * Measures the time from the start of a server to its first reply, and the CPU time of a server without clients; every server is started
 * in each round. Beside them it measures Node without a program, which is the minimum for ours, and the start of our server as a library.
 */
export async function measureIdle(
  group: ServerGroup,
  subjects: readonly Subject[],
  scenario: IdleScenario,
  progress: Progress,
  keep: (measurement: Measurement) => void,
): Promise<void> {
  const competitors = [...subjects.map((subject) => serverCompetitor(group, subject, scenario)), bareNode, embedded];
  const measured = new Map<string, Measurement>();
  const failed = new Set<Competitor>();
  for (const competitor of interleave(competitors, scenario.rounds)) {
    if (failed.has(competitor)) continue;
    progress.show('idle', competitor.name);
    const measurements = await competitor.measure();
    if (measurements === null) failed.add(competitor);
    for (const [phase, measurement] of measurements ?? []) {
      const key = `${competitor.name} ${phase}`;
      measured.get(key)?.runs.push(...measurement.runs);
      if (!measured.has(key)) measured.set(key, measurement);
    }
    progress.complete(competitor.seconds);
  }
  for (const measurement of measured.values()) keep(measurement);
}

function serverCompetitor(
  group: ServerGroup,
  subject: Subject,
  { settleSeconds, idleSeconds }: IdleScenario,
): Competitor {
  const { name } = subject;
  const measure = async (): Promise<Map<string, Measurement> | null> => {
    const server = await group.start(subject);
    if (server === null) return null;
    const { startMs } = server;
    const idle = await group.attempt(server, IDLE, async () => {
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
    await group.stop(server);
    if (idle === null) return null;
    const of = (phase: string, figures: Figures): [string, Measurement] => [
      phase,
      { server: name, case: { phase }, command: server.command, runs: [figures] },
    ];
    return new Map([...(startMs === null ? [] : [of(START, { startMs })]), of(IDLE, idle)]);
  };
  return { name, seconds: START_SECONDS + settleSeconds + idleSeconds, measure };
}

/** The minimum for every program of Node. */
const bareNode: Competitor = {
  name: 'node -e 0',
  seconds: START_SECONDS,
  async measure() {
    const startedMs = performance.now();
    await run(process.execPath, ['-e', '0']);
    const figures = { startMs: performance.now() - startedMs };
    return new Map([[START, { server: this.name, case: { phase: START }, command: this.name, runs: [figures] }]]);
  },
};

/** Our server as a library, in a process that has just started. */
const embedded: Competitor = {
  name: 'nanoredis in a process',
  seconds: START_SECONDS,
  async measure() {
    if (!existsSync(libraryPath)) throw new Error('the library is not built; npm run build does it');
    const { stdout } = await run(process.execPath, [builtFile('embedded-start.js'), libraryPath]);
    const phase = 'NanoRedis.start()';
    const figures = { startMs: Number(stdout) };
    return new Map([[phase, { server: this.name, case: { phase }, command: phase, runs: [figures] }]]);
  },
};
