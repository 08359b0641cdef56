import { describe, expect, it } from 'vitest';
import { failuresOf, measurementsOf } from './measurements-of';
import { chooseBenchmarks, packageBenchmarks } from './package-benchmark';

describe('chooseBenchmarks', () => {
  const all = ['resp-codec/decoder', 'resp-codec/parser', 'skiplist/skip-list'];

  it('takes packages and single benchmarks, and all when nothing is named', () => {
    expect(chooseBenchmarks(['resp-codec'], all)).toEqual(['resp-codec/decoder', 'resp-codec/parser']);
    expect(chooseBenchmarks(['skiplist/skip-list'], all)).toEqual(['skiplist/skip-list']);
    expect(chooseBenchmarks([], all)).toEqual(all);
  });

  it('names those that there are when another is asked for', () => {
    expect(() => chooseBenchmarks(['resp'], all)).toThrow('no benchmark is called resp; there are resp-codec/decoder');
  });
});

describe('packageBenchmarks', () => {
  it('finds those that stand in bench/', () => {
    expect(packageBenchmarks()).toEqual(expect.arrayContaining(['resp-codec/decoder', 'intrusive-ds/queues']));
  });
});

describe('measurementsOf', () => {
  it('makes a row of each contender, with its rounds', () => {
    const runs = [{ nanosecondsPerOperation: 1 }, { nanosecondsPerOperation: 2 }];
    const comparison = { title: 'get', dimensions: { entries: 10 }, contenders: [{ name: 'ours', runs }] };
    expect(measurementsOf(comparison, 'it')).toEqual([
      { server: 'ours', case: { entries: 10, operation: 'get' }, command: 'it', runs },
    ]);
  });
});

describe('failuresOf', () => {
  it('names who was left out, under which conditions, and why', () => {
    const leftOut = [{ name: 'theirs', why: 'set takes more than 5 s' }];
    const comparison = { title: 'memory', dimensions: { entries: 10, ttl: 'yes' }, contenders: [], leftOut };
    expect(failuresOf(comparison)).toEqual([
      { server: 'theirs', during: 'entries 10, ttl yes', message: 'set takes more than 5 s' },
    ]);
  });
});
