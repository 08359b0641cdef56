import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NanoRedis } from '../nano-redis';
import { ManualClock } from './clock';

describe('maxmemory', () => {
  const clock = new ManualClock();
  let server: NanoRedis;

  beforeEach(async () => {
    server = await NanoRedis.start({ port: 0, clock });
  });
  afterEach(() => server.stop());

  async function figure(name: string): Promise<number> {
    return Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(String(await server.call('INFO', 'everything')))?.[1]);
  }

  it('is never exceeded by more than a megabyte or one value, whatever is written', async () => {
    const limit = 8 << 20;
    await server.call('CONFIG', 'SET', 'maxmemory', String(limit), 'maxmemory-policy', 'allkeys-lru');
    for (let i = 0; i < 30_000; i++) {
      await server.call('SET', `small:${i}`, 'x'.repeat(i % 300));
      if (i % 500 === 0) await server.call('SET', `large:${i}`, 'x'.repeat(1 << 20));
      if (i % 100 === 0) {
        expect(await figure('used_memory')).toBeLessThanOrEqual(limit + (2 << 20));
      }
    }
    expect(await figure('evicted_keys')).toBeGreaterThan(1000);
  });

  it('is enforced in the background after it was lowered, without any command', async () => {
    for (let i = 0; i < 20_000; i++) await server.call('SET', `key:${i}`, 'x'.repeat(100));
    const half = Math.floor((await figure('used_memory')) / 2);
    await server.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-random', 'maxmemory', String(half));
    for (let turn = 0; turn < 2000; turn++) await nextTurn();
    await server.call('CONFIG', 'SET', 'maxmemory', '0');
    expect(await figure('used_memory')).toBeLessThanOrEqual(half);
  });

  it('frees large values in slices with lazyfree-lazy-eviction, and evicts no key for bytes that are being freed', async () => {
    await server.call('CONFIG', 'SET', 'lazyfree-lazy-eviction', 'yes');
    const members = Array.from({ length: 20_000 }, (_, i) => `member:${i}`);
    await server.call('SADD', 'large', ...members);
    clock.advance(5000);
    for (let i = 0; i < 50; i++) await server.call('SET', `key:${i}`, 'v');
    const used = await figure('used_memory');
    await server.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru', 'maxmemory', String(used - 1000));
    await server.call('PING');
    expect(await server.call('EXISTS', 'large')).toBe(0);
    expect(await server.call('DBSIZE')).toBe(50);
    expect(await figure('evicted_keys')).toBe(1);
    expect(await figure('lazyfree_pending_objects')).toBeLessThanOrEqual(1);
    for (let turn = 0; turn < 2000 && (await figure('lazyfreed_objects')) === 0; turn++) await nextTurn();
    expect(await figure('lazyfreed_objects')).toBe(1);
    expect(await figure('lazyfree_pending_objects')).toBe(0);
  });

  it('reports for how long it was exceeded, and CONFIG RESETSTAT resets that and evicted_keys', async () => {
    await server.call('SET', 'k', 'v');
    await server.call('CONFIG', 'SET', 'maxmemory', '1');
    await server.call('GET', 'k');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await figure('current_eviction_exceeded_time')).toBeGreaterThan(0);
    await server.call('CONFIG', 'SET', 'maxmemory', '1gb');
    await server.call('GET', 'k');
    expect(await figure('current_eviction_exceeded_time')).toBe(0);
    expect(await figure('total_eviction_exceeded_time')).toBeGreaterThan(0);
    await server.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru', 'maxmemory', '1');
    await server.call('GET', 'k');
    expect(await figure('evicted_keys')).toBe(1);
    await server.call('CONFIG', 'SET', 'maxmemory', '0');
    await server.call('CONFIG', 'RESETSTAT');
    expect(await figure('evicted_keys')).toBe(0);
    expect(await figure('total_eviction_exceeded_time')).toBe(0);
  });
});
