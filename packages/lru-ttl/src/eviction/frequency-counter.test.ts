import { describe, expect, it } from 'vitest';
import { FrequencyCounter } from './frequency-counter';

const START_MS = 1_700_000_040_000;
const MINUTE_MS = 60_000;

/** A counter whose random numbers are those of a list, over and over. */
function counterWith(...randoms: number[]): FrequencyCounter {
  let next = 0;
  const counter = new FrequencyCounter(() => randoms[next++ % randoms.length]!);
  counter.advance(START_MS);
  return counter;
}

function afterUses(counter: FrequencyCounter, uses: number): number {
  let access = counter.fresh;
  for (let i = 0; i < uses; i++) access = counter.afterUse(access);
  return counter.countOf(access);
}

describe('FrequencyCounter', () => {
  it('gives a new item a count of 5, and always counts its first use', () => {
    const counter = counterWith(2 ** 32 - 1);
    expect(counter.countOf(counter.fresh)).toBe(5);
    expect(afterUses(counter, 1)).toBe(6);
  });

  it('adds 1 with the probability 1 / ((count - 5) * factor + 1)', () => {
    const eleventh = Math.floor(2 ** 32 / 11);
    expect(afterUses(counterWith(eleventh), 2)).toBe(7);
    expect(afterUses(counterWith(eleventh + 1), 2)).toBe(6);
  });

  it('never exceeds 255', () => {
    expect(afterUses(counterWith(0), 300)).toBe(255);
  });

  it('counts every use with a factor of 0', () => {
    const counter = counterWith(2 ** 32 - 1);
    counter.logFactor = 0;
    expect(afterUses(counter, 100)).toBe(105);
  });

  it('reaches the counts of the table in redis.conf: 10 after 100 uses, 18 after 1000', () => {
    let state = 1;
    const counter = new FrequencyCounter(() => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state;
    });
    const mean = (uses: number) =>
      Array.from({ length: 200 }, () => afterUses(counter, uses)).reduce((sum, count) => sum + count) / 200;
    expect(Math.abs(mean(100) - 10)).toBeLessThan(1.5);
    expect(Math.abs(mean(1000) - 18)).toBeLessThan(2.5);
  });

  it('decreases by 1 for each decay time without use, down to 0', () => {
    const counter = counterWith(0);
    const access = counter.fresh;
    counter.decayMinutes = 2;
    counter.advance(START_MS + 5 * MINUTE_MS);
    expect(counter.countOf(access)).toBe(3);
    counter.advance(START_MS + 100 * MINUTE_MS);
    expect(counter.countOf(access)).toBe(0);
    expect(counter.countOf(counter.afterUse(access))).toBe(1);
  });

  it('keeps its counts with a decay time of 0, and when the minutes wrap around', () => {
    const counter = counterWith(0);
    counter.decayMinutes = 0;
    const access = counter.fresh;
    counter.advance(START_MS + 10_000 * MINUTE_MS);
    expect(counter.countOf(access)).toBe(5);
    counter.decayMinutes = 1;
    counter.advance(START_MS + 2 ** 16 * MINUTE_MS + 2 * MINUTE_MS);
    expect(counter.countOf(access)).toBe(3);
  });
});
