import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMemory, parseDouble, parseLooseInteger, parseMemory, parseStrictInteger } from './c-numbers';

describe('numbers as C and Redis parse them', () => {
  it('parses every 64-bit integer and nothing larger', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 66n), 2n ** 66n), (value) => {
        const expected = BigInt.asIntN(64, value) === value ? value : null;
        expect(parseStrictInteger(String(value))).toBe(expected);
      }),
    );
    expect(['', '-', '-0', '01', '+1', ' 1', '1 ', '1.0'].map(parseStrictInteger)).toEqual(Array(8).fill(null));
  });

  it('saturates as strtoll does', () => {
    expect(parseLooseInteger(' +9223372036854775808', 10)).toEqual({ value: 2n ** 63n - 1n, overflow: true });
    expect(parseLooseInteger('-9223372036854775809', 10)).toEqual({ value: -(2n ** 63n), overflow: true });
    expect(parseLooseInteger('0777', 8)).toEqual({ value: 0o777n, overflow: false });
    expect(parseLooseInteger('', 10)).toEqual({ value: 0n, overflow: false });
    expect([' ', '8', '1 '].map((text) => parseLooseInteger(text, 8))).toEqual([null, null, null]);
  });

  it('formats memory so that it parses back', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.constantFrom(0n, 10n, 20n, 30n), (value, shift) => {
        const bytes = BigInt.asUintN(64, value << shift);
        expect(parseMemory(formatMemory(bytes))).toBe(bytes);
      }),
    );
    expect(formatMemory(3n * 1024n ** 3n)).toBe('3gb');
    expect(formatMemory(1000n)).toBe('1000');
  });

  it('parses floating point numbers as strtod does', () => {
    expect(['1', '.5', '5.', '1e1', '-2.5E-1', '0x10', '0x1.8p1', 'INF', '-infinity'].map(parseDouble)).toEqual([
      1,
      0.5,
      5,
      10,
      -0.25,
      16,
      3,
      Infinity,
      -Infinity,
    ]);
    expect(['', '.', 'e1', '1e', '0x', 'nan', ' 1', '1 ', '1e999'].map(parseDouble)).toEqual(Array(9).fill(null));
  });
});
