import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecencyClock } from './recency-clock';

const START_MS = 1_700_000_000_000;

describe('RecencyClock', () => {
  it('stamps seconds since the epoch in 24 bits, as the LRU clock of Redis', () => {
    const clock = new RecencyClock(START_MS + 999);
    expect(clock.now).toBe(1_700_000_000 & 0xffffff);
    expect(clock.advance(START_MS + 1000)).toBe(1_700_000_001 & 0xffffff);
  });

  it('returns the age of a stamp, up to 194 days', () => {
    const clock = new RecencyClock(START_MS);
    const stamp = clock.now;
    clock.advance(START_MS + 5999);
    expect(clock.idleMs(stamp)).toBe(5999);
    clock.advance(START_MS + (2 ** 24 - 1) * 1000);
    expect(clock.idleMs(stamp)).toBe((2 ** 24 - 1) * 1000);
  });

  it('ticks faster for short lives, and slower again when nothing is evicted', () => {
    const clock = new RecencyClock(START_MS);
    clock.suit(640);
    const stamps = [0, 7, 14, 21].map((ms) => clock.advance(START_MS + ms));
    expect(new Set(stamps).size).toBe(4);
    clock.suit(1);
    expect(clock.tickMs).toBe(1);
    clock.suit(2);
    clock.suit(Number.POSITIVE_INFINITY);
    expect(clock.tickMs).toBe(1000);
  });

  it('does not take ticks back when the time goes back', () => {
    const clock = new RecencyClock(START_MS);
    const stamp = clock.now;
    clock.advance(START_MS - 3_600_000);
    expect(clock.age(stamp)).toBeLessThan(2);
    clock.advance(START_MS - 3_600_000 + 10_000);
    expect(clock.age(stamp)).toBe(11);
  });

  it('keeps the time of every stamp when the pace changes: never later, and earlier by less than a tick', () => {
    const step = fc.record({ ms: fc.nat(5000), lifetimeMs: fc.constantFrom(0, 1, 100, 5000, 40_000, Infinity) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const clock = new RecencyClock(START_MS);
        let nowMs = START_MS;
        const taken: { stamp: number; atMs: number; tickMs: number }[] = [];
        for (const { ms, lifetimeMs } of steps) {
          nowMs += ms;
          clock.advance(nowMs);
          if (lifetimeMs > 0) clock.suit(lifetimeMs);
          taken.push({ stamp: clock.now, atMs: nowMs, tickMs: clock.tickMs });
          for (const { stamp, atMs, tickMs } of taken) {
            const beyond = clock.idleMs(stamp) - (nowMs - atMs);
            expect(beyond).toBeGreaterThanOrEqual(0);
            expect(beyond).toBeLessThan(tickMs);
          }
        }
        const ages = taken.map(({ stamp }) => clock.age(stamp));
        expect(ages).toEqual(ages.toSorted((a, b) => b - a));
      }),
    );
  });
});
