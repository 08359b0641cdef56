import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyspaceFixture } from '../../test/harness/keyspace-fixture';
import { Encoding, ValueType } from './entry';
import { ListEnd } from './list/list-end';
import { UpdateFlag } from './sorted-set/update';
import type { ValueVisitor } from './value-visitor';

/** Writes down what it gets. */
class Collector implements ValueVisitor {
  readonly parts: string[] = [];

  element(bytes: Uint8Array, start: number, end: number): void {
    this.parts.push(text(bytes, start, end));
  }

  field(
    nameBytes: Uint8Array,
    nameStart: number,
    nameEnd: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.parts.push(`${text(nameBytes, nameStart, nameEnd)}=${text(bytes, start, end)}`);
  }

  scoredMember(bytes: Uint8Array, start: number, end: number, score: number): void {
    this.parts.push(`${text(bytes, start, end)}:${score}`);
  }
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString('latin1');
}

/** A keyspace whose limits make both encodings of each type come up with few elements. */
class Fixture extends KeyspaceFixture {
  readonly key = Buffer.from('k');

  constructor() {
    super();
    const { limits } = this.keyspace.values;
    limits.hashEntries = 4;
    limits.setIntegers = 4;
    limits.sortedSetEntries = 4;
    limits.listNodeSize = 3;
  }

  entry(type: ValueType, encoding: Encoding, value: number): number {
    return this.database(0).create(this.key, 0, 1, type, encoding, value);
  }

  /** The parts of the value of an entry, visited in steps of these budgets, over and over. */
  walk(entry: number, budgets: readonly number[]): string[] {
    const collector = new Collector();
    let cursor = 0;
    let step = 0;
    do {
      const before = collector.parts.length;
      cursor = this.keyspace.values.walk(entry, cursor, budgets[step++ % budgets.length]!, collector);
      expect(collector.parts.length - before).toBeLessThan(40);
    } while (cursor !== 0);
    expect(this.keyspace.values.count(entry)).toBe(collector.parts.length);
    return collector.parts;
  }
}

const budgets = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
const texts = fc.array(fc.oneof(fc.integer().map(String), fc.string({ maxLength: 100 }).map(latin1)), {
  minLength: 1,
  maxLength: 60,
});

function latin1(string: string): string {
  return Buffer.from(string).toString('latin1');
}

describe('walking a value in parts', () => {
  it('visits the elements of a list in order', () => {
    fc.assert(
      fc.property(texts, budgets, (elements, steps) => {
        const fixture = new Fixture();
        const { lists } = fixture.keyspace.values;
        const list = lists.create();
        for (const element of elements) {
          const bytes = Buffer.from(element, 'latin1');
          lists.push(list, ListEnd.back, bytes, 0, bytes.length);
        }
        const entry = fixture.entry(ValueType.list, Encoding.quicklist, list);
        expect(fixture.walk(entry, steps)).toEqual(elements);
      }),
    );
  });

  it('visits every member of a set once', () => {
    fc.assert(
      fc.property(texts, budgets, (members, steps) => {
        const fixture = new Fixture();
        const { sets } = fixture.keyspace.values;
        const entry = fixture.entry(ValueType.set, Encoding.intset, 0);
        for (const member of members) {
          const bytes = Buffer.from(member, 'latin1');
          sets.add(entry, bytes, 0, bytes.length);
        }
        expect(fixture.walk(entry, steps).sort()).toEqual([...new Set(members)].sort());
      }),
    );
  });

  it('visits every field of a hash once', () => {
    fc.assert(
      fc.property(texts, budgets, (fields, steps) => {
        const fixture = new Fixture();
        const { hashes } = fixture.keyspace.values;
        const entry = fixture.entry(ValueType.hash, Encoding.listpack, hashes.create(0));
        for (const field of fields) {
          const bytes = Buffer.from(`${field}<${field}>`, 'latin1');
          const end = field.length;
          hashes.set(entry, bytes, 0, end, bytes, end, bytes.length);
        }
        const expected = [...new Set(fields)].map((field) => `${field}=<${field}>`);
        expect(fixture.walk(entry, steps).sort()).toEqual(expected.sort());
      }),
    );
  });

  it('visits the members of a sorted set in the order of their scores', () => {
    fc.assert(
      fc.property(texts, budgets, (members, steps) => {
        const fixture = new Fixture();
        const { sortedSets } = fixture.keyspace.values;
        const entry = fixture.entry(ValueType.sortedSet, Encoding.listpack, sortedSets.create());
        const unique = [...new Set(members)];
        unique.forEach((member, i) => {
          const bytes = Buffer.from(member, 'latin1');
          sortedSets.update(entry, bytes, 0, bytes.length, ((i * 7.5) % 50) + i / 1000, UpdateFlag.none);
        });
        const scored = unique.map((member, i) => ({ member, score: ((i * 7.5) % 50) + i / 1000 }));
        scored.sort((a, b) => a.score - b.score);
        expect(fixture.walk(entry, steps)).toEqual(scored.map(({ member, score }) => `${member}:${score}`));
      }),
    );
  });

  it('visits a string as a whole, inside its entry or outside', () => {
    const fixture = new Fixture();
    for (const value of ['', '12', 'x'.repeat(5000)]) {
      expect(fixture.walk(fixture.set('k', value), [1])).toEqual([value]);
    }
  });
});
