import { setTimeout } from 'node:timers/promises';
import { quantile } from 'simple-statistics';
import { wordsOf } from '../load/command-template';
import { fill } from '../load/fill';
import type { Progress } from '../progress/progress';
import type { Figures } from '../results/figures';
import type { Measurement } from '../results/result';
import type { Dataset, FillingScenario, Watching } from '../scenario/scenario';
import type { Client } from '../servers/client';
import { residentBytesOf } from '../servers/process-figures';
import type { RunningServer } from '../servers/running-server';
import type { Subject } from '../servers/subject';
import { interleave } from './rounds';
import type { ServerGroup } from './server-group';

/** The pause between two commands of the client whose latencies are measured. */
const ASK_EVERY_MS = 1;
/** The time that a command takes, for the estimate of the time left; measured on two shared cores. */
const PLANNED_SECONDS_PER_COMMAND = 3e-6;
const PLANNED_START_SECONDS = 2;
/**
 * The memory of an element is measured from this share of the data on. By then code is compiled and buffers have grown, which is not the
 * cost of an element.
 */
const FIRST_SHARE = 0.05;
/** A prime, so that the commands go through all elements in steps. */
const STRIDE = 7919;

/** The phase in which the data are written; the others are those of the scenario's `afterwards`. */
export const FILLING_PHASE = 'filling';

/** About how long the measurement takes, in seconds. */
export function fillingSeconds({ datasets, rounds, settleSeconds }: FillingScenario, servers: number): number {
  return rounds * servers * datasets.reduce((sum, dataset) => sum + settleSeconds + datasetSeconds(dataset), 0);
}

/**
 * Fills one server after the other and measures its memory and the latencies of another client, during the filling and in the phases after
 * it. Every server is started for one dataset, so that its memory contains nothing else.
 */
export async function measureFilling(
  group: ServerGroup,
  subjects: readonly Subject[],
  scenario: FillingScenario,
  progress: Progress,
  keep: (measurement: Measurement) => void,
): Promise<void> {
  const failed = new Set<string>();
  for (const dataset of scenario.datasets) {
    const measured = new Map<string, Measurement>();
    for (const subject of interleave(subjects, scenario.rounds)) {
      if (failed.has(subject.name)) continue;
      progress.show(dataset.name, subject.name);
      const server = await group.start(subject);
      const phases =
        server &&
        (await group.attempt(server, dataset.name, async () => {
          await setTimeout(scenario.settleSeconds * 1000);
          return measureDataset(server, dataset);
        }));
      if (phases === null || server === null) failed.add(subject.name);
      else for (const [phase, figures] of phases) addRun(measured, server.name, dataset, phase, figures);
      if (server !== null) await group.stop(server);
      progress.complete(scenario.settleSeconds + datasetSeconds(dataset));
    }
    for (const measurement of measured.values()) keep(measurement);
  }
}

function datasetSeconds({ count, afterwards }: Dataset): number {
  const watched = afterwards.map(({ beside, seconds }) =>
    beside === undefined ? seconds : (beside.count / beside.batch) * (beside.everyMs + 0.5) * 1e-3,
  );
  return PLANNED_START_SECONDS + count * PLANNED_SECONDS_PER_COMMAND + watched.reduce((sum, each) => sum + each, 0);
}

function addRun(
  measured: Map<string, Measurement>,
  server: string,
  { name, command, count }: Dataset,
  phase: string,
  figures: Figures,
): void {
  const key = `${server} ${phase}`;
  const earlier = measured.get(key);
  if (earlier !== undefined) earlier.runs.push(figures);
  else
    measured.set(key, {
      server,
      case: { dataset: name, phase },
      command: `${count} times ${command}`,
      runs: [figures],
    });
}

