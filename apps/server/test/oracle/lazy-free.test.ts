import { defineOracleCases } from '../harness/oracle-cases';
import { masked, until } from '../harness/steps';

const words = (count: number, word: (index: number) => string) => Array.from({ length: count }, (_, i) => word(i));

const members = (count: number) => ['SADD', 's', ...words(count, (i) => `member:${i}`)];
const fields = (count: number) => [
  'HSET',
  'h',
  ...words(count, (i) => `field:${i} v`).flatMap((pair) => pair.split(' ')),
];
const scores = (count: number) => [
  'ZADD',
  'z',
  ...words(count, (i) => `${i} m:${i}`).flatMap((pair) => pair.split(' ')),
];
const elements = (count: number) => ['RPUSH', 'l', ...words(count, () => 'x'.repeat(5000))];

const ALL_BUT_LAZY_FREEING = /^[\s\S]*(?=lazyfree_pending_objects)/g;

/** Waits until nothing is left to be freed and so many objects were freed lazily. */
const freed = (count: number) =>
  masked(ALL_BUT_LAZY_FREEING, until(`lazyfree_pending_objects:0\r\nlazyfreed_objects:${count}\r\n`, 'INFO memory'));

const reset = 'CONFIG RESETSTAT';

defineOracleCases('lazy freeing', [
  [
    'UNLINK counts what is worth it: values of more than 64 records',
    reset,
    members(64),
    'UNLINK s',
    members(65),
    'UNLINK s',
    freed(1),
  ],
  [
    'a packed value is one record, a list as many as it has nodes',
    reset,
    ...[fields(65), scores(65), elements(65), 'SET k v', 'UNLINK h z k', fields(600), scores(200), 'UNLINK l h z'],
    freed(3),
  ],
  ['DEL counts nothing', reset, members(100), 'DEL s', freed(0)],
  [
    'DEL frees lazily with lazyfree-lazy-user-del',
    'CONFIG SET lazyfree-lazy-user-del yes',
    reset,
    ...[members(100), 'DEL s', freed(1), 'CONFIG SET lazyfree-lazy-user-del no'],
  ],
  [
    'overwriting frees lazily with lazyfree-lazy-server-del',
    reset,
    ...[members(100), 'SET s v', freed(0), 'DEL s', 'CONFIG SET lazyfree-lazy-server-del yes'],
    ...[members(100), 'SET s v', freed(1), 'DEL s', members(100), 'SET k v', 'RENAME k s', freed(2)],
    'CONFIG SET lazyfree-lazy-server-del no',
  ],
  [
    'expiry frees lazily with lazyfree-lazy-expire',
    reset,
    ...['CONFIG SET lazyfree-lazy-expire yes', members(100), 'PEXPIRE s 1', freed(1)],
    'CONFIG SET lazyfree-lazy-expire no',
  ],
  [
    'FLUSHALL ASYNC and FLUSHDB ASYNC count keys, whatever they hold',
    reset,
    ...['SET a 1', 'SET b 2 EX 100', members(100), 'FLUSHALL ASYNC', 'DBSIZE', freed(3)],
    ...['SET a 1', 'FLUSHDB ASYNC', freed(4), 'FLUSHALL ASYNC', freed(4)],
  ],
  [
    'FLUSHALL counts nothing',
    reset,
    'SET a 1',
    members(100),
    'FLUSHALL',
    freed(0),
    'SET a 1',
    'FLUSHDB SYNC',
    freed(0),
  ],
  [
    'FLUSHALL frees lazily with lazyfree-lazy-user-flush',
    'CONFIG SET lazyfree-lazy-user-flush yes',
    reset,
    ...['SET a 1', 'FLUSHALL', freed(1), 'SET a 1', 'FLUSHALL SYNC', freed(1)],
    'CONFIG SET lazyfree-lazy-user-flush no',
  ],
  [
    'CONFIG RESETSTAT forgets them',
    reset,
    members(100),
    'UNLINK s',
    'SET a 1',
    'FLUSHALL ASYNC',
    freed(2),
    reset,
    freed(0),
  ],
]);
