import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBits, readWideBits, toSigned, toUnsigned, writeBits, writeWideBits } from './bit-field';

/** A slice of the string, read as one large number padded with zeros. */
function slice(bytes: Uint8Array, offset: number, bits: number): bigint {
  const all = BigInt(`0x${Buffer.from(bytes).toString('hex')}${'0'.repeat(32)}`);
  const size = (bytes.length + 16) * 8;
  return BigInt.asUintN(bits, all >> BigInt(size - offset - bits));
}

const text = fc.uint8Array({ minLength: 1, maxLength: 24 });

it('reads fields of up to 32 bits, and zeros beyond the end', () => {
  fc.assert(
    fc.property(text, fc.nat(7), fc.integer({ min: 1, max: 32 }), (bytes, at, bits) => {
      const offset = Math.min(at * 9, bytes.length * 8);
      expect(readBits(bytes, 0, bytes.length, offset, bits)).toBe(Number(slice(bytes, offset, bits)));
    }),
  );
});

it('reads wider fields', () => {
  fc.assert(
    fc.property(text, fc.nat(60), fc.integer({ min: 33, max: 64 }), (bytes, at, bits) => {
      const offset = Math.min(at, bytes.length * 8);
      expect(readWideBits(bytes, 0, bytes.length, offset, bits)).toBe(slice(bytes, offset, bits));
    }),
  );
});

it('writes a field and changes no other bit', () => {
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.integer({ min: 1, max: 64 }),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.boolean(),
      (offset, bits, value, ones) => {
        const bytes = new Uint8Array(20).fill(ones ? 255 : 0);
        const field = BigInt.asUintN(bits, value);
        if (bits <= 32) writeBits(bytes, 2, offset, bits, Number(field));
        else writeWideBits(bytes, 2, offset, bits, value);
        const around = BigInt(`0x${(ones ? 'ff' : '00').repeat(20)}`);
        const shift = BigInt(160 - 16 - offset - bits);
        const mask = ((1n << BigInt(bits)) - 1n) << shift;
        const expected = (around & ~mask) | (field << shift);
        expect(Buffer.from(bytes).toString('hex')).toBe(expected.toString(16).padStart(40, '0'));
      },
    ),
  );
});

it('converts unsigned numbers to signed ones and back', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 32 }), (value, bits) => {
      expect(toUnsigned(value, bits)).toBe(Number(BigInt.asUintN(bits, BigInt(value))));
      expect(toSigned(toUnsigned(value, bits), bits)).toBe(Number(BigInt.asIntN(bits, BigInt(value))));
    }),
  );
});
