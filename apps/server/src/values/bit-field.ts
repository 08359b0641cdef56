/**
 * Integers of 1 to 64 bits at any bit offset of a string. Bit 0 is the most significant bit of the first byte; integers are
 * big-endian. Up to 32 bits they are numbers; wider ones are bigints, assembled from two halves.
 */

const WORD = 0x1_0000_0000;

/**
 * The unsigned number in `bits` (1 to 32) bits from bit `offset` of the string `bytes[start, end)`, which is treated as
 * padded with zeros. O(1), allocates nothing.
 */
export function readBits(bytes: Uint8Array, start: number, end: number, offset: number, bits: number): number {
  const skipped = offset & 7;
  const first = start + Math.floor(offset / 8);
  const count = (skipped + bits + 7) >>> 3;
  let value = first < end ? bytes[first]! & (0xff >>> skipped) : 0;
  for (let i = 1; i < count; i++) value = value * 256 + (first + i < end ? bytes[first + i]! : 0);
  return Math.floor(value / 2 ** (count * 8 - skipped - bits));
}

/** Writes the low `bits` (1 to 32) bits of an unsigned number at bit `offset` of the string at `bytes[start]`. O(1). */
export function writeBits(bytes: Uint8Array, start: number, offset: number, bits: number, value: number): void {
  let rest = value;
  let left = bits;
  let last = offset + bits - 1;
  while (left > 0) {
    const below = 7 - (last & 7);
    const count = Math.min(8 - below, left);
    const mask = (1 << count) - 1;
    const at = start + Math.floor(last / 8);
    bytes[at] = (bytes[at]! & ~(mask << below)) | ((rest & mask) << below);
    rest = Math.floor(rest / 2 ** count);
    left -= count;
    last -= count;
  }
}

/** Like `readBits`, for 33 to 64 bits. */
export function readWideBits(bytes: Uint8Array, start: number, end: number, offset: number, bits: number): bigint {
  const high = readBits(bytes, start, end, offset, bits - 32);
  const low = readBits(bytes, start, end, offset + bits - 32, 32);
  return (BigInt(high) << 32n) | BigInt(low);
}

/** Like `writeBits`, for 33 to 64 bits of a bigint, which may be negative. */
export function writeWideBits(bytes: Uint8Array, start: number, offset: number, bits: number, value: bigint): void {
  writeBits(bytes, start, offset, bits - 32, Number(BigInt.asUintN(bits - 32, value >> 32n)));
  writeBits(bytes, start, offset + bits - 32, 32, Number(BigInt.asUintN(32, value)));
}

/** The signed number with the same lowest `bits` (1 to 32) bits as an unsigned one. */
export function toSigned(value: number, bits: number): number {
  return value < 2 ** (bits - 1) ? value : value - 2 ** bits;
}

/** The unsigned number of `bits` (1 to 32) bits that is congruent to a safe integer. */
export function toUnsigned(value: number, bits: number): number {
  const size = bits === 32 ? WORD : 2 ** bits;
  return value - Math.floor(value / size) * size;
}
