import { toSigned, toUnsigned } from './bit-field';

/** What happens to a number that does not fit into its field. */
export type OverflowPolicy = 'wrap' | 'sat' | 'fail';

/** The type of a field: `i5`, `u16`. */
export interface FieldType {
  readonly isSigned: boolean;
  /** 1 to 64, and at most 63 if unsigned. */
  readonly bits: number;
}

/**
 * The number that a field of at most 32 bits holds after `value + increment` is stored in it, or null if that overflows and
 * the policy is `fail`. Both are integers whose sum is exact in a double. SET passes increment 0. O(1).
 */
export function fitNumber(type: FieldType, value: number, increment: number, policy: OverflowPolicy): number | null {
  const { isSigned, bits } = type;
  const min = isSigned ? -(2 ** (bits - 1)) : 0;
  const max = isSigned ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const sum = value + increment;
  if (sum >= min && sum <= max) return sum;
  if (policy === 'fail') return null;
  // Redis treats a negative value for an unsigned field as a huge one.
  if (policy === 'sat') return sum > max || (!isSigned && value < 0) ? max : min;
  const wrapped = toUnsigned(sum, bits);
  return isSigned ? toSigned(wrapped, bits) : wrapped;
}

/**
 * `fitNumber` for any width and any 64-bit numbers. Computed as redis-server does (checkSignedBitfieldOverflow and
 * checkUnsignedBitfieldOverflow), where differences wrap at 64 bits. O(1).
 */
export function fitBigInt(type: FieldType, value: bigint, increment: bigint, policy: OverflowPolicy): bigint | null {
  const direction = type.isSigned
    ? signedOverflow(type.bits, value, increment)
    : unsignedOverflow(type.bits, BigInt.asUintN(64, value), increment);
  const { isSigned, bits } = type;
  if (direction === 0) return isSigned ? value + increment : BigInt.asUintN(64, value + increment);
  if (policy === 'fail') return null;
  if (policy === 'wrap')
    return isSigned ? BigInt.asIntN(bits, value + increment) : BigInt.asUintN(bits, value + increment);
  if (isSigned) return direction > 0 ? maxSigned(bits) : -maxSigned(bits) - 1n;
  return direction > 0 ? (1n << BigInt(bits)) - 1n : 0n;
}

function maxSigned(bits: number): bigint {
  return (1n << BigInt(bits - 1)) - 1n;
}

function signedOverflow(bits: number, value: bigint, increment: bigint): -1 | 0 | 1 {
  const max = maxSigned(bits);
  const min = -max - 1n;
  const maxIncrement = BigInt.asIntN(64, max - value);
  const minIncrement = BigInt.asIntN(64, min - value);
  const isNarrow = bits < 64;
  if (value > max || ((isNarrow || (value >= 0n && increment > 0n)) && increment > maxIncrement)) return 1;
  if (value < min || ((isNarrow || (value < 0n && increment < 0n)) && increment < minIncrement)) return -1;
  return 0;
}

function unsignedOverflow(bits: number, value: bigint, increment: bigint): -1 | 0 | 1 {
  const max = (1n << BigInt(bits)) - 1n;
  if (value > max || (increment > 0n && increment > BigInt.asIntN(64, max - value))) return 1;
  if (increment < 0n && increment < BigInt.asIntN(64, -value)) return -1;
  return 0;
}
