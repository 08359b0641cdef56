import { beforeEach, describe, expect, it } from 'vitest';
import { Batch } from './batch';
import { ManualClock } from './clock';
import { ServerCron } from './server-cron';
import { Statistics } from './statistics';
import { Traffic } from './traffic';

describe('ServerCron', () => {
  let clock: ManualClock;
  let batch: Batch;
  let statistics: Statistics;
  let background: { isUnfinished: boolean; run(): void };
  let calls: string[];
  let used: number;
  let deadlineMs: number;
  let cron: ServerCron;

  beforeEach(() => {
    clock = new ManualClock();
    calls = [];
    used = 100;
    deadlineMs = Number.POSITIVE_INFINITY;
    statistics = new Statistics();
    background = { isUnfinished: false, run: () => calls.push('background') };
    const keyspace = {
      nowMs: 0,
      setTime(nowMs: number) {
        this.nowMs = nowMs;
      },
      nextDeadlineMs: () => deadlineMs,
      arena: {
        get used() {
          return used;
        },
      },
    };
    batch = new Batch(clock, keyspace, () => {});
    cron = new ServerCron({
      clock,
      log: { write: (_level, line) => calls.push(line) },
      keyspace: keyspace as never,
      batch,
      background,
      statistics,
      traffic: new Traffic({ bytesRead: 0, bytesWritten: 0 }),
      countCommands: () => 0,
      tasks: [{ cron: () => calls.push('first') }, { cron: () => calls.push('second') }],
    });
  });

  it('runs the tasks in order, then a slice of background work', () => {
    cron.run();
    expect(calls).toEqual(['first', 'second', 'background']);
  });

  it('keeps the peak of memory in use', () => {
    cron.run();
    used = 50;
    cron.run();
    expect(statistics.peakMemory).toBe(100);
  });

  it('is due again at once while there is activity or unfinished work', () => {
    batch.begin();
    expect(cron.run()).toBe(0);
    background.isUnfinished = true;
    expect(cron.run()).toBe(0);
    background.isUnfinished = false;
    expect(cron.run()).toBe(Number.POSITIVE_INFINITY);
  });

  it('sleeps until the next deadline, and wakes when a batch begins', () => {
    let wakes = 0;
    batch.onWake = () => wakes++;
    deadlineMs = clock.nowMs() + 300;
    expect(cron.run()).toBe(300);
    batch.begin();
    expect(wakes).toBe(1);
  });

  it('logs a failure, and runs again', () => {
    background.run = () => {
      throw new TypeError('a fault');
    };
    expect(cron.run()).toBe(0);
    expect(calls.at(-1)).toMatch(/^Internal error, background work failed: TypeError: a fault/);
    expect(cron.run()).toBe(0);
  });

  it('does nothing while it is paused', () => {
    cron.isPaused = true;
    expect(cron.run()).toBe(0);
    expect(calls).toEqual([]);
  });
});
