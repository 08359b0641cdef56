import { describe, expect, it } from 'vitest';
import { LoopDetector } from './loop-detector';

const ITEMS = 100;

/** Turnovers in which each eviction comes with one read that misses, and with `hits` that find something. */
function turnovers(count: number, hits: number) {
  return { count, hits };
}

function detectorAfter(...stretches: ReturnType<typeof turnovers>[]): LoopDetector {
  const detector = new LoopDetector(() => ITEMS);
  detector.reset(0, 0);
  let hits = 0;
  let misses = 0;
  for (const { count, hits: found } of stretches) {
    for (let i = 0; i < count * ITEMS; i++) {
      misses++;
      hits += found;
      detector.evicted(hits, misses);
    }
  }
  return detector;
}

describe('LoopDetector', () => {
  it('notices a turnover in which nothing that was read was there', () => {
    expect(detectorAfter(turnovers(0.9, 0)).isLooping).toBe(false);
    expect(detectorAfter(turnovers(1, 0)).isLooping).toBe(true);
  });

  it('sees no loop as long as one of a hundred reads finds something', () => {
    expect(detectorAfter(turnovers(20, 0.02)).isLooping).toBe(false);
  });

  it('sees no loop where nothing is read', () => {
    const detector = new LoopDetector(() => ITEMS);
    detector.reset(7, 9);
    for (let i = 0; i < 10 * ITEMS; i++) detector.evicted(7, 9);
    expect(detector.isLooping).toBe(false);
  });

  it('tries the order of use again after some turnovers, and each time later', () => {
    expect(detectorAfter(turnovers(1, 0), turnovers(7, 0.2)).isLooping).toBe(true);
    expect(detectorAfter(turnovers(1, 0), turnovers(8, 0.2)).isLooping).toBe(false);
    const again = [turnovers(1, 0), turnovers(8, 0.2), turnovers(1, 0)];
    expect(detectorAfter(...again, turnovers(15, 0.2)).isLooping).toBe(true);
    expect(detectorAfter(...again, turnovers(16, 0.2)).isLooping).toBe(false);
  });

  it('takes a loop for ended when another share is found than before, once that had settled', () => {
    const begin = [turnovers(1, 0), turnovers(1, 0.05), turnovers(1, 0.2), turnovers(4, 0.6)];
    expect(detectorAfter(...begin, turnovers(1, 0.5)).isLooping).toBe(true);
    expect(detectorAfter(...begin, turnovers(1, 0.3)).isLooping).toBe(false);
    expect(detectorAfter(...begin, turnovers(1, 2)).isLooping).toBe(false);
  });

  it('gives up lots as soon as they find nothing either', () => {
    expect(detectorAfter(turnovers(2, 0)).isLooping).toBe(false);
    const often = turnovers(21, 0);
    expect(detectorAfter(often, turnovers(7, 0.2)).isLooping).toBe(true);
    expect(detectorAfter(often, turnovers(8, 0.2)).isLooping).toBe(false);
  });

  it('forgets on reset', () => {
    const detector = detectorAfter(turnovers(1, 0));
    detector.reset(0, 100);
    expect(detector.isLooping).toBe(false);
  });
});
