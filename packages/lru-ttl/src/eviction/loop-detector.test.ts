import { describe, expect, it } from 'vitest';
import { LoopDetector } from './loop-detector';

const ITEMS = 100;

/** Turnovers in which each eviction comes with one read that misses, with `hits` that find something, and `timely` ones among these. */
function turnovers(count: number, hits: number, timely = 0) {
  return { count, hits, timely };
}

function detectorAfter(...stretches: ReturnType<typeof turnovers>[]): LoopDetector {
  return patientDetectorAfter(1, ...stretches);
}

function patientDetectorAfter(patience: number, ...stretches: ReturnType<typeof turnovers>[]): LoopDetector {
  const detector = new LoopDetector(() => ITEMS);
  detector.reset(patience, 0, 0, 0);
  let reads = 0;
  let found = 0;
  let timelyFound = 0;
  for (const { count, hits, timely } of stretches) {
    for (let i = 0; i < count * ITEMS; i++) {
      reads += 1 + hits;
      found += hits;
      timelyFound += timely;
      detector.evicted(reads, found, timelyFound);
    }
  }
  return detector;
}

describe('LoopDetector', () => {
  it('detects a turnover in which no read was a hit', () => {
    expect(detectorAfter(turnovers(0.9, 0)).isLooping).toBe(false);
    expect(detectorAfter(turnovers(1, 0)).isLooping).toBe(true);
  });

  it('detects no loop while one of a hundred reads is a hit', () => {
    expect(detectorAfter(turnovers(20, 0.02)).isLooping).toBe(false);
  });

  it('detects no loop without reads, and ends one then', () => {
    const detector = new LoopDetector(() => ITEMS);
    detector.reset(1, 16, 7, 3);
    for (let i = 0; i < 10 * ITEMS; i++) detector.evicted(16, 7, 3);
    expect(detector.isLooping).toBe(false);
    const looping = detectorAfter(turnovers(1, 0));
    for (let i = 0; i < ITEMS; i++) looping.evicted(ITEMS, 0, 0);
    expect(looping.isLooping).toBe(false);
  });

  it('continues while no hit is one that the order of use would have kept', () => {
    expect(detectorAfter(turnovers(1, 0), turnovers(50, 0)).isLooping).toBe(true);
    expect(detectorAfter(turnovers(1, 0), turnovers(50, 9)).isLooping).toBe(true);
  });

  it('ends after a turnover in which the order of use would have had a hit', () => {
    const loop = [turnovers(1, 0), turnovers(9, 1)];
    expect(detectorAfter(...loop, turnovers(0.9, 1, 0.1)).isLooping).toBe(true);
    expect(detectorAfter(...loop, turnovers(1, 1, 0.1)).isLooping).toBe(false);
    expect(detectorAfter(...loop, turnovers(1, 1, 0.01)).isLooping).toBe(true);
  });

  it('ends after as many such turnovers in a row as its patience says', () => {
    const loop = turnovers(1, 0);
    const promise = (count: number) => turnovers(count, 1, 1);
    expect(patientDetectorAfter(3, loop, promise(2)).isLooping).toBe(true);
    expect(patientDetectorAfter(3, loop, promise(3)).isLooping).toBe(false);
    expect(patientDetectorAfter(3, loop, promise(2), loop, promise(2)).isLooping).toBe(true);
  });

  it('ends after 64 turnovers, so that the order of use is tried again', () => {
    expect(detectorAfter(turnovers(1, 0), turnovers(63, 9)).isLooping).toBe(true);
    expect(detectorAfter(turnovers(1, 0), turnovers(64, 9)).isLooping).toBe(false);
    expect(detectorAfter(turnovers(1, 0), turnovers(64, 9), turnovers(1, 0), turnovers(63, 9)).isLooping).toBe(true);
  });

  it('starts again after reset', () => {
    const detector = detectorAfter(turnovers(1, 0));
    detector.reset(1, 100, 0, 0);
    expect(detector.isLooping).toBe(false);
  });
});
