import { expect, it } from 'vitest';
import { Cron } from './cron';

/** Time events that a test fires by hand. */
class ManualPeriods {
  current: { intervalMs: number; callback: () => void } | null = null;

  addTimeEvent(intervalMs: number, callback: () => void): { cancel(): void } {
    const event = { intervalMs, callback };
    this.current = event;
    return {
      cancel: () => {
        if (this.current === event) this.current = null;
      },
    };
  }

  elapse(): void {
    this.current!.callback();
  }
}

function cronOf(work: () => number) {
  const periods = new ManualPeriods();
  const cron = new Cron(periods, work);
  cron.start(100);
  return { periods, cron };
}

it('keeps its period while there is work', () => {
  const { periods, cron } = cronOf(() => 0);
  periods.elapse();
  expect(periods.current!.intervalMs).toBe(100);
  expect(cron.isAsleep).toBe(false);
});

it('sleeps until the next work is due, but at most a second', () => {
  let quietMs = 400.5;
  const { periods, cron } = cronOf(() => quietMs);
  periods.elapse();
  expect(periods.current!.intervalMs).toBe(401);
  expect(cron.isAsleep).toBe(true);
  quietMs = Number.POSITIVE_INFINITY;
  periods.elapse();
  expect(periods.current!.intervalMs).toBe(1000);
});

it('returns to its period when it is woken, or when a sleep ends with work', () => {
  let quietMs = 1000;
  const { periods, cron } = cronOf(() => quietMs);
  periods.elapse();
  cron.wake();
  expect(periods.current!.intervalMs).toBe(100);
  periods.elapse();
  expect(periods.current!.intervalMs).toBe(1000);
  quietMs = 0;
  periods.elapse();
  expect(periods.current!.intervalMs).toBe(100);
});

it('does not delay the next run of a server that is awake', () => {
  const { periods, cron } = cronOf(() => 0);
  const before = periods.current;
  cron.wake();
  expect(periods.current).toBe(before);
});
