/** What one test of redis-benchmark comes to. */
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
 * Reads the report of a run with one test. Its --csv leaves the 99.9th percentile out, so this is the long text of
 * redis-benchmark 6.2 and later: `Latency by percentile distribution` halves the distance to 100 % with each line, and the first
 * line at or above 99.9 % (it is 99.902 %) tells the percentile. Throws when something is missing.
 */
export function parseBenchmarkReport(output: string): BenchmarkReport {
  // What it shows while it runs is overwritten by carriage returns.
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
