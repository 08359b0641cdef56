import { median } from 'simple-statistics';
import type { BenchmarkReport } from '../load/benchmark-report';
import { fill } from '../load/fill';
import { benchmarkArguments, type Load, runLoad } from '../load/redis-benchmark';
import { Subscribers } from '../load/subscribers';
import type { Progress } from '../progress/progress';
import type { Figures } from '../results/figures';
import type { Measurement } from '../results/result';
import type { Preparation, ThroughputScenario, ThroughputTest } from '../scenario/scenario';
import { cpuTimeOf, residentBytesOf } from '../servers/process-figures';
import type { RunningServer } from '../servers/running-server';
import type { Subject } from '../servers/subject';
import { interleave, roundUp } from './rounds';
import { ServerCounters } from './server-counters';
import type { ServerGroup } from './server-group';
import { hasOtherReplies, verifyState } from './verify-state';

/** One cell of the matrix. */
interface Cell {
  readonly test: ThroughputTest;
  readonly pipeline: number;
  readonly connections: number;
  readonly valueBytes: number;
}

/** The outcome of one run of the load. */
interface Run {
  readonly figures: Figures;
  readonly replyBytesPerRequest: number;
  readonly command: string;
}

/** Warm-up runs become longer until one lasts this share of a measured run. */
const WARM_UP_SHARE = 0.4;
/** A warm-up run is at most so many times as long as the one before: the first rates are those of code that is not compiled. */
const MAX_WARM_UP_GROWTH = 20;
const MAX_PREPARATION_BATCH = 1000;
/** About the largest batch of a preparation in bytes. */
const MAX_PREPARATION_BATCH_BYTES = 2 ** 22;
/** The time for starting redis-benchmark and reading counters, for the estimate of the time left. */
const RUN_OVERHEAD_SECONDS = 0.25;

/** About how long the measurement takes, in seconds, without long preparations. */
export function throughputSeconds(scenario: ThroughputScenario, servers: number): number {
  return cellsOf(scenario).length * cellSeconds(scenario, servers);
}

