import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INT64_MAX, INT64_MIN } from '../integer';
import { Int64 } from './int64';

const anyInt64 = fc.oneof(
  fc.bigInt({ min: INT64_MIN, max: INT64_MAX }),
  fc.bigInt({ min: -(2n ** 40n), max: 2n ** 40n }),
  fc.bigInt({ min: -70_000n, max: 70_000n }),
  fc
    .tuple(fc.constantFrom(1n, -1n), fc.integer({ min: 0, max: 63 }), fc.bigInt({ min: -2n, max: 2n }))
    .map(([sign, power, offset]) => BigInt.asIntN(64, sign * 2n ** BigInt(power) + offset)),
  fc
    .tuple(fc.constantFrom(1n, -1n), fc.integer({ min: 0, max: 18 }), fc.bigInt({ min: -2n, max: 2n }))
    .map(([sign, power, offset]) => sign * 10n ** BigInt(power) + offset),
);

function parsed(text: string): Int64 | null {
  const integer = new Int64();
  const bytes = Buffer.from(`<${text}>`);
  return integer.parse(bytes, 1, bytes.length - 1) ? integer : null;
}

describe('Int64', () => {
  it('converts every 64-bit number exactly, from text to words and back', () => {
    fc.assert(
      fc.property(anyInt64, (number) => {
        const integer = parsed(number.toString())!;
        expect((BigInt(integer.high) << 32n) | BigInt(integer.low >>> 0)).toBe(number);
        const target = Buffer.alloc(24, '.');
        const end = integer.write(target, 2);
        expect(target.toString('latin1', 2, end)).toBe(number.toString());
        expect(target.toString('latin1', end)).toMatch(/^\.*$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps both words in the range that V8 stores unboxed', () => {
    const { low, high } = parsed('-1')!;
    expect([low, high]).toEqual([-1, -1]);
    expect(parsed('0')!.low).toBe(0);
    expect(parsed('4294967295')!.low).toBe(-1);
  });

  it('accepts only the canonical text of 64-bit numbers', () => {
    for (const text of ['', '-', '+1', '01', '-0', ' 1', '1 ', '1.0', '9223372036854775808', '-9223372036854775809']) {
      expect(parsed(text), text).toBeNull();
    }
  });

  it('reports how many bytes a number needs in an intset', () => {
    const widths = { 32767: 2, '-32768': 2, 32768: 4, '-32769': 4, 2147483647: 4, '-2147483648': 4, 2147483648: 8 };
    for (const [text, width] of Object.entries({ ...widths, '-2147483649': 8 }))
      expect(parsed(text)!.width).toBe(width);
  });
});
