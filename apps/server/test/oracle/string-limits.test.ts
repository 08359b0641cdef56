import { defineOracleCases } from '../harness/oracle-cases';
import { approx } from '../harness/steps';

defineOracleCases('the order in which string commands look at their arguments', [
  [
    'SET reads all options before it looks at the time',
    'SET k v EX abc FOO; SET k v EX 0 NX XX; SET k v EX abc; SET k v PX 0 XX GET; SET k v EX; SET k v EX EX; EXISTS k',
    'SET k v EX 1 PX; SET k v EX 5 EX 0; SET k v EX 0 EX 500',
    approx('TTL k'),
    'SET k v PX 0 PX 500000 GET',
    approx('TTL k'),
    'SET k v EXAT 1 EXAT 33177117420; EXPIRETIME k; SET k v KEEPTTL EX 1; SET k v PERSIST; SET k w XX KEEPTTL GET',
    'EXPIRETIME k; SET k v GET NX; SET k v NX GET EX 10; EXPIRETIME k; GET k',
  ],
  [
    'GETEX reads all options before it looks at the key, and the key before the time',
    'GETEX k EX abc FOO; GETEX k EX abc; GETEX k EX; SET k v; GETEX k EX abc FOO; GETEX k EX abc; GETEX k PX 0 PX 500000',
    approx('TTL k'),
    'GETEX k PERSIST PERSIST; TTL k; GETEX k GET; GETEX k XX; GETEX k EX 1 EXAT 2; GETEX k PXAT 33177117420001 PXAT x',
  ],
  [
    'counters look at the step before the key, INCRBYFLOAT at the value first',
    'SET k abc; INCRBY k x; DECRBY k x; DECRBY k -9223372036854775808; INCRBYFLOAT k x; SET k 1; INCRBYFLOAT k x',
    'SET k inf; INCRBYFLOAT k -inf; INCRBYFLOAT k nan; SET k nan; INCRBYFLOAT k 1; SET k 1e4932; INCRBYFLOAT k 1e4932',
    'INCRBYFLOAT k 1.1e4932; STRLEN k; GET k; OBJECT ENCODING k',
  ],
  [
    'SETRANGE and GETRANGE refuse wrong offsets before they look at the key',
    'SETRANGE k x ""; SETRANGE k -1 ""; SETRANGE k 9223372036854775808 a; GETRANGE k x 0; GETRANGE k 0 x; SUBSTR k 1 y',
  ],
  [
    'LCS looks at options in order',
    'MSET a 1 b 2; LCS a b MINMATCHLEN x FOO; LCS a b FOO MINMATCHLEN x; LCS a b IDX LEN FOO; LCS a b IDX IDX LEN',
    'LCS a b LEN LEN; LCS a b IDX IDX; LCS a b MINMATCHLEN 9223372036854775808; LCS a b IDX MINMATCHLEN 0',
  ],
  [
    'pairs have to be complete',
    'MSET a 1 b; MSETNX a 1 b; SET b 1; MSETNX a 1 b 2; EXISTS a; MSETNX c 1 c 2 d 3; MGET a b c d; MSET "" "" a ""',
  ],
]);

const megabyte = 1 << 20;

defineOracleCases('strings at the limit of proto-max-bulk-len', [
  [
    'APPEND, SETRANGE and SETBIT stop there',
    'CONFIG SET proto-max-bulk-len 1mb',
    'SETRANGE k 1048575 a; STRLEN k; APPEND k b; APPEND k ""; SETRANGE k 1048576 a; SETRANGE k 1048575 ab; SETRANGE k 5 xyz',
    'SETRANGE new 1048576 a; SETBIT k 8388607 1; SETBIT k 8388608 1; GETBIT k 8388608; BITFIELD k GET u8 8388608',
    'BITFIELD k SET u8 #1048575 7; BITFIELD k SET u8 #1048576 7; BITFIELD k SET u8 8388607 255; STRLEN k; EXISTS new',
  ],
  [
    'LCS refuses strings that would need too large a table',
    'CONFIG SET proto-max-bulk-len 1mb',
    ['SET', 'a', 'a'.repeat(511)],
    ['SET', 'b', 'a'.repeat(511)],
    ['SET', 'c', 'a'.repeat(512)],
    'LCS a b LEN; LCS a c LEN; LCS a c; LCS a c IDX; LCS c missing LEN',
  ],
]);

defineOracleCases('large strings', [
  [
    'strings around the length at which they leave their entry',
    ...[43, 44, 45, 511, 512, 513, 600].flatMap((length) => [
      ['SET', 'k', 'x'.repeat(length)],
      'OBJECT ENCODING k; APPEND k y; OBJECT ENCODING k; STRLEN k; SETRANGE k 520 z; GETRANGE k 500 -1; EXPIRE k 100',
      'GETSET k 1; SET k 2 EX 100; APPEND k 3; SETRANGE k 600 x; INCR k; GET k; GETDEL k',
    ]),
  ],
  [
    'a value that replaces another one of any length',
    ...[1, 600, 600, 2000, 5, 100_000, 700, 0].flatMap((length) => [
      ['SET', 'k', 'v'.repeat(length), 'KEEPTTL', 'GET'],
      'GET k; EXPIRE k 1000; STRLEN k',
    ]),
    approx('TTL k'),
  ],
  [
    'a megabyte that grows, shrinks and is combined',
    ['SET', 'k', 'abcdefgh'.repeat(megabyte / 8)],
    ['APPEND', 'k', 'x'.repeat(1000)],
    'STRLEN k; BITCOUNT k; BITCOUNT k 3 -3; BITCOUNT k 13 -13 BIT; SETRANGE k 2000000 end; GETRANGE k 1048570 1049600',
    'BITPOS k 1 1049577; BITPOS k 0 3; BITPOS k 1 1049576 1999999; BITPOS k 1 8396609 -1 BIT; BITOP NOT d k; BITCOUNT d',
    'BITPOS d 0; BITPOS d 0 1049577; BITOP XOR d d k; BITCOUNT d; BITPOS d 0; STRLEN d; SET s short; BITOP AND d k s k',
    'STRLEN d; BITCOUNT d; BITOP OR d s k; BITOP XOR d d k; BITCOUNT d; DEL d; SET k small; GET k',
  ],
  [
    'a value larger than a segment of memory',
    'SETRANGE k 70000000 end; STRLEN k; GETRANGE k 69999998 -1; APPEND k more; SETBIT k 600000000 1; STRLEN k',
    'BITCOUNT k; BITPOS k 1; BITPOS k 1 70000008; BITFIELD k SET i64 #9000000 -2 GET u63 576000000; BITCOUNT k 72000000 -1',
    'EXPIRE k 100; GETBIT k 600000000; BITOP NOT d k; BITPOS d 0; STRLEN d; DEL d; SET k 1; GET k',
  ],
]);
