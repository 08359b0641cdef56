import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateCardinality, REGISTER_VALUES } from './cardinality';
import { readDenseRegister, writeDenseRegister, writeDenseRegisters } from './dense-registers';
import {
  DENSE_BYTES,
  HyperLogLog,
  hasCardinality,
  invalidateCardinality,
  isHyperLogLog,
  REGISTERS,
  RegisterEncoding,
  readCardinality,
  writeCardinality,
} from './hyper-log-log';
import { HyperLogLogDraft } from './hyper-log-log-draft';
import { countSparseRegisters, MAX_VALUE_RUN, mergeSparseRegisters, SparseCursor } from './sparse-opcodes';

const registersStart = HyperLogLog.registers;

function registersOf(draft: HyperLogLogDraft): Uint8Array {
  const registers = new Uint8Array(REGISTERS);
  if (draft.encoding === RegisterEncoding.sparse) {
    expect(mergeSparseRegisters(draft.bytes, registersStart, draft.length, registers)).toBe(true);
  } else {
    for (let i = 0; i < REGISTERS; i++) registers[i] = readDenseRegister(draft.bytes, registersStart, i);
  }
  return registers;
}

function raised(pairs: readonly (readonly [number, number])[]): Uint8Array {
  const registers = new Uint8Array(REGISTERS);
  for (const [register, count] of pairs) registers[register] = Math.max(registers[register]!, count);
  return registers;
}

const register = fc.oneof(
  fc.nat(30),
  fc.integer({ min: 60, max: 70 }),
  fc.nat(REGISTERS - 1),
  fc.constant(REGISTERS - 1),
);
const pairs = fc.array(fc.tuple(register, fc.integer({ min: 1, max: 51 })), { maxLength: 60 });
const sparsePairs = fc.array(fc.tuple(register, fc.integer({ min: 1, max: 4 })), { maxLength: 60 });

describe('registers', () => {
  it('of six bits keep their value when a neighbour is written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(register, fc.nat(63)), { maxLength: 50 }), (writes) => {
        const bytes = new Uint8Array(DENSE_BYTES - registersStart);
        const model = new Uint8Array(REGISTERS);
        for (const [index, value] of writes) {
          writeDenseRegister(bytes, 0, index, value);
          model[index] = value;
        }
        const together = new Uint8Array(bytes.length);
        writeDenseRegisters(model, together, 0);
        expect(Buffer.compare(bytes, together)).toBe(0);
        for (const [index] of writes) expect(readDenseRegister(bytes, 0, index)).toBe(model[index]);
      }),
    );
  });

  it('are raised one by one, in sparse runs that cover all of them', () => {
    fc.assert(
      fc.property(fc.array(sparsePairs, { maxLength: 4 }), (batches) => {
        const draft = new HyperLogLogDraft();
        draft.clear();
        for (const batch of batches) draft.raise(raised(batch), 16384);
        expect(draft.encoding).toBe(RegisterEncoding.sparse);
        expect(Buffer.compare(registersOf(draft), raised(batches.flat()))).toBe(0);
      }),
    );
  });

  it('become dense beyond a length or a value', () => {
    fc.assert(
      fc.property(pairs, pairs, fc.integer({ min: 18, max: 200 }), (first, second, sparseBytes) => {
        const draft = new HyperLogLogDraft();
        draft.clear();
        draft.raise(raised(first), sparseBytes);
        draft.raise(raised(second), sparseBytes);
        expect(Buffer.compare(registersOf(draft), raised([...first, ...second]))).toBe(0);
        const isSparse = draft.encoding === RegisterEncoding.sparse;
        expect(draft.length).toBe(isSparse ? Math.min(draft.length, sparseBytes) : DENSE_BYTES);
        if ([...first, ...second].some(([, count]) => count > 32)) expect(isSparse).toBe(false);
      }),
    );
  });

  it('that are equal and adjacent share a run', () => {
    const draft = new HyperLogLogDraft();
    draft.clear();
    draft.raise(raised(Array.from({ length: 40 }, (_, i) => [i, 3])), 3000);
    const cursor = new SparseCursor().begin(draft.bytes, registersStart, draft.length);
    let runs = 0;
    while (cursor.next()) runs += cursor.value === 3 ? 1 : 0;
    expect(runs).toBe(40 / MAX_VALUE_RUN);
  });

  it('are rejected if the runs are too short or too long', () => {
    const histogram = new Int32Array(REGISTER_VALUES);
    const registers = new Uint8Array(REGISTERS);
    for (const runs of ['', '7ffe', '7fff00', '7fff80', '7ffe83', '5000']) {
      const bytes = Buffer.from(runs, 'hex');
      expect(countSparseRegisters(bytes, 0, bytes.length, histogram)).toBe(false);
      expect(mergeSparseRegisters(bytes, 0, bytes.length, registers)).toBe(false);
    }
  });
});

describe('the header', () => {
  it('is distinguished from other strings', () => {
    const draft = new HyperLogLogDraft();
    draft.clear();
    expect(isHyperLogLog(draft.bytes, 0, draft.length)).toBe(true);
    expect(isHyperLogLog(draft.bytes, 0, 15)).toBe(false);
    draft.makeDense();
    expect(isHyperLogLog(draft.bytes, 0, draft.length)).toBe(true);
    expect(isHyperLogLog(draft.bytes, 0, draft.length - 1)).toBe(false);
    draft.bytes[HyperLogLog.encoding] = 2;
    expect(isHyperLogLog(draft.bytes, 0, draft.length)).toBe(false);
  });

  it('keeps a cardinality until it is invalidated', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (cardinality) => {
        const bytes = new Uint8Array(registersStart);
        invalidateCardinality(bytes, 0);
        expect(hasCardinality(bytes, 0)).toBe(false);
        writeCardinality(bytes, 0, cardinality);
        expect(hasCardinality(bytes, 0)).toBe(true);
        expect(readCardinality(bytes, 0)).toBe(cardinality);
      }),
    );
  });

  it('may hold a cardinality that is not exact in a double', () => {
    const bytes = new Uint8Array(registersStart).fill(0xff);
    bytes[15] = 0x7f;
    expect(readCardinality(bytes, 0)).toBe(2n ** 63n - 1n);
  });
});

describe('the estimate', () => {
  it('is off by a few standard errors at most', () => {
    const draft = new HyperLogLogDraft();
    draft.clear();
    const element = new Uint32Array(2);
    for (let i = 1; i <= 200_000; i++) {
      element[0] = i;
      draft.add(new Uint8Array(element.buffer), 0, 8, 3000);
      if (![1, 10, 100, 1000, 10_000, 200_000].includes(i)) continue;
      const histogram = new Int32Array(REGISTER_VALUES);
      draft.count(histogram);
      expect(Math.abs(estimateCardinality(histogram) - i)).toBeLessThanOrEqual(Math.ceil(0.03 * i));
    }
  });

  it('is 0 for an empty one, and infinite for registers that no element produces', () => {
    const histogram = new Int32Array(REGISTER_VALUES);
    histogram[0] = REGISTERS;
    expect(estimateCardinality(histogram)).toBe(0);
    histogram[0] = 0;
    histogram[63] = REGISTERS;
    expect(estimateCardinality(histogram)).toBe(Number.POSITIVE_INFINITY);
  });
});
