import { defineOracleCases } from '../harness/oracle-cases';
import { approx, fullScan, masked, on, unordered } from '../harness/steps';

const limited = 'CONFIG SET hash-max-listpack-entries 4';
const long = 'x'.repeat(65);

defineOracleCases('fields of hashes', [
  [
    'HSET counts what is new, and HGET answers it',
    'HSET h a 1; HSET h a 2 b 3; HSET h c 4 d 5 c 6; HGET h a; HGET h b; HGET h c; HGET h d; HGET h e; HLEN h',
    'HSET h "\\x00\\xff\\r\\n" "\\x00\\x01"; HGET h "\\x00\\xff\\r\\n"; HSET h "" ""; HGET h ""; HEXISTS h ""; HGETALL h',
  ],
  [
    'a key that is missing is an empty hash',
    'HGET h f; HMGET h f g; HGETALL h; HKEYS h; HVALS h; HLEN h; HSTRLEN h f; HEXISTS h f; HDEL h f g; EXISTS h',
  ],
  ['HMSET', 'HMSET h a 1 b 2; HMSET h b 3 c 4; HGETALL h; TYPE h; OBJECT ENCODING h'],
  ['HSETNX', 'HSETNX h a 1; HSETNX h a 2; HGET h a; HSETNX h b 2; HGETALL h; HLEN h'],
  ['HMGET', 'HSET h a 1 b 2; HMGET h a b; HMGET h b x a b; HMGET h x; HMGET h "" a'],
  ['HDEL', 'HSET h a 1 b 2 c 3; HDEL h x; HDEL h a; HGETALL h; HDEL h b b x c; EXISTS h; HDEL h a'],
  ['HDEL of the last field deletes the key', 'HSET h a 1 b 2; HDEL h a b c; TYPE h; DBSIZE; HSET h a 1; GET h'],
  [
    'HSTRLEN',
    'HSET h a "" b 12345 c -100 d "h\\xc3\\xa9"; HSTRLEN h a; HSTRLEN h b; HSTRLEN h c; HSTRLEN h d; HSTRLEN h e',
  ],
  [
    'HKEYS, HVALS and HGETALL are in the order of insertion while packed',
    'HSET h c 1 a 2 b 3; HSET h a 9; HKEYS h; HVALS h; HGETALL h',
  ],
  [
    'values that look like numbers come back as they are written',
    'HSET h a 1 b 01 c -0 d 1.0 e 9223372036854775807 f -9223372036854775808 g 9223372036854775808 1 one 01 oh-one',
    'HSET h i 0 j -1 k 127 l 128 m 4095 n 4096 o 8191 p 8192 q -4096 r -4097 s 32768 t -32769 u 8388608 v 2147483648',
    'HGETALL h; HGET h 1; HGET h 01; HGET h 001; HMGET h u v e f; HSTRLEN h e',
  ],
  [
    'wrong arity',
    'HSET; HSET h; HSET h f; HSET h f v g; HMSET h f; HMSET h f v g; HSETNX h f; HSETNX h f v x; HGET h; HGET h f g; HMGET h',
    'HGETALL; HGETALL h x; HKEYS; HKEYS h x; HVALS; HVALS h x; HLEN; HLEN h x; HSTRLEN h; HSTRLEN h f g; HEXISTS h',
    'HEXISTS h f g; HDEL h; EXISTS h',
  ],
  [
    'WRONGTYPE is an error of every command, and comes after wrong numbers of arguments',
    'SET s v; HSET s f v; HSET s f v g; HMSET s f v; HMSET s f v g; HSETNX s f v; HGET s f; HMGET s f g; HGETALL s; HKEYS s',
    'HVALS s; HLEN s; HSTRLEN s f; HEXISTS s f; HDEL s f; GET s; HSET h f v; GET h; APPEND h x; INCR h; GETSET h v; HGETALL h',
  ],
  [
    'other commands work on hashes',
    'HSET h a 1 b 2; TYPE h; COPY h c; HSET c a 9; HGETALL h; HGETALL c; RENAME h r; HGETALL r; EXISTS h; MOVE r 1; DBSIZE',
    'SELECT 1; HGETALL r; SET r string; GET r; HSET k f v; SET k x; TYPE k; HSET z f v; UNLINK z; EXISTS z; TOUCH k',
  ],
  [
    'a hash may expire, and keeps its deadline through changes',
    'HSET h a 1; PEXPIREAT h 33177117420000; HSET h b 2; HDEL h a; PEXPIRETIME h; HSET h c 3; PERSIST h; HGETALL h',
    'PEXPIREAT h 33177117420000; COPY h k; PEXPIRETIME k; HGETALL k; HDEL h b c; HSET h z 1; PTTL h; PEXPIREAT h 1; HGETALL h',
  ],
  [
    'HSET and HDEL wake those who watch the key, and those alone',
    'HSET h a 1; WATCH h; HDEL h x; HGET h a; MULTI; PING; EXEC; WATCH h',
    on('other', 'HSET h a 1'),
    'MULTI; PING; EXEC; WATCH h',
    on('other', 'HDEL h a'),
    'MULTI; PING; EXEC; WATCH h',
    on('other', 'HSETNX h a 1'),
    'MULTI; PING; EXEC; WATCH h',
    on('other', 'HSETNX h a 2'),
    'MULTI; HSET h b 2 c 3; HGETALL h; EXEC',
  ],
]);