async function measureDataset(server: RunningServer, dataset: Dataset): Promise<Map<string, Figures>> {
  const { host, port } = server;
  const phases = new Map<string, Figures>();
  const pid = await server.findPid();
  const client = await server.connect();
  try {
    await server.ask('FLUSHALL');
    await server.longestLoopDelay();
    const { command, count, batch, holds } = dataset;
    const firstCount = Math.ceil(count * FIRST_SHARE);
    const write = (firstIndex: number, end: number): Promise<number[]> => {
      const order = { host, port, command, batch, batchEveryMs: 0, randomLimit: count };
      return waitsDuring(fill({ ...order, firstIndex, count: end - firstIndex }), () => client.call('PING'));
    };
    const waits = await write(0, firstCount);
    const before = await memoryOf(server, pid);
    const startedMs = performance.now();
    waits.push(...(await write(firstCount, count)));
    const seconds = (performance.now() - startedMs) / 1000;
    const loopDelay = await server.longestLoopDelay();
    const held = Number(await client.call(...holds.split(' ')));
    if (held !== count) throw new Error(`answers ${holds} with ${held}, not ${count}`);
    const after = await memoryOf(server, pid);
    phases.set(FILLING_PHASE, {
      usedBytesPerElement: (after.usedBytes - before.usedBytes) / (count - firstCount),
      ...(pid !== null && {
        bytesPerElement: (after.residentBytes - before.residentBytes) / (count - firstCount),
        residentMebibytes: after.residentBytes / 2 ** 20,
      }),
      elementsPerSecond: (count - firstCount) / seconds,
      ...latenciesOf(waits),
      ...loopDelay,
    });
    for (const watching of dataset.afterwards)
      phases.set(watching.name, await watch(server, client, dataset, watching));
    return phases;
  } finally {
    client.close();
  }
}

interface Memory {
  /** By the kernel; NaN for a server on another machine. */
  readonly residentBytes: number;
  /** By the server itself. */
  readonly usedBytes: number;
}

async function memoryOf(server: RunningServer, pid: number | null): Promise<Memory> {
  const usedBytes = (await server.info('memory')).number('used_memory');
  return { residentBytes: pid === null ? Number.NaN : residentBytesOf(pid), usedBytes };
}

/** Measures the latencies of another client while writes, one command or nothing goes on. */
async function watch(server: RunningServer, client: Client, dataset: Dataset, watching: Watching): Promise<Figures> {
  const { beside, run, seconds } = watching;
  let place = 0;
  const ask = (): Promise<unknown> => {
    place = (place + STRIDE) % dataset.count;
    return client.call(...wordsOf(watching.ask, place, place));
  };
  await server.longestLoopDelay();
  const { host, port } = server;
  const work =
    beside === undefined
      ? runAndWait(server, run, seconds)
      : fill({
          host,
          port,
          command: beside.command,
          count: beside.count,
          batch: beside.batch,
          batchEveryMs: beside.everyMs,
        });
  const waits = await waitsDuring(work, ask);
  return { ...latenciesOf(waits), ...(await server.longestLoopDelay()) };
}

async function runAndWait(server: RunningServer, command: string | undefined, seconds: number): Promise<void> {
  const end = setTimeout(seconds * 1000);
  if (command !== undefined) await server.ask(...command.split(' '));
  await end;
}

/** Calls `ask` about every millisecond until the work is done. Returns the latencies in milliseconds. */
async function waitsDuring(work: Promise<void>, ask: () => Promise<unknown>): Promise<number[]> {
  let isDone = false;
  const end = work.finally(() => {
    isDone = true;
  });
  // When `ask` fails first, its error is reported and not that of the work.
  end.catch(() => {});
  const waits: number[] = [];
  do {
    const start = performance.now();
    await ask();
    waits.push(performance.now() - start);
    await setTimeout(ASK_EVERY_MS);
  } while (!isDone);
  await end;
  return waits;
}

function latenciesOf(waits: number[]): Figures {
  const [p50Ms = 0, p95Ms = 0, p99Ms = 0, p999Ms = 0, maxMs = 0] = quantile(waits, [0.5, 0.95, 0.99, 0.999, 1]);
  return { p50Ms, p95Ms, p99Ms, p999Ms, maxMs };
}
