import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyspaceFixture, START_MS } from '../../test/harness/keyspace-fixture';
import { ENCODING_NAMES, Encoding } from '../values/entry';

const LONG = 'x'.repeat(5000);

describe('moveEntry', () => {
  it.each([
    ['an inline value', 'v'],
    ['a value of its own', LONG],
  ])('moves %s to another name and database, with its deadline and its idle time', (_, value) => {
    const fixture = new KeyspaceFixture();
    fixture.set('from', value);
    fixture.expireIn('from', 60_000);
    fixture.advance(30_000);
    fixture.move('from', 0, 'a longer name', 1);
    expect(fixture.get('from')).toBeNull();
    expect(fixture.get('a longer name', 1)).toBe(value);
    const moved = fixture.find('a longer name', 1);
    expect(fixture.database(1).deadlineOf(moved)).toBe(START_MS + 60_000);
    expect(fixture.database(1).idleSeconds(moved)).toBe(30);
    expect([fixture.database(0).volatileSize, fixture.database(1).volatileSize]).toEqual([0, 1]);
  });

  it('hands a large value over without copying it', () => {
    const fixture = new KeyspaceFixture();
    fixture.keyspace.view.locate(fixture.set('from', LONG));
    const { bytes, start } = fixture.keyspace.view;
    fixture.keyspace.view.locate(fixture.move('from', 0, 'to', 0));
    expect(fixture.keyspace.view.bytes).toBe(bytes);
    expect(fixture.keyspace.view.start).toBe(start);
  });

  it('deletes what was under the new name, with its deadline, and gives its memory back', () => {
    const fixture = new KeyspaceFixture();
    fixture.set('kept');
    const used = fixture.keyspace.arena.used;
    fixture.set('to', LONG);
    fixture.expireIn('to', 1000);
    fixture.move('kept', 0, 'to', 0);
    expect(fixture.get('to')).toBe('v');
    expect(fixture.database(0).volatileSize).toBe(0);
    fixture.move('to', 0, 'kept', 0);
    expect(fixture.keyspace.arena.used).toBe(used);
  });

  it('reports a new key under the new name', () => {
    const fixture = new KeyspaceFixture().listen();
    fixture.set('from');
    fixture.move('from', 0, 'to', 2);
    expect(fixture.events).toEqual(['new@0:from', 'new@2:to']);
  });
});

describe('copyEntry', () => {
  it.each([
    ['an inline value', 'v'],
    ['a value of its own', LONG],
  ])('copies %s with its encoding and deadline; the copy was just used', (_, value) => {
    const fixture = new KeyspaceFixture();
    fixture.set('from', value);
    fixture.expireIn('from', 60_000);
    fixture.advance(30_000);
    const copy = fixture.copy('from', 0, 'to', 0);
    const database = fixture.database(0);
    expect([fixture.get('from'), fixture.get('to')]).toEqual([value, value]);
    const nameOf = (entry: number) => ENCODING_NAMES[database.encodingOf(entry)];
    expect(nameOf(copy)).toBe(nameOf(fixture.find('from')));
    expect([database.deadlineOf(copy), database.idleSeconds(copy)]).toEqual([START_MS + 60_000, 0]);
    expect(database.idleSeconds(fixture.find('from'))).toBe(30);
  });

  it('shares nothing with the original', () => {
    const fixture = new KeyspaceFixture();
    const database = fixture.database(0);
    const original = fixture.set('from', LONG);
    expect(database.encodingOf(original)).toBe(Encoding.raw);
    fixture.copy('from', 0, 'to', 0);
    const view = fixture.keyspace.view.locate(original);
    view.bytes[view.start] = 0x79;
    expect(fixture.get('to')).toBe(LONG);
    fixture.remove('from');
    expect(fixture.get('to')).toBe(LONG);
  });
});

