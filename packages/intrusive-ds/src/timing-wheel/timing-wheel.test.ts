import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import { Arena } from '../arena/arena';
import { TimingWheel } from './timing-wheel';

const Timer = { deadlineLow: 4, deadlineHigh: 8, next: 12, previous: 16, bytes: 20 } as const;
const NOW = 1_700_000_000_000;

function copyOf(arena: Arena, record: Address): Address {
  const fresh = arena.allocate(Timer.bytes);
  const start = (record & SEGMENT_MASK) * 8;
  arena.bytes[record >>> SEGMENT_SHIFT]!.copy(
    arena.bytes[fresh >>> SEGMENT_SHIFT]!,
    (fresh & SEGMENT_MASK) * 8,
    start,
    start + Timer.bytes,
  );
  return fresh;
}

/** Distances in time of every magnitude, with the edges of slots among them. */
const distance = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.integer({ min: 0, max: 300_000 }),
  fc.integer({ min: 0, max: 10 ** 12 }),
  fc.constantFrom(63, 64, 65, 4095, 4096, 262_143, 262_144, 2 ** 32, 2 ** 36, 2 ** 50),
);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('insert' as const), at: distance, past: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), pick: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      by: distance,
      budget: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('back' as const),
      by: fc.integer({ min: 0, max: 10 ** 8 }),
      budget: fc.nat(5),
    }),
  },
);

