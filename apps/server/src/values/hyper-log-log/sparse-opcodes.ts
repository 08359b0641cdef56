/**
 * The sparse registers of a HyperLogLog are runs of equal registers, one after the other, from register 0 to the last:
 *
 * ```
 *   00llllll             ZERO   l + 1 registers (1 … 64) that are 0
 *   01llllll llllllll    XZERO  l + 1 registers (1 … 16384) that are 0
 *   1vvvvvll             VAL    l + 1 registers (1 … 4) that are v + 1 (1 … 32)
 * ```
 */
import { REGISTERS } from './hyper-log-log';

/** Longest run of zeros that one byte holds. */
export const LONGEST_ZERO = 64;
/** Longest run of one value. */
export const LONGEST_VALUE_RUN = 4;
/** Greatest register that a sparse HyperLogLog can hold. */
export const GREATEST_SPARSE_VALUE = 32;

const XZERO = 0x40;
const VAL = 0x80;

/** Walks over the runs of sparse registers; one cursor serves all, so that a walk allocates nothing. */
export class SparseCursor {
  /** Where the run at hand is written. */
  at = 0;
  /** Bytes that it is written in: 1 or 2. */
  bytes = 0;
  /** First register of the run. */
  first = 0;
  /** Registers of the run. */
  length = 0;
  /** Their value. */
  value = 0;
  #next = 0;
  #end = 0;
  #source: Uint8Array = Buffer.alloc(0);

  /** Begins a walk over the runs in `source[start, end)`, before the first of them, which is that of register `first`. */
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

  /** Goes to the next run; false where there is none. O(1). */
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
      // A run that is cut off goes on with the NUL that ends a string in C.
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

/** Writes a run of 1 … 16384 zeros in the shorter way. Returns where it ends. */
export function writeZeroRun(bytes: Uint8Array, at: number, length: number): number {
  if (length <= LONGEST_ZERO) {
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

const cursor = new SparseCursor();

/**
 * Counts in `histogram` how many of the registers in `bytes[start, end)` have each value. Returns whether the runs make as
 * many registers as there have to be. O(runs).
 */
export function countSparseRegisters(bytes: Uint8Array, start: number, end: number, histogram: Int32Array): boolean {
  cursor.begin(bytes, start, end);
  while (cursor.next()) histogram[cursor.value]! += cursor.length;
  return cursor.first + cursor.length === REGISTERS;
}

/**
 * Raises every one of `registers`, a byte each, to the register of the same index in `bytes[start, end)`. Returns whether
 * the runs are valid; if they are not, some registers may have been raised. O(runs + registers that are not 0).
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