defineOracleCases('encodings of hashes', [
  [
    'a hash of more fields than the limit becomes a hash table, for good',
    `${limited}; HSET h a 1 b 2 c 3 d 4; OBJECT ENCODING h; HSET h d 5; OBJECT ENCODING h; HSET h e 5; OBJECT ENCODING h`,
    'HDEL h a b c d; OBJECT ENCODING h; HGETALL h; HDEL h e; EXISTS h; HSET h a 1; OBJECT ENCODING h',
  ],
  [
    'fields that come at once are counted without their repetitions',
    `${limited}; HSET h a 1 a 2 b 3 b 4 c 5 c 6 d 7 d 8; OBJECT ENCODING h; HGETALL h`,
    'HSET i a 1 b 2 c 3 d 4 e 5 a 6; OBJECT ENCODING i',
    unordered('HGETALL i'),
  ],
  [
    'a text longer than the limit makes a hash table, before anything is set',
    ['HSET', 'v', 'f', 'x'.repeat(64)],
    'OBJECT ENCODING v',
    ['HSET', 'v', 'f', long],
    'OBJECT ENCODING v; HSET v f short; OBJECT ENCODING v',
    ['HSET', 'w', 'a', '1', long, 'v'],
    'OBJECT ENCODING w',
    unordered('HGETALL w'),
    ['HMSET', 'm', 'x'.repeat(64), 'x'.repeat(64)],
    'OBJECT ENCODING m',
    ['HSETNX', 'n', 'a', long],
    'OBJECT ENCODING n; HSET o a 1',
    ['HSETNX', 'o', 'a', long],
    'OBJECT ENCODING o',
  ],
  [
    'a limit that is lowered concerns what is written from then on',
    'HSET h a 1 b 2 c 3 d 4; HSET i a 1 b 2 c 3; CONFIG SET hash-max-listpack-entries 2; OBJECT ENCODING h; HGET h a',
    'HDEL h a; OBJECT ENCODING h; HSET h b 9; OBJECT ENCODING h; HDEL i a; OBJECT ENCODING i; HSET i b 2; OBJECT ENCODING i',
    'CONFIG SET hash-max-listpack-value 3; HSET i b 123; OBJECT ENCODING i; HSET i b 1234; OBJECT ENCODING i',
  ],
  [
    'limits of nothing and the older names of the options',
    'CONFIG SET hash-max-listpack-entries 0; HSET h a 1; OBJECT ENCODING h; HGETALL h; HSET h a 2; HDEL h a; EXISTS h',
    'CONFIG SET hash-max-ziplist-entries 1; CONFIG SET hash-max-ziplist-value 0; HSET g "" ""; OBJECT ENCODING g; HSET g a ""',
    'OBJECT ENCODING g',
    unordered('CONFIG GET hash-max-listpack-*'),
  ],
  [
    'copies have the encoding of what they are copied from',
    `${limited}; HSET h a 1 b 2 c 3 d 4 e 5; HDEL h a b c; COPY h i; OBJECT ENCODING i; HSET i a 7; OBJECT ENCODING i`,
    unordered('HGETALL h'),
    unordered('HGETALL i'),
    'RENAME i j; OBJECT ENCODING j; DEL h',
    unordered('HGETALL j'),
  ],
  [
    'all commands answer the same on a table',
    `${limited}; HSET h a 1 b 2 c 3 d 4 e 5; HGET h a; HGET h x; HMGET h a x e; HLEN h; HSTRLEN h e; HSTRLEN h x; HEXISTS h a`,
    'HEXISTS h x; HSETNX h a 9; HSETNX h f 6; HDEL h a x f; HSET h b "" c 22222222222222222222222222222222222222222222222222',
    'HGET h b; HGET h c; HSTRLEN h c; HSET h "" "\\x00"; HGET h ""; HDEL h ""; HEXISTS h ""',
    unordered('HKEYS h'),
    unordered('HVALS h'),
    unordered('HGETALL h'),
    'PEXPIREAT h 33177117420000; HSET h z 1; PEXPIRETIME h; HDEL h b c d e z; EXISTS h',
  ],
  [
    'a hash of many fields of many sizes',
    ['HSET', 'h', ...Array.from({ length: 700 }, (_, i) => [`field:${i}`, 'v'.repeat(i)]).flat()],
    'HLEN h; OBJECT ENCODING h; HGET h field:0; HGET h field:699; HSTRLEN h field:512; HGET h field:700',
    ['HDEL', 'h', ...Array.from({ length: 690 }, (_, i) => `field:${i + 5}`)],
    'HLEN h',
    unordered('HGETALL h'),
    ['HSET', 'h', ...Array.from({ length: 600 }, (_, i) => [`field:${i}`, `${i}`]).flat()],
    unordered('HGETALL h'),
    approx('MEMORY USAGE h SAMPLES 0', 1e6),
  ],
]);

