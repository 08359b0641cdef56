import { defineOracleCases, type OracleCase } from '../harness/oracle-cases';
import { expandSteps, masked, type StepLike, unordered } from '../harness/steps';

const limited = 'CONFIG SET set-max-intset-entries 4';
const big = ['9223372036854775807', '-9223372036854775808', '2147483648', '-2147483649', '32768', '-32769', '0'];

/** Members `from` … `to` of a set, as they would be typed. */
function numbers(from: number, to: number, prefix = ''): string {
  return Array.from({ length: to - from + 1 }, (_, i) => `${prefix}${from + i}`).join(' ');
}

defineOracleCases('members of sets', [
  [
    'SADD counts what is new',
    'SADD s a; SADD s a b; SADD s b a; SADD s c c c d; SCARD s; TYPE s; SISMEMBER s a; SISMEMBER s x; SISMEMBER s A',
    'SADD n 3 1 2 1; SADD n 1; SCARD n; SMEMBERS n; SISMEMBER n 3; SISMEMBER n 4; SISMEMBER n 03; SISMEMBER n x',
    unordered('SMEMBERS s'),
  ],
  [
    'members are bytes',
    'SADD s "" "\\x00" "\\xff\\r\\n" " "; SISMEMBER s ""; SISMEMBER s "\\x00"; SISMEMBER s "\\x00\\x00"; SREM s ""; SCARD s',
    unordered('SMEMBERS s'),
    ['SADD', 's', 'x'.repeat(100_000)],
    ['SISMEMBER', 's', 'x'.repeat(100_000)],
    ['SISMEMBER', 's', 'x'.repeat(99_999)],
    ['SREM', 's', 'x'.repeat(100_000)],
  ],
  [
    'a missing key is an empty set',
    'SCARD s; SMEMBERS s; SISMEMBER s a; SMISMEMBER s a b; SREM s a; SPOP s; SPOP s 3; SRANDMEMBER s; SRANDMEMBER s 3',
    'SRANDMEMBER s -3; SMOVE s t a; SSCAN s 0; SINTER s; SUNION s t; SDIFF s t; SINTERCARD 2 s t; EXISTS s t',
  ],
  [
    'SREM counts what it removes, and the last member takes the key along',
    'SADD s a b c; SREM s x; SREM s a a x; SCARD s; SREM s b c b; EXISTS s; SADD s 1 2; SREM s 2 1 1; TYPE s; DBSIZE; SREM s 1',
  ],
  ['SMISMEMBER', 'SADD s a b; SMISMEMBER s a; SMISMEMBER s a x b a; SADD n 1 2; SMISMEMBER n 1 3 2 x 01'],
  [
    'a set keeps its deadline through changes',
    'SADD s a; PEXPIREAT s 33177117420000; SADD s b; SREM s a; PEXPIRETIME s; SPOP s; EXISTS s; SADD s c; PEXPIRETIME s',
    'SADD n 1 2 3 4 5 6 7; PEXPIREAT n 33177117420000',
    masked(/\d/g, 'SPOP n 6'),
    'PEXPIRETIME n',
    masked(/\d/g, 'SPOP n 1'),
    'EXISTS n; SADD p x; PEXPIREAT p 1',
    'SADD p y; SMEMBERS p; PEXPIRETIME p',
  ],
  [
    'SMOVE',
    'SADD a 1 2 x; SADD b 2; SMOVE a b x; SMOVE a b x; SMOVE a b 2; SMEMBERS a; SMOVE a b 1; EXISTS a; SMOVE b c 1; SMEMBERS c',
    'SMOVE b b 2; SMOVE b b 9; SMOVE a b 2; OBJECT ENCODING b; OBJECT ENCODING c; SMOVE b c x; OBJECT ENCODING c; EXISTS a',
    unordered('SMEMBERS b'),
    unordered('SMEMBERS c'),
    'SADD e 7; SMOVE e f 7; OBJECT ENCODING f; EXISTS e; SADD g a; SMOVE g h a; OBJECT ENCODING h',
  ],
  [
    'sets of many members',
    `SADD s ${numbers(1, 400, 'member:')}; SCARD s; SADD s ${numbers(300, 500, 'member:')}; SCARD s`,
    `SREM s ${numbers(10, 490, 'member:')}; SCARD s; SISMEMBER s member:9; SISMEMBER s member:10`,
    unordered('SMEMBERS s'),
    `SADD n ${numbers(-900, 900)}; SCARD n; OBJECT ENCODING n; SREM n ${numbers(-800, 890)}`,
    unordered('SMEMBERS n'),
  ],
  [
    'other commands work on sets',
    'SADD s 1 2 3; COPY s c; SADD c 4; SREM s 1; SMEMBERS s; SMEMBERS c; RENAME s r; SMEMBERS r; MOVE r 1; DBSIZE; SELECT 1',
    'SMEMBERS r; SADD r x; COPY r q; SADD q y; SREM r 3',
    unordered('SMEMBERS r'),
    unordered('SMEMBERS q'),
    'TOUCH r q; UNLINK q; SET r string; GET r; SADD k 1; SET k x; TYPE k',
  ],
  [
    'DEBUG DIGEST is that of the members, whatever the encoding',
    `SADD a 1 2 x; SADD b x 2 1; DEBUG DIGEST-VALUE a b; ${limited}; SADD c 1 2 3 4 5; SREM c 1 2; SADD d 3 4 5`,
    'DEBUG DIGEST-VALUE c d; DEBUG DIGEST; SREM a x; DEBUG DIGEST; PEXPIREAT a 33177117420000; DEBUG DIGEST',
  ],
]);

