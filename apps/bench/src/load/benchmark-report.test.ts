import { describe, expect, it } from 'vitest';
import { parseBenchmarkReport } from './benchmark-report';

/** Of redis-benchmark 7.0.15, the middle of the long distribution left out. */
const report = `SET: rps=0.0 (overall: 0.0) avg_msec=-nan (overall: -nan)\rSET: rps=9.0 (overall: 9.0) avg_msec=1.0\r     \r====== SET ======
  100000 requests completed in 0.22 seconds
  50 parallel clients
  host configuration "save": 

Latency by percentile distribution:
0.000% <= 0.391 milliseconds (cumulative count 16)
50.000% <= 1.415 milliseconds (cumulative count 50272)
99.805% <= 4.959 milliseconds (cumulative count 99808)
99.902% <= 5.063 milliseconds (cumulative count 99904)
100.000% <= 5.223 milliseconds (cumulative count 100000)

Cumulative distribution of latencies:
99.920% <= 5.103 milliseconds (cumulative count 99920)
100.000% <= 6.103 milliseconds (cumulative count 100000)

Summary:
  throughput summary: 452488.69 requests per second
  latency summary (msec):
          avg       min       p50       p95       p99       max
        1.543     0.384     1.415     2.735     4.031     5.223

`;

describe('parseBenchmarkReport', () => {
  it('reads the summary, and the 99.9th percentile from the distribution', () => {
    expect(parseBenchmarkReport(report)).toEqual({
      requests: 100_000,
      requestsPerSecond: 452_488.69,
      p50Ms: 1.415,
      p95Ms: 2.735,
      p99Ms: 4.031,
      p999Ms: 5.063,
      maxMs: 5.223,
    });
  });

  it('refuses a report that is incomplete', () => {
    expect(() => parseBenchmarkReport(report.split('Summary')[0]!)).toThrow('no report');
    expect(() => parseBenchmarkReport('')).toThrow('no report');
  });
});
