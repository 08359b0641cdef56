import { moveBytes } from '@nanoredis/intrusive-ds';
import { HyperLogLog, invalidateCardinality } from './hyper-log-log';
import {
  isValueRun,
  MAX_SPARSE_VALUE,
  MAX_VALUE_RUN,
  SparseCursor,
  writeValueRun,
  writeZeroRun,
} from './sparse-opcodes';

/** How to raise a register of a sparse HyperLogLog. */
export enum SparseStep {
  /** Nothing to do: it is high enough. */
  none = 0,
  /** Call `apply`, once there is space for `growth` more bytes. */
  apply = 1,
  /** Convert to dense: the value is too large for a sparse HyperLogLog. */
  promote = 2,
  /** Fail: the runs do not reach the register, so the string is not a valid HyperLogLog. */
  corrupt = 3,
}

/** Number of runs that are examined for joining after a change. */
const MAX_EXAMINED_RUNS = 5;

/**
 * Raises one register of a sparse HyperLogLog exactly as redis-server's hllSparseSet does, so that the bytes are equal.
 * `plan` computes the step, the caller makes space for it, then `apply` rewrites the run. A run of zeros is split in up to
 * three, then equal neighbours are joined. One object serves all HyperLogLogs.
 */
export class SparseEdit {
  /** Additional bytes that the string needs while it is changed: -1 … 3. */
  growth = 0;
  readonly #cursor = new SparseCursor();
  /** The runs that replace the current one. */
  readonly #runs = new Uint8Array(5);
  #runsLength = 0;
  /** Offset of the current run from the start of the string. */
  #offset = 0;
  /** Offset and first register of the run before it. */
  #previousOffset = 0;
  #previousFirst = 0;

  /** Computes how to raise `register` of the string `bytes[start, end)` to `count`. O(runs), allocates nothing. */
  plan(bytes: Uint8Array, start: number, end: number, register: number, count: number): SparseStep {
    if (count > MAX_SPARSE_VALUE) return SparseStep.promote;
    return this.#planFrom(bytes, start, end, HyperLogLog.registers, 0, register, count);
  }

  /**
   * As `plan`, for a register after the one that was planned last, in the same string. Continues from there, so raising all
   * registers in order takes O(runs) in total.
   */
  planNext(bytes: Uint8Array, start: number, end: number, register: number, count: number): SparseStep {
    if (count > MAX_SPARSE_VALUE) return SparseStep.promote;
    const from = this.#previousOffset;
    const step = this.#planFrom(bytes, start, end, from, this.#previousFirst, register, count);
    // The run before the first one examined may have to be joined with it: start again from the front.
    if (this.#offset === from && from > HyperLogLog.registers) return this.plan(bytes, start, end, register, count);
    return step;
  }

  #planFrom(
    bytes: Uint8Array,
    start: number,
    end: number,
    from: number,
    fromRegister: number,
    register: number,
    count: number,
  ): SparseStep {
    const cursor = this.#cursor.begin(bytes, start + from, end, fromRegister);
    let previous = cursor.at;
    let previousFirst = fromRegister;
    for (;;) {
      const { at, first } = cursor;
      if (!cursor.next()) return SparseStep.corrupt;
      previous = at;
      previousFirst = first;
      if (register < cursor.first + cursor.length) break;
    }
    const { value, first, length } = cursor;
    this.#offset = cursor.at - start;
    this.#previousOffset = previous - start;
    this.#previousFirst = previousFirst;
    if (value >= count) return SparseStep.none;
    // Writing a truncated run would overrun the end of the string.
    if (cursor.at + cursor.bytes > end) return SparseStep.corrupt;
    const runs = this.#runs;
    const last = first + length - 1;
    let to = 0;
    if (register !== first) to = writeRun(runs, to, value, register - first);
    to = writeValueRun(runs, to, count, 1);
    if (register !== last) to = writeRun(runs, to, value, last - register);
    this.#runsLength = to;
    this.growth = to - cursor.bytes;
    return SparseStep.apply;
  }

  /**
   * Applies the plan to the string `bytes[start, end)`, which may have moved since and is followed by `growth` free bytes.
   * Returns the new end. O(bytes after the change), allocates nothing.
   */
  apply(bytes: Uint8Array, start: number, end: number): number {
    const at = start + this.#offset;
    const { growth } = this;
    if (growth !== 0) moveBytes(bytes, at + this.#runsLength - growth, end, at + this.#runsLength);
    for (let i = 0; i < this.#runsLength; i++) bytes[at + i] = this.#runs[i]!;
    invalidateCardinality(bytes, start);
    return joinRuns(bytes, start + this.#previousOffset, end + growth);
  }
}

function writeRun(bytes: Uint8Array, at: number, value: number, length: number): number {
  return value === 0 ? writeZeroRun(bytes, at, length) : writeValueRun(bytes, at, value, length);
}

/** Scratch of one call: valid until the command ends or calls another command. */
const joiner = new SparseCursor();

/**
 * Joins adjacent runs of one value, up to the maximum length of a run, among the first five from `start` on. Returns the new
 * end.
 */
function joinRuns(bytes: Uint8Array, start: number, end: number): number {
  let from = start;
  let last = end;
  for (let i = 0; i < MAX_EXAMINED_RUNS && from < last; i++) {
    joiner.begin(bytes, from, last).next();
    const { value, length } = joiner;
    const next = from + joiner.bytes;
    if (value !== 0 && next < last && isValueRun(bytes[next]!)) {
      joiner.next();
      if (joiner.value === value && joiner.length + length <= MAX_VALUE_RUN) {
        writeValueRun(bytes, next, value, joiner.length + length);
        moveBytes(bytes, next, last, from);
        last--;
        continue;
      }
    }
    from = next;
  }
  return last;
}
