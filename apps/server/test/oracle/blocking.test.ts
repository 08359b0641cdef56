import { defineOracleCases } from '../harness/oracle-cases';
import {
  answer,
  computed,
  hangUp,
  ignore,
  later,
  masked,
  maskedLines,
  on,
  type Step,
  silence,
  until,
} from '../harness/steps';

/** Waits until so many clients are blocked. */
const blocked = (count: number): Step => ignore(until(`blocked_clients:${count}\r\n`, 'INFO clients'));
/** One after the other, each of these clients sends its command and blocks. */
const inOrder = (...commands: readonly (readonly [client: string, command: string])[]): Step[] =>
  commands.flatMap(([client, command], i) => [later(on(client, command)), blocked(i + 1)]);
/** Reads a reply of each of these clients. */
const gets = (...clients: string[]): Step[] => clients.map((client) => on(client, answer()));

defineOracleCases('commands that wait for a list', [
  ['BLPOP gets what is pushed later', ...inOrder(['b', 'BLPOP k 0']), 'RPUSH k x', ...gets('b'), 'EXISTS k'],
  ['BRPOP gets the last element', ...inOrder(['b', 'BRPOP k 0']), 'RPUSH k x y z', ...gets('b'), 'LRANGE k 0 -1'],
  [
    'BLPOP gets the first element of a push of several',
    ...inOrder(['b', 'BLPOP k 0']),
    'LPUSH k x y z',
    ...gets('b'),
    'LRANGE k 0 -1',
  ],
  [
    'BLMPOP gets several',
    ...inOrder(['b', 'BLMPOP 0 2 j k RIGHT COUNT 2']),
    'RPUSH k x y z',
    ...gets('b'),
    'LRANGE k 0 -1',
  ],
  [
    'BLMOVE hands on',
    ...inOrder(['b', 'BLMOVE k j LEFT RIGHT 0']),
    'RPUSH j a; RPUSH k x y',
    ...gets('b'),
    'LRANGE k 0 -1; LRANGE j 0 -1',
  ],
  [
    'BRPOPLPUSH hands on',
    ...inOrder(['b', 'BRPOPLPUSH k j 0']),
    'RPUSH k x y',
    ...gets('b'),
    'LRANGE k 0 -1; LRANGE j 0 -1',
  ],
  [
    'BLMOVE within a list',
    ...inOrder(['b', 'BLMOVE k k LEFT RIGHT 0']),
    'RPUSH k x y z',
    ...gets('b'),
    'LRANGE k 0 -1',
  ],
  [
    'BLMOVE within a list of one',
    ...inOrder(['b', 'BLMOVE k k LEFT LEFT 0']),
    'RPUSH k x',
    ...gets('b'),
    'LRANGE k 0 -1',
  ],
  [
    'what is there already is taken at once',
    'RPUSH k a b c d e f; RPUSH j x y; BLPOP missing k j 0; BRPOP k j 0; BLMOVE k j LEFT LEFT 0; BRPOPLPUSH k j 0',
    'BLMPOP 0 2 missing k LEFT COUNT 1; BLMPOP 0 2 missing j RIGHT; LRANGE j 0 -1; LRANGE k 0 -1',
  ],
  [
    'the sender of the push goes on with the rest of the list',
    ...inOrder(['b', 'BLPOP k 0']),
    'RPUSH k x y; LLEN k; LPOP k',
    ...gets('b'),
  ],
  [
    'requests behind a blocking one wait',
    later(on('b', 'BLPOP k 0')),
    later(on('b', 'SET after 1')),
    later(on('b', 'GET after')),
    blocked(1),
    'GET after; RPUSH k x',
    ...gets('b', 'b', 'b'),
    'GET after',
  ],
  [
    'blocking requests one behind the other',
    ...['BLPOP k 0', 'ECHO between', 'BLPOP k 0', 'BRPOP k 0', 'ECHO end'].map((command) => later(on('b', command))),
    blocked(1),
    'RPUSH k x',
    ...gets('b', 'b'),
    blocked(1),
    'RPUSH k y z; LLEN k',
    ...gets('b', 'b', 'b'),
  ],
]);

