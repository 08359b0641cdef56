import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBigInt, fitNumber } from './bit-field-overflow';

const policy = fc.constantFrom('wrap' as const, 'sat' as const, 'fail' as const);

describe('the value of a field after an overflow', () => {
  it('is the same in doubles and in bigints', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.integer({ min: 1, max: 32 }),
        fc.nat(),
        fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
        policy,
        (isSigned, bits, seed, operand, overflow) => {
          const type = { isSigned, bits };
          const stored = isSigned
            ? Number(BigInt.asIntN(bits, BigInt(seed)))
            : Number(BigInt.asUintN(bits, BigInt(seed)));
          for (const [value, increment] of [
            [stored, operand],
            [operand, 0],
          ] as const) {
            const exact = fitBigInt(type, BigInt(value), BigInt(increment), overflow);
            expect(fitNumber(type, value, increment, overflow)).toBe(exact === null ? null : Number(exact));
          }
        },
      ),
    );
  });

  it('fits the field, whatever is stored or added', () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.integer({ min: 1, max: 63 }),
        int64,
        int64,
        policy,
        (isSigned, bits, seed, operand, overflow) => {
          const min = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
          const max = min + 2n ** BigInt(bits) - 1n;
          const stored = isSigned ? BigInt.asIntN(bits, seed) : BigInt.asUintN(bits, seed);
          const fresh = fitBigInt({ isSigned, bits }, stored, operand, overflow);
          const sum = stored + operand;
          if (sum >= min && sum <= max) expect(fresh).toBe(sum);
          else if (overflow === 'fail') expect(fresh).toBeNull();
          else if (overflow === 'wrap') expect(BigInt.asUintN(bits, fresh! - sum)).toBe(0n);
          else expect([min, max]).toContain(fresh);
        },
      ),
    );
  });

  it('is exact at the ends of 64 bits', () => {
    const i64 = { isSigned: true, bits: 64 };
    expect(fitBigInt(i64, 2n ** 63n - 1n, 1n, 'wrap')).toBe(-(2n ** 63n));
    expect(fitBigInt(i64, 2n ** 63n - 1n, 1n, 'sat')).toBe(2n ** 63n - 1n);
    expect(fitBigInt(i64, -(2n ** 63n), -1n, 'sat')).toBe(-(2n ** 63n));
    expect(fitBigInt(i64, -(2n ** 63n), -1n, 'fail')).toBeNull();
  });

  it('saturates at the top for a negative value in an unsigned field, and where differences wrap, as redis-server does', () => {
    expect(fitNumber({ isSigned: false, bits: 4 }, -1, 0, 'sat')).toBe(15);
    expect(fitBigInt({ isSigned: true, bits: 8 }, -(2n ** 63n), 0n, 'sat')).toBe(127n);
  });
});
