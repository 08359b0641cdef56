import { randomFillSync } from 'node:crypto';

/** Where a structure takes its random numbers from. */
export interface RandomOptions {
  /** A 32-bit number that makes a run repeatable. Default: one from the system's random source. */
  readonly seed?: number;
  /** Gives uniform 32-bit numbers, and takes the place of the own generator; `seed` is not used then. */
  readonly random?: () => number;
}

/** The generator that the options ask for. Throws TypeError naming the option that is wrong. */
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
