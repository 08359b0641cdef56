import { median } from 'simple-statistics';
import { Audience } from '../load/audience';
import type { BenchmarkReport } from '../load/benchmark-report';
import { fill } from '../load/fill';
import { benchmarkArguments, type Load, runLoad } from '../load/redis-benchmark';
import type { Progress } from '../progress/progress';
import type { Figures } from '../results/figures';
import type { Measurement } from '../results/result';
import type { Preparation, ThroughputScenario, ThroughputTest } from '../scenario/scenario';
import { cpuTimeOf, residentBytesOf } from '../servers/process-figures';
import type { RunningServer } from '../servers/running-server';
import type { Subject } from '../servers/subject';
import type { Cast } from './cast';
import { interleave, roundUp } from './rounds';
import { ServerCounters } from './server-counters';
import { hasOtherReplies, verifyState } from './verify-state';

/** One cell of the matrix. */
interface Cell {
  readonly test: ThroughputTest;
  readonly pipeline: number;
  readonly connections: number;
  readonly valueBytes: number;
}

/** What a run of a load was seen to do. */
interface Run {
  readonly figures: Figures;
  readonly replyBytesPerRequest: number;
  readonly command: string;
}

/** A warm-up has to last this share of a run, or longer runs follow. */
const WARM_UP_SHARE = 0.4;
/** A warm-up grows by no more than this factor at a time: the first rates are those of cold code. */
const WARM_UP_GROWTH = 20;
const FILLING_BATCH = 1000;
/** A batch of a preparation holds no more than so many bytes, roughly. */
const FILLING_BATCH_BYTES = 2 ** 22;
/** What starting redis-benchmark and asking for statistics add to a run, for the estimate of the time left. */
const RUN_OVERHEAD_SECONDS = 0.25;

/** About how long the measurement takes, in seconds, if no preparation takes long. */
export function throughputSeconds(scenario: ThroughputScenario, servers: number): number {
  return cellsOf(scenario).length * cellSeconds(scenario, servers);
}

/** Starts all servers and measures every cell of the matrix in interleaved rounds. Those that fail leave the cast. */
export async function measureThroughput(
  cast: Cast,
  subjects: readonly Subject[],
  scenario: ThroughputScenario,
  progress: Progress,
  keep: (measurement: Measurement) => void,
): Promise<void> {
  for (const subject of subjects) await cast.join(subject);
  const planned = cast.servers.length;
  for (const cell of cellsOf(scenario)) {
    if (cast.servers.length === 0) return;
    for (const measurement of await new CellMeasurement(cast, scenario, cell, progress).measure()) keep(measurement);
    progress.complete(cellSeconds(scenario, planned));
  }
}

function cellsOf({ tests, pipelines, connections, valueBytes }: ThroughputScenario): Cell[] {
  return tests.flatMap((test) =>
    valueBytes.flatMap((bytes) =>
      connections.flatMap((clients) =>
        pipelines.map((pipeline) => ({ test, pipeline, connections: clients, valueBytes: bytes })),
      ),
    ),
  );
}

function cellSeconds({ rounds, seconds }: ThroughputScenario, servers: number): number {
  return servers * (rounds + WARM_UP_SHARE) * (seconds + RUN_OVERHEAD_SECONDS);
}

/** The measurement of one cell: all servers prepared and warm, then round after round. */
class CellMeasurement {
  private readonly runs = new Map<RunningServer, Run[]>();
  private readonly audiences = new Map<RunningServer, Audience>();
  private readonly label: string;
  private readonly limitMs: number;

  constructor(
    private readonly cast: Cast,
    private readonly scenario: ThroughputScenario,
    private readonly cell: Cell,
    private readonly progress: Progress,
  ) {
    const { test, pipeline, connections, valueBytes } = cell;
    this.label = `${test.name}, pipeline ${pipeline}, ${connections} connections, ${valueBytes} B`;
    this.limitMs = scenario.limitSeconds * 1000;
  }

  async measure(): Promise<Measurement[]> {
    try {
      return await this.measureInTurns();
    } finally {
      for (const audience of this.audiences.values()) audience.close();
    }
  }

  private async measureInTurns(): Promise<Measurement[]> {
    let fastest = 0;
    for (const server of [...this.cast.servers]) {
      this.progress.show(this.label, `${server.name}, warm-up`);
      const rate = await this.cast.attempt(server, this.label, () => this.warmUp(server));
      fastest = Math.max(fastest, rate ?? 0);
    }
    // Servers have warmed up on as much as took them the time; what is compared begins alike.
    if (!this.cell.test.readsOnly) {
      for (const server of [...this.cast.servers])
        await this.cast.attempt(server, this.label, () => this.reset(server));
    }
    const requests = Math.max(roundUp(this.scenario.seconds * fastest), this.fewestRequests);
    const turns = interleave([...this.cast.servers], this.scenario.rounds);
    for (const [turn, server] of turns.entries()) {
      const round = Math.floor((turn * this.scenario.rounds) / turns.length) + 1;
      this.progress.show(this.label, `${server.name}, round ${round} of ${this.scenario.rounds}`);
      const run = await this.cast.attempt(server, this.label, () => this.run(server, requests));
      if (run !== null) this.runs.set(server, [...(this.runs.get(server) ?? []), run]);
    }
    await this.refuseEmptyRuns();
    return this.measurements();
  }

  /** Gives the server the state that the test begins with. */
  private async reset(server: RunningServer): Promise<void> {
    await server.ask('FLUSHALL');
    await this.prepare(server, 'test', this.fewestRequests);
  }

