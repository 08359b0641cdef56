import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFixed } from './fixed-text';

/** The expected result of formatFixed, by exact arithmetic: a double is significand / 2^1074. */
function exactly(x: number, digits: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const bits = view.getBigUint64(0);
  const exponent = bits >> 52n;
  const fraction = bits & (2n ** 52n - 1n);
  const significand = exponent === 0n ? fraction : (fraction | (2n ** 52n)) << (exponent - 1n);
  const scaled = significand * 10n ** BigInt(digits);
  const floor = scaled >> 1074n;
  const rest = scaled - (floor << 1074n);
  const half = 1n << 1073n;
  const rounded = rest > half || (rest === half && (floor & 1n) === 1n) ? floor + 1n : floor;
  const text = rounded.toString().padStart(digits + 1, '0');
  return `${x < 0 || Object.is(x, -0) ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

describe('a double with a fixed number of digits', () => {
  it('is rounded exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 1, max: 17 }), (x, digits) => {
        expect(formatFixed(x, digits)).toBe(exactly(x, digits));
      }),
    );
  });

  it('rounds ties to the even digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.integer({ min: 1, max: 8 }), (halves, digits) => {
        const x = halves / 2 ** (digits + 1);
        expect(formatFixed(x, digits)).toBe(exactly(x, digits));
      }),
    );
    expect(formatFixed(0.03125, 4)).toBe('0.0312');
    expect(formatFixed(0.09375, 4)).toBe('0.0938');
  });

  it('may be infinite or no number', () => {
    const names = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].map((x) => formatFixed(x, 4));
    expect(names).toEqual(['inf', '-inf', 'nan']);
  });
});