describe('TimingWheel', () => {
  it('expires each record once, not before its deadline, and every due record before it returns true', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const arena = new Arena({ debug: true });
        let now = NOW;
        let wheelTime = NOW;
        const wheel = new TimingWheel(arena, Timer, now);
        const model = new Map<Address, number>();
        const expire = (record: Address) => {
          expect(model.get(record)).toBeLessThanOrEqual(now);
          model.delete(record);
          arena.free(record);
        };
        const pickFrom = (pick: number) => [...model.keys()][pick % model.size]!;
        for (const action of steps) {
          if (action.kind === 'insert') {
            const record = arena.allocate(Timer.bytes);
            const deadline = action.past ? Math.max(0, now - action.at) : now + action.at;
            wheel.insert(record, deadline);
            model.set(record, deadline);
          } else if (action.kind === 'advance' || action.kind === 'back') {
            now = action.kind === 'back' ? now - action.by : Math.min(now + action.by, 2 ** 52);
            const before = model.size;
            const done = wheel.advance(now, expire, action.budget);
            expect(before - model.size).toBeLessThanOrEqual(action.budget);
            const waits = now < wheelTime && now > wheelTime - 1000;
            if (done && !waits) {
              expect([...model.values()].every((deadline) => deadline > now)).toBe(true);
              wheelTime = now;
            }
            if (!done) while (!wheel.advance(now, expire, 100));
            if (!waits) wheelTime = now;
          } else if (model.size > 0) {
            const record = pickFrom(action.pick);
            if (action.kind === 'remove') {
              wheel.remove(record);
            } else {
              const fresh = copyOf(arena, record);
              wheel.move(record, fresh);
              model.set(fresh, model.get(record)!);
            }
            model.delete(record);
            arena.free(record);
          }
          expect(wheel.size).toBe(model.size);
          expect([...model.keys()].map((record) => wheel.deadlineOf(record))).toEqual([...model.values()]);
          const earliest = Math.min(...model.values());
          expect(wheel.nextDeadlineMs()).toBeLessThanOrEqual(Math.max(earliest, wheelTime));
          expect(model.has(wheel.earliest())).toBe(model.size > 0);
        }
        now = 2 ** 53;
        while (!wheel.advance(now, expire, 50));
        expect(model.size).toBe(0);
        expect(wheel.size).toBe(0);
        expect(wheel.earliest()).toBe(0);
        expect(wheel.nextDeadlineMs()).toBe(Number.POSITIVE_INFINITY);
      }),
      { numRuns: 300 },
    );
  });

  it('reports the next deadline exactly', () => {
    fc.assert(
      fc.property(fc.array(distance, { minLength: 1, maxLength: 50 }), (distances) => {
        const arena = new Arena({ debug: true });
        const wheel = new TimingWheel(arena, Timer, NOW);
        for (const at of distances) wheel.insert(arena.allocate(Timer.bytes), NOW + at);
        const woken: number[] = [];
        let now = NOW;
        while (wheel.size > 0) {
          now = Math.max(now, wheel.nextDeadlineMs());
          while (!wheel.advance(now, (record) => woken.push(now - wheel.deadlineOf(record)), 1000));
        }
        expect(woken).toEqual(distances.map(() => 0));
        expect(now).toBe(NOW + Math.max(...distances));
      }),
    );
  });

  it('returns the record with the earliest deadline', () => {
    fc.assert(
      fc.property(fc.uniqueArray(distance, { minLength: 1, maxLength: 60 }), (distances) => {
        const arena = new Arena({ debug: true });
        const wheel = new TimingWheel(arena, Timer, NOW);
        for (const at of distances) wheel.insert(arena.allocate(Timer.bytes), NOW + 1 + at);
        for (const at of [...distances].sort((a, b) => a - b)) {
          const record = wheel.earliest();
          expect(wheel.deadlineOf(record)).toBe(NOW + 1 + at);
          wheel.remove(record);
        }
      }),
    );
  });

  it('spreads 50 000 records of one second over many small steps, and loses none', () => {
    const arena = new Arena();
    const wheel = new TimingWheel(arena, Timer, NOW);
    for (let i = 0; i < 50_000; i++) wheel.insert(arena.allocate(Timer.bytes), NOW + 3_600_000 + (i % 1000));
    expect(wheel.advance(NOW + 3_599_999, () => expect.unreachable(), 500)).toBe(false);
    while (!wheel.advance(NOW + 3_599_999, () => expect.unreachable(), 500));
    let expired = 0;
    let steps = 0;
    let done = false;
    while (!done) {
      const before = expired;
      done = wheel.advance(NOW + 3_601_000, () => expired++, 500);
      expect(expired - before).toBeLessThanOrEqual(500);
      steps++;
    }
    expect(expired).toBe(50_000);
    expect(steps).toBeGreaterThanOrEqual(100);
    expect(wheel.size).toBe(0);
  });

  it('lets the callback insert the record again and remove others', () => {
    const arena = new Arena({ debug: true });
    const wheel = new TimingWheel(arena, Timer, NOW);
    const ticking = arena.allocate(Timer.bytes);
    const other = arena.allocate(Timer.bytes);
    wheel.insert(ticking, NOW + 10);
    wheel.insert(other, NOW + 35);
    const ticks: number[] = [];
    const expire = (record: Address) => {
      const deadline = wheel.deadlineOf(record);
      ticks.push(deadline - NOW);
      if (deadline === NOW + 30) wheel.remove(other);
      if (deadline < NOW + 40) wheel.insert(record, deadline + 10);
    };
    for (let now = NOW; now <= NOW + 100; now++) wheel.advance(now, expire, 10);
    expect(ticks).toEqual([10, 20, 30, 40]);
    expect(wheel.size).toBe(0);
  });

  it('keeps wheels over one arena apart', () => {
    const arena = new Arena({ debug: true });
    const wheels = [0, 1, 2].map(() => new TimingWheel(arena, Timer, NOW));
    wheels.forEach((wheel, index) => {
      for (let i = 0; i <= index; i++) wheel.insert(arena.allocate(Timer.bytes), NOW + 5);
    });
    wheels.forEach((wheel, index) => {
      let expired = 0;
      wheel.advance(NOW + 5, () => expired++, 10);
      expect(expired).toBe(index + 1);
    });
  });

  it('throws when a record that is not in it is removed', () => {
    const arena = new Arena({ debug: true });
    const wheel = new TimingWheel(arena, Timer, NOW);
    const record = arena.allocate(Timer.bytes);
    wheel.insert(record, NOW + 5);
    wheel.remove(record);
    expect(() => wheel.remove(record)).toThrow('not in this wheel');
  });
});
