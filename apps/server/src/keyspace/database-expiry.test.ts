import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyspaceFixture, START_MS } from '../../test/harness/keyspace-fixture';

const never = (): boolean => false;

describe('a key with a deadline', () => {
  it('is there until the deadline and absent from then on, although its record is still counted', () => {
    const fixture = new KeyspaceFixture();
    fixture.set('k');
    fixture.expireIn('k', 1000);
    fixture.advance(999);
    expect(fixture.get('k')).toBe('v');
    fixture.advance(1);
    expect(fixture.database(0).size).toBe(1);
    expect(fixture.get('k')).toBeNull();
    expect(fixture.database(0).size).toBe(0);
    expect(fixture.keyspace.expired).toBe(1);
  });

  it('is deleted by the background work at its deadline, not before', () => {
    const fixture = new KeyspaceFixture();
    fixture.set('k');
    fixture.set('stays');
    fixture.expireIn('k', 1000);
    fixture.advance(999);
    expect(fixture.keyspace.expireDue(never)).toBe(true);
    expect(fixture.names()).toEqual(['k', 'stays']);
    fixture.advance(1);
    expect(fixture.keyspace.expireDue(never)).toBe(true);
    expect(fixture.names()).toEqual(['stays']);
  });

  it('lives on with a later deadline, and without one', () => {
    const fixture = new KeyspaceFixture();
    for (const name of ['later', 'without', 'gone']) {
      fixture.set(name);
      fixture.expireIn(name, 1000);
    }
    fixture.expireIn('later', 5000);
    fixture.database(0).clearDeadline(fixture.find('without'));
    fixture.advance(1000);
    fixture.keyspace.expireDue(never);
    expect(fixture.names()).toEqual(['later', 'without']);
    expect(fixture.database(0).deadlineOf(fixture.find('later'))).toBe(START_MS + 5000);
    expect(fixture.database(0).deadlineOf(fixture.find('without'))).toBe(-1);
  });

  it('loses it when it is set anew, unless it is kept', () => {
    const fixture = new KeyspaceFixture();
    fixture.set('k');
    fixture.expireIn('k', 1000);
    fixture.set('k', 'w');
    expect(fixture.database(0).volatileSize).toBe(0);
    fixture.expireIn('k', 1000);
    const key = Buffer.from('kw');
    fixture.database(0).strings.set(key, 0, 1, key, 1, 2, true);
    expect(fixture.database(0).deadlineOf(fixture.find('k'))).toBe(START_MS + 1000);
  });

  it('stays deleted when the clock is set back afterwards', () => {
    const fixture = new KeyspaceFixture();
    fixture.set('k');
    fixture.expireIn('k', 1000);
    fixture.advance(1000);
    fixture.keyspace.expireDue(never);
    fixture.advance(-1_000_000);
    expect(fixture.keyspace.expireDue(never)).toBe(true);
    expect(fixture.names()).toEqual([]);
  });

  it('keeps its deadline when the clock is set back by an hour', () => {
    const fixture = new KeyspaceFixture();
    fixture.set('k');
    fixture.expireIn('k', 1000);
    fixture.advance(-3_600_000);
    expect(fixture.keyspace.expireDue(never)).toBe(true);
    expect(fixture.get('k')).toBe('v');
    fixture.advance(3_600_999);
    fixture.keyspace.expireDue(never);
    expect(fixture.names()).toEqual(['k']);
    fixture.advance(1);
    fixture.keyspace.expireDue(never);
    expect(fixture.names()).toEqual([]);
  });

  it('is reported as expired once, whoever notices, and is no change of the data', () => {
    const fixture = new KeyspaceFixture();
    for (const name of ['noticed', 'unnoticed']) {
      fixture.set(name);
      fixture.expireIn(name, 1000);
    }
    fixture.listen().advance(1000);
    fixture.find('noticed');
    fixture.keyspace.expireDue(never);
    expect(fixture.events).toEqual(['expired@0:noticed', 'expired@0:unnoticed']);
    expect([fixture.keyspace.expired, fixture.keyspace.changes.dirty]).toEqual([2, 0]);
  });

  it('is never chosen by randomEntry', () => {
    const fixture = new KeyspaceFixture();
    for (let i = 0; i < 50; i++) fixture.set(`k${i}`);
    for (let i = 1; i < 50; i++) fixture.expireIn(`k${i}`, 1000);
    fixture.advance(1000);
    expect(fixture.nameOf(fixture.database(0).randomEntry())).toBe('k0');
    fixture.remove('k0');
    expect(fixture.database(0).randomEntry()).toBe(0);
    expect(fixture.database(0).size).toBe(0);
  });
});

describe('a key past its deadline while such keys are kept', () => {
  it('counts as absent, and is deleted only by what needs its place', () => {
    const fixture = new KeyspaceFixture();
    const database = fixture.database(0);
    fixture.set('k');
    fixture.expireIn('k', 1000);
    fixture.advance(1000);
    fixture.keyspace.keepsExpired = true;
    const key = Buffer.from('k');
    expect(database.find(key, 0, 1)).toBe(0);
    expect(database.randomEntry()).toBe(0);
    expect([database.size, fixture.keyspace.expired]).toEqual([1, 0]);
    fixture.set('k');
    expect([database.size, fixture.keyspace.expired]).toEqual([1, 1]);
    expect(database.find(key, 0, 1)).not.toBe(0);
  });
});

describe('expireDue', () => {
  it('stops when its time is up, and continues where it stopped', () => {
    const fixture = new KeyspaceFixture();
    for (let i = 0; i < 500; i++) {
      fixture.set(`k${i}`, 'v', i % 2);
      fixture.expireIn(`k${i}`, 1000, i % 2);
    }
    fixture.advance(1000);
    const sizes: number[] = [];
    for (let isDone = false; !isDone; ) {
      isDone = fixture.keyspace.expireDue(() => true);
      sizes.push(fixture.database(0).size + fixture.database(1).size);
    }
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(sizes.at(-1)).toBe(0);
  });

  it('deletes exactly the keys whose deadline has come, whatever the deadlines and the steps of the clock', () => {
    const deadline = fc.oneof(fc.nat(200), fc.nat(100_000), fc.nat(10 ** 12));
    const clockStep = fc.oneof(fc.nat(300), fc.nat(200_000), fc.nat(10 ** 12));
    fc.assert(
      fc.property(
        fc.array(deadline, { maxLength: 60 }),
        fc.array(clockStep, { maxLength: 8 }),
        (deadlines, clockSteps) => {
          const fixture = new KeyspaceFixture();
          deadlines.forEach((ms, i) => {
            fixture.set(`k${i}`);
            fixture.expireIn(`k${i}`, ms);
          });
          for (const ms of [0, ...clockSteps]) {
            fixture.advance(ms);
            while (!fixture.keyspace.expireDue(() => true));
            const passed = fixture.keyspace.nowMs - START_MS;
            const left = deadlines.flatMap((deadlineMs, i) => (deadlineMs > passed ? [`k${i}`] : []));
            expect(fixture.names()).toEqual(left.sort());
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