defineOracleCases('wrong uses of set commands', [
  [
    'wrong arity',
    'SADD; SADD s; SREM s; SISMEMBER s; SISMEMBER s a b; SMISMEMBER s; SCARD; SCARD s t; SMEMBERS; SMEMBERS s t; SPOP; SMOVE a b',
    'SMOVE a b c d; SINTER; SINTERSTORE d; SUNION; SUNIONSTORE d; SDIFF; SDIFFSTORE d; SINTERCARD 1; SRANDMEMBER; SSCAN s',
  ],
  [
    'WRONGTYPE is an error of every command',
    'SET k v; SADD k a; SREM k a; SISMEMBER k a; SMISMEMBER k a; SCARD k; SMEMBERS k; SPOP k; SPOP k 2; SPOP k 0; SRANDMEMBER k',
    'SRANDMEMBER k 0; SRANDMEMBER k -1; SSCAN k 0; SINTER k; SINTERSTORE d k; SUNION k; SUNIONSTORE d k; SDIFF k; SDIFFSTORE d k',
    'SINTERCARD 1 k; SADD s a; SMOVE k s a; SMOVE s k a; SMOVE s k x; SMOVE k k a; SMOVE k none a; SMOVE none k a; GET k',
    'GET s; INCR s; APPEND s x; SETRANGE s 0 x; STRLEN s; GETSET s v; SMEMBERS s; EXISTS d',
  ],
  [
    'WRONGTYPE of any of several keys is an error, even behind one that is missing',
    'SET k v; SADD s 1 2; SINTER none k; SINTER k none; SINTER s k; SUNION s none k; SDIFF none k; SDIFF s s k; SDIFF s none k',
    'SINTERCARD 2 none k; SINTERSTORE d none k; SUNIONSTORE d none k; SDIFFSTORE d none k; EXISTS d; SADD d 1',
    'SINTERSTORE d s k; SUNIONSTORE d s k; SDIFFSTORE d s k; SMEMBERS d; SINTERSTORE k s s; SMEMBERS k',
  ],
  [
    'wrong counts of SPOP come before the key is looked at',
    'SET k v; SADD s 1 2 3; SPOP s -1; SPOP k -1; SPOP none -1; SPOP s x; SPOP s 1.5; SPOP s ""; SPOP s 9223372036854775808',
    'SPOP s 1 2; SPOP k 1 2; SPOP s 0; SPOP none 0; SPOP s 9223372036854775807; EXISTS s',
  ],
  [
    'wrong counts of SRANDMEMBER come before the key is looked at',
    'SET k v; SADD s 1 2 3; SRANDMEMBER s x; SRANDMEMBER k x; SRANDMEMBER s 9223372036854775808; SRANDMEMBER s 1 2',
    'SRANDMEMBER s -9223372036854775808; SRANDMEMBER none -9223372036854775808; SRANDMEMBER none -9223372036854775807',
    'SRANDMEMBER s 9223372036854775807; SRANDMEMBER s 0; SRANDMEMBER s -0; SRANDMEMBER none 0; SRANDMEMBER k 1 2',
  ],
  [
    'wrong arguments of SINTERCARD',
    'SET k v; SADD s 1 2; SINTERCARD 0 s; SINTERCARD -1 s; SINTERCARD x s; SINTERCARD 1.0 s; SINTERCARD 2 s',
    'SINTERCARD 3 s s; SINTERCARD 9223372036854775807 s; SINTERCARD 9223372036854775808 s; SINTERCARD 1 s s; SINTERCARD 1 s LIMIT',
    'SINTERCARD 1 s LIMIT -1; SINTERCARD 1 s LIMIT x; SINTERCARD 1 s LIMIT 9223372036854775808; SINTERCARD 1 s FOO 1',
    'SINTERCARD 1 s LIMIT 1 2; SINTERCARD 1 k LIMIT x; SINTERCARD 1 k LIMIT 1; SINTERCARD 1 s LIMIT 1 LIMIT x',
    'SINTERCARD 2 s LIMIT 1; SINTERCARD 3 s LIMIT 1',
  ],
  [
    'wrong arguments of SSCAN',
    'SET k v; SADD s 1 2; SSCAN s x; SSCAN s -1; SSCAN s ""; SSCAN s 18446744073709551616; SSCAN none x; SSCAN k x; SSCAN s 0 FOO',
    'SSCAN s 0 COUNT; SSCAN s 0 COUNT 0; SSCAN s 0 COUNT -1; SSCAN s 0 COUNT x; SSCAN s 0 MATCH; SSCAN s 0 TYPE set',
    'SSCAN none 0 FOO; SSCAN none 0 COUNT 0; SSCAN k 0 FOO; SSCAN s 0 COUNT 1 MATCH; SSCAN s 0 MATCH * COUNT x',
  ],
]);

