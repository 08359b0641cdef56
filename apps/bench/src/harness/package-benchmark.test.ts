import { describe, expect, it } from 'vitest';
import { failuresOf, measurementsOf } from './comparison-message';
import { chooseBenchmarks, packageBenchmarks } from './package-benchmark';

describe('chooseBenchmarks', () => {
  const all = ['resp-codec/decoder', 'resp-codec/parser', 'skiplist/skip-list'];

  it('selects packages and single benchmarks, and all when no name is given', () => {
    expect(chooseBenchmarks(['resp-codec'], all)).toEqual(['resp-codec/decoder', 'resp-codec/parser']);
    expect(chooseBenchmarks(['skiplist/skip-list'], all)).toEqual(['skiplist/skip-list']);
    expect(chooseBenchmarks([], all)).toEqual(all);
  });

  it('lists the benchmarks when a name is unknown', () => {
    expect(() => chooseBenchmarks(['resp'], all)).toThrow('no benchmark is called resp; there are resp-codec/decoder');
  });
});

describe('packageBenchmarks', () => {
  it('finds the programs of src/micro and their variants', () => {
    expect(packageBenchmarks()).toEqual(expect.arrayContaining(['resp-codec/decoder', 'lru-ttl/cache-1k']));
  });
});

describe('measurementsOf', () => {
  it('makes a measurement of each competitor, with its rounds', () => {
    const runs = [{ nanosecondsPerOperation: 1 }, { nanosecondsPerOperation: 2 }];
    const comparison = { title: 'get', dimensions: { entries: 10 }, competitors: [{ name: 'ours', runs }] };
    expect(measurementsOf(comparison, 'it')).toEqual([
      { server: 'ours', case: { entries: 10, operation: 'get' }, command: 'it', runs },
    ]);
  });
});

describe('failuresOf', () => {
  it('says who was left out, under which conditions, and why', () => {
    const leftOut = [{ name: 'theirs', why: 'set takes more than 5 s' }];
    const comparison = { title: 'memory', dimensions: { entries: 10, ttl: 'yes' }, competitors: [], leftOut };
    expect(failuresOf(comparison)).toEqual([
      { server: 'theirs', during: 'entries 10, ttl yes', message: 'set takes more than 5 s' },
    ]);
  });
});
