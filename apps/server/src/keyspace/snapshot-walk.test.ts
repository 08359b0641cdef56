import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyspaceFixture } from '../../test/harness/keyspace-fixture';
import { SnapshotWalk } from './snapshot-walk';

/** A keyspace of strings, of which snapshots are taken: `database:key=value@deadline`. */
class Fixture extends KeyspaceFixture {
  /** What the visitor got, in order. */
  readonly visited: string[] = [];
  /** Entries for which the visitor asks to be called again, by how often. */
  readonly partsLeft = new Map<string, number>();

  describe(index: number, entry: number): string {
    const database = this.database(0);
    const { bytes, start, end } = this.keyspace.view.locate(entry);
    const value = bytes.toString('latin1', start, end);
    return `${index}:${this.nameOf(entry)}=${value}@${database.deadlineOf(entry)}`;
  }

  begin(): SnapshotWalk {
    return new SnapshotWalk(this.keyspace, this.keyspace.databases, {
      visit: (databaseIndex, entry, isLast) => {
        const name = this.nameOf(entry);
        const left = this.partsLeft.get(name) ?? 0;
        if (left > 0 && !isLast) {
          this.partsLeft.set(name, left - 1);
          return false;
        }
        this.visited.push(this.describe(databaseIndex, entry));
        return true;
      },
    });
  }

  contents(): string[] {
    const contents: string[] = [];
    for (const database of this.keyspace.databases) {
      database.forEach((entry) => {
        contents.push(this.describe(database.index, entry));
      });
    }
    return contents.sort();
  }

  finish(walk: SnapshotWalk): string[] {
    while (!walk.step());
    expect(walk.isDone).toBe(true);
    expect(this.keyspace.snapshot).toBeNull();
    return this.visited.splice(0).sort();
  }
}

const name = fc.constantFrom(...Array.from({ length: 4 }, (_, i) => `k${i}`));
const index = fc.nat(1);
const change = fc.oneof(
  fc.record({ does: fc.constant('step' as const) }),
  fc.record({ does: fc.constant('set' as const), name, index, bytes: fc.constantFrom(0, 1, 600), keeps: fc.boolean() }),
  fc.record({ does: fc.constant('grow' as const), name, index, bytes: fc.constantFrom(10, 2000) }),
  fc.record({ does: fc.constant('expire' as const), name, index, ms: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ does: fc.constant('persist' as const), name, index }),
  fc.record({ does: fc.constant('remove' as const), name, index }),
  fc.record({ does: fc.constant('evict' as const), name, index }),
  fc.record({ does: fc.constantFrom('move' as const, 'copy' as const), name, index, to: name, toIndex: index }),
  fc.record({ does: fc.constant('advance' as const), ms: fc.nat(30), isActive: fc.boolean() }),
  fc.record({ does: fc.constant('swap' as const), index, toIndex: index }),
  fc.record({ does: fc.constant('flush' as const), index, lazily: fc.boolean() }),
  fc.record({ does: fc.constant('reclaim' as const) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function apply(fixture: Fixture, walk: SnapshotWalk | null, step: Change): void {
  const { keyspace } = fixture;
  if (step.does === 'step') {
    walk?.step();
  } else if (step.does === 'advance') {
    fixture.advance(step.ms);
    if (step.isActive) keyspace.expireDue(() => false);
  } else if (step.does === 'swap') {
    keyspace.swap(fixture.database(step.index), fixture.database(step.toIndex));
  } else if (step.does === 'flush') {
    keyspace.flush(fixture.database(step.index), step.lazily);
  } else if (step.does === 'reclaim') {
    keyspace.reclaimer.run(() => true);
  } else if (step.does === 'set') {
    const key = Buffer.from(step.name);
    const value = Buffer.alloc(step.bytes, 'v');
    fixture.database(step.index).strings.set(key, 0, key.length, value, 0, value.length, step.keeps);
  } else {
    const database = fixture.database(step.index);
    const entry = fixture.find(step.name, step.index);
    if (entry === 0) return;
    if (step.does === 'grow') database.strings.grow(entry, step.bytes);
    else if (step.does === 'expire') fixture.expireIn(step.name, step.ms, step.index);
    else if (step.does === 'persist') database.clearDeadline(entry);
    else if (step.does === 'remove') database.remove(entry);
    else if (step.does === 'evict') database.evict(entry);
    else if (step.to !== step.name || step.toIndex !== step.index) {
      fixture[step.does](step.name, step.index, step.to, step.toIndex);
    }
  }
}

describe('a snapshot', () => {
  it('gets every entry once, as it was when the walk began, whatever happens to it', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 60, size: 'max' }),
        fc.array(fc.array(change, { maxLength: 40, size: 'max' }), { minLength: 1, maxLength: 3 }),
        fc.dictionary(name, fc.nat(3)),
        (before, snapshots, partsLeft) => {
          const fixture = new Fixture();
          for (const step of before) apply(fixture, null, step);
          // One after the other, as each leaves its marks in the entries.
          for (const during of snapshots) {
            const expected = fixture.contents();
            fixture.partsLeft.clear();
            for (const [key, parts] of Object.entries(partsLeft)) fixture.partsLeft.set(key, parts);
            const walk = fixture.begin();
            for (const step of during) apply(fixture, walk, step);
            expect(fixture.finish(walk)).toEqual(expected);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives back the memory of a database that was flushed meanwhile, when it has read it', () => {
    const fixture = new Fixture();
    const { arena, reclaimer } = fixture.keyspace;
    const empty = arena.used;
    for (let i = 0; i < 100; i++) fixture.set(`k${i}`, 'v'.repeat(600));
    const expected = fixture.contents();
    const walk = fixture.begin();
    walk.step();
    fixture.keyspace.flush(fixture.database(0), false);
    expect(fixture.database(0).size).toBe(0);
    expect(arena.used).toBeGreaterThan(empty + 50_000);
    expect(fixture.finish(walk)).toEqual(expected);
    reclaimer.run(() => false);
    expect(arena.used).toBe(empty);
  });

  it('can be abandoned: nothing more is visited, and the next one finds everything', () => {
    const fixture = new Fixture();
    for (let i = 0; i < 50; i++) fixture.set(`k${i}`);
    fixture.partsLeft.set('k7', 1000);
    const walk = fixture.begin();
    for (let i = 0; i < 20; i++) walk.step();
    walk.abandon();
    const seen = fixture.visited.length;
    fixture.set('k9', 'changed');
    expect(fixture.finish(walk)).toHaveLength(seen);
    fixture.partsLeft.clear();
    expect(fixture.finish(fixture.begin())).toEqual(fixture.contents());
  });

  it('refuses to begin while another is in progress', () => {
    const fixture = new Fixture();
    fixture.begin();
    expect(() => fixture.begin()).toThrow('a snapshot is in progress');
  });

  it('visits what is about to change at once, even while it is reading a big value', () => {
    const fixture = new Fixture();
    fixture.set('big');
    fixture.set('other');
    fixture.partsLeft.set('big', 1000);
    const walk = fixture.begin();
    for (let i = 0; i < 10; i++) walk.step();
    fixture.visited.length = 0;
    fixture.partsLeft.set('other', 0);
    fixture.remove('big');
    expect(fixture.visited).toEqual(['0:big=v@-1']);
  });
});
