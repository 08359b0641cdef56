import { describe, expect, it } from 'vitest';
import { SystemClock } from './clock';

describe('SystemClock', () => {
  it('shows the time of day with microseconds', () => {
    let nowMs = 1_700_000_000_000.25;
    const clock = new SystemClock(
      () => Math.floor(nowMs),
      () => nowMs - 1_600_000_000_000,
    );
    const fractions = new Set<number>();
    for (let i = 0; i < 2000; i++) {
      nowMs += 0.013;
      const shown = clock.nowMs();
      expect(Math.floor(shown)).toBe(Math.floor(nowMs));
      fractions.add(Math.floor((shown % 1) * 1000));
    }
    expect(fractions.size).toBeGreaterThan(70);
  });

  it('never goes back while the time of day advances', () => {
    const clock = new SystemClock();
    let lastMs = clock.nowMs();
    for (let i = 0; i < 20_000; i++) {
      const nowMs = clock.nowMs();
      expect(nowMs).toBeGreaterThanOrEqual(lastMs);
      lastMs = nowMs;
    }
  });

  it('follows the time of day when that is set forward or back', () => {
    let wallMs = 1_700_000_000_000;
    const clock = new SystemClock(
      () => wallMs,
      () => 1000.5,
    );
    clock.nowMs();
    for (const step of [3_600_000, -7_200_000, 1, -1]) {
      wallMs += step;
      expect(Math.floor(clock.nowMs())).toBe(wallMs);
    }
  });
});