defineOracleCases('numbers in hashes', [
  [
    'HINCRBY',
    'HINCRBY h a 5; HINCRBY h a -10; HSET h b 41; HINCRBY h b 1; HGETALL h; HINCRBY h "" 0; HGET h ""; OBJECT ENCODING h',
    'HINCRBY h c 9223372036854775807; HINCRBY h c -1; HINCRBY h c -9223372036854775808; HGET h c; HINCRBY h d 9007199254740993',
    'HINCRBY h d 1; HINCRBY h d -9007199254740994; HINCRBY h e -9223372036854775808; HINCRBY h e 1; HGETALL h',
  ],
  [
    'HINCRBY refuses what does not fit into 64 bits, and changes nothing',
    'HSET h a 9223372036854775807; HINCRBY h a 1; HINCRBY h a 9223372036854775807; HGET h a; HINCRBY h a -1; HGET h a',
    'HSET h b -9223372036854775808; HINCRBY h b -1; HINCRBY h b -9223372036854775808; HGET h b; HGETALL h',
  ],
  [
    'HINCRBY refuses what is no number, in the order of Redis',
    'HINCRBY k f x; EXISTS k; HINCRBY k f 1.5; HINCRBY k f 9223372036854775808; HINCRBY k f ""; HINCRBY k f " 1"; EXISTS k',
    'HSET h a x b 1.5 c "" d " 1" e 01 f 9223372036854775808 g -0 i +1; HINCRBY h a 1; HINCRBY h b 1; HINCRBY h c 1',
    'HINCRBY h d 1; HINCRBY h e 1; HINCRBY h f 1; HINCRBY h g 1; HINCRBY h i 1; HINCRBY h a x; HGETALL h',
    'SET s v; HINCRBY s f x; HINCRBY s f 1; HINCRBYFLOAT s f x; HINCRBYFLOAT s f inf; HINCRBYFLOAT s f 1',
    'HINCRBY h f; HINCRBY h; HINCRBY h f 1 2; HINCRBYFLOAT h f; HINCRBYFLOAT h; HINCRBYFLOAT h f 1 2',
  ],
  [
    'HINCRBYFLOAT',
    'HINCRBYFLOAT h a 1.5; HINCRBYFLOAT h a 1.5; HINCRBYFLOAT h a -3; HINCRBYFLOAT h b 0.1; HINCRBYFLOAT h b 0.2; HGETALL h',
    'HSET h c 10.50; HINCRBYFLOAT h c 0.1; HINCRBYFLOAT h c -5; HSET h d 5.0e3; HINCRBYFLOAT h d 2.0e2; HINCRBYFLOAT h d 1e-17',
    'HINCRBYFLOAT h e 3; HINCRBY h e 1; HINCRBYFLOAT h e 1e17; HINCRBYFLOAT h e 0.25; HINCRBYFLOAT h f 1e300; HSTRLEN h f',
    'HINCRBYFLOAT h g -0; HINCRBYFLOAT h g 0x10; HINCRBYFLOAT h i 9223372036854775807; HINCRBYFLOAT h i 1',
    unordered('HGETALL h'),
  ],
  [
    'HINCRBYFLOAT refuses what is no number, and what becomes infinite',
    'HINCRBYFLOAT k f x; HINCRBYFLOAT k f nan; HINCRBYFLOAT k f inf; HINCRBYFLOAT k f -inf; HINCRBYFLOAT k f ""; EXISTS k',
    'HINCRBYFLOAT k f " 1"; HINCRBYFLOAT k f "1 "; HINCRBYFLOAT k f 1e5000; EXISTS k; HSET h a x b "" c " 1" d inf e nan f 1e4932',
    'HINCRBYFLOAT h a 1; HINCRBYFLOAT h b 1; HINCRBYFLOAT h c 1; HINCRBYFLOAT h d 1; HINCRBYFLOAT h e 1; HINCRBYFLOAT h f 1e4932',
    'HGETALL h',
  ],
  [
    'numbers make hash tables where their fields are too long or too many',
    'CONFIG SET hash-max-listpack-entries 1; HINCRBY h a 1; HINCRBYFLOAT h a 1; OBJECT ENCODING h; HINCRBY h b 1',
    'OBJECT ENCODING h; HINCRBY h a 1; HINCRBYFLOAT h b 1.5; HINCRBYFLOAT h c 2; HGET h a; HGET h b; HGET h c',
    ['HINCRBY', 'i', long, '1'],
    'OBJECT ENCODING i; CONFIG SET hash-max-listpack-value 2; HINCRBY j a 99; OBJECT ENCODING j; HINCRBY j a 1',
    'OBJECT ENCODING j; HINCRBYFLOAT k a 0.5; OBJECT ENCODING k',
  ],
]);

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter, i) => [letter, `${i}`]);

