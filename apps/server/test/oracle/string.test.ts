import { defineOracleCases } from '../harness/oracle-cases';
import { approx } from '../harness/steps';

defineOracleCases('SET and GET', [
  ['SET stores and GET answers the same bytes', 'SET k v; GET k; SET k "\\x00\\xff\\r\\n"; GET k; SET "" ""; GET ""'],
  ['GET of a missing key is nil', 'GET k', 'GETDEL k', 'STRLEN k', 'EXISTS k'],
  [
    'the command name and the options are case-insensitive',
    'sEt k v eX 100 nX; gEt k; set k w KeepTTL xx gEt',
    approx('ttl k'),
  ],
  ['SET NX keeps the present value', 'SET k 1 NX; SET k 2 NX; GET k; SET k 3 XX; GET k; SET other 1 XX; EXISTS other'],
  ['SET GET answers the old value', 'SET k 1 GET; SET k 2 GET; SET k 3 NX GET; GET k; SET new 1 NX GET; GET new'],
  ['SET XX GET', 'SET k 1 XX GET', 'EXISTS k', 'SET k a', 'SET k b XX GET', 'GET k'],
  [
    'SET EX, PX, EXAT, PXAT',
    'SET a 1 EX 100',
    approx('TTL a'),
    'SET b 1 PX 100000',
    approx('PTTL b', 500),
    'SET c 1 EXAT 33177117420; EXPIRETIME c; SET d 1 PXAT 33177117420123; PEXPIRETIME d',
  ],
  [
    'SET removes the TTL unless KEEPTTL',
    'SET k 1 EX 100; SET k 2; TTL k; SET k 1 EX 100; SET k 2 KEEPTTL',
    approx('TTL k'),
  ],
  [
    'SET with a time in the past leaves no key',
    'SET k v; SET k 1 EXAT 1; EXISTS k; SET k 1 PXAT 1; GET k; SET k 1 PXAT 1 GET; GET k',
  ],
  [
    'SET refuses times that are no times',
    'SET k v EX 0; SET k v EX -1; SET k v PX 0; SET k v EXAT 0; SET k v PXAT -5; SET k v EX abc',
    'SET k v EX 1.5; SET k v EX ""',
  ],
  [
    'SET refuses times that overflow',
    'SET k v EX 9223372036854775807; SET k v EX 9223372036854775; SET k v PX 9223372036854775807',
    'SET k v EXAT 9223372036854775807; SET k v EX 9223372036854775808',
  ],
  [
    'SET refuses options that exclude each other',
    'SET k v NX XX; SET k v XX NX; SET k v EX 1 PX 1; SET k v EX 1 KEEPTTL; SET k v KEEPTTL PX 5',
    'SET k v EXAT 1 EX 1; SET k v EX 1 EX 1; SET k v PXAT 1 PXAT 1; EXISTS k',
  ],
  [
    'SET takes an option twice where Redis does',
    'SET k v NX NX; SET k v XX XX; SET k v GET GET; SET k v KEEPTTL KEEPTTL',
  ],
  [
    'SET refuses unknown and incomplete options',
    'SET k v FOO; SET k v EX; SET k v EX 10 FOO; SET k v PX 1 NX KEEP; SET k v PERSIST; SET k v ""',
  ],
  [
    'wrong arity',
    'SET; SET k; GET; GET a b; GETDEL; GETDEL a b; GETEX; GETSET k; SETNX k; SETEX k 1; PSETEX k 1; MGET; MSET',
    'MSET a; MSETNX a; APPEND k; STRLEN; INCR; INCRBY k; DECR; DECRBY k; INCRBYFLOAT k; SETRANGE k 0',
    'GETRANGE k 0; SUBSTR k 0; LCS a',
  ],
  [
    'values get the encodings of Redis',
    'SET a 1; OBJECT ENCODING a; SET b 01; OBJECT ENCODING b; SET c 9223372036854775807; OBJECT ENCODING c',
    'SET d 9223372036854775808; OBJECT ENCODING d',
    ['SET', 'e', 'x'.repeat(44)],
    'OBJECT ENCODING e',
    ['SET', 'f', 'x'.repeat(45)],
    'OBJECT ENCODING f; SET g -0; OBJECT ENCODING g; SET h " 1"; OBJECT ENCODING h; SET i -9223372036854775808',
    'OBJECT ENCODING i; SET j +1; OBJECT ENCODING j; SET l -1; OBJECT ENCODING l; SET m ""; OBJECT ENCODING m',
    'SET n 10000; OBJECT ENCODING n',
  ],
  [
    'a value of a megabyte comes back whole',
    ['SET', 'big', 'y'.repeat(1 << 20)],
    'GET big; STRLEN big; GETRANGE big 1048570 -1',
  ],
]);

