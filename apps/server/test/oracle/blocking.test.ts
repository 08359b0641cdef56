import { defineOracleCases } from '../harness/oracle-cases';
import { later, on } from '../harness/steps';
import { blocked, gets, inOrder } from '../harness/waiting';

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
    'an element that is there is popped at once',
    'RPUSH k a b c d e f; RPUSH j x y; BLPOP missing k j 0; BRPOP k j 0; BLMOVE k j LEFT LEFT 0; BRPOPLPUSH k j 0',
    'BLMPOP 0 2 missing k LEFT COUNT 1; BLMPOP 0 2 missing j RIGHT; LRANGE j 0 -1; LRANGE k 0 -1',
  ],
  [
    'the client that pushes sees the rest of the list',
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

defineOracleCases('the order in which clients are served', [
  [
    'the client that has waited longest is first',
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BRPOP k 0'], ['d', 'BLPOP k 0']),
    'RPUSH k 1',
    ...gets('b'),
    'RPUSH k 2 3 4',
    ...gets('c', 'd'),
    'LRANGE k 0 -1',
  ],
  [
    'as many clients are served as there are elements',
    ...inOrder(['b', 'BLMPOP 0 1 k LEFT COUNT 2'], ['c', 'BLMPOP 0 1 k LEFT COUNT 9'], ['d', 'BLPOP k 0']),
    'RPUSH k 1 2 3',
    ...gets('b', 'c'),
    'EXISTS k',
    blocked(1),
  ],
  [
    'a client that waits for several keys is served from the first that is ready',
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
    'a served client waits for none of its other keys',
    ...inOrder(['b', 'BLPOP k j 0'], ['c', 'BLPOP j 0']),
    'RPUSH k 1',
    ...gets('b'),
    'RPUSH j 2',
    ...gets('c'),
  ],
  [
    'a client that waits again is behind the others',
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

defineOracleCases('keys that other commands create', [
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
    'a list that is removed before the transaction ends',
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
    'a list past its deadline when the transaction ends',
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

defineOracleCases('lists and sorted sets under one key', [
  [
    'each type serves the clients that wait for it',
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BZPOPMIN k 0'], ['d', 'BLPOP k 0'], ['e', 'BZMPOP 0 2 j k MAX']),
    'ZADD k 1 x 2 y',
    ...gets('c', 'e'),
    'RPUSH k 1 2 3',
    ...gets('b', 'd'),
    'LRANGE k 0 -1',
  ],
  [
    'a transaction that makes one and then the other',
    ...inOrder(['b', 'BLPOP k 0'], ['c', 'BZPOPMAX k 0']),
    'MULTI; ZADD k 1 x; DEL k; RPUSH k 1; EXEC',
    ...gets('b'),
    'ZADD k 1 x',
    ...gets('c'),
    'EXISTS k',
  ],
]);

defineOracleCases('SORT with STORE', [
  [
    'serves a client that waits for an absent key',
    ...inOrder(['b', 'BLPOP k 0']),
    'SADD s 3 1 2; SORT s STORE k',
    ...gets('b'),
    'LRANGE k 0 -1',
  ],
  [
    'does not serve a client that waits for a key of another type, as in redis-server',
    ...inOrder(['b', 'BLPOP k 0']),
    'SADD s 3 1 2; SET k v; SORT s STORE k; LRANGE k 0 -1; DEL k; RPUSH k x',
    ...gets('b'),
  ],
]);

defineOracleCases('keys of a wrong type', [
  [
    'at once, if it comes before a list',
    'SET s v; RPUSH k x y; BLPOP s k 0; BLPOP missing s k 0; BLMPOP 0 2 s k LEFT; BLMOVE s k LEFT LEFT 0; BLPOP k s 0',
  ],
  ['the target, at once', 'SET s v; RPUSH k x; BLMOVE k s LEFT LEFT 0; BRPOPLPUSH k s 0; LRANGE k 0 -1'],
  [
    'the target of a waiting client is looked up later',
    'SET s v',
    ...inOrder(['b', 'BLMOVE k s LEFT LEFT 0']),
    'DEL s; RPUSH k x',
    ...gets('b'),
    'LRANGE s 0 -1',
  ],
]);
