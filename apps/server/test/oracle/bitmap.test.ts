import { defineOracleCases } from '../harness/oracle-cases';
import { approx } from '../harness/steps';

defineOracleCases('SETBIT, GETBIT, BITCOUNT', [
  [
    'SETBIT grows the value and answers the old bit',
    'SETBIT k 7 1; SETBIT k 7 0; GET k; SETBIT k 100 1; STRLEN k; GET k; GETBIT k 100; GETBIT k 99',
    'GETBIT k 100000; GETBIT missing 0',
  ],
  ['SETBIT 0 beyond the end still grows', 'SETBIT k 20 0; STRLEN k; OBJECT ENCODING k; GET k'],
  [
    'SETBIT on an integer and on an embstr',
    'SET n 1; SETBIT n 6 1; GET n; OBJECT ENCODING n; SET s abc EX 100; SETBIT s 0 1; GET s',
    'OBJECT ENCODING s',
    approx('TTL s'),
  ],
  [
    'SETBIT refuses',
    'SETBIT k -1 1; SETBIT k 4294967296 1; SETBIT k x 1; SETBIT k 0 2; SETBIT k 0 -1; SETBIT k 0 x',
    'SETBIT k 0; SETBIT k 0 1 1; SETBIT k 1.5 1; SETBIT k 9223372036854775808 1; EXISTS k',
  ],
  [
    'GETBIT refuses',
    'GETBIT k -1; GETBIT k 4294967296; GETBIT k x; GETBIT k; GETBIT k 1 2; SET n 123; GETBIT n 3',
    'GETBIT n 23',
  ],
  [
    'BITCOUNT',
    'SET k foobar; BITCOUNT k; BITCOUNT k 0 0; BITCOUNT k 1 1; BITCOUNT k -2 -1; BITCOUNT k 5 2',
    'BITCOUNT k 0 100; BITCOUNT k -100 2; BITCOUNT missing; BITCOUNT missing 0 1; BITCOUNT k -1 -5',
    'BITCOUNT k 100 200',
  ],
  [
    'BITCOUNT BIT and BYTE',
    'SET k foobar; BITCOUNT k 1 1 BYTE; BITCOUNT k 5 30 BIT; BITCOUNT k 5 5 bit; BITCOUNT k -8 -1 BIT',
    'BITCOUNT k 0 -1 BIT; BITCOUNT k 13 9 BIT; BITCOUNT k 1 1000 BIT; BITCOUNT k -1000 3 BIT',
    'BITCOUNT k 8 15 BIT; BITCOUNT k 7 17 BIT',
  ],
  [
    'BITCOUNT of integers and long values',
    'SET n 12345; BITCOUNT n',
    ['SET', 'long', Buffer.alloc(1000, 0b10110111)],
    'BITCOUNT long; BITCOUNT long 3 700; BITCOUNT long 3 7001 BIT',
  ],
  [
    'BITCOUNT refuses',
    'SET k a; BITCOUNT; BITCOUNT k 0; BITCOUNT k 0 x; BITCOUNT k x 0; BITCOUNT k 0 1 FOO',
    'BITCOUNT k 0 1 BIT 2; BITCOUNT missing 0 x; BITCOUNT missing 0; BITCOUNT k 9223372036854775808 1',
  ],
  [
    'BITPOS',
    'SET k "\\xff\\xf0\\x00"; BITPOS k 0; BITPOS k 1; SET k "\\x00\\xff\\xf0"; BITPOS k 1 0; BITPOS k 1 2',
    'BITPOS k 1 -1; BITPOS k 1 3; BITPOS k 0 1; BITPOS k 0 1 1; BITPOS k 0 2 -1; BITPOS k 1 2 1',
    'BITPOS k 0 -100 100',
  ],
  [
    'BITPOS of all ones and all zeros',
    'SET k "\\xff\\xff\\xff"; BITPOS k 0; BITPOS k 0 0; BITPOS k 0 0 -1; BITPOS k 0 0 2',
    'SET z "\\x00\\x00"; BITPOS z 1; BITPOS z 1 0 -1; BITPOS z 0; BITPOS missing 0; BITPOS missing 1',
    'SET e ""; BITPOS e 0; BITPOS e 1; BITPOS e 0 0 -1',
  ],
  [
    'BITPOS BIT',
    'SET k "\\x00\\xff\\xf0"; BITPOS k 1 7 15 BIT; BITPOS k 1 7 -3 BIT; BITPOS k 0 8 15 BIT',
    'BITPOS k 0 8 -1 BIT; BITPOS k 1 9 9 BIT; BITPOS k 1 0 -1 BYTE; BITPOS k 0 12 100 bit',
    'BITPOS k 1 5 3 BIT; BITPOS k 0 20 23 BIT; BITPOS k 1 20 23 BIT',
  ],
  [
    'BITPOS refuses',
    'SET k a; BITPOS k; BITPOS k 2; BITPOS k -1; BITPOS k x; BITPOS k 1 x; BITPOS k 1 0 x',
    'BITPOS k 1 0 1 FOO; BITPOS k 1 0 1 BIT x; BITPOS missing 2; BITPOS missing 1 x',
  ],
]);

