/**
 * The sparse registers of a HyperLogLog are a sequence of runs of equal registers, from register 0 to the last:
 *
 * ```
 *   00llllll             ZERO   l + 1 registers (1 … 64) that are 0
 *   01llllll llllllll    XZERO  l + 1 registers (1 … 16384) that are 0
 *   1vvvvvll             VAL    l + 1 registers (1 … 4) that are v + 1 (1 … 32)
 * ```
 */
import { REGISTERS } from './hyper-log-log';

/** Length of the longest run of zeros in the one-byte form. */
export const MAX_ZERO_RUN = 64;
/** Length of the longest run of a value. */
export const MAX_VALUE_RUN = 4;
/** Largest value of a register in a sparse HyperLogLog. */
export const MAX_SPARSE_VALUE = 32;

const XZERO = 0x40;
const VAL = 0x80;

/** Walks over the runs of sparse registers. A cursor is reusable, so a walk allocates nothing. */
export class SparseCursor {
  /** Index of the current run's first byte. */
  at = 0;
  /** Its length in bytes: 1 or 2. */
  bytes = 0;
  /** First register of the run. */
  first = 0;
  /** Number of registers of the run. */
  length = 0;
  /** Their value. */
  value = 0;
  #next = 0;
  #end = 0;
  #source: Uint8Array = Buffer.alloc(0);

  /** Begins a walk over the runs in `source[start, end)`, before the first run, which begins with register `first`. */
  begin(source: Uint8Array, start: number, end: number, first = 0): this {
    this.#source = source;
    this.#next = start;
    this.#end = end;
    this.at = start;
    this.bytes = 0;
    this.first = first;
    this.length = 0;
    this.value = 0;
    return this;
  }

  /** Moves to the next run; returns false if there is none. O(1). */
  next(): boolean {
    const at = this.#next;
    if (at >= this.#end) return false;
    this.at = at;
    this.first += this.length;
    const byte = this.#source[at]!;
    if ((byte & VAL) !== 0) {
      this.bytes = 1;
      this.value = ((byte >>> 2) & 0x1f) + 1;
      this.length = (byte & 3) + 1;
    } else if ((byte & XZERO) !== 0) {
      this.bytes = 2;
      this.value = 0;
      // In Redis, a truncated run continues with the NUL that terminates the string.
      const low = at + 1 < this.#end ? this.#source[at + 1]! : 0;
      this.length = (((byte & 0x3f) << 8) | low) + 1;
    } else {
      this.bytes = 1;
      this.value = 0;
      this.length = (byte & 0x3f) + 1;
    }
    this.#next = at + this.bytes;
    return true;
  }
}

/** Tells whether a run of one value, not of zeros, begins with this byte. */
export function isValueRun(byte: number): boolean {
  return (byte & VAL) !== 0;
}

/** Writes a run of 1 … 16384 zeros in the shorter form. Returns where it ends. */
export function writeZeroRun(bytes: Uint8Array, at: number, length: number): number {
  if (length <= MAX_ZERO_RUN) {
    bytes[at] = length - 1;
    return at + 1;
  }
  bytes[at] = XZERO | ((length - 1) >>> 8);
  bytes[at + 1] = length - 1;
  return at + 2;
}

/** Writes a run of 1 … 4 registers of the value 1 … 32. Returns where it ends. */
export function writeValueRun(bytes: Uint8Array, at: number, value: number, length: number): number {
  bytes[at] = VAL | ((value - 1) << 2) | (length - 1);
  return at + 1;
}

/** Scratch of one call: valid until the command ends or calls another command. */
const cursor = new SparseCursor();

/**
 * Adds the number of registers in `bytes[start, end)` of each value to `histogram`. Returns whether the runs cover exactly
 * all registers. O(runs).
 */
export function countSparseRegisters(bytes: Uint8Array, start: number, end: number, histogram: Int32Array): boolean {
  cursor.begin(bytes, start, end);
  while (cursor.next()) histogram[cursor.value]! += cursor.length;
  return cursor.first + cursor.length === REGISTERS;
}

/**
 * Raises each of `registers`, one byte each, to the register of the same index in `bytes[start, end)`. Returns whether the
 * runs are valid; if not, some registers may have been raised. O(runs + registers that are not 0).
 */
export function mergeSparseRegisters(bytes: Uint8Array, start: number, end: number, registers: Uint8Array): boolean {
  cursor.begin(bytes, start, end);
  while (cursor.next()) {
    const { value, first } = cursor;
    if (value === 0) continue;
    const last = first + cursor.length;
    if (last > REGISTERS) return false;
    for (let i = first; i < last; i++) if (value > registers[i]!) registers[i] = value;
  }
  return cursor.first + cursor.length === REGISTERS;
}
