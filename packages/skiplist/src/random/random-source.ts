import { randomFillSync } from 'node:crypto';

/** The source of random numbers of a structure. */
export interface RandomOptions {
  /** A finite number that makes a run repeatable. Default: a seed from the random source of the system. */
  readonly seed?: number;
  /** Returns uniform 32-bit numbers; replaces the built-in generator, and `seed` is not used. */
  readonly random?: () => number;
}

/** The generator for these options. @throws TypeError when an option is not valid */
export function randomSource(options: RandomOptions): () => number {
  const { seed, random } = options;
  if (random !== undefined) {
    if (typeof random !== 'function') throw new TypeError('the option "random" must be a function');
    return random;
  }
  if (seed === undefined) {
    const state = randomFillSync(new Int32Array(3));
    return smallFastCounter(state[0]!, state[1]!, state[2]!);
  }
  if (typeof seed !== 'number' || !Number.isFinite(seed))
    throw new TypeError('the option "seed" must be a finite number');
  return smallFastCounter(0, seed | 0, Math.trunc(seed / 2 ** 32) | 0);
}

/** sfc32 of Chris Doty-Humphrey's PractRand: 96 bits of state and a counter. */
function smallFastCounter(first: number, second: number, third: number): () => number {
  let a = first | 0;
  let b = second | 0;
  let c = third | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}