defineOracleCases('BITOP', [
  [
    'AND, OR, XOR, NOT',
    'MSET a foobar b abcdef; BITOP AND d a b; GET d; BITOP OR d a b; GET d; BITOP XOR d a b; GET d',
    'BITOP NOT d a; GET d; OBJECT ENCODING d; bitop and d a; GET d',
  ],
  [
    'sources of different lengths',
    'MSET a abc b abcdefghijklmnopqrstuvwxyz c z; BITOP AND d a b c; GET d; BITOP OR d a b c; GET d',
    'BITOP XOR d c b a; GET d; BITOP AND d a missing; GET d; BITOP OR d missing a; GET d',
  ],
  [
    'no sources leave no destination',
    'SET d old; BITOP AND d x y; EXISTS d; SET d old; BITOP NOT d x; EXISTS d; SET e ""; SET d old',
    'BITOP OR d e e; EXISTS d',
  ],
  [
    'the destination may be a source and loses its TTL',
    'SET a abc EX 100; SET b abd; BITOP XOR a a b; GET a; TTL a; BITOP NOT a a; GET a',
  ],
  [
    'integers as sources',
    'MSET a 123 b 456; BITOP OR d a b; GET d; BITOP NOT d a; GET d; BITOP AND d a b; GET d',
    'OBJECT ENCODING d',
  ],
  [
    'long sources',
    ['SET', 'a', Buffer.alloc(500, 0x5a)],
    ['SET', 'b', Buffer.alloc(333, 0x0f)],
    ['SET', 'c', Buffer.alloc(64, 0xff)],
    'BITOP AND d a b c; GET d; BITOP OR d a b c; GET d; BITOP XOR d a b c; GET d; BITOP NOT d a; GET d',
  ],
  ['BITOP refuses', 'SET a 1; BITOP FOO d a; BITOP NOT d a a; BITOP AND d; BITOP AND; BITOP NOT d; EXISTS d'],
  [
    'BITOP overwrites a destination of any type but not from one',
    'LPUSH l 1; SET a x; BITOP AND l a; TYPE l; LPUSH m 1; BITOP OR d a m; EXISTS d; BITOP NOT d m',
  ],
]);

