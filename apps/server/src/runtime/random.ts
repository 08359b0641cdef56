import { randomFillSync } from 'node:crypto';
import type { HashSeed } from '@nanoredis/intrusive-ds';

/** The only random source of a server. */
export interface Random {
  /**
   * The key of the server's hash tables. It tells nothing of the numbers of `nextUint32`, nor they of it: clients see some
   * of those (run_id, SRANDMEMBER), and who knows the key can make keys that collide.
   */
  readonly hashSeed: HashSeed;
  /** A uniform unsigned 32-bit number. O(1), allocates nothing. */
  nextUint32(): number;
}

/** xoshiro128** of Blackman and Vigna: 16 bytes of state, period 2^128 - 1. */
class Xoshiro {
  readonly #state: Uint32Array;

  /** @param state 4 words that are not all 0, which become the generator's. */
  constructor(state: Uint32Array) {
    this.#state = state;
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

/** A random source for runs that are to be repeated: equal seeds give equal sequences and keys. No secret is safe with it. */
export class SeededRandom extends Xoshiro implements Random {
  readonly hashSeed: HashSeed;

  /** @param seed a whole number from 0 to 2^32 - 1. */
  constructor(seed: number) {
    const words = expandSeed(seed, 6);
    super(words.subarray(0, 4));
    this.hashSeed = { k0: words[4]!, k1: words[5]! };
  }
}

/** The random source of an ordinary server, from that of the system; no two runs are alike. */
export class SystemRandom extends Xoshiro implements Random {
  readonly hashSeed: HashSeed;

  constructor() {
    super(randomWords(4));
    const [k0, k1] = randomWords(2);
    this.hashSeed = { k0: k0!, k1: k1! };
  }
}

/** splitmix32, which the authors of xoshiro recommend to expand a small seed. */
function expandSeed(seed: number, count: number): Uint32Array {
  const words = new Uint32Array(count);
  let x = seed >>> 0;
  for (let i = 0; i < count; i++) {
    x = (x + 0x9e3779b9) >>> 0;
    let z = x;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    words[i] = z ^ (z >>> 16);
  }
  return words;
}

/** Unpredictable words of 32 bits, which are not all 0. */
function randomWords(count: number): Uint32Array {
  const words = new Uint32Array(count);
  do randomFillSync(words);
  while (words.every((word) => word === 0));
  return words;
}

/** A uniform integer in `0 … below - 1`, for `below` from 1 to 2^32. O(1) expected. */
export function uniformBelow(random: Random, below: number): number {
  // Reject the incomplete last interval of 2^32, which would favour small numbers.
  const limit = 0x100000000 - (0x100000000 % below);
  let x = random.nextUint32();
  while (x >= limit) x = random.nextUint32();
  return x % below;
}
