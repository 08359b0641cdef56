import { Arena } from '@nanoredis/intrusive-ds';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { START_MS } from '../../../test/harness/keyspace-fixture';
import { Keyspace } from '../../keyspace/keyspace';
import { SeededRandom } from '../../runtime/random';
import { Encoding, ValueType } from '../entry';
import { SetCursor } from './set-cursor';
import type { Sets } from './sets';

const KEY = Buffer.from('key');

let arena: Arena;
let keyspace: Keyspace;
let sets: Sets;
let usedBefore: number;

beforeEach(() => {
  arena = new Arena({ debug: true });
  const random = new SeededRandom(7);
  keyspace = new Keyspace(1, START_MS, random, arena);
  sets = keyspace.values.sets;
  usedBefore = arena.used;
});

/** A set; its methods take strings, one byte per character. Its entry is in no database. */
class SetFixture {
  readonly entry = keyspace.databases[0]!.prepare(KEY, 0, KEY.length, ValueType.set, Encoding.intset, 0);

  static of(...members: string[]): SetFixture {
    const set = new SetFixture();
    for (const member of members) set.add(member);
    return set;
  }

  get value(): number {
    return sets.entries.valueOf(this.entry);
  }

  get encoding(): Encoding {
    return sets.entries.encodingOf(this.entry);
  }

  get size(): number {
    return sets.size(this.entry);
  }

  add(member: string): boolean {
    const bytes = Buffer.from(`[${member}]`, 'latin1');
    return sets.add(this.entry, bytes, 1, bytes.length - 1);
  }

  remove(member: string): boolean {
    const bytes = Buffer.from(`[${member}]`, 'latin1');
    return sets.remove(this.entry, bytes, 1, bytes.length - 1);
  }

  has(member: string): boolean {
    const bytes = Buffer.from(`[${member}]`, 'latin1');
    return sets.has(this.entry, bytes, 1, bytes.length - 1);
  }

  members(): string[] {
    const members: string[] = [];
    const cursor = new SetCursor(sets);
    for (cursor.begin(this.entry); cursor.next(); ) members.push(textAt(cursor));
    return members;
  }

  free(): void {
    keyspace.databases[0]!.discard(this.entry);
  }
}

function textAt(cursor: SetCursor): string {
  return cursor.bytes.toString('latin1', cursor.start, cursor.end);
}

const integerText = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.integer({ min: -40_000, max: 40_000 }).map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc.constantFrom('32767', '32768', '-32768', '-32769', '2147483647', '2147483648', '-2147483648', '4294967296'),
);
const memberText = fc.oneof(
  { weight: 6, arbitrary: integerText },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom('01', '-0', '9223372036854775808', 'x'.repeat(100), '') },
);

