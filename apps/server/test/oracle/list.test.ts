import { defineOracleCases } from '../harness/oracle-cases';
import { approx, masked, on, pause } from '../harness/steps';

const numbers = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i)).join(' ');
const repeated = (count: number, word: string): string => Array.from({ length: count }, () => word).join(' ');

/** The commands of the family, each on the key `k`, as they look with arguments that are right. */
const forms = [
  'LPUSH k a',
  'RPUSH k a',
  'LPUSHX k a',
  'RPUSHX k a',
  'LPOP k',
  'LPOP k 1',
  'LPOP k 0',
  'RPOP k',
  'RPOP k 2',
  'LLEN k',
  'LINDEX k 0',
  'LSET k 0 v',
  'LRANGE k 0 -1',
  'LINSERT k BEFORE a b',
  'LREM k 0 a',
  'LTRIM k 0 -1',
  'LPOS k a',
  'LPOS k a COUNT 0',
  'LMOVE k j LEFT RIGHT',
  'RPOPLPUSH k j',
  'LMPOP 1 k LEFT',
  'BLPOP k 0.001',
  'BRPOP k 0.001',
  'BLMOVE k j LEFT RIGHT 0.001',
  'BRPOPLPUSH k j 0.001',
  'BLMPOP 0.001 1 k LEFT',
];

defineOracleCases('every command of lists', [
  ['on a key that is absent', ...forms.flatMap((form) => [form, 'DEL k j'])],
  ['on a string', 'SET k v', ...forms],
  ['on a list of one element', ...forms.flatMap((form) => ['RPUSH k a', form, 'LRANGE k 0 -1', 'DEL k j'])],
  [
    'on a list of several elements',
    ...forms.flatMap((form) => ['RPUSH k a b a c a', form, 'LRANGE k 0 -1', 'DEL k j']),
  ],
  [
    'with a wrong number of arguments',
    ...forms.flatMap((form) => {
      const words = form.split(' ');
      return words.map((_, i) => words.slice(0, i + 1).join(' ')).slice(0, -1);
    }),
    'LLEN k x; LINDEX k 0 x; LSET k 0 v x; LRANGE k 0 1 2; LINSERT k BEFORE a b c; LREM k 0 a b; LTRIM k 0 1 2',
    'LMOVE k j LEFT LEFT x; RPOPLPUSH k j x; BLMOVE k j LEFT LEFT 0 x; BRPOPLPUSH k j 0 x; LPOP k 1 2; RPOP k 1 2',
  ],
  [
    'on a key past its deadline',
    'DEBUG SET-ACTIVE-EXPIRE 0',
    ...forms
      .filter((form) => !form.startsWith('B'))
      .flatMap((form) => ['RPUSH k a b', 'PEXPIRE k 1', pause(3), form, 'DEL k j']),
  ],
]);

defineOracleCases('LPUSH, RPUSH, LPUSHX, RPUSHX', [
  ['elements in order', 'RPUSH k a b c; LPUSH k x y z; LRANGE k 0 -1; RPUSHX k d e; LPUSHX k w; LRANGE k 0 -1; LLEN k'],
  ['an empty element', ['RPUSH', 'k', ''], ['LPUSH', 'k', '', 'x'], 'LRANGE k 0 -1; LINDEX k 0; LPOP k; RPOP k'],
  [
    'elements that look like numbers keep their text',
    'RPUSH k 0 -0 00 1 01 +1 -1 127 128 -128 4095 4096 32767 32768 8388607 8388608 2147483647 2147483648',
    'RPUSH k 9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809 1.0 1e5 0x10 " 1"',
    'LRANGE k 0 -1',
  ],
  [
    'binary elements',
    ['RPUSH', 'k', Buffer.from([0, 255, 13, 10]), Buffer.alloc(300, 0x80)],
    'LRANGE k 0 -1; LPOP k; RPOP k',
  ],
  [
    'elements of every size class',
    ...[0, 1, 31, 62, 63, 64, 65, 4095, 4096, 4159, 4160, 8000, 9000, 70000].map((size) => [
      'RPUSH',
      'k',
      'x'.repeat(size),
    ]),
    ...[0, 1, 31, 62, 63, 64, 65, 4095, 4096, 4159, 4160, 8000, 9000, 70000].map((size) => [
      'LPUSH',
      'k',
      'abcdef0123456789'.repeat(size / 16 + 1).slice(0, size),
    ]),
    'LRANGE k 0 -1; LINDEX k 13; LINDEX k -2; OBJECT ENCODING k; LPOP k 5; RPOP k 5; LRANGE k 0 -1',
  ],
  ['many at once', `RPUSH k ${numbers(1, 3000)}`, `LPUSH k ${numbers(1, 3000)}`, 'LLEN k; LRANGE k 0 -1'],
  [
    'the deadline stays',
    'RPUSH k a; EXPIRE k 100; RPUSH k b; LPUSH k c; LSET k 0 d',
    approx('TTL k'),
    'LPOP k 9; TTL k',
  ],
]);

