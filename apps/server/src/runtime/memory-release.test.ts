import { describe, expect, it } from 'vitest';
import { MemoryRelease } from './memory-release';

/** Memory that notes what is asked of it; each round, and the buffers, take a number of steps. */
function createMemory() {
  const calls: string[] = [];
  const state = { nowMs: 0, used: 100, hasSurplus: false, steps: 0, buffers: 0, stepMs: 0 };
  const pages = {
    get used() {
      return state.used;
    },
    get hasSurplus() {
      return state.hasSurplus;
    },
    beginDiscarding: () => {
      calls.push('begin');
      state.steps = 3;
    },
    discardSome: () => {
      state.nowMs += state.stepMs;
      return state.steps === 0 || --state.steps === 0;
    },
    trim: () => {
      calls.push('trim');
    },
  };
  const buffers = {
    shrink: (all: boolean) => {
      calls.push(all ? 'shrink all' : 'shrink');
    },
    discardSome: () => state.buffers === 0 || --state.buffers === 0,
  };
  const freed = { trim: () => void calls.push('trim freed') };
  const release = new MemoryRelease(pages, buffers, freed, () => state.nowMs);
  return { calls, state, release, rounds: () => calls.filter((call) => call === 'begin').length };
}

const never = () => false;
const always = () => true;

describe('MemoryRelease', () => {
  it('begins a round a second while memory comes and goes', () => {
    const { state, release, rounds } = createMemory();
    for (let ms = 0; ms < 5000; ms += 100) {
      state.nowMs = ms;
      state.used++;
      release.cron();
      release.work(never);
    }
    expect(rounds()).toBe(5);
  });

  it('begins none when nothing has changed and the last one has left nothing', () => {
    const { state, release, rounds } = createMemory();
    release.cron();
    release.work(never);
    state.nowMs = 2000;
    release.cron();
    expect(rounds()).toBe(1);
    state.hasSurplus = true;
    state.nowMs = 4000;
    release.cron();
    expect(rounds()).toBe(2);
  });

  it('works in slices, buffers first, and begins no round before the last one is done', () => {
    const { state, release, rounds } = createMemory();
    state.buffers = 2;
    release.cron();
    expect([release.work(always), release.work(always), release.work(always), release.work(always)]).toEqual([
      false,
      false,
      false,
      true,
    ]);
    state.used++;
    state.nowMs = 500;
    release.cron();
    expect(rounds()).toBe(1);
  });

  it('rests longer after a round that took long', () => {
    const { state, release, rounds } = createMemory();
    state.stepMs = 30;
    release.cron();
    release.work(never);
    state.used++;
    state.nowMs = 1800;
    release.cron();
    expect(rounds()).toBe(1);
    state.nowMs = 2000;
    release.cron();
    expect(rounds()).toBe(2);
  });

  it('gives everything back at once when it is purged', () => {
    const { calls, state, release } = createMemory();
    state.buffers = 5;
    release.purge();
    expect(state.buffers).toBe(0);
    expect(calls).toEqual(['shrink all', 'trim', 'trim freed']);
  });
});
