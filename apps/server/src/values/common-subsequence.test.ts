import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CommonSubsequence } from './common-subsequence';

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 }).map((letters) => Buffer.from(letters));

function lengthByTable(a: Uint8Array, b: Uint8Array): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
    }
  }
  return table[a.length]![b.length]!;
}

function isSubsequence(part: Uint8Array, whole: Uint8Array): boolean {
  let found = 0;
  for (const byte of whole) if (found < part.length && byte === part[found]) found++;
  return found === part.length;
}

it('is a subsequence of both strings, of the length that a plain table computes', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const common = new CommonSubsequence(a, b, true);
      const bytes = common.bytes();
      expect(common.length).toBe(lengthByTable(a, b));
      expect(new CommonSubsequence(a, b, false).length).toBe(common.length);
      expect(bytes.length).toBe(common.length);
      expect(isSubsequence(bytes, a) && isSubsequence(bytes, b)).toBe(true);
    }),
  );
});

it('consists of ranges of equal bytes, from the last to the first', () => {
  fc.assert(
    fc.property(text, text, fc.nat(4), (a, b, minLength) => {
      const common = new CommonSubsequence(a, b, true);
      const ranges = common.ranges(0);
      let [aNext, bNext] = [a.length, b.length];
      for (const { aFirst, aLast, bFirst, bLast } of ranges) {
        expect(a.subarray(aFirst, aLast + 1)).toEqual(b.subarray(bFirst, bLast + 1));
        expect(aLast < aNext && bLast < bNext && aFirst <= aLast).toBe(true);
        [aNext, bNext] = [aFirst, bFirst];
      }
      expect(ranges.reduce((sum, { aFirst, aLast }) => sum + aLast - aFirst + 1, 0)).toBe(common.length);
      expect(common.ranges(minLength)).toEqual(ranges.filter(({ aFirst, aLast }) => aLast - aFirst + 1 >= minLength));
    }),
  );
});