defineOracleCases('HRANDFIELD', [
  [
    'a hash of one field has no other',
    'HSET h f v; HRANDFIELD h; HRANDFIELD h 1; HRANDFIELD h 5; HRANDFIELD h -3; HRANDFIELD h 1 WITHVALUES',
    'HRANDFIELD h 9 withvalues; HRANDFIELD h -3 WithValues; HRANDFIELD h 0; HRANDFIELD h 0 WITHVALUES; HRANDFIELD h -0',
    'CONFIG SET hash-max-listpack-entries 0; HSET h f w; OBJECT ENCODING h; HRANDFIELD h; HRANDFIELD h 1; HRANDFIELD h 5',
    'HRANDFIELD h -3; HRANDFIELD h 1 WITHVALUES; HRANDFIELD h 9 WITHVALUES; HRANDFIELD h -3 WITHVALUES; HRANDFIELD h -2000',
  ],
  [
    'as many as there are are all of them',
    ['HSET', 'h', ...alphabet],
    unordered('HRANDFIELD h 26'),
    unordered('HRANDFIELD h 1000 WITHVALUES'),
    'CONFIG SET hash-max-listpack-entries 1; HSET h a 0; OBJECT ENCODING h',
    unordered('HRANDFIELD h 26 WITHVALUES'),
    unordered('HRANDFIELD h 9223372036854775807'),
    unordered('HRANDFIELD h 4611686018427387903 WITHVALUES'),
  ],
  [
    'replies have the same form whatever is drawn',
    'HSET h aa 10 bb 11 cc 12 dd 13',
    ...[0, 1].flatMap((entries) => [
      `CONFIG SET hash-max-listpack-entries ${512 - 512 * entries}; HSET h aa 10; OBJECT ENCODING h`,
      ...['', ' 1', ' 2', ' 3', ' -1', ' -7', ' 1 WITHVALUES', ' 2 WITHVALUES', ' -9 WITHVALUES'].map((count) =>
        masked(/[a-d]{2}|1[0-3]/g, `HRANDFIELD h${count}`),
      ),
    ]),
  ],
  ['a missing key', 'HRANDFIELD h; HRANDFIELD h 3; HRANDFIELD h -3; HRANDFIELD h 3 WITHVALUES; HRANDFIELD h 0'],
  [
    'HRANDFIELD refuses wrong counts and options, in the order of Redis',
    'HSET h f v; SET s v; HRANDFIELD; HRANDFIELD s; HRANDFIELD s 1; HRANDFIELD s x; HRANDFIELD h x; HRANDFIELD h 1.5; HRANDFIELD h ""',
    'HRANDFIELD h 1 x; HRANDFIELD h x x; HRANDFIELD h 1 WITHVALUES x; HRANDFIELD h 1 x x; HRANDFIELD k 1 x; HRANDFIELD k x',
    'HRANDFIELD h 9223372036854775808; HRANDFIELD h -9223372036854775808; HRANDFIELD h -9223372036854775809 x',
    'HRANDFIELD h 4611686018427387904 WITHVALUES; HRANDFIELD h -4611686018427387904 WITHVALUES; HRANDFIELD h 4611686018427387904 x',
    'HRANDFIELD k 9223372036854775807 WITHVALUES; HRANDFIELD k -9223372036854775808 x; HRANDFIELD s 9223372036854775807 WITHVALUES',
  ],
]);