defineOracleCases('LPOP and RPOP', [
  ['down to nothing', 'RPUSH k a b c; LPOP k; RPOP k; LPOP k; EXISTS k; LPOP k; RPOP k'],
  [
    'with a count',
    `RPUSH k ${numbers(1, 20)}`,
    'LPOP k 3; RPOP k 3; LPOP k 0; LLEN k; RPOP k 100; EXISTS k; LPOP k 1; RPOP k 0',
  ],
  ['a count over many nodes', `RPUSH k ${numbers(1, 4000)}`, 'LPOP k 1900; RPOP k 1900; LRANGE k 0 -1'],
  [
    'wrong counts',
    'RPUSH k a b; LPOP k -1; LPOP k x; LPOP k 1.5; LPOP k 9223372036854775808; RPOP k -1; RPOP k x; RPOP missing x',
    ['LPOP', 'k', ''],
    'LPOP k 9223372036854775807; SET s v; LPOP s 0; RPOP s x',
  ],
]);

const ranges = ['0 -1', '0 0', '1 3', '-3 -1', '-100 2', '2 100', '5 2', '-1 0', '100 200', '-200 -100', '3 3', '-4 1'];

defineOracleCases('LRANGE, LTRIM, LINDEX, LSET', [
  ['ranges of a short list', 'RPUSH k a b c d e f', ...ranges.map((range) => `LRANGE k ${range}`)],
  [
    'ranges of a long list',
    `RPUSH k ${numbers(1, 3000)}`,
    'LRANGE k 0 99; LRANGE k 1400 1600; LRANGE k -50 -1; LRANGE k 2900 5000; LRANGE k -3000 -2990; LRANGE k 1 2998',
  ],
  [
    'bounds that are no numbers, or beyond 64 bits',
    'RPUSH k a b c; LRANGE k x 1; LRANGE k 0 x; LRANGE missing x y; LTRIM k x 1; LTRIM k 0 x; LTRIM missing x y',
    'LRANGE k -9223372036854775808 9223372036854775807; LRANGE k 9223372036854775807 9223372036854775807',
    'LRANGE k 0 9223372036854775808; LTRIM k -9223372036854775808 9223372036854775807; LLEN k; SET s v; LRANGE s x y; LTRIM s x y',
  ],
  [
    'trims of a short list',
    ...ranges.flatMap((range) => ['DEL k', 'RPUSH k a b c d e f', `LTRIM k ${range}`, 'LRANGE k 0 -1']),
  ],
  [
    'trims of a long list',
    ...['0 99', '1400 1600', '-50 -1', '2900 5000', '1 2998', '3000 3000'].flatMap((range) => [
      'DEL k',
      `RPUSH k ${numbers(1, 3000)}`,
      `LTRIM k ${range}`,
      'LLEN k',
      'LRANGE k 0 -1',
    ]),
  ],
  [
    'one element by its index',
    `RPUSH k ${numbers(1, 2000)}`,
    ...[
      '0',
      '1',
      '999',
      '1000',
      '1999',
      '2000',
      '-1',
      '-2000',
      '-2001',
      '9223372036854775807',
      '-9223372036854775808',
    ].map((index) => `LINDEX k ${index}`),
    'LINDEX k x; LINDEX missing x; LINDEX k 9223372036854775808; SET s v; LINDEX s x',
  ],
  [
    'LSET changes elements, and not their number',
    'RPUSH k a b c; LSET k 0 x; LSET k -1 zzzzzzzzzzzzzzz; LSET k 1 12345; LRANGE k 0 -1',
    ['LSET', 'k', 1, 'y'.repeat(9000)],
    ['LSET', 'k', 0, ''],
    'LRANGE k 0 -1; LSET k 1 small; LRANGE k 0 -1; LSET k 3 x; LSET k -4 x; LSET k x v; LSET missing x v; LSET missing 0 v; SET s v; LSET s x v',
  ],
  [
    'LSET in a long list',
    `RPUSH k ${numbers(1, 3000)}`,
    'LSET k 1500 changed; LSET k -1 last; LSET k 0 first',
    ['LSET', 'k', 700, 'z'.repeat(5000)],
    ['LSET', 'k', 701, 'z'.repeat(20000)],
    'LLEN k; LRANGE k 0 -1',
  ],
]);