defineOracleCases('encodings of sets', [
  [
    'an intset answers in the order of the numbers, whatever their width',
    'SADD s 5 -3 32767; OBJECT ENCODING s; SMEMBERS s; SADD s 32768 -32768; SMEMBERS s; SADD s -32769; SMEMBERS s',
    'SADD s 2147483647 -2147483648; SMEMBERS s; SADD s 2147483648; SMEMBERS s; SADD s -2147483649 9007199254740993',
    'SMEMBERS s; SADD s 9223372036854775807 -9223372036854775808 -9007199254740993 9007199254740992; SMEMBERS s',
    'SISMEMBER s 9007199254740993; SISMEMBER s 9007199254740991; SREM s 9223372036854775807 5; SMEMBERS s; OBJECT ENCODING s',
  ],
  [
    'a wide member first, and one that is below all others',
    `SADD s ${big.join(' ')}; SMEMBERS s; SMISMEMBER s ${big.join(' ')} 1 9223372036854775806; SREM s ${big.join(' ')}; EXISTS s`,
    'SADD t 4294967296 4294967295 -4294967296 -4294967297 4294967297; SMEMBERS t; SISMEMBER t 1; SISMEMBER t 4294967295',
  ],
  [
    'only canonical texts of 64-bit numbers are integers',
    'SADD a 01; OBJECT ENCODING a; SADD b -0; OBJECT ENCODING b; SADD c +1; OBJECT ENCODING c; SADD d " 1"; OBJECT ENCODING d',
    'SADD e 9223372036854775808; OBJECT ENCODING e; SADD f -9223372036854775809; OBJECT ENCODING f; SADD g ""; OBJECT ENCODING g',
    'SADD h 1.0; OBJECT ENCODING h; SADD i -; OBJECT ENCODING i; SADD j 0; OBJECT ENCODING j; SADD k -9223372036854775808',
    'OBJECT ENCODING k; SISMEMBER j 00; SISMEMBER j -0; SREM j 00 -0; SREM j 0; EXISTS j',
  ],
  [
    'an intset becomes a hash table with the first other text, for good',
    'SADD s 1 2 3; OBJECT ENCODING s; SADD s x; OBJECT ENCODING s; SREM s x; OBJECT ENCODING s; SISMEMBER s 2; SREM s 1 2',
    'SMEMBERS s; SREM s 3; EXISTS s; SADD t 1 x 2; OBJECT ENCODING t; SADD u x 1; OBJECT ENCODING u',
    unordered('SMEMBERS t'),
  ],
  [
    'an intset of more members than the limit becomes a hash table',
    `${limited}; SADD s 1 2 3 4; OBJECT ENCODING s; SADD s 4; OBJECT ENCODING s; SADD s 5; OBJECT ENCODING s; SREM s 5 4 3`,
    'OBJECT ENCODING s; SADD t 1 2 3 4 5; OBJECT ENCODING t; SADD u 1 1 2 2 3 3 4 4; OBJECT ENCODING u',
    unordered('SMEMBERS s'),
  ],
  [
    'a limit that is lowered concerns what is added from then on',
    `SADD s 1 2 3 4 5 6; ${limited}; OBJECT ENCODING s; SADD s 1; OBJECT ENCODING s; SREM s 1; SADD s 2; OBJECT ENCODING s`,
    'SADD s 7; OBJECT ENCODING s; CONFIG SET set-max-intset-entries 0; SADD t 1; OBJECT ENCODING t; SADD u 1 2',
    unordered('SMEMBERS u'),
  ],
  [
    'the default limit',
    `SADD s ${numbers(1, 512)}; OBJECT ENCODING s; SADD s 1; OBJECT ENCODING s; SADD s 513; OBJECT ENCODING s; SCARD s`,
    unordered('SMEMBERS s'),
  ],
  [
    'a copy has the encoding of what it is copied from',
    `${limited}; SADD s 1 2 3 4 5; SREM s 4 5; COPY s t; OBJECT ENCODING t; SADD n 1; COPY n m; OBJECT ENCODING m`,
    unordered('SMEMBERS t'),
  ],
]);

