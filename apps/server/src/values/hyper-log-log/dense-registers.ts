/**
 * 16384 registers of 6 bits, the first in the least significant bits of the first byte:
 *
 * ```
 *   byte 0      byte 1      byte 2
 *   1 1 0 0 0 0 0 0 | 2 2 2 2 1 1 1 1 | 3 3 3 3 3 3 2 2
 * ```
 */
import { REGISTERS } from './hyper-log-log';

const MASK = 63;

/** Register `index` of the dense registers at `bytes[start]`. O(1). */
export function readDenseRegister(bytes: Uint8Array, start: number, index: number): number {
  const at = start + ((index * 6) >>> 3);
  const shift = (index * 6) & 7;
  const low = bytes[at]! >>> shift;
  return (shift > 2 ? low | (bytes[at + 1]! << (8 - shift)) : low) & MASK;
}

/** Sets register `index` to `value`, 0 … 63. O(1). */
export function writeDenseRegister(bytes: Uint8Array, start: number, index: number, value: number): void {
  const at = start + ((index * 6) >>> 3);
  const shift = (index * 6) & 7;
  bytes[at] = (bytes[at]! & ~(MASK << shift)) | (value << shift);
  if (shift <= 2) return;
  bytes[at + 1] = (bytes[at + 1]! & ~(MASK >>> (8 - shift))) | (value >>> (8 - shift));
}

/** Raises register `index` to `count` if it is lower. Returns whether it was lower. O(1), allocates nothing. */
export function raiseDenseRegister(bytes: Uint8Array, start: number, index: number, count: number): boolean {
  if (readDenseRegister(bytes, start, index) >= count) return false;
  writeDenseRegister(bytes, start, index, count);
  return true;
}

/** Adds the number of registers of each value to `histogram`. O(registers), three bytes per step. */
export function countDenseRegisters(bytes: Uint8Array, start: number, histogram: Int32Array): void {
  const end = start + (REGISTERS * 6) / 8;
  for (let at = start; at < end; at += 3) {
    const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    histogram[four & MASK]!++;
    histogram[(four >>> 6) & MASK]!++;
    histogram[(four >>> 12) & MASK]!++;
    histogram[four >>> 18]!++;
  }
}

/** Raises each of `registers`, one byte each, to the dense register of the same index. O(registers). */
export function mergeDenseRegisters(bytes: Uint8Array, start: number, registers: Uint8Array): void {
  for (let i = 0, at = start; i < REGISTERS; i += 4, at += 3) {
    const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    if (four === 0) continue;
    raise(registers, i, four & MASK);
    raise(registers, i + 1, (four >>> 6) & MASK);
    raise(registers, i + 2, (four >>> 12) & MASK);
    raise(registers, i + 3, four >>> 18);
  }
}

/** Writes `registers`, one byte each, as dense registers. O(registers). */
export function writeDenseRegisters(registers: Uint8Array, bytes: Uint8Array, start: number): void {
  for (let i = 0, at = start; i < REGISTERS; i += 4, at += 3) {
    const four = registers[i]! | (registers[i + 1]! << 6) | (registers[i + 2]! << 12) | (registers[i + 3]! << 18);
    bytes[at] = four;
    bytes[at + 1] = four >>> 8;
    bytes[at + 2] = four >>> 16;
  }
}

function raise(registers: Uint8Array, index: number, value: number): void {
  if (value > registers[index]!) registers[index] = value;
}
