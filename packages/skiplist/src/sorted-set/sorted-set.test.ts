import { Arena } from '@nanoredis/intrusive-ds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Member } from './member-codec';
import { SortedSet } from './sorted-set';
import type { LexRange, ScoredMember, ScoreRange } from './sorted-set-options';

const byOrder = (a: ScoredMember, b: ScoredMember): number =>
  a.score - b.score || Buffer.compare(Buffer.from(a.member), Buffer.from(b.member));

const member = fc.oneof(fc.constantFrom('', 'a', 'ab', 'é', '漢字', '🙂', 'z'.repeat(70)), fc.nat(30).map(String));
const score = fc.integer({ min: -5, max: 5 });
const scoreRange = fc.record(
  { min: score, max: score, minExclusive: fc.boolean(), maxExclusive: fc.boolean() },
  { requiredKeys: [] },
);
const lexRange = fc.record(
  { min: member, max: member, minExclusive: fc.boolean(), maxExclusive: fc.boolean() },
  { requiredKeys: [] },
);
const rank = fc.integer({ min: -12, max: 12 });

function inScoreRange({ score }: ScoredMember, { min = -9, max = 9, minExclusive, maxExclusive }: ScoreRange): boolean {
  return (minExclusive ? score > min : score >= min) && (maxExclusive ? score < max : score <= max);
}

function inLexRange({ member }: ScoredMember, { min, max, minExclusive, maxExclusive }: LexRange): boolean {
  const compare = (bound: Member) => Buffer.compare(Buffer.from(member), Buffer.from(bound as string));
  if (min !== undefined && compare(min) < (minExclusive ? 1 : 0)) return false;
  return max === undefined || compare(max) <= (maxExclusive ? -1 : 0);
}

function rankRange(sorted: ScoredMember[], start: number, stop: number): ScoredMember[] {
  const from = start < 0 ? Math.max(start + sorted.length, 0) : start;
  return sorted.slice(from, Math.max((stop < 0 ? stop + sorted.length : stop) + 1, 0));
}

