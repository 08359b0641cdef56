import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { EvictionReason, LruTtlCacheOptions } from './cache-options';
import { type CacheEntry, LruTtlCache } from './lru-ttl-cache';

type Options = LruTtlCacheOptions<string, number>;

/** A cache of numbers whose clock is moved by hand, and what it announced. */
function createCache(options: Options) {
  const clock = { ms: 0 };
  const gone: [string, number, EvictionReason][] = [];
  const cache = new LruTtlCache<string, number>({
    now: () => clock.ms,
    onEvict: (key, value, reason) => gone.push([key, value, reason]),
    ...options,
  });
  return { cache, clock, gone };
}

/** That every way to look at a cache shows the same. */
function expectConsistent(cache: LruTtlCache<string, number>): void {
  const entries = [...cache];
  expect(cache.size).toBe(entries.length);
  expect([...cache.keys()]).toEqual(entries.map(([key]) => key));
  expect([...cache.values()]).toEqual(entries.map(([, value]) => value));
  expect(cache.dump().map(({ key, value }) => [key, value])).toEqual(entries.toReversed());
  for (const [key, value] of entries) expect(cache.peek(key)).toBe(value);
}

describe('LruTtlCache', () => {
  it('throws what a callback throws, after the change is done', () => {
    const failure = new Error('full');
    const { cache } = createCache({
      maxEntries: 2,
      onEvict: () => {
        throw failure;
      },
    });
    cache.set('a', 1).set('b', 2);
    expect(() => cache.set('c', 3)).toThrow(failure);
    expect([...cache.keys()]).toEqual(['c', 'b']);
    expect(() => cache.delete('b')).toThrow(failure);
    expect(() => cache.clear()).toThrow(failure);
    expect(cache.size).toBe(0);
    expectConsistent(cache);
  });

  it('reports removals that a throwing callback held up with the next change', () => {
    const gone: string[] = [];
    const { cache } = createCache({
      maxEntries: 4,
      onEvict: (key) => {
        gone.push(key);
        if (key === 'a') throw new Error('no');
      },
    });
    cache.set('c', 1).set('b', 2).set('a', 3);
    expect(() => cache.clear()).toThrow('no');
    expect(gone).toEqual(['a']);
    cache.set('d', 4);
    expect(gone).toEqual(['a', 'b', 'c']);
  });

  it('may be changed by the callback in every way', () => {
    const gone: string[] = [];
    const { cache, clock } = createCache({
      maxEntries: 3,
      ttlMs: 100,
      onEvict: (key, value, reason) => {
        gone.push(`${key} ${reason}`);
        if (key === 'a') cache.set('back', value);
        if (key === 'b') cache.clear();
        if (key === 'back') cache.purgeExpired();
        if (reason === 'deleted') cache.set(key, value + 1);
        for (const [other] of cache) cache.get(other);
        expectConsistent(cache);
      },
    });
    cache.set('a', 1).set('b', 2).set('c', 3).set('d', 4);
    expect(gone).toEqual(['a capacity', 'b capacity', 'back cleared', 'd cleared', 'c cleared']);
    cache.set('e', 5).delete('e');
    expect(cache.get('e')).toBe(6);
    clock.ms = 200;
    expect(cache.get('e')).toBeUndefined();
    expectConsistent(cache);
  });

  it('stays consistent if the callback sets every evicted entry again', () => {
    const { cache } = createCache({ maxEntries: 2, onEvict: (key, value) => cache.set(key, value) });
    cache.set('a', 1).set('b', 2);
    expect(() => cache.set('c', 3)).toThrow(RangeError);
    expect(cache.size).toBe(2);
    expectConsistent(cache);
  });

  it('changes nothing if the size function throws or returns an invalid size', () => {
    let answer: () => unknown = () => 1;
    const { cache, gone } = createCache({ maxBytes: 10, sizeOf: () => answer() as number });
    cache.set('a', 1).set('b', 2);
    answer = () => {
      throw new Error('cannot tell');
    };
    expect(() => cache.set('a', 3)).toThrow('cannot tell');
    expect(() => cache.set('c', 3)).toThrow('cannot tell');
    for (const nonsense of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      answer = () => nonsense;
      expect(() => cache.set('a', 3)).toThrow(
        new RangeError(`what the option "sizeOf" answers must be a whole number from 0 to ${2 ** 53 - 1}`),
      );
    }
    answer = () => '1';
    expect(() => cache.set('a', 3)).toThrow(new TypeError('what the option "sizeOf" answers must be a number'));
    expect([cache.bytes, [...cache], gone]).toEqual([
      2,
      [
        ['b', 2],
        ['a', 1],
      ],
      [],
    ]);
  });

  it('lets a size function use the cache', () => {
    const cache = new LruTtlCache<string, number>({
      maxBytes: 3,
      sizeOf: (value, key) => {
        if (key === 'a') cache.set('inner', 1);
        return value;
      },
    });
    cache.set('a', 1).set('b', 1).set('a', 2);
    expect([[...cache.keys()], cache.bytes]).toEqual([['a', 'inner'], 3]);
  });

  it('evicts as many entries as a large one needs', () => {
    const { cache, gone } = createCache({ maxBytes: 10, sizeOf: (value) => value });
    cache.set('a', 4).set('b', 4).set('c', 2).set('d', 7);
    expect([[...cache.keys()], cache.bytes, gone.map(([key]) => key)]).toEqual([['d', 'c'], 9, ['a', 'b']]);
    cache.set('d', 11);
    expect([[...cache.keys()], cache.bytes]).toEqual([['c'], 2]);
  });

  it('removes expired entries in steps, as far as the budget allows', () => {
    const { cache, clock } = createCache({ maxEntries: 2000, now: () => clock.ms++ });
    for (let i = 0; i < 2000; i++) cache.set(`key:${i}`, i, i % 2 === 0 ? 1 : undefined);
    clock.ms += 10;
    const purged: number[] = [];
    for (let i = 0; i < 8; i++) purged.push(cache.purgeExpired(0));
    expect(purged).toEqual([128, 128, 128, 128, 128, 128, 128, 104]);
    expect(cache.size).toBe(2000 - purged.reduce((sum, count) => sum + count));
    expect(cache.purgeExpired()).toBe(0);
  });

  it('dumps what JSON can represent, and loads what has not expired', () => {
    const { cache, clock } = createCache({ maxEntries: 5 });
    cache.set('for ever', 1).set('short', 2, 10).set('long', 3, 1000);
    const text = JSON.stringify(cache.dump());
    expect(text).toBe(
      '[{"key":"for ever","value":1},{"key":"short","value":2,"expiresAtMs":10},{"key":"long","value":3,"expiresAtMs":1000}]',
    );
    clock.ms = 10;
    const copy = createCache({ maxEntries: 2, now: () => clock.ms }).cache;
    copy.set('there', 0).load(JSON.parse(text) as CacheEntry<string, number>[]);
    expect([[...copy], copy.remainingTtlMs('long')]).toEqual([
      [
        ['long', 3],
        ['for ever', 1],
      ],
      990,
    ]);
  });

  it('continues an iteration while entries are used, set and deleted', () => {
    const { cache } = createCache({ maxEntries: 10 });
    for (const key of 'abcde') cache.set(key, 1);
    const seen: string[] = [];
    cache.forEach((_, key) => {
      seen.push(key);
      cache.get(key);
      cache.get('a');
      cache.delete('c');
      cache.set(`new ${key}`, 2);
    });
    expect(seen).toEqual(['e', 'd', 'b', 'a']);
  });

  it('keeps no reference to a removed entry', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const cache = new LruTtlCache<object, object>({ maxEntries: 2, ttlMs: 10, now: () => now });
    let now = 0;
    const left: WeakRef<object>[] = [];
    const add = () => {
      const [key, value] = [{}, {}];
      left.push(new WeakRef(key), new WeakRef(value));
      cache.set(key, value);
      return key;
    };
    // Evicted; deleted; over; and cleared.
    add();
    add();
    cache.delete(add());
    add();
    now = 20;
    cache.purgeExpired();
    add();
    cache.clear();
    expect(cache.size).toBe(0);
    await new Promise(setImmediate);
    gc();
    expect(left.filter((reference) => reference.deref() !== undefined)).toEqual([]);
    expect(cache.size).toBe(0);
  });

  it.each<[unknown, ErrorConstructor, string]>([
    [{}, TypeError, 'one of the options "maxEntries", "maxBytes" and "ttlMs" must be given'],
    [{ maxEntries: 0 }, RangeError, `the option "maxEntries" must be a whole number from 1 to ${2 ** 24}`],
    [{ maxEntries: -1 }, RangeError, `the option "maxEntries" must be a whole number from 1 to ${2 ** 24}`],
    [{ maxEntries: 2 ** 24 + 1 }, RangeError, `the option "maxEntries" must be a whole number from 1 to ${2 ** 24}`],
    [{ maxEntries: Number.NaN }, RangeError, `the option "maxEntries" must be a whole number from 1 to ${2 ** 24}`],
    [{ maxEntries: '5' }, TypeError, 'the option "maxEntries" must be a number'],
    [
      { maxBytes: -1, sizeOf: () => 1 },
      RangeError,
      `the option "maxBytes" must be a whole number from 0 to ${2 ** 53 - 1}`,
    ],
    [{ maxBytes: 1 }, TypeError, 'the options "maxBytes" and "sizeOf" must be given together'],
    [{ maxEntries: 1, sizeOf: () => 1 }, TypeError, 'the options "maxBytes" and "sizeOf" must be given together'],
    [{ maxBytes: 1, sizeOf: 1 }, TypeError, 'the option "sizeOf" must be a function'],
    [{ ttlMs: 0 }, RangeError, 'the option "ttlMs" must be a number of milliseconds above 0'],
    [{ ttlMs: Number.NaN }, RangeError, 'the option "ttlMs" must be a number of milliseconds above 0'],
    [{ ttlMs: '1' }, TypeError, 'the option "ttlMs" must be a number'],
    [{ maxEntries: 1, policy: 'fifo' }, RangeError, 'the option "policy" must be one of lru, lfu, ttl, random, sieve'],
    [{ maxEntries: 1, staleOnGet: 1 }, TypeError, 'the option "staleOnGet" must be a boolean'],
    [{ maxEntries: 1, onEvict: 'no' }, TypeError, 'the option "onEvict" must be a function'],
    [{ maxEntries: 1, now: 5 }, TypeError, 'the option "now" must be a function'],
    [{ maxEntries: 1, random: 5 }, TypeError, 'the option "random" must be a function'],
  ])('names the option that is wrong: %o', (options, error, message) => {
    expect(() => new LruTtlCache(options as Options)).toThrow(new error(message));
  });

  it('names the argument that is wrong, and changes nothing', () => {
    const { cache } = createCache({ maxEntries: 2 });
    cache.set('a', 1);
    for (const ttlMs of [0, -1, Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(() => cache.set('a', 2, ttlMs)).toThrow(
        new RangeError('"ttlMs" must be a number of milliseconds above 0'),
      );
    }
    expect(() => cache.set('a', 2, '5' as unknown as number)).toThrow(new TypeError('"ttlMs" must be a number'));
    expect(() => cache.purgeExpired(-1)).toThrow(RangeError);
    expect(() => cache.purgeExpired(Number.NaN)).toThrow(RangeError);
    expect(() => cache.purgeExpired('1' as unknown as number)).toThrow(new TypeError('"budgetMs" must be a number'));
    expect(() => cache.load([{ key: 'a', value: 2, expiresAtMs: Number.NaN }])).toThrow(
      '"expiresAtMs" must not be NaN',
    );
    expect(cache.get('a')).toBe(1);
    expect(cache.set('a', 2, Number.MAX_VALUE).remainingTtlMs('a')).toBe(Number.MAX_VALUE);
  });
});

describe('the policy', () => {
  const hits = (policy: NonNullable<Options['policy']>): number => {
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return (state >>> 0) / 2 ** 32;
    };
    const cache = new LruTtlCache<string, number>({ maxEntries: 100, policy, random, now: () => 0 });
    let found = 0;
    // A few keys that are asked for all the time, and scans that come by.
    for (let i = 0; i < 40_000; i++) {
      const key = i % 2 === 0 ? `hot:${Math.floor(random() * 80)}` : `scan:${i}`;
      if (cache.get(key) !== undefined) found++;
      else cache.set(key, i);
    }
    return found / 40_000;
  };

  it('lfu and sieve keep entries that are in constant use during a scan', () => {
    const lru = hits('lru');
    expect(lru).toBeGreaterThan(0.1);
    expect(hits('lfu')).toBeGreaterThan(lru + 0.05);
    expect(hits('sieve')).toBeGreaterThan(lru + 0.05);
  });
});