defineOracleCases('who is served first', [
  [
    'the longest waiting',
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BRPOP k 0'], ['d', 'BLPOP k 0']),
    'RPUSH k 1',
    ...gets('b'),
    'RPUSH k 2 3 4',
    ...gets('c', 'd'),
    'LRANGE k 0 -1',
  ],
  [
    'as far as the elements reach',
    ...inOrder(['b', 'BLMPOP 0 1 k LEFT COUNT 2'], ['c', 'BLMPOP 0 1 k LEFT COUNT 9'], ['d', 'BLPOP k 0']),
    'RPUSH k 1 2 3',
    ...gets('b', 'c'),
    'EXISTS k',
    blocked(1),
  ],
  [
    'one who waits for several keys, at the first that is ready',
    ...inOrder(['b', 'BLPOP k j l 0']),
    'MULTI; RPUSH l x; RPUSH j y; RPUSH k z; EXEC',
    ...gets('b'),
    'MGET k; LLEN k; LLEN j; LLEN l',
  ],
  [
    'keys in the order in which they became ready',
    ...inOrder(['b', 'BLPOP j k 0'], ['c', 'BLPOP k j 0']),
    'MULTI; RPUSH k 1; RPUSH j 2; EXEC',
    ...gets('b', 'c'),
  ],
  ['one key twice', ...inOrder(['b', 'BLPOP k k 0'], ['c', 'BLPOP k 0']), 'RPUSH k 1 2', ...gets('b', 'c'), blocked(0)],
  [
    'a served one waits nowhere else',
    ...inOrder(['b', 'BLPOP k j 0'], ['c', 'BLPOP j 0']),
    'RPUSH k 1',
    ...gets('b'),
    'RPUSH j 2',
    ...gets('c'),
  ],
  [
    'one who waits again stands behind',
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLPOP k 0']),
    'RPUSH k 1',
    ...gets('b'),
    later(on('b', 'BLPOP k 0')),
    blocked(2),
    'RPUSH k 2 3',
    ...gets('c', 'b'),
  ],
]);

defineOracleCases('chains of BLMOVE', [
  [
    'the target has waiters too',
    ...inOrder(['b', 'BLMOVE k j LEFT RIGHT 0'], ['c', 'BLPOP j 0']),
    'RPUSH k x',
    ...gets('b', 'c'),
    'EXISTS k j',
  ],
  [
    'three in a row',
    ...inOrder(['d', 'BLPOP m 0'], ['c', 'BLMOVE l m LEFT LEFT 0'], ['b', 'BRPOPLPUSH k l 0']),
    'RPUSH k x y',
    ...gets('b', 'c', 'd'),
    'LRANGE k 0 -1; EXISTS l m',
  ],
  [
    'a circle',
    ...inOrder(['b', 'BLMOVE k j LEFT LEFT 0'], ['c', 'BLMOVE j k LEFT LEFT 0']),
    'RPUSH k x',
    ...gets('b', 'c'),
    'LRANGE k 0 -1; EXISTS j',
  ],
  [
    'a target of another type is an error, and the element stays',
    'SET j v',
    ...inOrder(['b', 'BLMOVE k j LEFT LEFT 0'], ['c', 'BLPOP k 0']),
    'RPUSH k x',
    ...gets('b', 'c'),
    'EXISTS k; GET j',
  ],
  [
    'an error alone leaves the element',
    'SET j v',
    ...inOrder(['b', 'BRPOPLPUSH k j 0']),
    'RPUSH k x',
    ...gets('b'),
    'LRANGE k 0 -1',
  ],
]);

