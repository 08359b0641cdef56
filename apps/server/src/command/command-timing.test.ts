import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from './command';
import { CommandTiming } from './command-timing';

const get = { name: 'get' } as Command;
const set = { name: 'set' } as Command;

describe('CommandTiming', () => {
  let readings = 0;
  let reported: string[] = [];
  let timing: CommandTiming;

  beforeEach(() => {
    readings = 0;
    reported = [];
    // The n-th reading says n milliseconds.
    vi.spyOn(performance, 'now').mockImplementation(() => ++readings);
    timing = new CommandTiming((command, calls, microseconds) =>
      reported.push(`${calls} ${command.name}: ${microseconds}`),
    );
  });

  afterEach(() => vi.restoreAllMocks());

  it('reads the clock once where a run of one command begins, and once where it ends', () => {
    for (let i = 0; i < 10; i++) timing.enter(get);
    timing.close();
    expect(reported).toEqual(['10 get: 1000']);
    expect(readings).toBe(2);
  });

  it('begins a run where the run before it has ended', () => {
    for (const command of [get, get, set, get]) timing.enter(command);
    timing.close();
    expect(reported).toEqual(['2 get: 1000', '1 set: 1000', '1 get: 1000']);
    expect(readings).toBe(4);
  });

  it('ends a run that has become long', () => {
    for (let i = 0; i < 65; i++) timing.enter(get);
    timing.close();
    expect(reported).toEqual(['64 get: 1000', '1 get: 1000']);
  });

  it('lets commands that are timed by themselves begin where their neighbour has ended', () => {
    expect([timing.begin(), timing.end(), timing.begin(), timing.end()]).toEqual([1, 2, 2, 3]);
    timing.enter(get);
    expect(timing.begin()).toBe(4);
    expect(reported).toEqual(['1 get: 1000']);
  });

  it('reports a run inside of a command that is timed by itself', () => {
    expect(timing.begin()).toBe(1);
    timing.enter(get);
    expect(timing.end()).toBe(3);
    expect(reported).toEqual(['1 get: 1000']);
  });

  it('reads the clock anew where something else has taken time', () => {
    timing.begin();
    timing.end();
    timing.separate();
    expect(timing.begin()).toBe(3);
  });
});
