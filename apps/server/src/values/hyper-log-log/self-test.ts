import { estimateCardinality, REGISTER_VALUES } from './cardinality';
import { countDenseRegisters, raiseDenseRegister, readDenseRegister, writeDenseRegister } from './dense-registers';
import { ElementHash } from './element-hash';
import { REGISTERS, RegisterEncoding } from './hyper-log-log';
import { HyperLogLogDraft } from './hyper-log-log-draft';

const REGISTER_ROUNDS = 1000;
const ELEMENTS = 10_000_000;
/** Standard error of an estimate. */
const STANDARD_ERROR = 1.04 / Math.sqrt(REGISTERS);
/** Maximum error of an estimate, in standard errors. */
const MAX_STANDARD_ERRORS = 6;

/**
 * Tests the HyperLogLogs of this process. Returns the error text of redis-server's PFSELFTEST, or null. Writes registers and
 * reads them back, then adds ten million random elements to a dense and to a sparse one and checks their estimates at every
 * power of ten. Takes seconds.
 * @param randomUint32 returns uniform unsigned 32-bit numbers.
 * @param sparseBytes hll-sparse-max-bytes.
 */
export function findHyperLogLogFault(randomUint32: () => number, sparseBytes: number): string | null {
  return findRegisterFault(randomUint32) ?? findEstimateFault(randomUint32, sparseBytes);
}

function findRegisterFault(randomUint32: () => number): string | null {
  const dense = new Uint8Array((REGISTERS * 6) / 8);
  const expected = new Uint8Array(REGISTERS);
  for (let round = 0; round < REGISTER_ROUNDS; round++) {
    for (let i = 0; i < REGISTERS; i++) {
      expected[i] = randomUint32() & 63;
      writeDenseRegister(dense, 0, i, expected[i]!);
    }
    for (let i = 0; i < REGISTERS; i++) {
      const value = readDenseRegister(dense, 0, i);
      if (value !== expected[i]) return `Register ${i} should be ${expected[i]} but is ${value}`;
    }
  }
  return null;
}

function findEstimateFault(randomUint32: () => number, sparseBytes: number): string | null {
  const dense = new Uint8Array((REGISTERS * 6) / 8);
  const draft = new HyperLogLogDraft();
  draft.clear();
  const hash = new ElementHash();
  const element = new Uint8Array(8);
  const words = new Uint32Array(element.buffer);
  const seed = randomUint32();
  words[1] = randomUint32();
  let checkpoint = 1;
  for (let i = 1; i <= ELEMENTS; i++) {
    words[0] = i ^ seed;
    hash.assign(element, 0, 8);
    raiseDenseRegister(dense, 0, hash.register, hash.count);
    draft.add(element, 0, 8, sparseBytes);
    if (i !== checkpoint) continue;
    if (i < sparseBytes / 2 && draft.encoding !== RegisterEncoding.sparse) return 'sparse encoding not used';
    const estimate = estimateOf(draft);
    if (estimate !== estimateOfDense(dense)) return 'dense/sparse disagree';
    const error = Math.abs(i - estimate);
    // Two of ten elements share a register often enough.
    const limit = i === 10 ? 1 : Math.ceil(STANDARD_ERROR * MAX_STANDARD_ERRORS * i);
    if (error > limit) return `Too big error. card:${i} abserr:${error}`;
    checkpoint *= 10;
  }
  return null;
}

function estimateOf(draft: HyperLogLogDraft): number {
  const histogram = new Int32Array(REGISTER_VALUES);
  draft.count(histogram);
  return estimateCardinality(histogram);
}

function estimateOfDense(registers: Uint8Array): number {
  const histogram = new Int32Array(REGISTER_VALUES);
  countDenseRegisters(registers, 0, histogram);
  return estimateCardinality(histogram);
}