defineOracleCases('keys that come by other ways', [
  ['RENAME', ...inOrder(['b', 'BLPOP k 0']), 'RPUSH j x; RENAME j k', ...gets('b'), 'EXISTS j k'],
  [
    'RENAME over another type',
    'SET s v',
    ...inOrder(['b', 'BLPOP k 0']),
    'SET k v; RPUSH j x; RENAME j k',
    ...gets('b'),
    'EXISTS j k',
  ],
  ['COPY', ...inOrder(['b', 'BLPOP k 0']), 'RPUSH j x y; COPY j k', ...gets('b'), 'LRANGE j 0 -1; LRANGE k 0 -1'],
  [
    'COPY REPLACE over another type',
    ...inOrder(['b', 'BLPOP k 0']),
    'SET k v; RPUSH j x; COPY j k REPLACE',
    ...gets('b'),
    'EXISTS j k',
  ],
  [
    'MOVE',
    ...inOrder(['b', 'BLPOP k 0']),
    'SELECT 1; RPUSH k x; MOVE k 0; EXISTS k; SELECT 0',
    ...gets('b'),
    'EXISTS k',
  ],
  [
    'LMOVE to it',
    ...inOrder(['b', 'BLPOP k 0']),
    'RPUSH j x y; LMOVE j k LEFT LEFT',
    ...gets('b'),
    'EXISTS k; LRANGE j 0 -1',
  ],
  [
    'SWAPDB',
    ...inOrder(['b', 'BLPOP k 0']),
    'SELECT 1; RPUSH k x; SWAPDB 0 1; EXISTS k; SELECT 0',
    ...gets('b'),
    'EXISTS k',
  ],
  [
    'SWAPDB with a waiter in both',
    on('c', 'SELECT 1'),
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLPOP k 0']),
    'SELECT 1; SWAPDB 0 1; RPUSH k x',
    ...gets('c'),
    'SELECT 0; RPUSH k y',
    ...gets('b'),
  ],
  [
    'SWAPDB that brings another type',
    ...inOrder(['b', 'BLPOP k 0']),
    'SELECT 1; SET k x; SWAPDB 0 1; SELECT 0; GET k; DEL k; RPUSH k y',
    ...gets('b'),
  ],
  [
    'another database is another key',
    ...inOrder(['b', 'BLPOP k 0']),
    'SELECT 1; RPUSH k x; LLEN k; SELECT 0; RPUSH k y',
    ...gets('b'),
  ],
  [
    'a key of another type leaves them waiting',
    ...inOrder(['b', 'BLPOP k 0']),
    'SADD k x; TYPE k; DEL k; SET k v; APPEND k w; DEL k; HSET k f v; DEL k; RPUSH k x',
    ...gets('b'),
  ],
  ['FLUSHALL leaves them waiting', ...inOrder(['b', 'BLPOP k 0']), 'FLUSHALL; RPUSH k x', ...gets('b')],
  [
    'a list that is gone when the transaction is over',
    ...inOrder(['b', 'BLPOP k 0']),
    'MULTI; RPUSH k x; DEL k; EXEC; RPUSH k y',
    ...gets('b'),
  ],
  [
    'a list that became a string in the transaction',
    ...inOrder(['b', 'BLPOP k 0']),
    'MULTI; RPUSH k x; SET k v; EXEC; GET k; DEL k; RPUSH k y',
    ...gets('b'),
  ],
  [
    'a list that was emptied and filled in the transaction',
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLPOP k 0']),
    'MULTI; RPUSH k x; LPOP k; RPUSH k y z; EXEC',
    ...gets('b', 'c'),
    'EXISTS k',
  ],
  [
    'a list past its deadline when the transaction is over',
    'DEBUG SET-ACTIVE-EXPIRE 0',
    ...inOrder(['b', 'BLPOP k 0']),
    'MULTI; RPUSH k x; PEXPIREAT k 1; EXEC; EXISTS k; RPUSH k y',
    ...gets('b'),
  ],
  [
    'the wake-up comes after the whole transaction',
    ...inOrder(['b', 'BLPOP k 0']),
    'MULTI; RPUSH k x; LLEN k; LPUSH k y; LLEN k; EXEC',
    ...gets('b'),
    'LRANGE k 0 -1',
  ],
]);

defineOracleCases('keys of a wrong type', [
  [
    'at once, if it comes before a list',
    'SET s v; RPUSH k x y; BLPOP s k 0; BLPOP missing s k 0; BLMPOP 0 2 s k LEFT; BLMOVE s k LEFT LEFT 0; BLPOP k s 0',
  ],
  ['the target, at once', 'SET s v; RPUSH k x; BLMOVE k s LEFT LEFT 0; BRPOPLPUSH k s 0; LRANGE k 0 -1'],
  [
    'the target of one that waits is looked at later',
    'SET s v',
    ...inOrder(['b', 'BLMOVE k s LEFT LEFT 0']),
    'DEL s; RPUSH k x',
    ...gets('b'),
    'LRANGE s 0 -1',
  ],
]);

const timeouts = [
  'x',
  '',
  '-1',
  '-0.5',
  '-0.0001',
  '-0.002',
  'nan',
  'inf',
  '-inf',
  '1e400',
  '9223372036854775807',
  '9223372036854776',
  '1e16',
  '" 1"',
  '0x',
  '1x',
  '0.001',
  '1e-3',
  '.001',
  '0x0.01',
  '1e-20',
];