defineOracleCases('BITFIELD', [
  [
    'GET, SET and INCRBY of signed and unsigned fields',
    'BITFIELD k SET u8 0 255 GET u8 0 GET i8 0 INCRBY u8 0 1 GET u8 0; GET k',
    'BITFIELD k SET i5 100 -3 GET i5 100 GET u5 100; BITFIELD k INCRBY i5 100 1 GET u4 0; STRLEN k',
  ],
  [
    'offsets in types',
    'BITFIELD k SET u8 #0 1 SET u8 #1 2 SET u8 #2 3 GET u8 #1 GET u8 8; GET k; BITFIELD k GET u16 #1',
    'BITFIELD k SET i64 #1 -1 GET i64 #1 GET u63 64; STRLEN k',
  ],
  [
    'an empty BITFIELD',
    'BITFIELD k; EXISTS k; BITFIELD k GET u8 100; EXISTS k; SET s abc; BITFIELD s; BITFIELD s GET u8 1000',
  ],
  [
    'OVERFLOW WRAP',
    'BITFIELD k SET u8 0 250; BITFIELD k OVERFLOW WRAP INCRBY u8 0 10; BITFIELD k INCRBY u8 0 -10',
    'BITFIELD k SET i8 8 127; BITFIELD k INCRBY i8 8 1; BITFIELD k INCRBY i8 8 -1',
    'BITFIELD k SET u8 0 256 GET u8 0; BITFIELD k SET u8 0 -1 GET u8 0; BITFIELD k SET i8 0 200 GET i8 0',
    'BITFIELD k SET i8 0 -200 GET i8 0',
  ],
  [
    'OVERFLOW SAT',
    'BITFIELD k OVERFLOW SAT SET u8 0 250 INCRBY u8 0 10 GET u8 0',
    'BITFIELD k OVERFLOW SAT INCRBY u8 0 -300; BITFIELD k OVERFLOW SAT INCRBY i8 8 127 INCRBY i8 8 1',
    'BITFIELD k OVERFLOW SAT INCRBY i8 8 -128 INCRBY i8 8 -128',
    'BITFIELD k OVERFLOW SAT SET i8 0 1000 GET i8 0 SET i8 0 -1000 GET i8 0 SET u4 0 99 GET u4 0 SET u4 0 -1 GET u4 0',
  ],
  [
    'OVERFLOW FAIL',
    'BITFIELD k OVERFLOW FAIL SET u8 0 250 INCRBY u8 0 10 GET u8 0',
    'BITFIELD k OVERFLOW FAIL INCRBY i8 8 127 INCRBY i8 8 1 GET i8 8',
    'BITFIELD k OVERFLOW FAIL SET u8 0 256 GET u8 0',
    'BITFIELD k OVERFLOW FAIL SET u8 0 256 OVERFLOW WRAP SET u8 0 257 OVERFLOW SAT SET u8 0 999 GET u8 0',
    'bitfield k overflow fail incrby u2 100 4',
  ],
  [
    '63 and 64 bits',
    'BITFIELD k SET i64 0 9223372036854775807 INCRBY i64 0 1 GET i64 0',
    'BITFIELD k OVERFLOW SAT SET i64 0 9223372036854775807 INCRBY i64 0 1',
    'BITFIELD k OVERFLOW FAIL SET i64 0 -9223372036854775808 INCRBY i64 0 -1',
    'BITFIELD k SET u63 64 9223372036854775807 INCRBY u63 64 1 GET u63 64',
    'BITFIELD k OVERFLOW SAT INCRBY u63 64 -1',
    'BITFIELD k OVERFLOW SAT SET u63 64 9223372036854775807 INCRBY u63 64 9223372036854775807',
    'BITFIELD k OVERFLOW SAT INCRBY i64 3 -9223372036854775808 INCRBY i64 3 -5',
  ],
  [
    'fields of one bit and across bytes',
    'BITFIELD k SET u1 3 1 SET i1 5 -1 GET i1 3 GET u1 5; GET k; BITFIELD k SET u17 3 100000 GET u17 3',
    'GET k; BITFIELD k INCRBY i33 7 4000000000 INCRBY i33 7 4000000000 GET i33 7',
  ],
  [
    'BITFIELD refuses and changes nothing',
    'BITFIELD k GET u64 0; BITFIELD k GET i65 0; BITFIELD k GET u0 0; BITFIELD k GET i0 0',
    'BITFIELD k GET x8 0; BITFIELD k GET 8 0; BITFIELD k GET u 0; BITFIELD k GET u8 -1',
    'BITFIELD k GET u8 #-1; BITFIELD k GET u8 x; BITFIELD k GET u8 4294967295',
    'BITFIELD k GET u8 #536870912; BITFIELD k SET u8 0; BITFIELD k SET u8 0 x; BITFIELD k INCRBY u8 0 1.5',
    'BITFIELD k FOO u8 0; BITFIELD k OVERFLOW FOO; BITFIELD k OVERFLOW; BITFIELD k SET u8 0 1 GET u8',
    'BITFIELD k SET u8 0 1 FOO; BITFIELD; EXISTS k; BITFIELD k SET u8 0 9223372036854775808',
    'BITFIELD k GET i64 4294967232; BITFIELD k GET U8 0',
  ],
  [
    'BITFIELD on integers keeps TTL',
    'SET n 1234 EX 100; BITFIELD n GET u8 0 GET u8 8 GET u8 32 GET u16 24; OBJECT ENCODING n',
    'BITFIELD n SET u8 0 65; GET n; OBJECT ENCODING n',
    approx('TTL n'),
  ],
  [
    'BITFIELD_RO',
    'SET k abc; BITFIELD_RO k GET u8 0 GET i8 #1 GET u16 8; BITFIELD_RO missing GET u8 0',
    'BITFIELD_RO k SET u8 0 1; BITFIELD_RO k INCRBY u8 0 1; BITFIELD_RO k OVERFLOW SAT GET u8 0',
    'BITFIELD_RO k GET u64 0; BITFIELD_RO k; BITFIELD_RO; BITFIELD_RO k GET u8; BITFIELD_RO k FOO',
  ],
]);
