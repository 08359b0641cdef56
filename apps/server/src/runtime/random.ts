import { randomBytes } from 'node:crypto';

/** The only random source of a server; seeded, so that a run can be repeated. */
export interface Random {
  /** A uniform unsigned 32-bit number. O(1), allocates nothing. */
  nextUint32(): number;
}

/** xoshiro128** of Blackman and Vigna: 16 bytes of state, period 2^128 - 1. */
export class SeededRandom implements Random {
  readonly #state = new Uint32Array(4);

  /** @param seed any number; equal seeds give equal sequences. */
  constructor(seed: number) {
    // splitmix32 expands a small seed to the whole state, as the authors of xoshiro recommend.
    let x = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      x = (x + 0x9e3779b9) >>> 0;
      let z = x;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      this.#state[i] = z ^ (z >>> 16);
    }
  }

  /** A seed from the random source of the system. */
  static freshSeed(): number {
    return randomBytes(4).readUInt32LE();
  }

  nextUint32(): number {
    const s = this.#state;
    const s1 = s[1]!;
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s1 << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s1;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = (s[3]! << 11) | (s[3]! >>> 21);
    return result;
  }
}

/** A uniform integer in `0 … below - 1`, for `below` from 1 to 2^32. O(1) expected. */
export function uniformBelow(random: Random, below: number): number {
  // Reject the incomplete last interval of 2^32, which would favour small numbers.
  const limit = 0x100000000 - (0x100000000 % below);
  let x = random.nextUint32();
  while (x >= limit) x = random.nextUint32();
  return x % below;
}