describe('SortedSet', () => {
  const step = fc.record({
    member,
    score,
    action: fc.constantFrom('add', 'add', 'add', 'increment', 'delete', 'popMin', 'popMax'),
  });

  it('behaves like a sorted array under random additions, moves and removals', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 100 }),
        fc.nat(),
        fc.array(fc.tuple(scoreRange, lexRange, rank, rank), { maxLength: 6 }),
        (steps, seed, ranges) => {
          const arena = new Arena({ debug: true });
          const set = new SortedSet({ arena, seed });
          const model = new Map<string, number>();
          const inOrder = () => [...model].map(([member, score]) => ({ member, score })).sort(byOrder);
          for (const { member, score, action } of steps) {
            const sorted = inOrder();
            if (action === 'add') {
              expect(set.add(member, score)).toBe(!model.has(member));
              model.set(member, score);
            } else if (action === 'increment') {
              model.set(member, (model.get(member) ?? 0) + score);
              expect(set.incrementBy(Buffer.from(member), score)).toBe(model.get(member));
            } else if (action === 'delete') {
              expect(set.delete(member)).toBe(model.delete(member));
            } else {
              const end = action === 'popMin' ? sorted[0] : sorted.at(-1);
              expect(action === 'popMin' ? set.popMin() : set.popMax()).toEqual(end);
              if (end !== undefined) model.delete(end.member);
            }
          }
          let sorted = inOrder();
          expect([...set]).toEqual(sorted);
          expect([set.size, set.bytes]).toEqual([model.size, arena.used]);
          sorted.forEach((entry, rank) => {
            const { member, score } = entry;
            expect([set.has(member), set.score(member), set.rank(member)]).toEqual([true, score, rank]);
            expect(set.reverseRank(member)).toBe(sorted.length - 1 - rank);
            expect([set.at(rank), set.at(rank - sorted.length)]).toEqual([entry, entry]);
          });
          expect([set.has('none'), set.score('none'), set.rank('none'), set.reverseRank('none')]).toEqual([
            false,
            undefined,
            undefined,
            undefined,
          ]);
          for (const [scores, , start, stop] of ranges) {
            const inScores = sorted.filter((entry) => inScoreRange(entry, scores));
            expect(set.rangeByScore(scores)).toEqual(inScores);
            expect(set.count(scores)).toBe(inScores.length);
            expect(set.rangeByScore({ ...scores, offset: 1, limit: 2 })).toEqual(inScores.slice(1, 3));
            expect(set.rangeByScore({ ...scores, offset: 1, limit: 2, reverse: true })).toEqual(
              inScores.reverse().slice(1, 3),
            );
            expect(set.range(start, stop)).toEqual(rankRange(sorted, start, stop));
            expect(set.range(start, stop, { reverse: true })).toEqual(rankRange(sorted.toReversed(), start, stop));
          }
          for (const [scores, , start, stop] of ranges) {
            const gone =
              ranges.length % 2 === 0
                ? sorted.filter((entry) => inScoreRange(entry, scores))
                : rankRange(sorted, start, stop);
            expect(ranges.length % 2 === 0 ? set.removeRangeByScore(scores) : set.removeRangeByRank(start, stop)).toBe(
              gone.length,
            );
            sorted = sorted.filter((entry) => !gone.includes(entry));
            expect([...set]).toEqual(sorted);
          }
          set.destroy();
          expect(arena.used).toBe(0);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('finds, counts and removes ranges of members as a filter does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(member), fc.array(lexRange, { maxLength: 5 }), (members, ranges) => {
        const set = new SortedSet({ seed: 1 });
        for (const member of members) set.add(member, 3);
        let sorted = members.map((member) => ({ member, score: 3 })).sort(byOrder);
        for (const range of ranges) {
          const wanted = sorted.filter((entry) => inLexRange(entry, range));
          expect(set.rangeByLex(range)).toEqual(wanted);
          expect(set.rangeByLex({ ...range, reverse: true, offset: 1 })).toEqual(wanted.toReversed().slice(1));
          expect(set.countByLex(range)).toBe(wanted.length);
        }
        for (const range of ranges) {
          const gone = sorted.filter((entry) => inLexRange(entry, range));
          expect(set.removeRangeByLex(range)).toBe(gone.length);
          sorted = sorted.filter((entry) => !gone.includes(entry));
          expect([...set]).toEqual(sorted);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('continues an iteration while visited members are moved and deleted', () => {
    const set = new SortedSet({ seed: 1 });
    for (let i = 0; i < 30; i++) set.add(`member:${i}`, Math.trunc(i / 10));
    const seen: string[] = [];
    for (const { member, score } of set) {
      seen.push(member);
      if (score === 0) set.delete(member);
      else if (score === 1) set.incrementBy(member, -100);
    }
    expect(seen.length).toBe(30);
    expect(new Set(seen).size).toBe(30);
    expect(set.size).toBe(20);
  });

  it('returns copies of bytes if the option says so', () => {
    const set = new SortedSet<Buffer>({ members: 'bytes' });
    set.add(Uint8Array.of(0xff, 0x00), 1);
    const { member } = set.at(0)!;
    expect([...member]).toEqual([0xff, 0x00]);
    member[0] = 1;
    expect(set.score(Uint8Array.of(0xff, 0x00))).toBe(1);
  });

  it('gives the same set of records for the same seed', () => {
    const bytes = (seed: number) => {
      const set = new SortedSet({ seed });
      for (let i = 0; i < 500; i++) set.add(`member:${i}`, i);
      return set.bytes;
    };
    expect(bytes(5)).toBe(bytes(5));
    expect(bytes(5)).not.toBe(bytes(6));
  });

  it('is empty and usable after clear, and throws after destroy', () => {
    const arena = new Arena({ debug: true });
    const set = new SortedSet({ arena });
    const empty = set.bytes;
    set.add('a', 1);
    set.clear();
    expect([set.size, set.bytes, set.range(), set.popMin(), set.random()]).toEqual([
      0,
      empty,
      [],
      undefined,
      undefined,
    ]);
    set.add('b', 2);
    expect(set.random()).toEqual({ member: 'b', score: 2 });
    set.destroy();
    expect(arena.used).toBe(0);
    expect(() => set.size).toThrow('this sorted set was destroyed');
    expect(() => set.destroy()).toThrow('this sorted set was destroyed');
  });

  it('names what is wrong with an argument, and changes nothing', () => {
    const set = new SortedSet();
    set.add('a', Number.POSITIVE_INFINITY);
    expect(() => set.add('a', Number.NaN)).toThrow('"score" must not be NaN');
    expect(() => set.add('a', '1' as unknown as number)).toThrow('"score" must be a number');
    expect(() => set.add(1 as unknown as string, 1)).toThrow('a member must be a string or a Uint8Array');
    expect(() => set.incrementBy('a', Number.NEGATIVE_INFINITY)).toThrow('"score" must not be NaN');
    expect(() => set.rangeByScore({ min: Number.NaN })).toThrow('"min" must not be NaN');
    expect(() => set.rangeByScore({ limit: -1 })).toThrow('the option "limit" must be a whole number');
    expect(() => set.rangeByLex({ offset: 1.5 })).toThrow('the option "offset" must be a whole number');
    expect([...set]).toEqual([{ member: 'a', score: Number.POSITIVE_INFINITY }]);
    expect(() => new SortedSet({ arena: {} as Arena })).toThrow('the option "arena" must be an Arena');
    expect(() => new SortedSet({ members: 'words' as 'bytes' })).toThrow('the option "members"');
    expect(() => new SortedSet({ seed: '1' as unknown as number })).toThrow('the option "seed"');
  });
});