  /** Runs longer and longer loads; answers the requests a second of the last. */
  private async warmUp(server: RunningServer): Promise<number> {
    await this.reset(server);
    await this.gatherAudience(server);
    const enoughMs = WARM_UP_SHARE * this.scenario.seconds * 1000;
    let requests = this.fewestRequests;
    for (;;) {
      await this.prepare(server, 'run', requests);
      const { requestsPerSecond } = await this.load(server, requests);
      const tookMs = (requests / requestsPerSecond) * 1000;
      if (tookMs >= enoughMs * 0.8) return requestsPerSecond;
      requests = roundUp(requests * Math.min(WARM_UP_GROWTH, Math.max(2, (enoughMs * 1.1) / tookMs)));
    }
  }

  private async run(server: RunningServer, requests: number): Promise<Run> {
    await this.prepare(server, 'run', requests);
    const pid = await server.findPid();
    const before = await ServerCounters.read(server, this.commandName);
    await server.longestLoopDelay();
    const cpuBefore = pid === null ? null : cpuTimeOf(pid);
    const { requests: done, ...latencies } = await this.load(server, requests);
    const cpuAfter = pid === null ? null : cpuTimeOf(pid);
    const loopDelay = await server.longestLoopDelay();
    const after = await ServerCounters.read(server, this.commandName);
    after.requireWorkSince(before, requests, this.cell.test.raises);
    const perRequest = (from = 0, to = 0): number => ((to - from) * 1000) / done;
    const userCpuMicroseconds = perRequest(cpuBefore?.userMs, cpuAfter?.userMs);
    const systemCpuMicroseconds = perRequest(cpuBefore?.systemMs, cpuAfter?.systemMs);
    const ofProcess = pid !== null && {
      cpuMicroseconds: userCpuMicroseconds + systemCpuMicroseconds,
      userCpuMicroseconds,
      systemCpuMicroseconds,
      residentMebibytes: residentBytesOf(pid) / 2 ** 20,
    };
    return {
      figures: { ...latencies, ...ofProcess, ...loopDelay },
      replyBytesPerRequest: after.replyBytesSince(before) / done,
      command: ['redis-benchmark', ...benchmarkArguments(server.host, server.port, this.loadOf(requests))].join(' '),
    };
  }

  /** Connects the subscribers that the test wants. */
  private async gatherAudience(server: RunningServer): Promise<void> {
    const { subscribers, command } = this.cell.test;
    if (subscribers === undefined) return;
    const [, channel] = command!.split(' ');
    this.audiences.set(server, await Audience.open(server.host, server.port, channel!, subscribers, this.limitMs));
  }

  /** Sends the requests, and waits for their replies, and for what subscribers hear of them. */
  private async load(server: RunningServer, requests: number): Promise<BenchmarkReport> {
    const report = await runLoad(server.host, server.port, this.loadOf(requests), this.limitMs);
    const [, channel, payload] = this.cell.test.command?.split(' ') ?? [];
    await this.audiences.get(server)?.hear(requests, channel!, payload!, this.limitMs);
    return report;
  }

  private async prepare({ host, port }: RunningServer, before: Preparation['before'], requests: number): Promise<void> {
    for (const preparation of this.cell.test.prepare.filter((each) => each.before === before)) {
      const count = preparation.count === 'requests' ? requests : preparation.count;
      const command = preparation.command.replace('__value__', 'x'.repeat(this.cell.valueBytes));
      const batch = Math.max(1, Math.min(FILLING_BATCH, Math.floor(FILLING_BATCH_BYTES / command.length)));
      await fill({ host, port, command, count, batch, batchEveryMs: 0 });
    }
  }

  /** Servers that have answered with less than the others, or hold something else, have not done the work: they leave. */
  private async refuseEmptyRuns(): Promise<void> {
    const { verify, verifyKeys } = this.cell.test;
    const keyspace = verifyKeys ? this.scenario.keyspace : 0;
    const refused = await verifyState([...this.runs.keys()], verify, keyspace);
    const sizes = [...this.runs].map(([, runs]) => median(runs.map((run) => run.replyBytesPerRequest)));
    for (const [place, server] of [...this.runs.keys()].entries()) {
      const size = sizes[place]!;
      if (hasOtherReplies(size, sizes[0]!)) {
        refused.set(server, `sends ${size.toFixed(1)} bytes a request, where ${sizes[0]!.toFixed(1)} were expected`);
      }
    }
    for (const [server, reason] of refused) await this.refuse(server, reason);
  }

  private async refuse(server: RunningServer, reason: string): Promise<void> {
    this.runs.delete(server);
    await this.cast.attempt(server, this.label, () => Promise.reject(new Error(reason)));
  }

  private measurements(): Measurement[] {
    const { test, pipeline, connections, valueBytes } = this.cell;
    return [...this.runs].map(([server, runs]) => ({
      server: server.name,
      case: { test: test.name, pipeline, connections, valueBytes },
      command: runs[0]!.command,
      runs: runs.map(({ figures }) => figures),
    }));
  }

  private loadOf(requests: number): Load {
    const { test, pipeline, connections, valueBytes } = this.cell;
    const what = test.test !== undefined ? { test: test.test } : { command: test.command! };
    return { what, pipeline, connections, valueBytes, requests, keyspace: this.scenario.keyspace };
  }

  /** Every connection has to have a full pipeline to send, twice. */
  private get fewestRequests(): number {
    return Math.max(100, this.cell.connections * this.cell.pipeline * 2);
  }

  private get commandName(): string {
    const { test, command } = this.cell.test;
    // ping_inline, lrange_100, …
    return (test ?? command!).split(/[ _]/)[0]!.toLowerCase();
  }
}
