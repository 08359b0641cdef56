import { describe, expect, it } from 'vitest';
import { measurementsOf } from './measurements-of';
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
    const comparison = { title: 'get', contenders: [{ name: 'ours', runs }] };
    expect(measurementsOf([comparison], 'it')).toEqual([
      { server: 'ours', case: { operation: 'get' }, command: 'it', runs },
    ]);
  });
});
