import { type Address, Arena, ArenaFullError } from '@nanoredis/intrusive-ds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElementCursor } from './element-cursor';
import { LexBound } from './lex-bound';
import { SortedSetTable } from './sorted-set-table';

interface Pair {
  readonly member: Buffer;
  readonly score: number;
}

function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

/** Numbers with so many zero bits at their end that towers get tall quickly. */
function steepRandom(seed: number): () => number {
  const random = seededRandom(seed);
  return () => (random() << (random() % 33)) >>> 0;
}

function fixture(randomUint32 = seededRandom(1), limitBytes = Number.POSITIVE_INFINITY) {
  const arena = new Arena({ debug: true, limitBytes });
  const table = new SortedSetTable(arena, { k0: 1, k1: 2 }, randomUint32);
  const memberOf = (element: Address): Buffer => {
    const start = table.memberStart(element);
    return Buffer.from(table.memberBytes(element).subarray(start, start + table.memberLength(element)));
  };
  const pairOf = (element: Address): Pair => ({ member: memberOf(element), score: table.scoreOf(element) });
  const find = (root: Address, member: Uint8Array): Address => {
    const framed = Buffer.concat([Buffer.from('<'), member, Buffer.from('>')]);
    return table.find(root, framed, 1, framed.length - 1);
  };
  const insert = (root: Address, member: Uint8Array, score: number): Address => {
    const framed = Buffer.concat([Buffer.from('<'), member, Buffer.from('>')]);
    return table.insert(root, framed, 1, framed.length - 1, score);
  };
  const elements = (root: Address): Address[] => {
    const cursor = new ElementCursor(arena);
    const all: Address[] = [];
    for (let at = cursor.toElement(root, table.first(root)); at !== 0; at = cursor.next()) all.push(at);
    const back: Address[] = [];
    for (let at = cursor.toElement(root, table.last(root)); at !== 0; at = cursor.previous()) back.push(at);
    expect(back.reverse()).toEqual(all);
    expect(readInPieces(cursor, cursor.toElement(root, table.first(root)), 'forward')).toEqual(all);
    expect(readInPieces(cursor, cursor.toElement(root, table.last(root)), 'backward')).toEqual(all.toReversed());
    return all;
  };
  const pairs = (root: Address): Pair[] => elements(root).map(pairOf);
  return { arena, table, memberOf, pairOf, find, insert, elements, pairs };
}

/** Elements from `first`, where the cursor is, to an end, read three (for want of room) and two at a time. */
function readInPieces(cursor: ElementCursor, first: Address, direction: 'forward' | 'backward'): Address[] {
  const piece = new Uint32Array(3);
  const all: Address[] = [];
  for (let at = first, most = 5; at !== 0; most = 7 - most) {
    const read = direction === 'forward' ? cursor.readForward(piece, most) : cursor.readBackward(piece, most);
    expect(cursor.element).toBe(piece[read - 1]);
    all.push(...piece.subarray(0, read));
    at = direction === 'forward' ? cursor.next() : cursor.previous();
  }
  return all;
}

const byOrder = (a: Pair, b: Pair): number =>
  a.score < b.score ? -1 : a.score > b.score ? 1 : Buffer.compare(a.member, b.member);

const member = fc.oneof(
  fc.nat(60).map((n) => Buffer.from(`member:${n}`)),
  fc.uint8Array({ maxLength: 6, max: 3 }).map((bytes) => Buffer.from(bytes.map((byte) => [0, 1, 0x7f, 0xff][byte]!))),
  fc.uint8Array({ minLength: 60, maxLength: 70 }).map((bytes) => Buffer.from(bytes)),
);
const score = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(
    0,
    -0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.MIN_VALUE,
    -Number.MIN_VALUE,
    2 ** 53,
    -1.5,
  ),
);

/** A sorted set as a Map, and what it looks like in order. */
class Model {
  readonly scores = new Map<string, number>();

  get sorted(): Pair[] {
    return [...this.scores].map(([key, score]) => ({ member: Buffer.from(key, 'latin1'), score })).sort(byOrder);
  }
}

