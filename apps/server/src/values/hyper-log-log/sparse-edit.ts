import { HyperLogLog, invalidateCardinality } from './hyper-log-log';
import {
  GREATEST_SPARSE_VALUE,
  isValueRun,
  LONGEST_VALUE_RUN,
  SparseCursor,
  writeValueRun,
  writeZeroRun,
} from './sparse-opcodes';

/** What has to happen so that a register of a sparse HyperLogLog is raised. */
export enum SparseStep {
  /** It is high enough already. */
  none = 0,
  /** `apply`, once there is room for `growth` more bytes. */
  apply = 1,
  /** The value is too great for a sparse HyperLogLog. */
  promote = 2,
  /** The runs do not reach the register: the string is no HyperLogLog after all. */
  corrupt = 3,
}

/** Runs that are looked at for neighbours to join after a change. */
const JOINED_RUNS = 5;

/**
 * Raises one register of a sparse HyperLogLog, as redis-server's hllSparseSet does it, so that the bytes come out the same:
 * `plan` says what it takes, then the caller sees to the room that is needed, then `apply` rewrites the run. A run of zeros
 * is split in up to three, then equal neighbours are joined. One object serves all.
 */
export class SparseEdit {
  /** How many more bytes the string needs while it is changed: -1 … 3. */
  growth = 0;
  readonly #cursor = new SparseCursor();
  /** The runs that replace the one at hand. */
  readonly #runs = new Uint8Array(5);
  #runsLength = 0;
  /** Offset of the run at hand from the start of the string. */
  #offset = 0;
  /** The same of the run before it, and the first register of that. */
  #previousOffset = 0;
  #previousFirst = 0;

  /** Finds out how to raise `register` of the string `bytes[start, end)` to `count`. O(runs), allocates nothing. */
  plan(bytes: Uint8Array, start: number, end: number, register: number, count: number): SparseStep {
    if (count > GREATEST_SPARSE_VALUE) return SparseStep.promote;
    return this.#planFrom(bytes, start, end, HyperLogLog.registers, 0, register, count);
  }

  /**
   * As `plan`, for a register behind the one that was planned last, in the same string: goes on where that was found, so that
   * to raise all registers in order takes O(runs) altogether.
   */
  planNext(bytes: Uint8Array, start: number, end: number, register: number, count: number): SparseStep {
    if (count > GREATEST_SPARSE_VALUE) return SparseStep.promote;
    const from = this.#previousOffset;
    const step = this.#planFrom(bytes, start, end, from, this.#previousFirst, register, count);
    // The run before the first one that was looked at may have to be joined with it: look again from the front.
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
    // A run that is cut off would be written over the end of the string.
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
   * Does what was planned to the string `bytes[start, end)`, which may have moved since, and behind which `growth` bytes are
   * free. Returns the new end. O(bytes behind the change), allocates nothing.
   */
  apply(bytes: Uint8Array, start: number, end: number): number {
    const at = start + this.#offset;
    const { growth } = this;
    if (growth !== 0) bytes.copyWithin(at + this.#runsLength, at + this.#runsLength - growth, end);
    for (let i = 0; i < this.#runsLength; i++) bytes[at + i] = this.#runs[i]!;
    invalidateCardinality(bytes, start);
    return joinRuns(bytes, start + this.#previousOffset, end + growth);
  }
}

function writeRun(bytes: Uint8Array, at: number, value: number, length: number): number {
  return value === 0 ? writeZeroRun(bytes, at, length) : writeValueRun(bytes, at, value, length);
}

const joiner = new SparseCursor();

/**
 * Joins runs of one value that stand next to each other, as far as a run can be long, among the first five from `start` on.
 * Returns the new end.
 */
function joinRuns(bytes: Uint8Array, start: number, end: number): number {
  let from = start;
  let last = end;
  for (let i = 0; i < JOINED_RUNS && from < last; i++) {
    joiner.begin(bytes, from, last).next();
    const { value, length } = joiner;
    const next = from + joiner.bytes;
    if (value !== 0 && next < last && isValueRun(bytes[next]!)) {
      joiner.next();
      if (joiner.value === value && joiner.length + length <= LONGEST_VALUE_RUN) {
        writeValueRun(bytes, next, value, joiner.length + length);
        bytes.copyWithin(from, next, last);
        last--;
        continue;
      }
    }
    from = next;
  }
  return last;
}