const algebra: readonly (readonly [title: string, ...steps: StepLike[]])[] = [
  [
    'SINTER',
    'SADD a 1 2 3 4; SADD b 2 3 4 5; SADD c 3 4 x; SADD t x y 3; SINTER a; SINTER a b; SINTER a b a b; SINTER a none; SINTER none',
    'SINTER none none; SINTER a t; SINTER t a; SINTER a a; SINTER b none a',
    unordered('SINTER a b c'),
    unordered('SINTER c t'),
    unordered('SINTER t c t'),
    unordered('SINTER t'),
    'SADD y y; SINTER y a; SINTER a y; SINTER t y c',
  ],
  [
    'SUNION',
    'SADD a 1 2; SADD b 2 3; SADD t x y; SUNION a; SUNION a b; SUNION a a; SUNION none; SUNION none none; SUNION none a',
    unordered('SUNION a t b'),
    unordered('SUNION t t'),
    unordered('SUNION t none a'),
  ],
  [
    'SDIFF',
    'SADD a 1 2 3 4; SADD b 2 9; SADD c 3; SADD t x y 1; SDIFF a; SDIFF a b; SDIFF a b c; SDIFF a a; SDIFF a b a; SDIFF none a',
    'SDIFF a none; SDIFF a none b; SDIFF a t; SDIFF none; SDIFF b a; SDIFF c a; SDIFF a t b c none',
    unordered('SDIFF t a'),
    unordered('SDIFF t none'),
    unordered('SDIFF t b c'),
    'SDIFF t t; SDIFF t a t',
  ],
  [
    'SINTERCARD',
    'SADD a 1 2 3 4; SADD b 2 3 4 5; SADD t x 2 y 3; SINTERCARD 1 a; SINTERCARD 2 a b; SINTERCARD 3 a b t; SINTERCARD 2 a none',
    'SINTERCARD 2 a b LIMIT 0; SINTERCARD 2 a b LIMIT 2; SINTERCARD 2 a b limit 3; SINTERCARD 2 a b LIMIT 4; SINTERCARD 1 t LIMIT 1',
    'SINTERCARD 2 a b LIMIT 1 LIMIT 2; SINTERCARD 2 a b LIMIT 9223372036854775807; SINTERCARD 2 a a; SINTERCARD 1 none LIMIT 1',
  ],
  [
    'the STORE forms replace whatever was there',
    'SADD a 1 2 3; SADD b 2 3 4; SET d string; SINTERSTORE d a b; SMEMBERS d; SUNIONSTORE d a b; SMEMBERS d; SDIFFSTORE d a b',
    'SMEMBERS d; TYPE d; PEXPIREAT d 33177117420000; SUNIONSTORE d a; PTTL d; SMEMBERS d; SINTERSTORE d a; SDIFFSTORE d b; SMEMBERS d',
  ],
  [
    'a result of nothing deletes the destination',
    'SADD a 1; SADD b 2; SADD d 9; SINTERSTORE d a b; EXISTS d; SET d v; SDIFFSTORE d a a; EXISTS d; SADD d 1; SUNIONSTORE d none',
    'EXISTS d; SET d v; SINTERSTORE d none a; EXISTS d; SINTERSTORE d a none; SADD d 1; SDIFFSTORE d none a; EXISTS d; SDIFFSTORE d a a',
  ],
  [
    'the destination may be a source',
    'SADD a 1 2 3; SADD b 2 3 4; SADD t x 2; SINTERSTORE a a b; SMEMBERS a; SUNIONSTORE a a b; SMEMBERS a; SDIFFSTORE a a b; EXISTS a',
    'SUNIONSTORE b b b; SMEMBERS b; SDIFFSTORE b a b; EXISTS b; SUNIONSTORE t t t; SINTERSTORE t t t; SDIFFSTORE t t none',
    unordered('SMEMBERS t'),
    'SDIFFSTORE t t t; EXISTS t',
  ],
  [
    'sets that are large',
    `SADD a ${numbers(1, 700)}; SADD b ${numbers(350, 1050)}; SADD c ${numbers(100, 800, 'm')} ${numbers(600, 660)}`,
    'SINTERCARD 2 a b; SINTERCARD 3 a b c; SINTERSTORE i a b; SUNIONSTORE u a b c; SDIFFSTORE d a b c; SDIFFSTORE e c b a',
    'OBJECT ENCODING i; OBJECT ENCODING u; OBJECT ENCODING d; OBJECT ENCODING e; SCARD i; SCARD u; SCARD d; SCARD e',
    unordered('SINTER a b'),
    unordered('SUNION c a'),
    unordered('SDIFF c a'),
    unordered('SDIFF a c b'),
    'DEBUG DIGEST',
  ],
];

