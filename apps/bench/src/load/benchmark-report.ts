/** The result of one test of redis-benchmark. */
export interface BenchmarkReport {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
}

/**
 * Parses the report of a run with one test, in the long format of redis-benchmark 6.2 and later: --csv has no 99.9th percentile. Each line
 * of `Latency by percentile distribution` halves the distance to 100 %, and the first line at or above 99.9 % (it is 99.902 %) gives the
 * percentile.
 *
 * @throws Error when a figure is missing.
 */
export function parseBenchmarkReport(output: string): BenchmarkReport {
  // The progress that it shows while it runs is overwritten by carriage returns.
  const text = output.replace(/^.*\r(?!\n)/gm, '');
  const requests = Number(/^\s*(\d+) requests completed in /m.exec(text)?.[1]);
  const requestsPerSecond = Number(/throughput summary: ([\d.]+) requests per second/.exec(text)?.[1]);
  const summary = /latency summary \(msec\):\s+avg\s+min\s+p50\s+p95\s+p99\s+max\s+([\d. ]+)/.exec(text)?.[1];
  const [, , p50Ms, p95Ms, p99Ms, maxMs] = summary?.trim().split(/ +/).map(Number) ?? [];
  const percentiles = text.split('Cumulative distribution')[0]!.matchAll(/^([\d.]+)% <= ([\d.]+) milliseconds/gm);
  const p999Ms = Number([...percentiles].find(([, share]) => Number(share) >= 99.9)?.[2]);
  const report = { requests, requestsPerSecond, p50Ms, p95Ms, p99Ms, p999Ms, maxMs };
  if (!Object.values(report).every((figure) => Number.isFinite(figure))) {
    throw new Error(`this is no report of redis-benchmark:\n${output.slice(-1000)}`);
  }
  return report as BenchmarkReport;
}
