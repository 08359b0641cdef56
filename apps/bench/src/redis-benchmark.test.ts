import { describe, expect, it } from 'vitest';
import { benchmarkArguments, parseRequestsPerSecond } from './redis-benchmark';

const header = '"test","rps","avg_latency_ms","min_latency_ms"\n';

describe('parseRequestsPerSecond', () => {
  it('reads the line of the test', () => {
    expect(parseRequestsPerSecond(`${header}"SET","1234567.89","0.1","0.2"\n`, 'set')).toBe(1234567.89);
  });

  it('refuses an output with an error in it, and one without a result', () => {
    expect(() => parseRequestsPerSecond(`Error from server: OOM\n${header}"SET","5.0"\n`, 'set')).toThrow('OOM');
    expect(() => parseRequestsPerSecond(`${header}"SET","5.0"\n`, 'get')).toThrow('no result');
  });
});

describe('benchmarkArguments', () => {
  it('asks for the load of the issue', () => {
    expect(benchmarkArguments(7000, { test: 'get', pipeline: 16, requests: 10 }).join(' ')).toBe(
      '-t get -p 7000 -n 10 -r 100000 -c 50 -P 16 --csv',
    );
  });
});