/** The cases, with replies compared in any order: that of a hash table is random. */
const algebraOfTables = algebra.map(([title, ...steps]): OracleCase => [title, ...expandSteps(steps).map(unordered)]);

defineOracleCases('set algebra', algebra);
defineOracleCases('set algebra of hash tables', algebraOfTables, { 'set-max-intset-entries': '0' });

defineOracleCases('encodings of stored results', [
  [
    'an intersection is an intset where its members allow',
    `${limited}; SADD a 1 2 3 x; SADD b 1 2 3 y; SINTERSTORE d a b; OBJECT ENCODING d; SMEMBERS d; SADD a 4 5; SADD b 4 5`,
    'SINTERSTORE d a b; OBJECT ENCODING d; SADD c x 1; SINTERSTORE d a c; OBJECT ENCODING d; SREM c x; SINTERSTORE d a c',
    'OBJECT ENCODING d',
  ],
  [
    'a union is an intset where its members allow',
    `${limited}; SADD a 1 2 x; SREM a x; SADD b 2 3; SUNIONSTORE d a b; OBJECT ENCODING d; SMEMBERS d; SADD b 4 5`,
    'SUNIONSTORE d a b; OBJECT ENCODING d; SADD c x; SUNIONSTORE d a c; OBJECT ENCODING d; SUNIONSTORE d a; OBJECT ENCODING d',
  ],
  [
    'a difference by look-ups is an intset where its members allow',
    'SADD a 1 2 x; SADD b x 8 9; SDIFFSTORE d a b; OBJECT ENCODING d; SMEMBERS d; SADD c 1; SDIFFSTORE d a c; OBJECT ENCODING d',
  ],
  [
    'a difference by removal has the encoding of the first set as it is copied',
    'SADD a 1 2 3 4 5 6 7 x; SADD b x; SADD c 1; SADD e 2; SDIFFSTORE d a b c e; OBJECT ENCODING d; SDIFFSTORE d a b c; OBJECT ENCODING d',
    'SDIFFSTORE d a b; OBJECT ENCODING d; SDIFFSTORE d a b c none none; OBJECT ENCODING d; SDIFFSTORE d a b c e e; OBJECT ENCODING d',
    unordered('SMEMBERS d'),
    'SDIFFSTORE d a b a; EXISTS d; SDIFFSTORE d a b c e a; EXISTS d; SREM a x; SDIFFSTORE d a b c e; OBJECT ENCODING d',
  ],
  [
    'a copy that passes the limit on its way stays a hash table',
    `SADD a 1 2 3 4 5 6; SADD b 1 2 3; SADD c 3; SADD e 4; ${limited}; SDIFFSTORE d a b c e; OBJECT ENCODING d`,
    'SDIFFSTORE d a b c; OBJECT ENCODING d; SDIFFSTORE d a b; OBJECT ENCODING d; SINTERSTORE d a; OBJECT ENCODING d',
    unordered('SMEMBERS d'),
  ],
  [
    'what SPOP leaves of a set that it takes most of is encoded anew',
    `${limited}; SADD s ${numbers(1, 20)}; OBJECT ENCODING s`,
    masked(/\d+/g, 'SPOP s 17'),
    'OBJECT ENCODING s; SCARD s',
    masked(/\d+/g, 'SPOP s 3'),
    'EXISTS s',
    `SADD t ${numbers(1, 20)}`,
    masked(/\d+/g, 'SPOP t 16'),
    'OBJECT ENCODING t; DEL t',
    `SADD u ${numbers(1, 30)}`,
    masked(/\d+/g, 'SPOP u 24'),
    'OBJECT ENCODING u; SCARD u; DEL u',
    `SADD v ${numbers(1, 30)}`,
    masked(/\d+/g, 'SPOP v 25'),
    'OBJECT ENCODING v; SCARD v; DEL v',
  ],
]);

