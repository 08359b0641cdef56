import { beforeEach, describe, expect, it } from 'vitest';
import { Batch } from './batch';
import { ManualClock } from './clock';

describe('Batch', () => {
  let clock: ManualClock;
  let times: number[];
  let ends: number;
  let batch: Batch;

  beforeEach(() => {
    clock = new ManualClock();
    times = [];
    ends = 0;
    batch = new Batch(clock, { setTime: (nowMs) => times.push(nowMs) }, () => ends++);
  });

  it('reads the clock once for everything in it', () => {
    batch.begin();
    const beganAtMs = clock.nowMs();
    clock.advance(5);
    batch.begin();
    expect(times).toEqual([beganAtMs]);
    batch.end();
    batch.begin();
    expect(times).toEqual([beganAtMs, beganAtMs + 5]);
  });

  it('ends once', () => {
    batch.end();
    batch.begin();
    batch.end();
    batch.end();
    expect(ends).toBe(1);
  });

  it('tells whether there was one since the last question', () => {
    expect(batch.takeActivity()).toBe(false);
    batch.begin();
    expect(batch.takeActivity()).toBe(true);
    expect(batch.takeActivity()).toBe(false);
  });

  it('wakes a sleeping server once', () => {
    let wakes = 0;
    batch.onWake = () => wakes++;
    batch.begin();
    batch.end();
    expect(wakes).toBe(0);
    batch.fallAsleep();
    batch.begin();
    batch.end();
    batch.begin();
    expect(wakes).toBe(1);
  });
});
