import fc from 'fast-check';
import type { CommandText } from '../harness/command-line';
import { defineOracleCases } from '../harness/oracle-cases';

const digits = (least: number, most: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });
const hexadecimal = (least: number, most: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: least, maxLength: most });
const sign = fc.constantFrom('', '', '-', '+');
const exponent = fc.oneof(
  fc.constant(''),
  fc.integer({ min: -25, max: 25 }).map((power) => `e${power}`),
  fc.integer({ min: -4960, max: 4940 }).map((power) => `E${power}`),
);

const decimal = fc.oneof(
  fc.tuple(sign, digits(1, 5), fc.constant('.'), digits(0, 6)),
  fc.tuple(sign, digits(0, 25), fc.constantFrom('', '.'), digits(0, 25), exponent),
  fc.tuple(sign, digits(1, 40), exponent),
);
const power = fc.oneof(
  fc.constant(''),
  fc.integer({ min: -80, max: 80 }).map((by) => `p${by}`),
  fc.integer({ min: -16500, max: 16400 }).map((by) => `P${by}`),
);
const binary = fc.tuple(
  sign,
  fc.constantFrom('0x', '0X'),
  hexadecimal(0, 20),
  fc.constantFrom('', '.'),
  hexadecimal(0, 20),
  power,
);
const number = fc
  .oneof({ weight: 4, arbitrary: decimal }, { weight: 1, arbitrary: binary })
  .map((parts) => parts.join(''));

/** Numbers with a tie or its neighbours behind the 64th bit. */
const ties = fc
  .tuple(
    fc.bigInt({ min: 2n ** 63n, max: 2n ** 64n }),
    fc.constantFrom('.5', '.49999999999999999999999', '.50000000000000000000001'),
  )
  .map(([whole, fraction]) => `${whole}${fraction}`);

function additions(text: fc.Arbitrary<string>, seed: number, count: number): CommandText[] {
  const pairs = fc.sample(fc.tuple(text, text), { seed, numRuns: count });
  return pairs.flatMap(([value, step]) => [
    ['SET', 'k', value],
    ['INCRBYFLOAT', 'k', step],
    ['OBJECT', 'ENCODING', 'k'],
  ]);
}

const integer = fc.oneof(
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
  fc.constantFrom(53n, 62n, 63n, 64n).chain((bits) => fc.bigInt({ min: 2n ** bits - 3n, max: 2n ** bits + 3n })),
  fc.constantFrom(53n, 62n, 63n, 64n).chain((bits) => fc.bigInt({ min: -(2n ** bits) - 3n, max: -(2n ** bits) + 3n })),
  fc.bigInt({ min: -2000n, max: 2000n }),
);

function steps(seed: number, count: number): CommandText[] {
  const cases = fc.sample(fc.tuple(integer, integer, fc.constantFrom('INCRBY', 'DECRBY')), { seed, numRuns: count });
  return cases.flatMap(([value, step, name]) => [
    ['SET', 'k', value.toString()],
    [name, 'k', step.toString()],
    [name === 'INCRBY' ? 'INCR' : 'DECR', 'k'],
  ]);
}

defineOracleCases('numbers in strings', [
  ['INCRBYFLOAT of numbers in every notation', ...additions(number, 1, 250)],
  ['INCRBYFLOAT at ties of the 64th bit', ...additions(ties, 2, 60)],
  [
    'INCRBYFLOAT of numbers of thousands of digits',
    ['SET', 'k', `0.${'0'.repeat(4900)}1`],
    ['INCRBYFLOAT', 'k', '1'],
    ['INCRBYFLOAT', 'k', `${'9'.repeat(4900)}e-4900`],
    ['INCRBYFLOAT', 'k', '1'.repeat(5119)],
    ['INCRBYFLOAT', 'k', '1'.repeat(5120)],
    ['INCRBYFLOAT', 'k', `${'0'.repeat(5119)}`],
    ['INCRBYFLOAT', 'k', `${'7'.repeat(4932)}`],
  ],
  ['INCRBY and DECRBY at the ends of 53 and 64 bits', ...steps(3, 200)],
]);