defineOracleCases('LINSERT and LREM', [
  [
    'LINSERT before and after the first match',
    'RPUSH k a b a; LINSERT k BEFORE a x; LINSERT k after b y; LINSERT k AFTER a z; LRANGE k 0 -1',
  ],
  [
    'LINSERT without a match',
    'RPUSH k a b; LINSERT k BEFORE q x; LINSERT missing AFTER a x; EXISTS missing; LRANGE k 0 -1',
  ],
  [
    'LINSERT in the wrong place',
    'RPUSH k a; LINSERT k BESIDE a x; LINSERT missing x a b; SET s v; LINSERT s x a b; LINSERT s BEFORE a b',
  ],
  [
    'LINSERT in a long list',
    `RPUSH k ${numbers(1, 3000)}`,
    'LINSERT k BEFORE 1 start; LINSERT k AFTER 3000 end; LINSERT k BEFORE 1500 mid; LINSERT k AFTER 1500 mid2',
    ['LINSERT', 'k', 'AFTER', '700', 'z'.repeat(5000)],
    ['LINSERT', 'k', 'BEFORE', '2700', 'z'.repeat(50000)],
    'LLEN k; LRANGE k 0 -1',
  ],
  [
    'LREM by the sign of its count',
    ...['0', '1', '2', '-1', '-2', '3', '-3', '100', '-100', '9223372036854775807', '-9223372036854775808'].flatMap(
      (count) => ['DEL k', 'RPUSH k a x b x c x', `LREM k ${count} x`, 'LRANGE k 0 -1'],
    ),
  ],
  [
    'LREM of what is not there, and of everything',
    'RPUSH k a a; LREM k 0 b; LREM k 0 a; EXISTS k; LREM k 0 a; LREM k x a; SET s v; LREM s x a; LREM s 0 a',
  ],
  [
    'LREM of numbers by their text',
    'RPUSH k 1 01 1 +1 10 100; LREM k 0 1; LREM k 0 01; LRANGE k 0 -1; LREM k -1 100; LRANGE k 0 -1',
  ],
  [
    'LREM in a long list',
    `RPUSH k ${repeated(500, 'a b c x')} ${numbers(1, 1000)} ${repeated(500, 'x y')}`,
    'LREM k 700 x; LLEN k; LRANGE k 0 -1; LREM k -700 a; LLEN k; LREM k 0 y; LREM k 0 b; LREM k -10 c; LRANGE k 0 -1',
  ],
]);

const posOptions = [
  '',
  'RANK 1',
  'RANK 2',
  'RANK -1',
  'RANK -2',
  'RANK 9',
  'RANK -9',
  'COUNT 0',
  'COUNT 1',
  'COUNT 2',
  'COUNT 9',
  'COUNT 0 RANK -1',
  'COUNT 0 RANK -2',
  'RANK 2 COUNT 2',
  'MAXLEN 1',
  'MAXLEN 3',
  'MAXLEN 0',
  'MAXLEN 3 RANK -1',
  'MAXLEN 100 COUNT 0',
  'COUNT 0 MAXLEN 4 RANK -1',
  'COUNT 0 COUNT 1',
  'rank 1 RANK -1',
];

defineOracleCases('LPOS', [
  [
    'with every option',
    'RPUSH k a b c 1 2 3 c c',
    ...['a', 'c', 'q', '1'].flatMap((element) => posOptions.map((options) => `LPOS k ${element} ${options}`.trim())),
    ...posOptions.map((options) => `LPOS missing c ${options}`.trim()),
  ],
  [
    'with options that are wrong',
    'RPUSH k a b; LPOS k a RANK 0; LPOS k a RANK x; LPOS k a COUNT -1; LPOS k a COUNT x; LPOS k a MAXLEN -1; LPOS k a MAXLEN x',
    'LPOS k a RANK; LPOS k a FOO 1; LPOS k a FOO; LPOS k a COUNT 1 RANK; LPOS missing a RANK 0; SET s v; LPOS s a RANK 0; LPOS s a',
    'LPOS k a RANK 9223372036854775807; LPOS k a RANK -9223372036854775807; LPOS k a RANK -9223372036854775808',
    'LPOS k a RANK 9223372036854775808',
  ],
  [
    'in a long list',
    `RPUSH k ${numbers(1, 2000)} ${numbers(1, 2000)}`,
    'LPOS k 1500; LPOS k 1500 RANK -1; LPOS k 1500 COUNT 0; LPOS k 1500 MAXLEN 1000; LPOS k 1500 COUNT 0 MAXLEN 3499; LPOS k 1500 RANK -2 MAXLEN 2501',
    'LPOS k 1500 RANK -2 MAXLEN 2500',
  ],
]);

