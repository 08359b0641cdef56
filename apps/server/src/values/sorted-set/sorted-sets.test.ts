import { type Address, Arena, ArenaFullError } from '@nanoredis/intrusive-ds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Keyspace } from '../../keyspace/keyspace';
import { SeededRandom } from '../../runtime/random';
import { Encoding, ValueType } from '../entry';
import { LexicalRange } from './lexical-range';
import { ScoreRange } from './score-range';
import { UpdateFlag, UpdateResult } from './update';

type Pair = readonly [member: string, score: number];

/** Sorted sets of one database; its methods take strings (one byte per character). */
class SortedSetFixture {
  readonly keyspace: Keyspace;

  constructor(arena: Arena = new Arena({ debug: true })) {
    const random = new SeededRandom(11);
    this.keyspace = new Keyspace(1, 1_700_000_000_000, random, arena);
    Object.assign(this.keyspace.values.limits, { sortedSetEntries: 5, sortedSetValueBytes: 8 });
    // The first key creates the keyspace's table, which is never freed.
    this.database.remove(this.create('first'));
  }

  get sets() {
    return this.keyspace.values.sortedSets;
  }

  get database() {
    return this.keyspace.databases[0]!;
  }

  create(name: string): Address {
    const key = Buffer.from(name, 'latin1');
    return this.database.create(key, 0, key.length, ValueType.sortedSet, Encoding.listpack, this.sets.create());
  }

  update(entry: Address, member: string, score: number, flags = UpdateFlag.none): UpdateResult {
    const bytes = Buffer.from(`<${member}>`, 'latin1');
    return this.sets.update(entry, bytes, 1, bytes.length - 1, score, flags);
  }

  remove(entry: Address, member: string): boolean {
    const bytes = Buffer.from(`<${member}>`, 'latin1');
    return this.sets.remove(entry, bytes, 1, bytes.length - 1);
  }

  scoreOf(entry: Address, member: string): number {
    const bytes = Buffer.from(`<${member}>`, 'latin1');
    return this.sets.scoreOf(entry, bytes, 1, bytes.length - 1);
  }

  rankOf(entry: Address, member: string): number {
    const bytes = Buffer.from(`<${member}>`, 'latin1');
    return this.sets.rankOf(entry, bytes, 1, bytes.length - 1);
  }

  /** Members from the cursor's on. */
  taken(count: number, isReverse = false): Pair[] {
    const { cursor } = this.sets;
    const pairs: Pair[] = [];
    while (pairs.length < count) {
      const { bytes, start, end } = cursor.member;
      pairs.push([Buffer.from(bytes.subarray(start, end)).toString('latin1'), cursor.score]);
      if (!(isReverse ? cursor.previous() : cursor.next())) break;
    }
    return pairs;
  }

  contents(entry: Address, isReverse = false): Pair[] {
    return this.sets.cursor.toEnd(entry, isReverse) ? this.taken(Number.POSITIVE_INFINITY, isReverse) : [];
  }
}

function sorted(model: ReadonlyMap<string, number>): Pair[] {
  return [...model].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
}

const member = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', 'b', 'c', 'ca', 'd', 'e', '1', '22', '-7', '', 'ffff') },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')) },
);
const score = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, min: -1e18, max: 1e18 }).map((value) => value + 0) },
  { weight: 1, arbitrary: fc.constantFrom(1e17, -(2 ** 47), 2 ** 47, 0.1) },
);
const step = fc.record({
  action: fc.constantFrom('set', 'set', 'set', 'increment', 'greater', 'less', 'new', 'remove', 'pop', 'copy'),
  member,
  score,
});

/** Applies an update to the model; returns the expected result. */
function updateModel(model: Map<string, number>, name: string, value: number, flags: UpdateFlag): UpdateResult {
  const current = model.get(name);
  if (current === undefined) {
    model.set(name, value);
    return UpdateResult.added;
  }
  if (flags === UpdateFlag.onlyNew) return UpdateResult.refused;
  const wanted = flags === UpdateFlag.increment ? current + value : value;
  if (flags === UpdateFlag.onlyGreater && wanted <= current) return UpdateResult.refused;
  if (flags === UpdateFlag.onlyLess && wanted >= current) return UpdateResult.refused;
  model.set(name, wanted + 0);
  return wanted === current ? UpdateResult.unchanged : UpdateResult.updated;
}