defineOracleCases('the older ways to set and get', [
  ['SETNX', 'SETNX k a', 'SETNX k b', 'GET k'],
  ['SETEX and PSETEX', 'SETEX k 100 v', approx('TTL k'), 'PSETEX k 100000 w', approx('PTTL k', 500), 'GET k'],
  [
    'SETEX and PSETEX refuse bad times',
    'SETEX k 0 v; SETEX k -1 v; SETEX k x v; PSETEX k 0 v; PSETEX k -9 v; SETEX k 9223372036854775807 v',
    'PSETEX k 9223372036854775807 v; EXISTS k',
  ],
  ['GETSET', 'GETSET k a', 'GETSET k b', 'GET k', 'EXPIRE k 100', 'GETSET k c', 'TTL k'],
  ['GETDEL', 'SET k v', 'GETDEL k', 'GETDEL k', 'EXISTS k'],
  ['GETEX without option changes nothing', 'SET k v EX 100', 'GETEX k', approx('TTL k'), 'GETEX missing'],
  [
    'GETEX sets and removes the time',
    'SET k v; GETEX k EX 100',
    approx('TTL k'),
    'GETEX k PX 200000',
    approx('TTL k'),
    'GETEX k EXAT 33177117420; EXPIRETIME k; GETEX k PXAT 33177117420001; PEXPIRETIME k; GETEX k PERSIST',
    'TTL k; GETEX k persist',
  ],
  [
    'GETEX with a time in the past removes the key',
    'SET k v; GETEX k EXAT 1; EXISTS k; SET k v; GETEX k PXAT 1; EXISTS k',
  ],
  [
    'GETEX refuses what is no option',
    'SET k v; GETEX k EX 0; GETEX k EX x; GETEX k EX; GETEX k FOO; GETEX k EX 1 PX 1; GETEX k PERSIST EX 1',
    'GETEX k EX 1 PERSIST; GETEX k KEEPTTL; GETEX k NX; GETEX k EX -1; GETEX k PX 9223372036854775807',
    'GETEX missing EX 0; GETEX missing FOO',
  ],
  ['MSET and MGET', 'MSET a 1 b 2 c 3; MGET a b c missing a; MSET a 1 a 2; GET a; MSET a 1 b; MSET a 1 b 2 c'],
  ['MSET removes TTLs', 'SET a 1 EX 100', 'MSET a 2 b 3', 'TTL a'],
  ['MSETNX is all or nothing', 'MSETNX a 1 b 2; MSETNX b 3 c 4; EXISTS c; MSETNX d 1 d 2; GET d; MSETNX a 1 b'],
  [
    'APPEND',
    'APPEND k abc; OBJECT ENCODING k; APPEND k def; OBJECT ENCODING k; GET k; SET n 12; APPEND n 3',
    'OBJECT ENCODING n; INCR n; OBJECT ENCODING n; APPEND k ""; APPEND new ""; EXISTS new; EXPIRE k 100',
    'APPEND k x',
    approx('TTL k'),
  ],
  ['APPEND of a number makes an integer only at first', 'APPEND k 12', 'OBJECT ENCODING k', 'GET k'],
  ['STRLEN counts bytes', 'SET k "a\\x00b"; STRLEN k; SET k 12345; STRLEN k; SET k -1; STRLEN k; SET k ""; STRLEN k'],
  [
    'GETRANGE with every sign',
    'SET k "Hello World"; GETRANGE k 0 4; GETRANGE k -5 -1; GETRANGE k 0 -1; GETRANGE k 5 3; GETRANGE k -1 -5',
    'GETRANGE k 0 100; GETRANGE k 100 200; GETRANGE k -100 3; GETRANGE k -100 -50; GETRANGE k 10 10',
    'GETRANGE k 11 11; GETRANGE missing 0 -1',
  ],
  [
    'GETRANGE of an integer and at the bounds of int64',
    'SET n 123456; GETRANGE n 1 3; GETRANGE n -9223372036854775808 9223372036854775807',
    'GETRANGE n 9223372036854775807 -1; GETRANGE n 9223372036854775808 1; GETRANGE n a 1; GETRANGE n 1 a',
    'GETRANGE n 0 1.0',
  ],
  ['SUBSTR is GETRANGE', 'SET k "Hello World"', 'SUBSTR k 0 4', 'SUBSTR k -5 -1', 'SUBSTR k 9 2', 'SUBSTR k x 2'],
  [
    'SETRANGE writes inside, at the end and beyond',
    'SET k "Hello World"; SETRANGE k 6 Redis; GET k; SETRANGE k 11 !!; GET k; SETRANGE k 15 x; GET k',
    'OBJECT ENCODING k; SETRANGE n 3 ab; GET n',
  ],
  [
    'SETRANGE of nothing',
    'SETRANGE k 5 ""; EXISTS k; SET k abc EX 100; SETRANGE k 10 ""; GET k; SETRANGE k 1 Z',
    approx('TTL k'),
  ],
  [
    'SETRANGE on an integer makes it raw',
    'SET n 123; SETRANGE n 0 9; GET n; OBJECT ENCODING n; INCR n; OBJECT ENCODING n',
  ],
  [
    'SETRANGE refuses offsets',
    'SETRANGE k -1 a; SETRANGE k 536870912 a; SETRANGE k 536870911 ab; SETRANGE k x a',
    'SETRANGE k 9223372036854775807 a; SETRANGE k 536870912 ""; SETRANGE k -1 ""; EXISTS k',
  ],
]);

