import { copyBytes } from '@nanoredis/intrusive-ds';
import type { StringView } from '../string-view';
import { countDenseRegisters, raiseDenseRegister, writeDenseRegisters } from './dense-registers';
import { ElementHash } from './element-hash';
import {
  DENSE_BYTES,
  EMPTY_BYTES,
  EMPTY_HYPER_LOG_LOG,
  HyperLogLog,
  invalidateCardinality,
  REGISTERS,
  RegisterEncoding,
} from './hyper-log-log';
import { SparseEdit, SparseStep } from './sparse-edit';
import { countSparseRegisters, mergeSparseRegisters } from './sparse-opcodes';

/** Length of the longest valid sparse HyperLogLog, two bytes per register, plus the growth that `SparseEdit` may need. */
const CAPACITY = HyperLogLog.registers + 2 * REGISTERS + 3;

/** A HyperLogLog outside the keyspace, which is edited and then stored as a whole: `bytes[0, length)`. */
export class HyperLogLogDraft {
  readonly bytes: Buffer = Buffer.alloc(CAPACITY);
  length = 0;
  readonly #registers = new Uint8Array(REGISTERS);
  readonly #hash = new ElementHash();
  readonly #edit = new SparseEdit();

  get encoding(): RegisterEncoding {
    return this.bytes[HyperLogLog.encoding]!;
  }

  /** Resets it to an empty HyperLogLog. O(1). */
  clear(): void {
    this.length = EMPTY_BYTES;
    copyBytes(EMPTY_HYPER_LOG_LOG, 0, EMPTY_BYTES, this.bytes, 0);
  }

  /** Copies a valid HyperLogLog into it. O(length). */
  copy(view: StringView): void {
    this.length = view.length;
    copyBytes(view.bytes, view.start, view.end, this.bytes, 0);
  }

  /** Copies a sparse HyperLogLog into it in dense encoding. Returns false if that is corrupted. O(registers). */
  copyDense(view: StringView): boolean {
    this.#registers.fill(0);
    if (!mergeSparseRegisters(view.bytes, view.start + HyperLogLog.registers, view.end, this.#registers)) return false;
    copyBytes(view.bytes, view.start, view.start + HyperLogLog.registers, this.bytes, 0);
    this.#writeDense();
    return true;
  }

  /** Converts it to the dense encoding unless it is dense. O(registers). */
  makeDense(): void {
    if (this.encoding === RegisterEncoding.dense) return;
    this.#registers.fill(0);
    mergeSparseRegisters(this.bytes, HyperLogLog.registers, this.length, this.#registers);
    this.#writeDense();
  }

  /**
   * Adds the element `bytes[start, end)`. Converts to the dense encoding if a sparse one would exceed `sparseBytes`.
   * O(length of the element + runs).
   */
  add(bytes: Uint8Array, start: number, end: number, sparseBytes: number): void {
    const { register, count } = this.#hash.assign(bytes, start, end);
    if (this.encoding === RegisterEncoding.sparse) {
      const step = this.#edit.plan(this.bytes, 0, this.length, register, count);
      if (this.#applySparse(step, sparseBytes)) return;
    }
    raiseDenseRegister(this.bytes, HyperLogLog.registers, register, count);
  }

  /** Raises each register to that of `registers`, one byte each; converts as `add` does. O(registers). */
  raise(registers: Uint8Array, sparseBytes: number): void {
    let isFirst = true;
    for (let i = 0; i < REGISTERS; i++) {
      const count = registers[i]!;
      if (count === 0) continue;
      if (this.encoding === RegisterEncoding.sparse) {
        const step = isFirst
          ? this.#edit.plan(this.bytes, 0, this.length, i, count)
          : this.#edit.planNext(this.bytes, 0, this.length, i, count);
        isFirst = false;
        if (this.#applySparse(step, sparseBytes)) continue;
      }
      raiseDenseRegister(this.bytes, HyperLogLog.registers, i, count);
    }
    invalidateCardinality(this.bytes, 0);
  }

  /** Adds its registers to a histogram of their values. O(registers). */
  count(histogram: Int32Array): void {
    if (this.encoding === RegisterEncoding.dense) countDenseRegisters(this.bytes, HyperLogLog.registers, histogram);
    else countSparseRegisters(this.bytes, HyperLogLog.registers, this.length, histogram);
  }

  /** Applies the planned step and returns true, or converts to the dense encoding and returns false. */
  #applySparse(step: SparseStep, sparseBytes: number): boolean {
    if (step === SparseStep.none) return true;
    const { growth } = this.#edit;
    if (step === SparseStep.apply && (growth <= 0 || this.length + growth <= sparseBytes)) {
      this.length = this.#edit.apply(this.bytes, 0, this.length);
      return true;
    }
    this.makeDense();
    return false;
  }

  #writeDense(): void {
    this.bytes[HyperLogLog.encoding] = RegisterEncoding.dense;
    writeDenseRegisters(this.#registers, this.bytes, HyperLogLog.registers);
    this.length = DENSE_BYTES;
  }
}
