import { describe, expect, it } from 'vitest';
import { TimeLeft } from './time-left';

describe('TimeLeft', () => {
  it('estimates by the plan until some work is done, and then by the pace', () => {
    let now = 1000;
    const time = new TimeLeft(10, () => now);
    expect(time.leftMs).toBe(10_000);
    now += 4000;
    expect(time.leftMs).toBe(6000);
    time.complete(2);
    expect(time.share).toBeCloseTo(0.2);
    expect(time.leftMs).toBe(16_000);
    time.complete(100);
    expect(time.leftMs).toBe(0);
    expect(time.share).toBe(1);
  });
});