defineOracleCases('time-outs', [
  [
    'the reply of a time-out',
    'BLPOP k 0.01; BRPOP k j 0.01; BLMOVE k j LEFT LEFT 0.01; BRPOPLPUSH k j 0.01; BLMPOP 0.01 1 k LEFT; BLMPOP 0.01 2 k j RIGHT COUNT 3',
  ],
  [
    'timeouts that are refused or short',
    // What does not wait gets its reply at once; a list stands ready for what would wait for ever.
    'RPUSH k 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25',
    ...timeouts.map((timeout) => ['BLPOP', 'k', timeout]),
    ...['x', '-1', '0.001'].flatMap((timeout) => [
      `BRPOP missing ${timeout}`,
      `BLMOVE missing j LEFT LEFT ${timeout}`,
      `BLMOVE missing j UP LEFT ${timeout}`,
      `BRPOPLPUSH missing j ${timeout}`,
      `BLMPOP ${timeout} 1 missing LEFT`,
      `BLMPOP ${timeout} 0 missing LEFT`,
      `BLMPOP ${timeout} 1 missing UP`,
      `BLMPOP ${timeout} 1 missing LEFT COUNT 0`,
    ]),
    'SET s v; BLPOP s x; BLPOP s -1; BLMOVE s j LEFT LEFT x; BLMPOP x 1 s LEFT',
  ],
  [
    'they end in their order',
    ...inOrder(['b', 'BLPOP k 0.3'], ['c', 'BLPOP k 0.1'], ['d', 'BLPOP k 0.2']),
    ...gets('c', 'd', 'b'),
    blocked(0),
  ],
  ['one who timed out gets nothing any more', later(on('b', 'BLPOP k 0.02')), ...gets('b'), 'RPUSH k x; LLEN k'],
  ['requests behind it go on', later(on('b', 'BLPOP k 0.02')), later(on('b', 'ECHO next')), ...gets('b', 'b')],
  [
    'one who is served in time hears nothing later',
    ...inOrder(['b', 'BLPOP k 0.2']),
    'RPUSH k x',
    ...gets('b'),
    on('b', silence(250)),
  ],
]);

defineOracleCases('blocking commands in a transaction', [
  [
    'act as if timed out',
    'MULTI; BLPOP k 0; BRPOP k j 0; BLMOVE k j LEFT LEFT 0; BRPOPLPUSH k j 0; BLMPOP 0 1 k LEFT; EXEC',
  ],
  [
    'take what is there',
    'RPUSH k 1 2 3 4 5 6; MULTI; BLPOP k 0; BRPOP k j 0; BLMOVE k j LEFT LEFT 0; BRPOPLPUSH k j 0; BLMPOP 0 1 k LEFT; EXEC',
  ],
  [
    'take what the transaction has pushed',
    ...inOrder(['b', 'BLPOP k 0']),
    'MULTI; RPUSH k x; BLPOP k 0; BLPOP k 0; EXEC; RPUSH k y',
    ...gets('b'),
  ],
  ['show their errors', 'MULTI; BLPOP k x; BLMOVE k j UP LEFT 0; BLPOP k -1; EXEC'],
  [
    'a waiting one is no watcher',
    'WATCH k',
    ...inOrder(['b', 'BLPOP k 0']),
    on('c', 'RPUSH k x'),
    ...gets('b'),
    'MULTI; PING; EXEC',
  ],
  [
    'the target of a BLMOVE that is served counts as changed',
    'WATCH j',
    ...inOrder(['b', 'BLMOVE k j LEFT LEFT 0']),
    on('c', 'RPUSH k x'),
    ...gets('b'),
    'MULTI; PING; EXEC',
  ],
]);

const idOf = (client: string): Step => ignore(on(client, 'CLIENT ID'));
const volatileFields =
  /(?<=\b(id|addr|laddr|fd|age|idle|qbuf|qbuf-free|argv-mem|rbs|rbp|obl|oll|omem|tot-mem|multi-mem|events)=)\S*/g;
const facts = /^(?!blocked_clients|clients_in_timeout_table).+$/gm;

