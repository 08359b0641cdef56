import Table from 'cli-table3';
import { median } from './order-statistics';
import type { Sample } from './smoke';

/** The medians of one server under one load, and how they compare with the reference. */
export interface Summary {
  readonly server: string;
  readonly test: Sample['test'];
  readonly pipeline: number;
  readonly requestsPerSecond: number;
  readonly cpuMicrosecondsPerRequest: number;
  /** Requests a second relative to the reference: more is better. */
  readonly speedRatio: number;
  /** CPU per request relative to the reference: less is better. */
  readonly cpuRatio: number;
}

/** The medians over the rounds, in the order of the samples. Throws when the reference was not measured under a load. */
export function summarize(samples: readonly Sample[], reference: string): Summary[] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = `${sample.test} ${sample.pipeline} ${sample.server}`;
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  const medians = [...groups.values()].map((group) => ({
    server: group[0]!.server,
    test: group[0]!.test,
    pipeline: group[0]!.pipeline,
    requestsPerSecond: median(group.map((each) => each.requestsPerSecond)),
    cpuMicrosecondsPerRequest: median(group.map((each) => each.cpuMicrosecondsPerRequest)),
  }));
  return medians.map((each) => {
    const base = medians.find(
      ({ server, test, pipeline }) => server === reference && test === each.test && pipeline === each.pipeline,
    );
    if (base === undefined) throw new Error(`${reference} was not measured: ${each.test} at pipeline ${each.pipeline}`);
    return {
      ...each,
      speedRatio: each.requestsPerSecond / base.requestsPerSecond,
      cpuRatio: each.cpuMicrosecondsPerRequest / base.cpuMicrosecondsPerRequest,
    };
  });
}

/** The summaries as a table for a terminal. */
export function smokeTable(summaries: readonly Summary[]): string {
  const table = new Table({
    head: ['test', 'pipeline', 'server', 'requests/s', 'x redis', 'us CPU/request', 'x redis'],
    colAligns: ['left', 'right', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const each of summaries) {
    table.push([
      each.test,
      each.pipeline,
      each.server,
      Math.round(each.requestsPerSecond).toLocaleString('en'),
      each.speedRatio.toFixed(2),
      each.cpuMicrosecondsPerRequest.toFixed(2),
      each.cpuRatio.toFixed(2),
    ]);
  }
  return table.toString();
}
