import { beforeEach, describe, expect, it } from 'vitest';
import { createInstance } from '../../../../test/harness/instance-fixture';
import { type CallArgument, InProcessClient } from '../../../clients/in-process-client';
import type { Instance } from '../../../instance';
import { ManualClock } from '../../../runtime/clock';
import { commands } from '../..';

/** The call that adds element `i` of `count` to a key, for a value of each type and size. */
type Element = (key: string, i: number) => CallArgument[];

const types: readonly (readonly [name: string, element: Element])[] = [
  ['a hash', (key, i) => ['HSET', key, `field:${i}`, `value:${i}`]],
  ['a hash of long values', (key, i) => ['HSET', key, `field:${i}`, 'v'.repeat(1000)]],
  ['a list', (key, i) => ['RPUSH', key, `element:${i}`]],
  ['a list of long elements', (key, i) => ['RPUSH', key, 'e'.repeat(10_000 + i)]],
  ['a set', (key, i) => ['SADD', key, `member:${i}`]],
  ['a set of integers', (key, i) => ['SADD', key, i]],
  ['a sorted set', (key, i) => ['ZADD', key, i / 3, `member:${i}`]],
  ['positions', (key, i) => ['GEOADD', key, i % 180, i % 85, `member:${i}`]],
  ['a HyperLogLog', (key, i) => ['PFADD', key, `element:${i}`]],
  ['a string', (key, i) => ['SETRANGE', key, 10 * i, '0123456789']],
  ['a bitmap', (key, i) => ['SETBIT', key, 8 * i, 1]],
];

describe('MEMORY USAGE', () => {
  let instance: Instance;
  let client: InProcessClient;
  const call = (...command: CallArgument[]): string => client.execute(command).toString('latin1').trim();

  beforeEach(() => {
    instance = createInstance(new ManualClock(), commands);
    client = new InProcessClient(instance);
  });

  function expectTruth(keys: number, elements: number, element: Element, ...options: CallArgument[]): void {
    const { arena } = instance.keyspace;
    const before = arena.used;
    for (let k = 0; k < keys; k++) for (let i = 0; i < elements; i++) call(...element(`key:${k}`, i));
    const truth = arena.used - before;
    let told = 0;
    for (let k = 0; k < keys; k++) told += Number(call('MEMORY', 'USAGE', `key:${k}`, ...options).slice(1));
    expect(told).toBeGreaterThan(0.8 * truth);
    expect(told).toBeLessThan(1.2 * truth);
  }

  describe.each(types)('of %s', (_name, element) => {
    it.each([
      [1000, 1],
      [100, 20],
      [20, 200],
      [1, 3000],
    ])('of %i keys with %i elements is within a fifth of the truth', (keys, elements) => {
      expectTruth(keys, elements, element);
    });

    it('counts every element with SAMPLES 0', () => {
      expectTruth(1, 3000, element, 'SAMPLES', 0);
    });
  });

  it('counts the deadline of a key', () => {
    call('SET', 'k', 'v');
    const without = Number(call('MEMORY', 'USAGE', 'k').slice(1));
    call('EXPIRE', 'k', 100);
    expect(Number(call('MEMORY', 'USAGE', 'k').slice(1))).toBeGreaterThan(without);
  });
});
