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
 * What stands in a field of at most 32 bits after `value + increment` was put there; null where the policy is to fail. Both
 * are whole, and their sum is exact in a double. A value that is stored as such comes with increment 0. O(1).
 */
export function fitNumber(type: FieldType, value: number, increment: number, policy: OverflowPolicy): number | null {
  const { isSigned, bits } = type;
  const least = isSigned ? -(2 ** (bits - 1)) : 0;
  const most = isSigned ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const sum = value + increment;
  if (sum >= least && sum <= most) return sum;
  if (policy === 'fail') return null;
  // A negative value given for an unsigned field is a huge one to Redis.
  if (policy === 'sat') return sum > most || (!isSigned && value < 0) ? most : least;
  const wrapped = toUnsigned(sum, bits);
  return isSigned ? toSigned(wrapped, bits) : wrapped;
}

/**
 * `fitNumber` for any width and any 64-bit numbers, exactly as redis-server computes it, whose differences wrap at 64 bits
 * (checkSignedBitfieldOverflow and checkUnsignedBitfieldOverflow). O(1).
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
  if (isSigned) return direction > 0 ? greatestSigned(bits) : -greatestSigned(bits) - 1n;
  return direction > 0 ? (1n << BigInt(bits)) - 1n : 0n;
}

function greatestSigned(bits: number): bigint {
  return (1n << BigInt(bits - 1)) - 1n;
}

function signedOverflow(bits: number, value: bigint, increment: bigint): -1 | 0 | 1 {
  const most = greatestSigned(bits);
  const least = -most - 1n;
  const room = BigInt.asIntN(64, most - value);
  const roomBelow = BigInt.asIntN(64, least - value);
  const isNarrow = bits < 64;
  if (value > most || ((isNarrow || (value >= 0n && increment > 0n)) && increment > room)) return 1;
  if (value < least || ((isNarrow || (value < 0n && increment < 0n)) && increment < roomBelow)) return -1;
  return 0;
}

function unsignedOverflow(bits: number, value: bigint, increment: bigint): -1 | 0 | 1 {
  const most = (1n << BigInt(bits)) - 1n;
  if (value > most || (increment > 0n && increment > BigInt.asIntN(64, most - value))) return 1;
  if (increment < 0n && increment < BigInt.asIntN(64, -value)) return -1;
  return 0;
}
