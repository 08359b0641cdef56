import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INT64_MAX, INT64_MIN, isInteger, parseBigInteger, parseInteger } from './integer';

const integer = fc.oneof(
  fc.bigInt({ min: 2n * INT64_MIN, max: 2n * INT64_MAX }),
  fc.bigInt({ min: 2n ** 53n - 50n, max: 2n ** 53n }),
  fc.bigInt({ min: -(2n ** 53n), max: 50n - 2n ** 53n }),
  fc.bigInt({ min: INT64_MAX - 9n, max: INT64_MAX + 9n }),
  fc.bigInt({ min: INT64_MIN - 9n, max: INT64_MIN + 9n }),
  fc.bigInt({ min: -100n, max: 100n }),
);

describe('integers', () => {
  it('are parsed exactly, up to 64 bits', () => {
    fc.assert(
      fc.property(integer, (value) => {
        const bytes = Buffer.from(`<${value}>`);
        const fits = value >= INT64_MIN && value <= INT64_MAX;
        expect(isInteger(bytes, 1, bytes.length - 1)).toBe(fits);
        expect(parseBigInteger(bytes, 1, bytes.length - 1)).toBe(fits ? value : null);
        const number = parseInteger(bytes, 1, bytes.length - 1);
        if (!fits) expect(number).toBeNaN();
        else if (Number.isSafeInteger(Number(value))) expect(number).toBe(Number(value));
        else expect(Math.abs(number / Number(value) - 1)).toBeLessThan(2 ** -50);
      }),
      { numRuns: 500 },
    );
  });

  it('have one canonical text', () => {
    for (const text of ['', '-', '+1', '01', '-0', '-01', ' 1', '1 ', '1.0', '1e3', '0x1', '--1', '1\0']) {
      const bytes = Buffer.from(text);
      expect(isInteger(bytes, 0, bytes.length), JSON.stringify(text)).toBe(false);
    }
  });
});