/** Starts all servers and measures every cell of the matrix in interleaved rounds. Servers that fail are removed from the group. */
export async function measureThroughput(
  group: ServerGroup,
  subjects: readonly Subject[],
  scenario: ThroughputScenario,
  progress: Progress,
  keep: (measurement: Measurement) => void,
): Promise<void> {
  for (const subject of subjects) await group.start(subject);
  const planned = group.servers.length;
  for (const cell of cellsOf(scenario)) {
    if (group.servers.length === 0) return;
    for (const measurement of await new CellMeasurement(group, scenario, cell, progress).measure()) keep(measurement);
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

/** The measurement of one cell: all servers are prepared and warmed up, then measured round after round. */
class CellMeasurement {
  readonly #group: ServerGroup;
  readonly #scenario: ThroughputScenario;
  readonly #cell: Cell;
  readonly #progress: Progress;
  readonly #label: string;
  readonly #limitMs: number;
  readonly #runs = new Map<RunningServer, Run[]>();
  readonly #subscribers = new Map<RunningServer, Subscribers>();

  constructor(group: ServerGroup, scenario: ThroughputScenario, cell: Cell, progress: Progress) {
    this.#group = group;
    this.#scenario = scenario;
    this.#cell = cell;
    this.#progress = progress;
    const { test, pipeline, connections, valueBytes } = cell;
    this.#label = `${test.name}, pipeline ${pipeline}, ${connections} connections, ${valueBytes} B`;
    this.#limitMs = scenario.limitSeconds * 1000;
  }

  async measure(): Promise<Measurement[]> {
    try {
      return await this.#measureRounds();
    } finally {
      for (const subscribers of this.#subscribers.values()) subscribers.close();
    }
  }

  async #measureRounds(): Promise<Measurement[]> {
    let fastest = 0;
    for (const server of [...this.#group.servers]) {
      this.#progress.show(this.#label, `${server.name}, warm-up`);
      const rate = await this.#group.attempt(server, this.#label, () => this.#warmUp(server));
      fastest = Math.max(fastest, rate ?? 0);
    }
    // The lengths of the warm-ups differ, and with them the data; all measured runs begin with the same data.
    if (!this.#cell.test.readsOnly) {
      for (const server of [...this.#group.servers])
        await this.#group.attempt(server, this.#label, () => this.#reset(server));
    }
    const requests = Math.max(roundUp(this.#scenario.seconds * fastest), this.#minRequests);
    const order = interleave([...this.#group.servers], this.#scenario.rounds);
    for (const [place, server] of order.entries()) {
      const round = Math.floor((place * this.#scenario.rounds) / order.length) + 1;
      this.#progress.show(this.#label, `${server.name}, round ${round} of ${this.#scenario.rounds}`);
      const run = await this.#group.attempt(server, this.#label, () => this.#run(server, requests));
      if (run !== null) this.#runs.set(server, [...(this.#runs.get(server) ?? []), run]);
    }
    await this.#removeWrongServers();
    return this.#measurements();
  }

  /** Brings the server to the state in which the test begins. */
  async #reset(server: RunningServer): Promise<void> {
    await server.ask('FLUSHALL');
    await this.#prepare(server, 'test', this.#minRequests);
  }

  /** Runs longer and longer loads. Returns the requests a second of the last. */
  async #warmUp(server: RunningServer): Promise<number> {
    await this.#reset(server);
    await this.#connectSubscribers(server);
    const enoughMs = WARM_UP_SHARE * this.#scenario.seconds * 1000;
    let requests = this.#minRequests;
    for (;;) {
      await this.#prepare(server, 'run', requests);
      const { requestsPerSecond } = await this.#load(server, requests);
      const tookMs = (requests / requestsPerSecond) * 1000;
      if (tookMs >= enoughMs * 0.8) return requestsPerSecond;
      requests = roundUp(requests * Math.min(MAX_WARM_UP_GROWTH, Math.max(2, (enoughMs * 1.1) / tookMs)));
    }
  }

  async #run(server: RunningServer, requests: number): Promise<Run> {
    await this.#prepare(server, 'run', requests);
    const pid = await server.findPid();
    const before = await ServerCounters.read(server, this.#commandName);
    await server.longestLoopDelay();
    const cpuBefore = pid === null ? null : cpuTimeOf(pid);
    const { requests: done, ...latencies } = await this.#load(server, requests);
    const cpuAfter = pid === null ? null : cpuTimeOf(pid);
    const loopDelay = await server.longestLoopDelay();
    const after = await ServerCounters.read(server, this.#commandName);
    after.requireWorkSince(before, requests, this.#cell.test.raises);
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
      command: ['redis-benchmark', ...benchmarkArguments(server.host, server.port, this.#loadOf(requests))].join(' '),
    };
  }

  /** Connects the subscribers of the test. */
  async #connectSubscribers(server: RunningServer): Promise<void> {
    const { subscribers, command } = this.#cell.test;
    if (subscribers === undefined) return;
    const [, channel] = command!.split(' ');
    this.#subscribers.set(
      server,
      await Subscribers.open(server.host, server.port, channel!, subscribers, this.#limitMs),
    );
  }

  /** Sends the requests, and waits until their replies and the messages to subscribers have come. */
  async #load(server: RunningServer, requests: number): Promise<BenchmarkReport> {
    const report = await runLoad(server.host, server.port, this.#loadOf(requests), this.#limitMs);
    const [, channel, payload] = this.#cell.test.command?.split(' ') ?? [];
    await this.#subscribers.get(server)?.receive(requests, channel!, payload!, this.#limitMs);
    return report;
  }

  async #prepare({ host, port }: RunningServer, before: Preparation['before'], requests: number): Promise<void> {
    for (const preparation of this.#cell.test.prepare.filter((each) => each.before === before)) {
      const count = preparation.count === 'requests' ? requests : preparation.count;
      const command = preparation.command.replace('__value__', 'x'.repeat(this.#cell.valueBytes));
      const batch = Math.max(
        1,
        Math.min(MAX_PREPARATION_BATCH, Math.floor(MAX_PREPARATION_BATCH_BYTES / command.length)),
      );
      await fill({ host, port, command, count, batch, batchEveryMs: 0 });
    }
  }

  /** Removes the servers that have sent fewer bytes than the others or hold other data: they have not done the work. */
  async #removeWrongServers(): Promise<void> {
    const { verify, verifyKeys } = this.#cell.test;
    const keyspace = verifyKeys ? this.#scenario.keyspace : 0;
    const wrong = await verifyState([...this.#runs.keys()], verify, keyspace);
    const sizes = [...this.#runs].map(([, runs]) => median(runs.map((run) => run.replyBytesPerRequest)));
    for (const [place, server] of [...this.#runs.keys()].entries()) {
      const size = sizes[place]!;
      if (hasOtherReplies(size, sizes[0]!)) {
        wrong.set(server, `sends ${size.toFixed(1)} bytes a request, where ${sizes[0]!.toFixed(1)} were expected`);
      }
    }
    for (const [server, reason] of wrong) await this.#removeServer(server, reason);
  }

  async #removeServer(server: RunningServer, reason: string): Promise<void> {
    this.#runs.delete(server);
    await this.#group.attempt(server, this.#label, () => Promise.reject(new Error(reason)));
  }

  #measurements(): Measurement[] {
    const { test, pipeline, connections, valueBytes } = this.#cell;
    return [...this.#runs].map(([server, runs]) => ({
      server: server.name,
      case: { test: test.name, pipeline, connections, valueBytes },
      command: runs[0]!.command,
      runs: runs.map(({ figures }) => figures),
    }));
  }

  #loadOf(requests: number): Load {
    const { test, pipeline, connections, valueBytes } = this.#cell;
    const what = test.test !== undefined ? { test: test.test } : { command: test.command! };
    return { what, pipeline, connections, valueBytes, requests, keyspace: this.#scenario.keyspace };
  }

  /** Every connection sends at least two full pipelines. */
  get #minRequests(): number {
    return Math.max(100, this.#cell.connections * this.#cell.pipeline * 2);
  }

  get #commandName(): string {
    const { test, command } = this.#cell.test;
    // The tests are called ping_inline, lrange_100, …
    return (test ?? command!).split(/[ _]/)[0]!.toLowerCase();
  }
}