const ends = ['LEFT LEFT', 'LEFT RIGHT', 'RIGHT LEFT', 'RIGHT RIGHT'];

defineOracleCases('LMOVE, RPOPLPUSH, LMPOP', [
  [
    'LMOVE to another list',
    ...ends.flatMap((pair) => [
      'DEL k j',
      'RPUSH k a b c; RPUSH j x y',
      `LMOVE k j ${pair}`,
      'LRANGE k 0 -1; LRANGE j 0 -1',
    ]),
  ],
  [
    'LMOVE to a new list',
    ...ends.flatMap((pair) => [
      'DEL k j',
      'RPUSH k a b',
      `LMOVE k j ${pair}`,
      `LMOVE k j ${pair}`,
      'EXISTS k; LRANGE j 0 -1',
    ]),
  ],
  [
    'LMOVE within a list',
    ...ends.flatMap((pair) => [
      'DEL k',
      'RPUSH k a b c',
      `LMOVE k k ${pair}`,
      'LRANGE k 0 -1',
      'DEL k; RPUSH k a',
      `LMOVE k k ${pair}`,
      'LRANGE k 0 -1',
    ]),
  ],
  [
    'LMOVE with what is wrong',
    'RPUSH k a; SET s v; LMOVE k s LEFT LEFT; LMOVE s k LEFT LEFT; LMOVE missing s LEFT LEFT; LMOVE k j UP LEFT; LMOVE k j LEFT UP; LMOVE s j UP LEFT',
    'LRANGE k 0 -1; EXISTS j',
  ],
  [
    'LMOVE of long elements',
    ['RPUSH', 'k', 'x'.repeat(9000), 'y'.repeat(100)],
    'LMOVE k k LEFT RIGHT; LMOVE k j RIGHT LEFT; LRANGE k 0 -1; LRANGE j 0 -1',
  ],
  [
    'RPOPLPUSH',
    'RPUSH k a b c; RPOPLPUSH k j; RPOPLPUSH k k; RPOPLPUSH k j; LRANGE j 0 -1; LRANGE k 0 -1; RPOPLPUSH k j; EXISTS k; RPOPLPUSH k j',
  ],
  [
    'RPOPLPUSH with what is wrong',
    'RPUSH k a; SET s v; RPOPLPUSH k s; RPOPLPUSH s k; RPOPLPUSH missing s; LRANGE k 0 -1',
  ],
  [
    'a target that has a deadline, or had one',
    'DEBUG SET-ACTIVE-EXPIRE 0; RPUSH k a b; RPUSH j x; EXPIRE j 100; LMOVE k j LEFT LEFT',
    approx('TTL j'),
    'PEXPIRE j 1',
    pause(3),
    'LMOVE k j LEFT LEFT; LRANGE j 0 -1; TTL j',
  ],
  [
    'LMPOP from the first list that is there',
    'RPUSH k a b c d e; RPUSH j x y; LMPOP 1 k LEFT; LMPOP 2 missing k RIGHT; LMPOP 3 missing j k LEFT COUNT 10; LMPOP 2 j k right count 2',
    'LMPOP 2 j k LEFT COUNT 9223372036854775807; LMPOP 2 j k LEFT; EXISTS j k',
  ],
  [
    'LMPOP with what is wrong',
    'RPUSH k a; SET s v; LMPOP 0 k LEFT; LMPOP -1 k LEFT; LMPOP x k LEFT; LMPOP 2 k LEFT; LMPOP 1 k; LMPOP 1 k UP; LMPOP 1 k LEFT COUNT',
    'LMPOP 1 k LEFT COUNT 0; LMPOP 1 k LEFT COUNT -1; LMPOP 1 k LEFT COUNT x; LMPOP 1 k LEFT COUNT 1 COUNT 1; LMPOP 1 k LEFT FOO 1',
    'LMPOP 1 k LEFT COUNT 1 x; LMPOP 2 s k LEFT; LMPOP 2 k s LEFT; LMPOP 9223372036854775807 k LEFT; LMPOP 9223372036854775808 k LEFT',
  ],
]);

const watched = (title: string, before: string, change: string) =>
  [title, before, on('b', change), 'MULTI; PING; EXEC'] as const;

