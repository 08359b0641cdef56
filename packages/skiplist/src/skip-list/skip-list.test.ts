import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SkipList } from './skip-list';

const byNumber = (a: number, b: number): number => a - b;

/** Random numbers that raise entries often, so that a few dozen of them make a list of many levels. */
function steepRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state << ((state >>> 16) % 33);
  };
}

const key = fc.integer({ min: -40, max: 40 });
const step = fc.record({ key, action: fc.constantFrom('set', 'set', 'set', 'delete', 'popFirst', 'popLast') });
const bound = fc.option(key, { nil: undefined });
const range = fc.record({ min: bound, max: bound, minExclusive: fc.boolean(), maxExclusive: fc.boolean() });

function inRange(
  key: number,
  { min, max, minExclusive, maxExclusive }: typeof range extends fc.Arbitrary<infer R> ? R : never,
): boolean {
  if (min !== undefined && (minExclusive ? key <= min : key < min)) return false;
  return max === undefined || (maxExclusive ? key < max : key <= max);
}

describe('SkipList', () => {
  it('behaves like a sorted array under random sets, deletions and pops', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 200 }),
        fc.nat(),
        fc.array(range, { maxLength: 5 }),
        (steps, seed, ranges) => {
          const list = new SkipList<number, string>(byNumber, { random: steepRandom(seed) });
          const map = new Map<number, string>();
          let serial = 0;
          for (const { key, action } of steps) {
            const sorted = [...map].sort(([a], [b]) => a - b);
            if (action === 'set') {
              list.set(key, `value:${++serial}`);
              map.set(key, `value:${serial}`);
            } else if (action === 'delete') {
              expect(list.delete(key)).toBe(map.delete(key));
            } else {
              const entry = action === 'popFirst' ? sorted[0] : sorted.at(-1);
              expect(action === 'popFirst' ? list.popFirst() : list.popLast()).toEqual(entry);
              if (entry !== undefined) map.delete(entry[0]);
            }
            expect(list.size).toBe(map.size);
          }
          const sorted = [...map].sort(([a], [b]) => a - b);
          expect([...list]).toEqual(sorted);
          expect([...list.keys()]).toEqual(sorted.map(([key]) => key));
          expect([...list.values()]).toEqual(sorted.map(([, value]) => value));
          expect([list.first(), list.last()]).toEqual([sorted[0], sorted.at(-1)]);
          sorted.forEach(([key, value], rank) => {
            expect([list.get(key), list.has(key), list.rank(key), list.at(rank)]).toEqual([
              value,
              true,
              rank,
              [key, value],
            ]);
            expect(list.at(rank - sorted.length)).toEqual([key, value]);
          });
          expect([list.at(sorted.length), list.at(-sorted.length - 1)]).toEqual([undefined, undefined]);
          for (let key = -41; key <= 41; key++) {
            if (!map.has(key))
              expect([list.get(key), list.has(key), list.rank(key)]).toEqual([undefined, false, undefined]);
            expect(list.floor(key)).toEqual(sorted.findLast(([other]) => other <= key));
            expect(list.lower(key)).toEqual(sorted.findLast(([other]) => other < key));
            expect(list.ceiling(key)).toEqual(sorted.find(([other]) => other >= key));
            expect(list.higher(key)).toEqual(sorted.find(([other]) => other > key));
          }
          for (const wanted of ranges) {
            const expected = sorted.filter(([key]) => inRange(key, wanted));
            expect(list.range(wanted)).toEqual(expected);
            expect(list.range({ ...wanted, reverse: true, offset: 1, limit: 3 })).toEqual(
              expected.reverse().slice(1, 4),
            );
            expect(list.range({ ...wanted, offset: 2, limit: 2 })).toEqual(expected.reverse().slice(2, 4));
            expect(list.count(wanted)).toBe(expected.length);
          }
          expect([list.slice(2, -2), list.slice(-3), list.slice(5, 2)]).toEqual([
            sorted.slice(2, -2),
            sorted.slice(-3),
            [],
          ]);
          for (const wanted of ranges) {
            const gone = [...map.keys()].filter((key) => inRange(key, wanted));
            for (const key of gone) map.delete(key);
            expect(list.deleteRange(wanted)).toBe(gone.length);
            expect([...list]).toEqual([...map].sort(([a], [b]) => a - b));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the ranks of twenty thousand keys, which are added and deleted in random order', () => {
    const list = new SkipList<number, number>(byNumber, { seed: 7 });
    const count = 20_000;
    for (let i = 0; i < count; i++) list.set((i * 7919) % count, i);
    for (let i = 0; i < count; i += 1000) expect([list.rank(i), list.at(i)?.[0]]).toEqual([i, i]);
    for (let key = 0; key < count; key += 2) list.delete(key);
    expect(list.size).toBe(count / 2);
    for (let i = 0; i < count / 2; i += 1000) expect([list.rank(2 * i + 1), list.at(i)?.[0]]).toEqual([i, 2 * i + 1]);
    list.clear();
    expect([list.size, [...list], list.first(), list.last()]).toEqual([0, [], undefined, undefined]);
  });

  it('continues an iteration while visited entries are deleted and others set', () => {
    const list = new SkipList<number, string>(byNumber, { random: steepRandom(1) });
    for (let key = 0; key < 200; key += 2) list.set(key, '');
    const seen: number[] = [];
    for (const [key] of list) {
      seen.push(key);
      list.delete(key);
      if (key < 100) list.set(key + 1, '').set(key - 1, '');
    }
    expect(seen).toEqual(
      Array.from({ length: 200 }, (_, i) => i)
        .filter((i) => i <= 100 || i % 2 === 0)
        .filter((i) => i < 199),
    );
    expect([...list.keys()].every((key) => key < 100)).toBe(true);
  });

  it('orders keys of any kind by the given comparison', () => {
    const list = new SkipList<string, number>((a, b) => (a < b ? 1 : a > b ? -1 : 0));
    for (const word of ['pear', 'apple', 'fig']) list.set(word, word.length);
    const visited: [string, number][] = [];
    list.forEach((value, key) => {
      visited.push([key, value]);
    });
    expect(visited).toEqual([
      ['pear', 4],
      ['fig', 3],
      ['apple', 5],
    ]);
  });

  it('names what is wrong with an argument', () => {
    expect(() => new SkipList(undefined as unknown as typeof byNumber)).toThrow('"compare" must be a function');
    expect(() => new SkipList(byNumber, { seed: Number.NaN })).toThrow('the option "seed" must be a finite number');
    expect(() => new SkipList(byNumber, { random: 1 as unknown as () => number })).toThrow(
      'the option "random" must be',
    );
    const list = new SkipList<number, number>(byNumber);
    expect(() => list.range({ offset: -1 })).toThrow('the option "offset" must be a whole number');
    expect(() => list.range({ limit: 0.5 })).toThrow('the option "limit" must be a whole number');
  });
});
