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
  it('notices a turnover in which nothing that was read was there', () => {
    expect(detectorAfter(turnovers(0.9, 0)).isLooping).toBe(false);
    expect(detectorAfter(turnovers(1, 0)).isLooping).toBe(true);
  });

  it('sees no loop as long as one of a hundred reads finds something', () => {
    expect(detectorAfter(turnovers(20, 0.02)).isLooping).toBe(false);
  });

  it('sees no loop where nothing is read, and none any more', () => {
    const detector = new LoopDetector(() => ITEMS);
    detector.reset(1, 16, 7, 3);
    for (let i = 0; i < 10 * ITEMS; i++) detector.evicted(16, 7, 3);
    expect(detector.isLooping).toBe(false);
    const looping = detectorAfter(turnovers(1, 0));
    for (let i = 0; i < ITEMS; i++) looping.evicted(ITEMS, 0, 0);
    expect(looping.isLooping).toBe(false);
  });

  it('goes on for as long as nothing is found that the order of use would have kept, whatever else is', () => {
    expect(detectorAfter(turnovers(1, 0), turnovers(50, 0)).isLooping).toBe(true);
    expect(detectorAfter(turnovers(1, 0), turnovers(50, 9)).isLooping).toBe(true);
  });

  it('ends with a turnover in which the order of use would have found something', () => {
    const loop = [turnovers(1, 0), turnovers(9, 1)];
    expect(detectorAfter(...loop, turnovers(0.9, 1, 0.1)).isLooping).toBe(true);
    expect(detectorAfter(...loop, turnovers(1, 1, 0.1)).isLooping).toBe(false);
    expect(detectorAfter(...loop, turnovers(1, 1, 0.01)).isLooping).toBe(true);
  });

  it('ends after as many of these as it was told to have patience for, one after the other', () => {
    const loop = turnovers(1, 0);
    const promise = (count: number) => turnovers(count, 1, 1);
    expect(patientDetectorAfter(3, loop, promise(2)).isLooping).toBe(true);
    expect(patientDetectorAfter(3, loop, promise(3)).isLooping).toBe(false);
    expect(patientDetectorAfter(3, loop, promise(2), loop, promise(2)).isLooping).toBe(true);
  });

  it('lets the order of use try again after 64 turnovers', () => {
    expect(detectorAfter(turnovers(1, 0), turnovers(63, 9)).isLooping).toBe(true);
    expect(detectorAfter(turnovers(1, 0), turnovers(64, 9)).isLooping).toBe(false);
    expect(detectorAfter(turnovers(1, 0), turnovers(64, 9), turnovers(1, 0), turnovers(63, 9)).isLooping).toBe(true);
  });

  it('forgets on reset', () => {
    const detector = detectorAfter(turnovers(1, 0));
    detector.reset(1, 100, 0, 0);
    expect(detector.isLooping).toBe(false);
  });
});
