import { describe, expect, it } from 'vitest';
import { formatDouble17g, formatHumanDouble } from './double-text';

describe('formatDouble17g', () => {
  // The replies of redis-server 7.0.15 to ZSCORE.
  it.each([
    [0.1, '0.10000000000000001'],
    [3, '3'],
    [-0, '-0'],
    [1e5, '100000'],
    [1e16, '10000000000000000'],
    [1e17, '1e+17'],
    [1e21, '1e+21'],
    [Number('123456789012345678'), '1.2345678901234568e+17'],
    [0.0001, '0.0001'],
    [0.00001, '1.0000000000000001e-05'],
    [2 ** -25, '2.9802322387695312e-08'],
    [5e-324, '4.9406564584124654e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
    [-1234.5678, '-1234.5678'],
    [1.5e300, '1.5000000000000001e+300'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [Number.NaN, 'nan'],
  ])('formats %d as %s', (x, expected) => {
    expect(formatDouble17g(x)).toBe(expected);
  });

  it('formats a text that parses as the same double', () => {
    for (let i = -400; i < 400; i++) {
      const x = (1 + Math.abs(Math.sin(i))) * 2 ** i;
      expect(Number(formatDouble17g(x))).toBe(x);
      expect(
        formatDouble17g(x)
          .replace(/e.*|[-.]/g, '')
          .replace(/^0+/, '').length,
      ).toBeLessThanOrEqual(17);
    }
  });
});

describe('formatHumanDouble', () => {
  it.each([
    [Number('13.36138933897018433'), '13.36138933897018433'],
    [Number('38.11555639549629859'), '38.11555639549629859'],
    [0.5, '0.5'],
    [-0.25, '-0.25'],
    [3, '3'],
    [0, '0'],
    [1e20, '100000000000000000000'],
    [1e-20, '0'],
    [-1e-20, '0'],
    [Infinity, 'inf'],
  ])('formats %d as %s', (x, expected) => {
    expect(formatHumanDouble(x)).toBe(expected);
  });
});