defineOracleCases('what others see of it, and do to it', [
  [
    'INFO clients',
    maskedLines(facts, 'INFO clients'),
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLPOP k j 100'], ['d', 'BLMOVE k j LEFT LEFT 50']),
    maskedLines(facts, 'INFO clients'),
    'RPUSH k x y',
    ...gets('b', 'c'),
    maskedLines(facts, 'INFO clients'),
  ],
  ['CLIENT LIST', ...inOrder(['b', 'BLPOP k 0']), masked(volatileFields, 'CLIENT LIST'), 'RPUSH k x', ...gets('b')],
  [
    'CLIENT UNBLOCK',
    idOf('b'),
    idOf('c'),
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLMOVE k j LEFT LEFT 100']),
    computed('CLIENT UNBLOCK (b)', (seen) => `CLIENT UNBLOCK ${seen[0]}`),
    ...gets('b'),
    computed('CLIENT UNBLOCK (b) again', (seen) => `CLIENT UNBLOCK ${seen[0]}`),
    computed('CLIENT UNBLOCK (c) ERROR', (seen) => `CLIENT UNBLOCK ${seen[1]} error`),
    ...gets('c'),
    later(on('c', 'BLMPOP 0 1 k LEFT')),
    later(on('c', 'ECHO next')),
    blocked(1),
    computed('CLIENT UNBLOCK (c) TIMEOUT', (seen) => `CLIENT UNBLOCK ${seen[1]} TIMEOUT`),
    ...gets('c', 'c'),
    'CLIENT UNBLOCK 123456789; CLIENT UNBLOCK x; CLIENT UNBLOCK 1 FOO; RPUSH k x; LLEN k',
  ],
  [
    'CLIENT KILL',
    idOf('b'),
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLPOP k 0']),
    'MULTI',
    computed('CLIENT KILL ID (b)', (seen) => `CLIENT KILL ID ${seen[0]}`),
    'RPUSH k x y; EXEC',
    ...gets('c', 'b'),
    'LRANGE k 0 -1',
  ],
  [
    'a transaction that unblocks and pushes',
    idOf('b'),
    ...inOrder(['b', 'BLPOP k 0']),
    'MULTI; RPUSH k x',
    computed('CLIENT UNBLOCK (b)', (seen) => `CLIENT UNBLOCK ${seen[0]}`),
    'EXEC',
    ...gets('b'),
    'LRANGE k 0 -1',
  ],
  [
    'CLIENT REPLY',
    later(on('b', 'CLIENT REPLY SKIP')),
    later(on('b', 'BLPOP k 0')),
    later(on('b', 'ECHO heard')),
    blocked(1),
    'RPUSH k x',
    ...gets('b'),
    later(on('b', 'CLIENT REPLY OFF')),
    later(on('b', 'BLPOP k 0')),
    blocked(1),
    'RPUSH k y; LLEN k',
    later(on('b', 'CLIENT REPLY ON')),
    ...gets('b'),
    on('b', 'PING'),
  ],
  [
    'RESP3 of one and RESP2 of another',
    ignore(on('b', 'HELLO 2')),
    ignore(on('c', 'HELLO 3')),
    ...inOrder(['b', 'BLPOP k 0.05'], ['c', 'BLPOP k 0.1']),
    ...gets('b', 'c'),
  ],
  [
    'statistics of commands and errors',
    'SET j v; CONFIG RESETSTAT',
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BLMOVE k j LEFT LEFT 0']),
    'RPUSH k x y',
    ...gets('b', 'c'),
    maskedLines(/^(?!cmdstat_(?:bl|rpush)).+$|usec(?:_per_call)?=[\d.]+/gm, 'INFO commandstats'),
    'INFO errorstats',
  ],
  [
    'CLIENT PAUSE holds the push back, not the time-out',
    ...inOrder(['b', 'BLPOP k 0.1'], ['c', 'BLPOP k 0']),
    'CLIENT PAUSE 300 WRITE',
    later('RPUSH k x'),
    ...gets('b', 'main', 'c'),
  ],
]);

defineOracleCases('a connection that ends', [
  ['is served no more', later(on('b', 'BLPOP k 0')), blocked(1), hangUp('b'), blocked(0), 'RPUSH k x; LLEN k'],
  [
    'with requests behind',
    later(on('b', 'BLPOP k 0')),
    later(on('b', 'SET after 1')),
    blocked(1),
    hangUp('b'),
    blocked(0),
    'RPUSH k x; LLEN k; GET after',
  ],
]);