defineOracleCases('random members', [
  [
    'SPOP takes the members one by one until the key is gone',
    'SADD s a; SPOP s; EXISTS s; SPOP s; SADD n 5; SPOP n; EXISTS n; SADD m 1 2 3',
    masked(/\d/g, 'SPOP m'),
    'SCARD m',
    masked(/\d/g, 'SPOP m'),
    masked(/\d/g, 'SPOP m'),
    'EXISTS m; SPOP m',
  ],
  [
    'SPOP of all there is',
    'SADD s 3 1 2; SPOP s 3; EXISTS s; SADD s 3 1 2; SPOP s 100; EXISTS s; SADD s x y',
    unordered('SPOP s 2'),
    'EXISTS s; SPOP s 2; SPOP s 0',
  ],
  [
    'SPOP of some, whichever they are',
    `SADD s ${numbers(100, 199)}; SADD t ${numbers(100, 199)} x1x; SREM t x1x`,
    masked(/\d+/g, 'SPOP s 0'),
    masked(/\d+/g, 'SPOP s 10'),
    'SCARD s',
    masked(/\d+/g, 'SPOP s 89'),
    'SCARD s; OBJECT ENCODING s; DEL s',
    masked(/\d+/g, 'SPOP t 10'),
    'SCARD t; OBJECT ENCODING t',
    masked(/\d+/g, 'SPOP t 89'),
    'SCARD t; OBJECT ENCODING t; DEL t',
  ],
  [
    'SRANDMEMBER changes nothing',
    'SADD s a; SRANDMEMBER s; SRANDMEMBER s 1; SRANDMEMBER s 5; SRANDMEMBER s -4; SMEMBERS s; SADD n 3; SRANDMEMBER n',
    'SRANDMEMBER n -3; SADD m 3 1 2',
    unordered('SRANDMEMBER m 3'),
    unordered('SRANDMEMBER m 4'),
    masked(/\d/g, 'SRANDMEMBER m'),
    masked(/\d/g, 'SRANDMEMBER m 2'),
    masked(/\d/g, 'SRANDMEMBER m -7'),
    'SMEMBERS m; SADD t x y z',
    unordered('SRANDMEMBER t 3'),
    unordered('SRANDMEMBER t 100'),
    masked(/[xyz]/g, 'SRANDMEMBER t 1'),
    masked(/[xyz]/g, 'SRANDMEMBER t 2'),
    masked(/[xyz]/g, 'SRANDMEMBER t -10'),
    'SCARD t',
  ],
  [
    'SRANDMEMBER of large sets',
    `SADD s ${numbers(1000, 1999)}; SADD n ${numbers(1000, 1400)}`,
    ...['5', '333', '334', '900', '999', '-50', '-2000', '1'].flatMap((count) => [
      masked(/\d+/g, `SRANDMEMBER s ${count}`),
      masked(/\d+/g, `SRANDMEMBER n ${count.replace('1000', '401')}`),
    ]),
    unordered('SRANDMEMBER s 1000'),
  ],
]);

defineOracleCases('SSCAN', [
  [
    'an intset comes at once, whatever the cursor',
    'SADD s 5 3 4 10; SSCAN s 0; SSCAN s 7; SSCAN s 0 COUNT 1; SSCAN s 0 MATCH 1*; SSCAN s 0 MATCH x; SSCAN s 0 MATCH * COUNT 2',
    'SSCAN s 0 COUNT 2 COUNT 1 MATCH 5; sscan s 0 match ? count 100; SSCAN s 0 MATCH ""; SSCAN s 18446744073709551615',
  ],
  [
    'a hash table comes at once where the count is large enough',
    `SADD s ${numbers(1, 100, 'm:')}`,
    { ...unordered('SSCAN s 0 COUNT 1000'), comparison: { how: 'unordered', depth: 2 } },
    { ...unordered('SSCAN s 0 COUNT 1000 MATCH m:1*'), comparison: { how: 'unordered', depth: 2 } },
    'SSCAN s 0 COUNT 1000 MATCH nothing; SADD t only; SSCAN t 0; SSCAN t 0 MATCH o*; SSCAN t 0 MATCH x*',
  ],
]);