defineOracleCases('counters', [
  [
    'INCR, DECR, INCRBY, DECRBY',
    'INCR k; INCR k; DECR k; INCRBY k 10; DECRBY k 15; GET k; OBJECT ENCODING k; DECR fresh; DECRBY other 3',
    'INCRBY third -7',
  ],
  [
    'counters stop at the bounds of int64',
    'SET k 9223372036854775807; INCR k; INCRBY k 1; DECRBY k -1; GET k; SET k -9223372036854775808; DECR k',
    'INCRBY k -1; DECRBY k 1; GET k; INCRBY k 9223372036854775807; GET k',
  ],
  [
    'DECRBY of the smallest integer',
    'DECRBY k -9223372036854775808; SET k 0; DECRBY k -9223372036854775808; GET k',
    'DECRBY k -9223372036854775807; GET k',
  ],
  [
    'steps that are no integers',
    'INCRBY k a; INCRBY k 1.5; INCRBY k 9223372036854775808; INCRBY k -9223372036854775809; INCRBY k " 1"',
    'INCRBY k 1\\n; INCRBY k ""; INCRBY k +1; INCRBY k 01; INCRBY k -0; INCRBY k 1e3; EXISTS k',
  ],
  [
    'values that are no integers',
    'SET k abc; INCR k; DECR k; INCRBY k 1; DECRBY k 1; SET k 1.5; INCR k; SET k ""; INCR k; SET k " 1"',
    'INCR k; SET k "1 "; INCR k; SET k 01; INCR k; SET k +1; INCR k; SET k -0; INCR k',
    'SET k 9223372036854775808; INCR k; SET k "1\\x00"; INCR k; GET k',
  ],
  ['a counter keeps its TTL', 'SET k 1 EX 100', 'INCR k', approx('TTL k'), 'INCRBYFLOAT k 1.5', approx('TTL k')],
  [
    'INCRBYFLOAT writes decimals as Redis does',
    'INCRBYFLOAT k 10.50; INCRBYFLOAT k 0.1; INCRBYFLOAT k -5; SET k 5.0e3; INCRBYFLOAT k 2.0e2; GET k',
    'OBJECT ENCODING k; SET k 3; INCRBYFLOAT k 1; OBJECT ENCODING k; INCRBYFLOAT k -4; SET k 3.0',
    'INCRBYFLOAT k 1.000000000000000005',
  ],
  [
    'INCRBYFLOAT has 17 digits after the point',
    'SET k 0.1; INCRBYFLOAT k 0.2; SET k 1; INCRBYFLOAT k 0.00000000000000001; SET k 0; INCRBYFLOAT k 1e-17',
    'SET k 0; INCRBYFLOAT k 1e-18; SET k 3.141592653589793238; INCRBYFLOAT k 0; SET k 0',
    'INCRBYFLOAT k 0.3333333333333333333; INCRBYFLOAT k 100.123456789012345; SET k 1.1; INCRBYFLOAT k 2.2',
    'SET k 1000000; INCRBYFLOAT k 0.1; INCRBYFLOAT k 0.7',
  ],
  [
    'INCRBYFLOAT with large numbers',
    'SET k 1e15; INCRBYFLOAT k 0.1; SET k 123456789012345678; INCRBYFLOAT k 1; SET k 9223372036854775807',
    'INCRBYFLOAT k 1; SET k 18446744073709551615; INCRBYFLOAT k 1; SET k 1e20; INCRBYFLOAT k 1; SET k 1e30',
    'INCRBYFLOAT k 1; SET k -1e25; INCRBYFLOAT k 0.5; SET k 1e300; INCRBYFLOAT k 1; SET k 1.7e308',
    'INCRBYFLOAT k 1.7e308; GET k',
  ],
  [
    'INCRBYFLOAT of small and negative numbers',
    'INCRBYFLOAT k -0.0; GET k; INCRBYFLOAT k -1e-5; INCRBYFLOAT k 1e-5; SET k -1.5; INCRBYFLOAT k 1.5',
    'SET k .5; INCRBYFLOAT k 1; SET k 5.; INCRBYFLOAT k .25; SET k 0x10; INCRBYFLOAT k 1; INCRBYFLOAT k 0x1p-3',
  ],
  [
    'INCRBYFLOAT refuses what is no number',
    'INCRBYFLOAT k a; INCRBYFLOAT k ""; INCRBYFLOAT k " 1"; INCRBYFLOAT k "1 "; INCRBYFLOAT k nan',
    'INCRBYFLOAT k inf; INCRBYFLOAT k +inf; INCRBYFLOAT k -inf; INCRBYFLOAT k 1e400; INCRBYFLOAT k 1e5000',
    'SET k abc; INCRBYFLOAT k 1; SET k " 1"; INCRBYFLOAT k 1; SET k inf; INCRBYFLOAT k 1; GET k',
    'INCRBYFLOAT n 1,5; INCRBYFLOAT n 1e',
  ],
  [
    'a counter that became large is a string again',
    'SET k 9999; INCR k; OBJECT ENCODING k; APPEND k 0; OBJECT ENCODING k; INCR k; OBJECT ENCODING k',
    'OBJECT REFCOUNT k',
  ],
]);