describe('SortedSetTable', () => {
  it('behaves like a sorted array under random insertions, moves and removals', () => {
    const step = fc.record({
      member,
      score,
      action: fc.constantFrom('insert', 'insert', 'insert', 'remove', 'removeRange'),
      count: fc.nat(6),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), fc.nat(), fc.boolean(), (steps, seed, isSteep) => {
        const { arena, table, memberOf, pairOf, find, insert, pairs } = fixture(
          isSteep ? steepRandom(seed) : seededRandom(seed),
        );
        const root = table.create();
        const model = new Model();
        for (const { member, score, action, count } of steps) {
          const key = member.toString('latin1');
          const known = find(root, member);
          expect(known !== 0).toBe(model.scores.has(key));
          if (action === 'insert') {
            if (known === 0) {
              const element = insert(root, member, score);
              expect(pairOf(element)).toEqual({ member, score });
            } else {
              table.setScore(root, known, score);
              expect(pairOf(known)).toEqual({ member, score });
            }
            model.scores.set(key, score);
          } else if (known !== 0) {
            const { sorted } = model;
            const rank = sorted.findIndex((pair) => pair.member.equals(member));
            expect(table.rankOf(root, known)).toBe(rank);
            const gone = sorted.slice(rank, rank + (action === 'remove' ? 1 : count));
            const seen: Buffer[] = [];
            if (action === 'remove') table.remove(root, known);
            else {
              table.removeRange(root, known, count, (element) => seen.push(memberOf(element)));
              expect(seen).toEqual(gone.map((pair) => pair.member));
            }
            for (const pair of gone) model.scores.delete(pair.member.toString('latin1'));
          }
          expect(table.size(root)).toBe(model.scores.size);
          expect(table.bytes(root)).toBe(arena.used);
        }
        const { sorted } = model;
        expect(pairs(root)).toEqual(sorted);
        sorted.forEach((pair, rank) => {
          const element = find(root, pair.member);
          expect(table.at(root, rank)).toBe(element);
          expect(table.rankOf(root, element)).toBe(rank);
        });
        expect(table.at(root, sorted.length)).toBe(0);
        expect(table.at(root, -1)).toBe(0);
        table.destroy(root);
        expect(arena.used).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('finds and counts ranges of scores as a filter does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(member, score), { maxLength: 60 }),
        fc.array(fc.tuple(score, fc.boolean(), score, fc.boolean()), { maxLength: 10 }),
        fc.nat(),
        (entries, bounds, seed) => {
          const { table, pairOf, find, insert, pairs } = fixture(seededRandom(seed));
          const root = table.create();
          for (const [member, score] of entries) if (find(root, member) === 0) insert(root, member, score);
          const sorted = pairs(root);
          const memberAt = (element: Address) => (element === 0 ? undefined : pairOf(element));
          for (const [min, minExclusive, max, maxExclusive] of bounds) {
            const above = sorted.filter((pair) => (minExclusive ? pair.score > min : pair.score >= min));
            const below = sorted.filter((pair) => (maxExclusive ? pair.score < max : pair.score <= max));
            expect(memberAt(table.firstAtOrAbove(root, min, minExclusive))).toEqual(above[0]);
            expect(memberAt(table.lastAtOrBelow(root, max, maxExclusive))).toEqual(below.at(-1));
            expect(table.countInScoreRange(root, min, minExclusive, max, maxExclusive)).toBe(
              above.filter((pair) => below.includes(pair)).length,
            );
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('finds and counts ranges of members as a filter does', () => {
    const bound = fc.tuple(
      member,
      fc.constantFrom(LexBound.inclusive, LexBound.exclusive, LexBound.minusInfinity, LexBound.plusInfinity),
    );
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 60 }),
        fc.array(fc.tuple(bound, bound), { maxLength: 10 }),
        fc.nat(),
        (members, bounds, seed) => {
          const { table, memberOf, find, insert, elements } = fixture(seededRandom(seed));
          const root = table.create();
          for (const member of members) if (find(root, member) === 0) insert(root, member, 7);
          const sorted = elements(root).map(memberOf);
          const memberAt = (element: Address) => (element === 0 ? undefined : memberOf(element));
          for (const [[min, minKind], [max, maxKind]] of bounds) {
            const above = sorted.filter((member) => {
              if (minKind === LexBound.minusInfinity || minKind === LexBound.plusInfinity)
                return minKind === LexBound.minusInfinity;
              return Buffer.compare(member, min) >= (minKind === LexBound.exclusive ? 1 : 0);
            });
            const below = sorted.filter((member) => {
              if (maxKind === LexBound.minusInfinity || maxKind === LexBound.plusInfinity)
                return maxKind === LexBound.plusInfinity;
              return Buffer.compare(member, max) <= (maxKind === LexBound.exclusive ? -1 : 0);
            });
            const minBytes = Buffer.concat([Buffer.from('['), min]);
            const maxBytes = Buffer.concat([Buffer.from('('), max]);
            expect(memberAt(table.firstLexAtOrAbove(root, minBytes, 1, minBytes.length, minKind))).toEqual(above[0]);
            expect(memberAt(table.lastLexAtOrBelow(root, maxBytes, 1, maxBytes.length, maxKind))).toEqual(below.at(-1));
            expect(
              table.countInLexRange(root, minBytes, 1, minBytes.length, minKind, maxBytes, 1, maxBytes.length, maxKind),
            ).toBe(above.filter((member) => below.includes(member)).length);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('keeps ranks right in a set of thousands', () => {
    const { arena, table, memberOf, insert, elements: walk } = fixture();
    const root = table.create();
    const random = seededRandom(7);
    const elements: Address[] = [];
    for (let i = 0; i < 5000; i++) elements.push(insert(root, Buffer.from(`member:${i}`), random() % 1000));
    for (let i = 0; i < 5000; i += 3) table.setScore(root, elements[i]!, random() % 1000);
    for (let i = 0; i < 5000; i += 7) table.remove(root, elements[i]!);
    const inOrder = walk(root);
    inOrder.forEach((element, rank) => {
      expect(table.rankOf(root, element)).toBe(rank);
      expect(table.at(root, rank)).toBe(element);
    });
    const rank = inOrder.length;
    expect(rank).toBe(table.size(root));
    const kept = memberOf(table.at(root, 99));
    table.removeRange(root, table.at(root, 100), 4000);
    expect([table.size(root), memberOf(table.last(root))]).toEqual([
      Math.max(rank - 4000, 100),
      memberOf(table.at(root, table.size(root) - 1)),
    ]);
    expect(memberOf(table.at(root, 99))).toEqual(kept);
    table.destroy(root);
    expect(arena.used).toBe(0);
  });

  it('keeps -0 and orders it as 0', () => {
    const { table, insert, pairs } = fixture();
    const root = table.create();
    insert(root, Buffer.from('b'), -0);
    insert(root, Buffer.from('c'), 0);
    const a = insert(root, Buffer.from('a'), 0);
    expect(pairs(root).map(({ score }) => score)).toEqual([0, -0, 0]);
    table.setScore(root, a, -0);
    expect(pairs(root).map(({ score }) => score)).toEqual([-0, -0, 0]);
    table.setScore(root, a, 0);
    expect(table.scoreOf(a)).toBe(0);
    expect(table.countInScoreRange(root, 0, false, -0, false)).toBe(3);
    expect(table.firstAtOrAbove(root, -0, true)).toBe(0);
  });

  it('rejects NaN and changes nothing', () => {
    const { arena, table, insert, pairs } = fixture();
    const root = table.create();
    const element = insert(root, Buffer.from('a'), 1);
    const { used } = arena;
    expect(() => insert(root, Buffer.from('b'), Number.NaN)).toThrow(RangeError);
    expect(() => table.setScore(root, element, Number.NaN)).toThrow(RangeError);
    expect(() => table.firstAtOrAbove(root, Number.NaN, false)).toThrow(RangeError);
    expect(arena.used).toBe(used);
    expect(pairs(root)).toEqual([{ member: Buffer.from('a'), score: 1 }]);
  });

  it('changes nothing where the arena is full', () => {
    const { arena, table, find, insert, pairs } = fixture(seededRandom(3), 4_000_000);
    const root = table.create();
    const member = (i: number) => Buffer.from(`member:${i}:${'x'.repeat(i % 50)}`);
    let count = 0;
    let error: unknown;
    let used = arena.used;
    while (error === undefined) {
      used = arena.used;
      try {
        insert(root, member(count), -count);
        count++;
      } catch (thrown) {
        error = thrown;
      }
    }
    expect(error).toBeInstanceOf(ArenaFullError);
    expect([table.size(root), arena.used, table.bytes(root)]).toEqual([count, used, used]);
    expect(find(root, member(count))).toBe(0);
    expect(pairs(root).length).toBe(count);
    expect(() => table.copy(root)).toThrow(ArenaFullError);
    expect([arena.used, table.bytes(root)]).toEqual([used, used]);
    table.destroy(root);
    expect(arena.used).toBe(0);
  });

  it('frees a large set in slices', () => {
    const { arena, table, insert } = fixture();
    const root = table.create();
    for (let i = 0; i < 1000; i++) insert(root, Buffer.from(`member:${i}`), i % 17);
    const slices: number[] = [];
    while (!table.destroySome(root, 300)) {
      slices.push(table.size(root));
      expect(table.bytes(root)).toBe(arena.used);
    }
    expect(slices).toEqual([700, 400, 100]);
    expect(arena.used).toBe(0);
  });

  it('copies a set so that the copies are independent', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(member, score), { maxLength: 80 }), fc.nat(), (entries, seed) => {
        const { arena, table, find, insert, pairs } = fixture(steepRandom(seed));
        const root = table.create();
        for (const [member, score] of entries) if (find(root, member) === 0) insert(root, member, score);
        const original = pairs(root);
        const copy = table.copy(root);
        expect(table.bytes(copy)).toBe(arena.used - table.bytes(root));
        table.destroy(root);
        expect(pairs(copy)).toEqual(original);
        original.forEach((pair, rank) => {
          expect(table.rankOf(copy, find(copy, pair.member))).toBe(rank);
          expect(table.at(copy, rank)).toBe(find(copy, pair.member));
        });
        if (original.length > 0) table.removeRange(copy, table.first(copy), original.length);
        expect(table.size(copy)).toBe(0);
        table.destroy(copy);
        expect(arena.used).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('visits the elements that stay during a scan, and picks random elements', () => {
    const { table, memberOf, insert } = fixture();
    const root = table.create();
    expect(table.random(root)).toBe(0);
    const members = Array.from({ length: 500 }, (_, i) => `member:${i}`);
    for (const member of members) insert(root, Buffer.from(member), 1);
    const seen = new Set<string>();
    let cursor = 0;
    let extra = 0;
    do {
      cursor = table.scan(root, cursor, (element) => seen.add(memberOf(element).toString()));
      if (extra < 400) insert(root, Buffer.from(`extra:${extra++}`), 2);
    } while (cursor !== 0);
    expect(members.filter((member) => !seen.has(member))).toEqual([]);
    const random = new Set(Array.from({ length: 100 }, () => table.random(root)));
    expect(random.size).toBeGreaterThan(50);
  });

  it('throws when an element of another set is removed', () => {
    const { table, insert, pairs } = fixture();
    const one = table.create();
    const other = table.create();
    insert(one, Buffer.from('a'), 1);
    const element = insert(other, Buffer.from('b'), 1);
    expect(() => table.remove(one, element)).toThrow('not in this sorted set');
    expect([pairs(one).length, pairs(other).length]).toEqual([1, 1]);
  });

  it('keeps members of several megabytes', () => {
    const { arena, table, find, insert } = fixture();
    const root = table.create();
    const long = Buffer.alloc(3_000_001, 'x');
    insert(root, long, 1);
    insert(root, long.subarray(0, 3_000_000), 1);
    expect(table.memberLength(table.first(root))).toBe(3_000_000);
    table.remove(root, find(root, long));
    expect(table.size(root)).toBe(1);
    table.destroy(root);
    expect(arena.used).toBe(0);
  });
});
