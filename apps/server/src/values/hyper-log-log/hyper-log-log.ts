/**
 * A HyperLogLog as Redis stores it in a string:
 *
 * ```
 *    0 magic        "HYLL"
 *    4 encoding     0 dense, 1 sparse
 *    5 (3 bytes unused)
 *    8 cardinality  u64, little-endian: the last estimate; the most significant bit marks it as out of date
 *   16 registers    dense: 16384 of 6 bits (dense-registers.ts); sparse: runs of equal registers (sparse-opcodes.ts)
 * ```
 */
export enum HyperLogLog {
  magic = 0,
  encoding = 4,
  cardinality = 8,
  registers = 16,
}

/** The encoding of the registers. */
export enum RegisterEncoding {
  dense = 0,
  sparse = 1,
}

/** Number of registers of every HyperLogLog. */
export const REGISTERS = 16384;

/** Length of a dense HyperLogLog. */
export const DENSE_BYTES = HyperLogLog.registers + (REGISTERS * 6) / 8;

/** Length of an empty sparse HyperLogLog. */
export const EMPTY_BYTES = HyperLogLog.registers + 2;

/** An empty HyperLogLog: its cardinality is up to date, and its registers are one run of zeros. */
export const EMPTY_HYPER_LOG_LOG: Uint8Array = Buffer.from('HYLL\x01\0\0\0\0\0\0\0\0\0\0\0\x7f\xff', 'latin1');

const STALE = 0x80;

/**
 * Tells whether the string of `length` bytes at `bytes[start]` has the header of a HyperLogLog. The runs of a sparse one may
 * still be invalid. O(1).
 */
export function isHyperLogLog(bytes: Uint8Array, start: number, length: number): boolean {
  if (length < HyperLogLog.registers) return false;
  if (bytes[start] !== 0x48 || bytes[start + 1] !== 0x59) return false;
  if (bytes[start + 2] !== 0x4c || bytes[start + 3] !== 0x4c) return false;
  const encoding = bytes[start + HyperLogLog.encoding]!;
  return encoding === RegisterEncoding.sparse || (encoding === RegisterEncoding.dense && length === DENSE_BYTES);
}

/** Marks the cardinality in the header as out of date. O(1). */
export function invalidateCardinality(bytes: Uint8Array, start: number): void {
  bytes[start + HyperLogLog.cardinality + 7]! |= STALE;
}

/** Tells whether the cardinality in the header is up to date. O(1). */
export function hasCardinality(bytes: Uint8Array, start: number): boolean {
  return (bytes[start + HyperLogLog.cardinality + 7]! & STALE) === 0;
}

/** The cardinality in the header: a bigint only if a client wrote a number that a double cannot represent. O(1). */
export function readCardinality(bytes: Uint8Array, start: number): number | bigint {
  const low = readWord(bytes, start + HyperLogLog.cardinality);
  const high = readWord(bytes, start + HyperLogLog.cardinality + 4);
  if (high < 0x20_0000) return high * 0x1_0000_0000 + low;
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}

/**
 * Writes an estimate into the header. An estimate of 2^63 or more, which only a forged HyperLogLog has, is written as 2^63,
 * as C casts it; that marks it as out of date. O(1).
 */
export function writeCardinality(bytes: Uint8Array, start: number, cardinality: number): void {
  const isTooLarge = cardinality >= 2 ** 63;
  const high = isTooLarge ? 0x8000_0000 : Math.floor(cardinality / 0x1_0000_0000);
  writeWord(bytes, start + HyperLogLog.cardinality, isTooLarge ? 0 : cardinality % 0x1_0000_0000);
  writeWord(bytes, start + HyperLogLog.cardinality + 4, high);
}

function readWord(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  for (let i = 0; i < 4; i++) bytes[at + i] = word >>> (8 * i);
}