const FLAGS = {
  set: UpdateFlag.none,
  increment: UpdateFlag.increment,
  greater: UpdateFlag.onlyGreater,
  less: UpdateFlag.onlyLess,
  new: UpdateFlag.onlyNew,
};

describe('SortedSets', () => {
  it('behaves like a sorted map, packed and large, and frees all memory', () => {
    const fixture = new SortedSetFixture();
    const { sets, database } = fixture;
    const before = fixture.keyspace.arena.used;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let entry = fixture.create('k');
        const model = new Map<string, number>();
        for (const { action, member: name, score: value } of steps) {
          if (action === 'remove') {
            expect(fixture.remove(entry, name)).toBe(model.delete(name));
          } else if (action === 'pop') {
            if (sets.cursor.toEnd(entry, true)) sets.removeAt(entry, sets.cursor, 1);
            model.delete(sorted(model).at(-1)?.[0] ?? '');
          } else if (action === 'copy') {
            const encoding = database.encodingOf(entry);
            const copy = sets.copy(database.valueOf(entry), encoding);
            database.remove(entry);
            entry = database.create(Buffer.from('k'), 0, 1, ValueType.sortedSet, encoding, copy);
          } else {
            const flags = FLAGS[action as keyof typeof FLAGS];
            expect(fixture.update(entry, name, value, flags)).toBe(updateModel(model, name, value, flags));
          }
          const expected = sorted(model);
          expect(sets.size(entry)).toBe(model.size);
          expect(fixture.contents(entry)).toEqual(expected);
          expect(fixture.contents(entry, true)).toEqual(expected.toReversed());
          expect(fixture.scoreOf(entry, name)).toBe(model.get(name) ?? Number.NaN);
          expect(fixture.rankOf(entry, name)).toBe(expected.findIndex(([other]) => other === name));
        }
        database.remove(entry);
        expect(fixture.keyspace.arena.used).toBe(before);
      }),
      { numRuns: 150 },
    );
  });

  it('selects the same ranges as a filter over all members', () => {
    const fixture = new SortedSetFixture();
    const { sets, database } = fixture;
    const { cursor, ranges } = sets;
    const pairs = fc.array(fc.tuple(member, score), { minLength: 1, maxLength: 60 });
    const bounds = fc.record({ min: score, max: score, isMinExcluded: fc.boolean(), isMaxExcluded: fc.boolean() });
    fc.assert(
      fc.property(pairs, bounds, fc.boolean(), fc.nat(3), (given, bound, isReverse, skipped) => {
        const entry = fixture.create('k');
        for (const [name, value] of given) fixture.update(entry, name, value);
        const range = Object.assign(new ScoreRange(), bound);
        const { min, max, isMinExcluded, isMaxExcluded } = bound;
        const all = sorted(new Map(given)).filter(
          ([, value]) => (isMinExcluded ? value > min : value >= min) && (isMaxExcluded ? value < max : value <= max),
        );
        const expected = isReverse ? all.toReversed() : all;
        expect(ranges.countScores(entry, range)).toBe(all.length);
        expect(ranges.selectScores(entry, range, isReverse, cursor)).toBe(all.length);
        if (all.length > 0) expect(fixture.taken(all.length, isReverse)).toEqual(expected);
        if (skipped < all.length) {
          ranges.selectScores(entry, range, isReverse, cursor);
          cursor.advance(entry, isReverse ? -skipped : skipped);
          expect(fixture.taken(1)).toEqual([expected[skipped]]);
        }
        database.remove(entry);
      }),
      { numRuns: 300 },
    );
  });

  it('selects ranges of members among equal scores', () => {
    const fixture = new SortedSetFixture();
    const { sets, database } = fixture;
    const bound = fc.oneof(
      fc.constantFrom('-', '+'),
      fc.tuple(fc.constantFrom('[', '('), member).map((parts) => parts.join('')),
    );
    const isInside = (name: string, min: string, max: string): boolean => {
      const above = min === '-' || (min !== '+' && (min[0] === '[' ? name >= min.slice(1) : name > min.slice(1)));
      return above && (max === '+' || (max !== '-' && (max[0] === '[' ? name <= max.slice(1) : name < max.slice(1))));
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(member, { minLength: 1 }),
        bound,
        bound,
        fc.boolean(),
        (names, min, max, isReverse) => {
          const entry = fixture.create('k');
          for (const name of names) fixture.update(entry, name, 7);
          const range = new LexicalRange();
          const bytes = Buffer.from(min + max, 'latin1');
          expect(range.readMin(bytes, 0, min.length) && range.readMax(bytes, min.length, bytes.length)).toBe(true);
          const all = names.filter((name) => isInside(name, min, max)).sort((a, b) => (a < b ? -1 : 1));
          expect(sets.ranges.selectMembers(entry, range, isReverse, sets.cursor)).toBe(all.length);
          if (all.length > 0) {
            const taken = fixture.taken(all.length, isReverse).map(([name]) => name);
            expect(taken).toEqual(isReverse ? all.toReversed() : all);
          }
          database.remove(entry);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps -0 in a large set, stores 0 in a packed one, and settles results', () => {
    const fixture = new SortedSetFixture();
    const { sets } = fixture;
    const packed = fixture.create('packed');
    fixture.update(packed, 'a', -0);
    expect(fixture.scoreOf(packed, 'a')).toBe(0);
    const result = fixture.create('result');
    sets.append(result, Buffer.from('ab'), 0, 1, -0);
    sets.append(result, Buffer.from('ab'), 1, 2, 5);
    expect(fixture.scoreOf(result, 'a')).toBe(-0);
    sets.settle(result);
    expect(fixture.contents(result)).toEqual([
      ['a', 0],
      ['b', 5],
    ]);
    fixture.update(packed, 'longer than 8 bytes', -0);
    expect(sets.isTable(packed)).toBe(true);
    expect(fixture.scoreOf(packed, 'longer than 8 bytes')).toBe(-0);
  });

  it('frees a large set in slices', () => {
    const fixture = new SortedSetFixture();
    const { sets, database } = fixture;
    const before = fixture.keyspace.arena.used;
    const entry = fixture.create('k');
    for (let i = 0; i < 1000; i++) fixture.update(entry, `member ${i}`, i);
    const value = database.valueOf(entry);
    expect(sets.freeEffort(value, Encoding.skiplist)).toBe(1000);
    expect(sets.memoryOf(value, Encoding.skiplist)).toBe(
      fixture.keyspace.arena.used - before - database.recordBytes(entry),
    );
    database.remove(entry, true);
    let slices = 0;
    while (!fixture.keyspace.reclaimer.run(() => true)) slices++;
    expect(slices).toBeGreaterThan(10);
    expect(fixture.keyspace.arena.used).toBe(before);
  });

  it('changes nothing when the arena is full', () => {
    const fixture = new SortedSetFixture(new Arena({ debug: true, limitBytes: 4 << 20 }));
    const { sets, database } = fixture;
    const entry = fixture.create('k');
    let added = 0;
    const fill = (): void => {
      for (;;) {
        fixture.update(entry, `member number ${added}`, added);
        added++;
      }
    };
    expect(fill).toThrow(ArenaFullError);
    expect(sets.size(entry)).toBe(added);
    expect(fixture.scoreOf(entry, `member number ${added}`)).toBeNaN();
    expect(fixture.rankOf(entry, `member number ${added - 1}`)).toBe(added - 1);
    expect(() => sets.copy(database.valueOf(entry), Encoding.skiplist)).toThrow(ArenaFullError);
    expect(fixture.update(entry, 'member number 0', 1e9)).toBe(UpdateResult.updated);
    expect(fixture.remove(entry, 'member number 0')).toBe(true);
  });
});