defineOracleCases('lists among other things', [
  watched('LPUSH ends a WATCH', 'WATCH k', 'LPUSH k a'),
  watched('LPUSHX without a list does not', 'WATCH k', 'LPUSHX k a'),
  watched('LPOP ends a WATCH', 'RPUSH k a b; WATCH k', 'LPOP k'),
  watched('LPOP of 0 does not', 'RPUSH k a b; WATCH k', 'LPOP k 0'),
  watched('LSET ends a WATCH', 'RPUSH k a b; WATCH k', 'LSET k 0 a'),
  watched('LTRIM that keeps everything ends a WATCH', 'RPUSH k a b; WATCH k', 'LTRIM k 0 -1'),
  watched('LREM of nothing does not', 'RPUSH k a b; WATCH k', 'LREM k 0 x'),
  watched('LREM ends a WATCH', 'RPUSH k a b; WATCH k', 'LREM k 0 a'),
  watched('LINSERT ends a WATCH', 'RPUSH k a b; WATCH k', 'LINSERT k BEFORE a x'),
  watched('LINSERT without a match does not', 'RPUSH k a b; WATCH k', 'LINSERT k BEFORE q x'),
  watched('LMOVE ends a WATCH of its source', 'RPUSH k a b; WATCH k', 'LMOVE k j LEFT LEFT'),
  watched('LMOVE ends a WATCH of its target', 'RPUSH k a b; WATCH j', 'LMOVE k j LEFT LEFT'),
  watched('LMOVE in place ends a WATCH', 'RPUSH k a b; WATCH k', 'LMOVE k k LEFT LEFT'),
  watched('LMPOP ends a WATCH of its list alone', 'RPUSH k a b; RPUSH j a; WATCH j', 'LMPOP 2 k j LEFT'),
  [
    'keys of lists as keys of any type',
    'RPUSH k a b c; TYPE k; RENAME k j; LRANGE j 0 -1; COPY j k; LPOP k; LRANGE j 0 -1; MOVE k 1; SELECT 1; LRANGE k 0 -1; SELECT 0',
    'SET j v; TYPE j; RPUSH l a; GET l; APPEND l x; INCR l; STRLEN l; SETRANGE l 0 x; GETSET l x; MGET l j; SET l v; GET l',
    'RPUSH m a b; UNLINK m; RPUSH m a b; DEL m; RPUSH m a; GETDEL m; SET m v GET; PERSIST m; EXPIRE m 10',
  ],
  [
    'big lists are deleted and copied',
    `RPUSH k ${numbers(1, 3000)}`,
    'COPY k j; UNLINK k; EXISTS k; LRANGE j 0 -1; DEL j; DBSIZE',
  ],
  [
    'the encoding, whatever the size of nodes',
    ...['-1', '-5', '1', '3', '0', '-9', '1000'].flatMap((size) => [
      `CONFIG SET list-max-listpack-size ${size}`,
      `DEL k; RPUSH k ${numbers(1, 200)}; OBJECT ENCODING k; LINSERT k BEFORE 100 x; LSET k 5 y; LREM k 0 7; LTRIM k 3 -3; LPOP k 20; LRANGE k 0 -1`,
    ]),
    'CONFIG SET list-compress-depth 1; LPUSH k a; LRANGE k 0 3; LRANGE k 60 70',
  ],
  [
    'DEBUG DIGEST',
    `RPUSH k a b 1 2 ${'x'.repeat(100)}; RPUSH j ${numbers(1, 1000)}; EXPIRE j 1000; DEBUG DIGEST; DEBUG DIGEST-VALUE k j; LPOP j; DEBUG DIGEST`,
  ],
  [
    'DEBUG QUICKLIST-PACKED-THRESHOLD',
    'DEBUG QUICKLIST-PACKED-THRESHOLD 200b; RPUSH k a; LSET k 0 bbbbbbbbbb; LRANGE k 0 -1; DEBUG QUICKLIST-PACKED-THRESHOLD 0',
  ],
  ['DEBUG LISTPACK', 'RPUSH k a; DEBUG LISTPACK k'],
  [
    'DEBUG OBJECT',
    'RPUSH k a b c',
    masked(/at:\S+|serializedlength:\d+|lru:\d+|lru_seconds_idle:\d+|uncompressed_size:\d+/g, 'DEBUG OBJECT k'),
    'CONFIG SET list-max-listpack-size 2; DEL k; RPUSH k a b c d e',
    masked(/at:\S+|serializedlength:\d+|lru:\d+|lru_seconds_idle:\d+|uncompressed_size:\d+/g, 'DEBUG OBJECT k'),
  ],
]);