defineOracleCases('HSCAN', [
  [
    'a packed hash is answered at once, whatever cursor and count',
    'HSET h a 1 b 2 c 3; HSCAN h 0; HSCAN h 0 COUNT 1; HSCAN h 7; HSCAN h 18446744073709551615 COUNT 2; HSCAN h 0 MATCH [ab]',
    'HSCAN h 0 MATCH x*; HSCAN h 0 MATCH *; HSCAN h 0 match B; HSCAN h 0 MATCH b COUNT 1; HSCAN h 0 COUNT 9 MATCH a MATCH c',
    'HSET h 12 x "" y "\x00" z; HSCAN h 0 MATCH 1?; HSCAN h 0 MATCH *; HSCAN h 0 MATCH "\x00"; HSCAN h 0 MATCH ""',
  ],
  ['a missing key', 'HSCAN h 0; HSCAN h 5 MATCH a COUNT 3; HSCAN h 0 nonsense; HSCAN h 0 COUNT x'],
  [
    'a table is answered in parts that are everything together',
    ['HSET', 'h', ...Array.from({ length: 700 }, (_, i) => [`field:${i}`, `v${i}`]).flat()],
    'OBJECT ENCODING h',
    fullScan('', 'HSCAN h'),
    fullScan('COUNT 1', 'HSCAN h'),
    fullScan('COUNT 100000', 'HSCAN h'),
    fullScan('MATCH *:1?', 'HSCAN h'),
    fullScan('MATCH field:699 COUNT 50', 'HSCAN h'),
    fullScan('MATCH nothing', 'HSCAN h'),
    unordered('HGETALL h'),
  ],
  [
    'HSCAN refuses wrong cursors and options, in the order of Redis',
    'HSET h a 1; SET s v; HSCAN; HSCAN h; HSCAN h x; HSCAN k x; HSCAN s x; HSCAN s 0; HSCAN s 0 COUNT; HSCAN h -1; HSCAN h 1.5',
    'HSCAN h ""; HSCAN h 18446744073709551616; HSCAN h 0 COUNT; HSCAN h 0 COUNT 0; HSCAN h 0 COUNT -1; HSCAN h 0 COUNT x; HSCAN h 0 MATCH',
    'HSCAN h 0 TYPE hash; HSCAN h 0 x; HSCAN h 0 x y; HSCAN h 0 COUNT 1 x; HSCAN k x COUNT 0',
  ],
]);

defineOracleCases('what the server tells of hashes', [
  [
    'digests depend on fields and values alone',
    'HSET h a 1 b 2 "" "\\x00"; HSET i "" "\\x00" b 2 a 1; HSET j a 2 b 1; DEBUG DIGEST-VALUE h i j; DEBUG DIGEST',
    `${limited}; HSET i c 3 d 4; HDEL i c d; OBJECT ENCODING i; DEBUG DIGEST-VALUE h i; DEBUG DIGEST; EXPIRE h 1000`,
    'DEBUG DIGEST-VALUE h; DEBUG DIGEST',
  ],
  [
    'statistics of a table',
    `${limited}; HSET h a 1 b 2 c 3; DEBUG HTSTATS-KEY h; HSET h d 4 e 5`,
    masked(
      /(table size|different slots|max chain length|avg chain length .*): .*\n|distribution:\n(.*\n)*/g,
      'DEBUG HTSTATS-KEY h',
    ),
    'HDEL h a b c; DEBUG HTSTATS-KEY k',
  ],
]);
