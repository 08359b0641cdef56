import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortRange } from './sort-range';

const values = fc.array(fc.nat(20), { minLength: 1, maxLength: 300 });
const indexes = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

describe('sorting a range', () => {
  it('puts the right items in the requested range, and loses none', () => {
    fc.assert(
      fc.property(values, fc.nat(300), fc.nat(300), (keys, a, b) => {
        const count = keys.length;
        const first = Math.min(a, b, count - 1);
        const last = Math.min(Math.max(a, b), count - 1);
        const items = indexes(count);
        sortRange(items, count, (x, y) => keys[x]! - keys[y]!, first, last);
        const sorted = keys.toSorted((x, y) => x - y);
        expect(Array.from(items.subarray(first, last + 1), (i) => keys[i])).toEqual(sorted.slice(first, last + 1));
        expect(items.toSorted()).toEqual(indexes(count));
      }),
    );
  });

  it('is stable if the range is all items', () => {
    fc.assert(
      fc.property(values, (keys) => {
        const items = indexes(keys.length);
        sortRange(items, keys.length, (x, y) => keys[x]! - keys[y]!, 0, keys.length - 1);
        const expected = [...indexes(keys.length)].sort((x, y) => keys[x]! - keys[y]! || x - y);
        expect([...items]).toEqual(expected);
      }),
    );
  });

  it('does not touch items beyond the count', () => {
    const items = Uint32Array.of(3, 1, 2, 0);
    sortRange(items, 2, (x, y) => x - y, 0, 1);
    expect([...items]).toEqual([1, 3, 2, 0]);
  });
});
