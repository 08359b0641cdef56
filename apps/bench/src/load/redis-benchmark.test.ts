import { describe, expect, it } from 'vitest';
import { benchmarkArguments } from './redis-benchmark';

const numbers = { pipeline: 16, connections: 50, valueBytes: 3, keyspace: 100_000, requests: 10 };
const flags = '-h localhost -p 7000 -n 10 -r 100000 -c 50 -P 16 -d 3 --precision 3';

describe('benchmarkArguments', () => {
  it('selects a test by its name', () => {
    expect(benchmarkArguments('localhost', 7000, { ...numbers, what: { test: 'get' } }).join(' ')).toBe(
      `${flags} -t get`,
    );
  });

  it('passes a command as words, with a value of the wanted length', () => {
    const what = { command: 'SET key:__rand_int__ __value__' };
    expect(benchmarkArguments('localhost', 7000, { ...numbers, what }).slice(-3)).toEqual([
      'SET',
      'key:__rand_int__',
      'xxx',
    ]);
  });
});
