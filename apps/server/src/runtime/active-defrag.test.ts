import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Configuration } from '../config';
import { ActiveDefrag } from './active-defrag';

const MEBIBYTE = 2 ** 20;

describe('ActiveDefrag', () => {
  let config: Configuration;
  let memory: { used: number; active: number };
  let passes: {
    hits: number;
    misses: number;
    keyHits: number;
    keyMisses: number;
    maxElementsAtOnce: number;
    steps: number;
    begin(): void;
    abandon(): void;
    run(isOver: () => boolean): boolean;
    resetStatistics(): void;
  };
  let lines: string[];
  let nowMs: number;
  let defrag: ActiveDefrag;

  beforeEach(() => {
    config = new Configuration();
    memory = { used: 1000 * MEBIBYTE, active: 1000 * MEBIBYTE };
    lines = [];
    nowMs = 0;
    passes = {
      hits: 0,
      misses: 0,
      keyHits: 0,
      keyMisses: 0,
      maxElementsAtOnce: 0,
      steps: 0,
      begin() {
        this.steps = 3;
      },
      abandon() {
        this.steps = 0;
      },
      run() {
        this.hits++;
        return --this.steps <= 0;
      },
      resetStatistics() {
        this.hits = 0;
      },
    };
    const log = { write: (_level: string, line: string) => void lines.push(line) };
    defrag = new ActiveDefrag(passes, memory, config, log, () => nowMs);
  });

  afterEach(() => defrag.stop());

  const set = (...pairs: string[]): void => {
    for (let i = 0; i < pairs.length; i += 2) config.set([[pairs[i]!, pairs[i + 1]!]], true);
  };

  /** The share of time that it takes for this fragmentation, in percent. */
  function shareOf(activeMebibytes: number): number {
    memory.active = activeMebibytes * MEBIBYTE;
    nowMs += 1000;
    defrag.cron();
    return defrag.runningPercent;
  }

  it('does nothing unless it is switched on', () => {
    expect(shareOf(5000)).toBe(0);
  });

  it('starts beyond both the threshold and the bytes to ignore', () => {
    set('activedefrag', 'yes');
    expect(shareOf(1090)).toBe(0);
    set('active-defrag-ignore-bytes', '200mb');
    expect(shareOf(1150)).toBe(0);
    set('active-defrag-ignore-bytes', '100mb');
    expect(shareOf(1150)).toBeGreaterThan(0);
  });

  it('takes a share of the time that grows with the fragmentation from the least to the most, and never less while it runs', () => {
    set('activedefrag', 'yes', 'active-defrag-cycle-min', '5', 'active-defrag-cycle-max', '50');
    expect(shareOf(1110)).toBe(5);
    expect(shareOf(1550)).toBe(27);
    expect(shareOf(1110)).toBe(27);
    expect(shareOf(9000)).toBe(50);
  });

  it('goes on in slices until the pass is over, and begins another one while there is something to gain', async () => {
    set('activedefrag', 'yes', 'active-defrag-max-scan-fields', '77');
    expect(shareOf(3000)).toBe(25);
    expect(passes.maxElementsAtOnce).toBe(77);
    while (passes.hits < 5) await sleep(1);
    memory.active = memory.used;
    while (defrag.runningPercent > 0) await sleep(1);
    expect(lines.filter((line) => line.startsWith('Starting active defrag, frag=200%'))).not.toHaveLength(0);
    expect(lines.at(-1)).toContain('Active defrag done in 0ms, reallocated=3, frag=0%, frag_bytes=0');
  });

  it('waits while records may not be moved', async () => {
    let isBlocked = true;
    defrag.isBlocked = () => isBlocked;
    set('activedefrag', 'yes');
    shareOf(3000);
    await sleep(20);
    expect(passes.hits).toBe(0);
    isBlocked = false;
    while (passes.hits === 0) await sleep(5);
  });

  it('stops when it is switched off, and tells how long it ran', () => {
    set('activedefrag', 'yes');
    shareOf(3000);
    nowMs += 500;
    expect(defrag.currentMs).toBe(500);
    set('activedefrag', 'no');
    defrag.cron();
    expect([defrag.runningPercent, passes.steps, defrag.currentMs, defrag.totalMs]).toEqual([0, 0, 0, 500]);
  });
});
