/** Low and high word of MurmurHash64A's multiplier 0xc6a4a7935bd1e995, and the halves of the low one. */
const MULTIPLIER_LOW = 0x5bd1e995;
const MULTIPLIER_HIGH = 0xc6a4a793 | 0;
const MULTIPLIER_LOW_LOW = 0xe995;
const MULTIPLIER_LOW_HIGH = 0x5bd1;
const SEED = 0xadc83b19 | 0;

/** Bits of the hash that select the register. */
const INDEX_BITS = 14;
const INDEX_MASK = (1 << INDEX_BITS) - 1;

/**
 * Maps an element to one of 16384 registers and to the length of a run of zeros in its hash.
 *
 * The hash is Austin Appleby's MurmurHash64A, little-endian, with Redis' seed. Its 64 bits are kept in two 32-bit words: a
 * bigint would cost an allocation per step. A 64-bit multiplication takes five of 32 bits.
 */
export class ElementHash {
  /** The register of the element, 0 … 16383. */
  register = 0;
  /** The minimum value of that register, 1 … 51: the position of the lowest bit set above the index, from 1. */
  count = 0;
  #low = 0;
  #high = 0;

  /** Hashes `bytes[start, end)` into `register` and `count`. O(length), allocates nothing. */
  assign(bytes: Uint8Array, start: number, end: number): this {
    this.#hash(bytes, start, end);
    const low = this.#low;
    const high = this.#high;
    this.register = low & INDEX_MASK;
    const below = low >>> INDEX_BITS;
    // A run that reaches the end of the hash counts as terminated there, so the maximum is 51.
    if (below !== 0) this.count = trailingZeros(below) + 1;
    else this.count = 32 - INDEX_BITS + (high === 0 ? 32 : trailingZeros(high)) + 1;
    return this;
  }

  /** The hash of `bytes[start, end)` as a 64-bit bigint, for tests. Allocates. */
  hash(bytes: Uint8Array, start: number, end: number): bigint {
    this.#hash(bytes, start, end);
    return (BigInt(this.#high >>> 0) << 32n) | BigInt(this.#low >>> 0);
  }

  #hash(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.#low = length | 0;
    this.#high = 0;
    this.#multiply();
    this.#low ^= SEED;
    let at = start;
    for (const last = end - 7; at < last; at += 8) {
      const low = this.#low;
      const high = this.#high;
      this.#low = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
      this.#high = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
      this.#multiply();
      this.#low ^= this.#high >>> 15;
      this.#multiply();
      this.#low ^= low;
      this.#high ^= high;
      this.#multiply();
    }
    const rest = end - at;
    if (rest > 0) {
      let low = 0;
      let high = 0;
      for (let i = 0; i < rest; i++) {
        if (i < 4) low |= bytes[at + i]! << (8 * i);
        else high |= bytes[at + i]! << (8 * i - 32);
      }
      this.#low ^= low;
      this.#high ^= high;
      this.#multiply();
    }
    this.#low ^= this.#high >>> 15;
    this.#multiply();
    this.#low ^= this.#high >>> 15;
  }

  /** Multiplies by the constant, modulo 2^64. */
  #multiply(): void {
    const low = this.#low;
    const lowLow = low & 0xffff;
    const lowHigh = low >>> 16;
    const bottom = Math.imul(lowLow, MULTIPLIER_LOW_LOW);
    const left = Math.imul(lowHigh, MULTIPLIER_LOW_LOW);
    const right = Math.imul(lowLow, MULTIPLIER_LOW_HIGH);
    const middle = (bottom >>> 16) + (left & 0xffff) + (right & 0xffff);
    const carried = Math.imul(lowHigh, MULTIPLIER_LOW_HIGH) + (left >>> 16) + (right >>> 16) + (middle >>> 16);
    this.#high = (carried + Math.imul(this.#high, MULTIPLIER_LOW) + Math.imul(low, MULTIPLIER_HIGH)) | 0;
    this.#low = Math.imul(low, MULTIPLIER_LOW);
  }
}

/** Zero bits below the lowest bit set of a word that is not 0. */
function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}