defineOracleCases('LCS', [
  [
    'LCS answers the subsequence',
    'MSET a ohmytext b mynewtext; LCS a b; LCS b a; LCS a b LEN; LCS a missing; LCS missing other',
    'LCS missing other LEN; LCS a a; LCS a missing IDX',
  ],
  [
    'LCS IDX answers the matches',
    'MSET a ohmytext b mynewtext; LCS a b IDX; LCS a b IDX MINMATCHLEN 4; LCS a b IDX WITHMATCHLEN',
    'LCS a b IDX MINMATCHLEN 4 WITHMATCHLEN; LCS a b IDX MINMATCHLEN -1; LCS a b IDX MINMATCHLEN 100',
    'lcs a b minmatchlen 2 idx withmatchlen',
  ],
  [
    'LCS of binary values and integers',
    'SET a "\\x00\\xff\\x00a"; SET b "\\xff\\x00b"; LCS a b; LCS a b IDX; MSET c 12345 d 345; LCS c d',
    'LCS c d LEN',
  ],
  [
    'LCS of longer texts',
    ['SET', 'a', 'abcabcabdabacbadcabacb'.repeat(8)],
    ['SET', 'b', 'bacbdbacbabcdabcabda'.repeat(8)],
    'LCS a b; LCS a b LEN; LCS a b IDX WITHMATCHLEN',
  ],
  [
    'LCS refuses',
    'MSET a 1 b 2; LCS a b LEN IDX; LCS a b FOO; LCS a b MINMATCHLEN; LCS a b MINMATCHLEN x',
    'LCS a b IDX MINMATCHLEN 1.5; LCS a b MINMATCHLEN 3; LCS a b WITHMATCHLEN',
  ],
  ['LCS of a wrong type', 'LPUSH l 1', 'SET s a', 'LCS l s', 'LCS s l LEN', 'LCS missing l IDX'],
]);

const stringCommandsOnOtherTypes = ['GET', 'STRLEN', 'INCR', 'DECR', 'GETDEL', 'GETEX', 'BITCOUNT'].map(
  (name) => `${name} x`,
);
const moreOnOtherTypes = [
  'GETSET x v',
  'APPEND x v; INCRBY x 1; DECRBY x 1; INCRBYFLOAT x 1; SETRANGE x 0 a; SETRANGE x 0 ""; GETRANGE x 0 1',
  'SUBSTR x 0 1; SET x v GET; SET x v NX GET; SETNX x v; MSETNX x v; MGET x; SETBIT x 0 1; GETBIT x 0',
  'BITPOS x 1; BITOP NOT d x; BITFIELD x GET u8 0; BITFIELD x SET u8 0 1; BITFIELD_RO x GET u8 0; GETEX x EX 0',
  'INCRBY x a',
];

defineOracleCases('string commands on keys of other types', [
  ['on a list', 'LPUSH x 1', ...stringCommandsOnOtherTypes, ...moreOnOtherTypes],
  ['on a set', 'SADD x 1 a', ...stringCommandsOnOtherTypes, ...moreOnOtherTypes],
  ['on a hash', 'HSET x f v', ...stringCommandsOnOtherTypes, ...moreOnOtherTypes],
  ['on a sorted set', 'ZADD x 1 m', ...stringCommandsOnOtherTypes, ...moreOnOtherTypes],
  [
    'SET and MSET overwrite any type',
    'LPUSH x 1; SET x v; GET x; LPUSH y 1; MSET y v; TYPE y; LPUSH z 1; SETEX z 100 v; TYPE z',
  ],
]);
