import { REGISTERS } from './hyper-log-log';

/** Number of values that a register of 6 bits can have. */
export const REGISTER_VALUES = 64;

/** Bits of a hash that follow the register's index. An element raises a register to at most one more than this. */
const RUN_BITS = 50;

/** 1 / (2 ln 2). */
const ALPHA = 0.5 / Math.LN2;

/**
 * The estimated number of distinct elements, rounded, from registers of which `histogram[v]` have the value `v`; infinite if
 * every register is saturated. The estimator is that of Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog
 * sketches" (arXiv:1702.01284), with operations in the order of redis-server, so that results are equal to the bit. O(1).
 */
export function estimateCardinality(histogram: Int32Array): number {
  let z = REGISTERS * tau((REGISTERS - histogram[RUN_BITS + 1]!) / REGISTERS);
  for (let value = RUN_BITS; value >= 1; value--) z = (z + histogram[value]!) * 0.5;
  z += REGISTERS * sigma(histogram[0]! / REGISTERS);
  return Math.round((ALPHA * REGISTERS * REGISTERS) / z);
}

/** x + x^2 + 2 x^4 + 4 x^8 + …: the share of the registers that are still 0. */
function sigma(x: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY;
  let power = x;
  let weight = 1;
  let sum = x;
  for (let previous = Number.NaN; previous !== sum; ) {
    power *= power;
    previous = sum;
    sum += power * weight;
    weight += weight;
  }
  return sum;
}

/** (1 - x - (1 - √x)^2 / 2 - (1 - ⁴√x)^2 / 4 - …) / 3: the share of the registers that are full. */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let root = x;
  let weight = 1;
  let sum = 1 - x;
  for (let previous = Number.NaN; previous !== sum; ) {
    root = Math.sqrt(root);
    previous = sum;
    weight *= 0.5;
    sum -= (1 - root) * (1 - root) * weight;
  }
  return sum / 3;
}
