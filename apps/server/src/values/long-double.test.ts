import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLongDoubles, formatLongDouble, LONG_DOUBLE_INFINITY, parseLongDouble } from './long-double';

function parse(text: string) {
  const bytes = Buffer.from(text, 'latin1');
  return parseLongDouble(bytes, 0, bytes.length);
}

function shown(text: string): string | null {
  const value = parse(text);
  return value === null ? null : formatLongDouble(value);
}

function sum(a: string, b: string): string | null {
  const total = addLongDoubles(parse(a)!, parse(b)!);
  return total === null ? null : formatLongDouble(total);
}

describe('parsing a long double', () => {
  it('accepts every form that strtold accepts', () => {
    expect(shown('10.50')).toBe('10.5');
    expect(shown('.5')).toBe('0.5');
    expect(shown('5.')).toBe('5');
    expect(shown('+3e2')).toBe('300');
    expect(shown('3.0E-2')).toBe('0.03');
    expect(shown('0x1p-3')).toBe('0.125');
    expect(shown('-0XaB.8')).toBe('-171.5');
    expect(parse('-InFiNiTy')).toMatchObject({ significand: -1n });
    expect(parse('inf')).toBe(LONG_DOUBLE_INFINITY);
  });

  it('rejects text that is not entirely a number', () => {
    for (const text of [
      '',
      '.',
      'a',
      ' 1',
      '1 ',
      '1e',
      '1e+',
      '0x',
      '0x.',
      '0x1p',
      'nan',
      'NAN(1)',
      '1,5',
      '1\0',
      '+-1',
      '1\n',
    ]) {
      expect(shown(text), JSON.stringify(text)).toBeNull();
    }
    expect(shown('1'.repeat(5120))).toBeNull();
  });

  it('rejects overflow and underflow, and is fast whatever the exponent', () => {
    for (const text of ['1e5000', '1e99999999999999999999', '1e-99999999999999999999', '1e-4951', '0x1p16384']) {
      expect(shown(text), text).toBeNull();
    }
    expect(shown(`1e${'9'.repeat(5000)}`)).toBeNull();
    expect(shown('0e99999999999')).toBe('0');
    expect(shown('1e4932')?.length).toBe(4933);
    expect(parse('3.6e-4951')).toEqual({ significand: 1n, exponent: -16445 });
    expect(parse('1e-4950')).toEqual({ significand: 3n, exponent: -16445 });
    expect(shown('0x1p-16446')).toBeNull();
    expect(parse('0x1.8p-16446')).toEqual({ significand: 1n, exponent: -16445 });
  });

  it('has a 64-bit significand and rounds ties to even', () => {
    expect(shown('18446744073709551615')).toBe('18446744073709551615');
    expect(shown('18446744073709551617')).toBe('18446744073709551616');
    expect(shown('18446744073709551619')).toBe('18446744073709551620');
    expect(shown('18446744073709551617.0000000000000000000000000001')).toBe('18446744073709551618');
    expect(shown('-18446744073709551619')).toBe('-18446744073709551620');
  });

  it('reads every 64-bit integer exactly, in any notation', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), fc.nat(30), (integer, exponent) => {
        expect(shown(integer.toString())).toBe(integer.toString());
        expect(shown(`${integer}${'0'.repeat(exponent)}e-${exponent}`)).toBe(integer.toString());
      }),
    );
  });

  it('agrees with doubles within their precision', () => {
    const magnitude = fc.double({ noNaN: true, min: 1e-200, max: 1e200 });
    fc.assert(
      fc.property(magnitude, fc.boolean(), (size, isNegative) => {
        const double = isNegative ? -size : size;
        const { significand, exponent } = parse(double.toString())!;
        expect(Math.abs((Number(significand) * 2 ** exponent) / double - 1)).toBeLessThanOrEqual(2 ** -52);
      }),
    );
    expect(shown('5.0e-324')).toBe('0');
  });
});

describe('adding long doubles', () => {
  it('is more precise than adding doubles', () => {
    expect(sum('0.1', '0.2')).toBe('0.3');
    expect(sum('1e15', '0.1')).toBe('1000000000000000.0999755859375');
    expect(sum('5.0e3', '2.0e2')).toBe('5200');
    expect(sum('9223372036854775807', '1')).toBe('9223372036854775808');
  });

  it('never shows a negative zero', () => {
    expect(sum('-1.5', '1.5')).toBe('0');
    expect(sum('-1e-30', '0')).toBe('0');
  });

  it('returns null if the sum is not finite', () => {
    expect(sum('inf', '1')).toBeNull();
    expect(sum('-inf', 'inf')).toBeNull();
    expect(sum('1.1e4932', '1.1e4932')).toBeNull();
  });

  it('is commutative, and exact if the sum fits 64 bits', () => {
    const part = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
    fc.assert(
      fc.property(part, part, fc.integer({ min: -40, max: 40 }), (a, b, shift) => {
        const first = { significand: a, exponent: shift };
        const second = { significand: b, exponent: shift };
        const total = addLongDoubles(first, second)!;
        expect(addLongDoubles(second, first)).toEqual(total);
        expect(total.significand << BigInt(total.exponent + 100)).toBe(
          (a + b) << BigInt(a + b === 0n ? 0 : shift + 100),
        );
      }),
    );
  });
});
