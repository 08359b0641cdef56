import fc from 'fast-check';
import type { CommandText } from '../harness/command-line';
import { defineOracleCases } from '../harness/oracle-cases';

const type = fc.oneof(
  fc.integer({ min: 1, max: 64 }).map((bits) => `i${bits}`),
  fc.integer({ min: 1, max: 63 }).map((bits) => `u${bits}`),
);
const offset = fc.oneof(
  fc.nat(130).map(String),
  fc.nat(3).map((index) => `#${index}`),
);
const operand = fc
  .oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -300n, max: 300n }),
    fc.bigInt({ min: 0n, max: 63n }).map((bits) => 2n ** bits - (bits === 63n ? 1n : 0n)),
    fc.bigInt({ min: 0n, max: 63n }).map((bits) => -(2n ** bits)),
    fc.constantFrom(2n ** 52n, 2n ** 52n + 1n, 2n ** 53n + 1n, -(2n ** 52n) - 1n),
  )
  .map(String);
const operation = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(fc.constant('GET'), type, offset) },
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom('SET', 'INCRBY'), type, offset, operand) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('OVERFLOW'), fc.constantFrom('WRAP', 'SAT', 'FAIL')) },
);

function fieldCommands(seed: number, count: number): CommandText[] {
  const operations = fc.array(operation, { minLength: 1, maxLength: 6 });
  return fc.sample(operations, { seed, numRuns: count }).map((parts) => ['BITFIELD', 'k', ...parts.flat()]);
}

const index = fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -500, max: 500 })).map(String);
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 50 }),
  fc
    .tuple(fc.constantFrom(0, 255), fc.nat(50), fc.uint8Array({ maxLength: 2 }))
    .map(([byte, length, end]) => Uint8Array.from([...new Array<number>(length).fill(byte), ...end])),
);

function rangeCommands(seed: number, count: number): CommandText[] {
  const ranges = fc.array(fc.tuple(index, index, fc.constantFrom('BIT', 'BYTE')), { minLength: 3, maxLength: 3 });
  return fc.sample(fc.tuple(bytes, ranges), { seed, numRuns: count }).flatMap(([text, parts]) => [
    ['SET', 'k', Buffer.from(text)],
    ...parts.flatMap(([first, last, unit]): CommandText[] => [
      ['BITCOUNT', 'k', first, last, unit],
      ['BITPOS', 'k', '0', first, last, unit],
      ['BITPOS', 'k', '1', first, last, unit],
      ['BITPOS', 'k', '0', first],
      ['BITPOS', 'k', '1', first],
      ['GETRANGE', 'k', first, last],
    ]),
  ]);
}

defineOracleCases('bit fields and ranges of bits', [
  ['BITFIELD with fields of every width, and operands of every size', ...fieldCommands(1, 400)],
  [
    'BITFIELD saturates where differences of 64 bits wrap',
    'BITFIELD k OVERFLOW SAT SET i8 0 -9223372036854775808 GET i8 0 SET i8 0 -9223372036854775681 GET i8 0',
    'BITFIELD k OVERFLOW SAT SET i8 0 -9223372036854775680 GET i8 0 SET u8 0 -9223372036854775808 GET u8 0',
    'BITFIELD k OVERFLOW SAT SET i33 0 -9223372036854775808 GET i33 0 SET i33 0 9223372036854775807 GET i33 0',
    'BITFIELD k OVERFLOW FAIL SET i63 0 -9223372036854775808 INCRBY i63 0 -9223372036854775808 GET i63 0',
  ],
  [
    'offsets that count fields are multiplied in 64 bits',
    'SET k abc; BITFIELD k GET u8 #2305843009213693952; BITFIELD k GET u8 #1152921504606846976; BITFIELD k GET u8 #',
    'BITFIELD k GET u8 #2305843009213693953; BITFIELD k GET u8 #9223372036854775807; BITFIELD k GET u8 ##1',
    'BITFIELD k GET u8 #-0; BITFIELD k GET u8 #536870911; BITFIELD k GET u8 #536870912; BITFIELD k GET i64 #67108864',
    'SETBIT k #1 1; GETBIT k #1; BITFIELD k GET "" 0; BITFIELD k GET i8 ""; BITFIELD k GET i 0; BITFIELD k GET i08 0',
  ],
  [
    'a BITFIELD that fails to write makes the key all the same',
    'BITFIELD k OVERFLOW FAIL SET u8 8 999; EXISTS k; GET k; OBJECT ENCODING k; SET n 12; BITFIELD n GET u8 0',
    'OBJECT ENCODING n; BITFIELD n OVERFLOW FAIL SET u8 0 999; OBJECT ENCODING n; BITFIELD n OVERFLOW SAT; BITFIELD m SET u8 0 0',
    'EXISTS m; BITFIELD_RO k; BITFIELD_RO k GET u8 0 GET u8 8; BITFIELD_RO k GET u8 0 SET u8 0; BITFIELD_RO k OVERFLOW FAIL',
  ],
  ['BITCOUNT, BITPOS and GETRANGE of any range', ...rangeCommands(2, 60)],
  [
    'the order in which BITCOUNT and BITPOS look at their arguments',
    'SET k abc; BITCOUNT k -1 -5 FOO; BITCOUNT k 0 0 FOO; BITCOUNT missing 0 x FOO; BITCOUNT k x 0 FOO; BITCOUNT k 0',
    'BITPOS k 1 x 0 FOO; BITPOS k 1 0 x FOO; BITPOS k 1 0 x BIT; BITPOS k 1 0 -1 BIT BIT; BITPOS missing 1 x y z a',
    'BITPOS missing 0 x y z a; BITPOS k 2 x; BITPOS k 1 9223372036854775807; BITPOS k 0 -9223372036854775808 9223372036854775807',
  ],
  [
    'BITOP takes missing keys as empty, and any key as its destination',
    'SET a abc; BITOP OR d x a y; GET d; BITOP XOR a a a; GET a; BITOP AND a a x; GET a; BITOP NOT e missing; EXISTS e',
    'BITOP AND a missing missing; EXISTS a; SET n 12 EX 100; BITOP OR n n; OBJECT ENCODING n; TTL n; BITOP nOt n n; GET n',
    'BITOP ANDX d a; BITOP AN d a; BITOP "" d a; BITOP NOT d; BITOP NOT d a b; SETBIT n 3 2; SETBIT n 3 01; SETBIT n 03 1',
  ],
]);