describe('keys that move and copy at random', () => {
  interface Key {
    value: string;
    deadlineMs: number;
  }

  const name = fc.constantFrom('a', 'b', 'c', 'a name of thirty-two bytes and so', '');
  const index = fc.nat(1);
  const step = fc.oneof(
    fc.record({
      does: fc.constant('set' as const),
      name,
      index,
      bytes: fc.constantFrom(0, 1, 20, 511, 512, 513, 9000),
    }),
    fc.record({ does: fc.constant('expire' as const), name, index, ms: fc.integer({ min: 1, max: 5000 }) }),
    fc.record({ does: fc.constant('persist' as const), name, index }),
    fc.record({ does: fc.constant('remove' as const), name, index }),
    fc.record({ does: fc.constantFrom('move' as const, 'copy' as const), name, index, to: name, toIndex: index }),
    fc.record({ does: fc.constant('advance' as const), ms: fc.nat(3000) }),
    fc.record({ does: fc.constant('expire due' as const), budget: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ does: fc.constant('swap' as const) }),
  );

  it('are where a map says, and leave no memory behind', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const fixture = new KeyspaceFixture(1, 2);
        const empty = fixture.keyspace.arena.used;
        const models = [new Map<string, Key>(), new Map<string, Key>()];
        const living = (name: string, index: number): Key | undefined => {
          const key = models[index]!.get(name);
          if (key !== undefined && key.deadlineMs <= fixture.keyspace.nowMs) models[index]!.delete(name);
          return models[index]!.get(name);
        };
        let serial = 0;
        for (const step of steps) {
          if (step.does === 'set') {
            const value = String(serial++).padEnd(step.bytes, '.');
            fixture.set(step.name, value, step.index);
            models[step.index]!.set(step.name, { value, deadlineMs: Number.POSITIVE_INFINITY });
          } else if (step.does === 'advance') {
            fixture.advance(step.ms);
          } else if (step.does === 'expire due') {
            for (const database of fixture.keyspace.databases) {
              database.expireDue(fixture.keyspace.nowMs, step.budget);
            }
          } else if (step.does === 'swap') {
            fixture.keyspace.swap(fixture.database(0), fixture.database(1));
            models.reverse();
          } else {
            const key = living(step.name, step.index);
            expect(fixture.get(step.name, step.index)).toBe(key?.value ?? null);
            if (key === undefined) continue;
            if (step.does === 'expire') {
              fixture.expireIn(step.name, step.ms, step.index);
              key.deadlineMs = fixture.keyspace.nowMs + step.ms;
            } else if (step.does === 'persist') {
              fixture.database(step.index).clearDeadline(fixture.find(step.name, step.index));
              key.deadlineMs = Number.POSITIVE_INFINITY;
            } else if (step.does === 'remove') {
              fixture.remove(step.name, step.index);
              models[step.index]!.delete(step.name);
            } else if (step.to !== step.name || step.toIndex !== step.index) {
              fixture[step.does](step.name, step.index, step.to, step.toIndex);
              models[step.toIndex]!.set(step.to, { ...key });
              if (step.does === 'move') models[step.index]!.delete(step.name);
            }
          }
        }
        models.forEach((model, index) => {
          const database = fixture.database(index);
          for (const name of [...model.keys()]) {
            const key = living(name, index);
            expect(fixture.get(name, index)).toBe(key?.value ?? null);
            if (key === undefined) continue;
            const deadline = database.deadlineOf(fixture.find(name, index));
            expect(deadline < 0 ? Number.POSITIVE_INFINITY : deadline).toBe(key.deadlineMs);
          }
          database.expireDue(fixture.keyspace.nowMs, 1000);
          expect(fixture.names(index)).toEqual([...model.keys()].sort());
          for (const name of model.keys()) fixture.remove(name, index);
          expect([database.size, database.volatileSize]).toEqual([0, 0]);
        });
        // An empty table keeps the smallest of its bucket arrays.
        expect(fixture.keyspace.arena.used - empty).toBeLessThanOrEqual(2 * fixture.keyspace.arena.allocationBytes(16));
      }),
      { numRuns: 150 },
    );
  });
});