describe('Sets', () => {
  it('behaves like a Set of strings, whatever the encoding', () => {
    const step = fc.tuple(fc.constantFrom('add', 'add', 'remove', 'has'), memberText);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.integer({ min: 0, max: 40 }), (steps, limit) => {
        keyspace.values.limits.setIntegers = limit;
        const set = new SetFixture();
        const model = new Set<string>();
        for (const [action, member] of steps) {
          const isMember = model.has(member);
          if (action === 'add') {
            expect(set.add(member)).toBe(!isMember);
            model.add(member);
          } else if (action === 'remove') {
            expect(set.remove(member)).toBe(isMember);
            model.delete(member);
          } else {
            expect(set.has(member)).toBe(isMember);
          }
          expect(set.size).toBe(model.size);
        }
        expect(set.members().sort()).toEqual([...model].sort());
        set.free();
        expect(arena.used).toBe(usedBefore);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps integers in ascending order, all as wide as the widest of them', () => {
    const set = SetFixture.of('5', '-3', '32767', '0');
    expect(sets.memoryOf(set.value, set.encoding, 0)).toBe(16);
    set.add('100000');
    set.add('-9223372036854775808');
    set.add('9223372036854775807');
    expect(set.encoding).toBe(Encoding.intset);
    expect(set.members()).toEqual(['-9223372036854775808', '-3', '0', '5', '32767', '100000', '9223372036854775807']);
  });

  it('becomes a table with the first member that is not an integer, and with the one beyond the limit', () => {
    expect(SetFixture.of('1', 'x').encoding).toBe(Encoding.hashtable);
    expect(SetFixture.of('x').encoding).toBe(Encoding.hashtable);
    keyspace.values.limits.setIntegers = 3;
    const set = SetFixture.of('1', '2', '3');
    expect(set.encoding).toBe(Encoding.intset);
    set.add('3');
    expect(set.encoding).toBe(Encoding.intset);
    set.add('4');
    expect(set.encoding).toBe(Encoding.hashtable);
    set.remove('4');
    expect(set.encoding).toBe(Encoding.hashtable);
  });

  it('copies a set, and the copy is independent', () => {
    for (const members of [
      ['1', '2'],
      ['a', 'b', ''],
    ]) {
      const set = SetFixture.of(...members);
      const copy = new SetFixture();
      sets.entries.setValue(copy.entry, sets.copy(set.value, set.encoding), set.encoding);
      set.remove(members[0]!);
      copy.add('77');
      expect(copy.members().sort()).toEqual([...members, '77'].sort());
      expect(set.members()).toEqual(expect.not.arrayContaining(['77']));
      set.free();
      copy.free();
    }
    expect(arena.used).toBe(usedBefore);
  });

  it('frees a large set in slices', () => {
    const set = new SetFixture();
    for (let i = 0; i < 1000; i++) set.add(`member:${i}`);
    expect(sets.freeEffort(set.value, set.encoding)).toBe(1000);
    let slices = 1;
    while (!sets.freeSome(set.value, set.encoding, 64)) slices++;
    expect(slices).toBeGreaterThan(10);
    arena.free(set.entry);
    expect(arena.used).toBe(usedBefore);
  });

  it('looks up, adds and removes members of another set', () => {
    fc.assert(
      fc.property(fc.array(memberText), fc.array(memberText), (left, right) => {
        const [first, second, union] = [SetFixture.of(...left), SetFixture.of(...right), new SetFixture()];
        const cursor = new SetCursor(sets);
        for (cursor.begin(first.entry); cursor.advance(); ) {
          expect(sets.addMember(union.entry, cursor)).toBe(true);
          const isCommon = sets.hasMember(second.entry, cursor);
          cursor.spell();
          expect(isCommon).toBe(right.includes(textAt(cursor)));
        }
        for (cursor.begin(second.entry); cursor.advance(); ) sets.addMember(union.entry, cursor);
        expect(union.members().sort()).toEqual([...new Set([...left, ...right])].sort());
        for (cursor.begin(second.entry); cursor.advance(); ) {
          expect(sets.removeMember(union.entry, cursor)).toBe(true);
        }
        expect(union.members().sort()).toEqual([...new Set(left)].filter((member) => !right.includes(member)).sort());
        for (const set of [first, second, union]) set.free();
        expect(arena.used).toBe(usedBefore);
      }),
      { numRuns: 60 },
    );
  });

  it('chooses every member about equally often, and removes the chosen one', () => {
    for (const members of [
      ['1', '2', '3', '4', '5'],
      ['a', 'b', 'c', 'd', 'e'],
    ]) {
      const set = SetFixture.of(...members);
      const counts = new Map<string, number>();
      for (let i = 0; i < 5000; i++) {
        const member = textAt(sets.random(set.entry));
        counts.set(member, (counts.get(member) ?? 0) + 1);
      }
      expect([...counts.keys()].sort()).toEqual(members);
      for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
      const chosen = textAt(sets.random(set.entry));
      sets.removeAt(set.entry, sets.cursor);
      expect(set.has(chosen)).toBe(false);
      expect(set.size).toBe(4);
    }
  });

  it('finds a member again by its handle', () => {
    for (const set of [SetFixture.of('-5', '70000', '3'), SetFixture.of('a', 'b', '')]) {
      const cursor = new SetCursor(sets);
      const found = new Map<number, string>();
      for (cursor.begin(set.entry); cursor.next(); ) found.set(cursor.handle(), textAt(cursor));
      expect(found.size).toBe(3);
      cursor.begin(set.entry);
      for (const [handle, text] of found) {
        cursor.seek(handle);
        expect(textAt(cursor)).toBe(text);
      }
    }
  });

  it('reports the memory of a set', () => {
    const set = new SetFixture();
    for (let i = 0; i < 600; i++) set.add(`member:${i}`);
    const exact = arena.used - usedBefore - arena.usableBytes(set.entry);
    expect(sets.memoryOf(set.value, set.encoding, 0)).toBe(exact);
    expect(Math.abs(sets.memoryOf(set.value, set.encoding, 5) / exact - 1)).toBeLessThan(0.2);
  });

  it('changes nothing when the arena is full', () => {
    const small = new Arena({ debug: true, limitBytes: 2 ** 20 });
    const random = new SeededRandom(7);
    keyspace = new Keyspace(1, START_MS, random, small);
    sets = keyspace.values.sets;
    const set = SetFixture.of('1', '2', '3');
    const hoard: number[] = [];
    for (let bytes = 32768; bytes >= 8; ) {
      try {
        hoard.push(small.allocate(bytes));
      } catch {
        bytes >>>= 1;
      }
    }
    const used = small.used;
    expect(() => set.add('x')).toThrow('arena');
    expect(() => set.add('9223372036854775807')).toThrow('arena');
    expect(small.used).toBe(used);
    expect(set.members()).toEqual(['1', '2', '3']);
  });
});
