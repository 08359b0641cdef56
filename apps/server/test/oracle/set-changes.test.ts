import { defineOracleCases } from '../harness/oracle-cases';
import { masked, on, type Step } from '../harness/steps';

/** The counters that a step may have moved, and no others. */
const counters: readonly Step[] = [
  masked(/(?:^(?!rdb_changes_since_last_save)[^\n]*\n)+/gm, 'INFO persistence'),
  masked(/(?:^(?!keyspace_hits|keyspace_misses)[^\n]*\n)+/gm, 'INFO stats'),
];

defineOracleCases('what changes of sets are counted and seen', [
  [
    'each member counts as a change',
    'CONFIG RESETSTAT; SADD s 1 2 3; SADD s 3 4; SADD s 4; SREM s 1 2 9; SREM s 9; SADD t a b c d e f g',
    masked(/[a-g]/g, 'SPOP t 2'),
    masked(/[a-g]/g, 'SPOP t 4'),
    masked(/[a-g]/g, 'SPOP t'),
    'SADD t a; SPOP t 5; SPOP t 0; SMOVE s t 3; SMOVE s t 3; SADD t 4; SMOVE s t 4; SMOVE t t 4; SUNIONSTORE d t t; SINTERSTORE d none',
    'SDIFFSTORE d none; SDIFFSTORE d t',
    ...counters,
  ],
  [
    'each look-up of a reading command is a hit or a miss',
    'SADD s 1 2 3; SADD t 1; CONFIG RESETSTAT; SCARD s; SCARD x; SISMEMBER s 1; SMISMEMBER s 1 2 3; SMEMBERS s; SMEMBERS x',
    'SINTER s t x; SUNION s t x; SDIFF s t x; SINTERCARD 3 s x t; SINTERSTORE d s x; SUNIONSTORE d s s; SDIFFSTORE d s s; SSCAN s 0',
    'SSCAN x 0; SRANDMEMBER x; SRANDMEMBER t; SRANDMEMBER t 1; SRANDMEMBER x 1; SMOVE s t 1; SREM s 2; SPOP t; SPOP s 5; SPOP x; SPOP x 1',
    ...counters,
  ],
  [
    'changes abort the transactions that watch the key, and no others',
    'SADD s 1; SADD t 1 2; WATCH s',
    on('other', 'SADD s 1'),
    on('other', 'SREM s 9'),
    on('other', 'SRANDMEMBER s'),
    on('other', 'SUNIONSTORE d s'),
    'MULTI; PING; EXEC; WATCH s',
    on('other', 'SADD s 2'),
    'MULTI; PING; EXEC; WATCH s',
    on('other', 'SREM s 2'),
    'MULTI; PING; EXEC; WATCH t',
    on('other', 'SMOVE s t 1'),
    'MULTI; PING; EXEC; SADD s 1; WATCH t',
    on('other', 'SMOVE t s 2'),
    'MULTI; PING; EXEC; WATCH s',
    on('other', 'SPOP s 5'),
    'MULTI; PING; EXEC; WATCH d',
    on('other', 'SINTERSTORE d none'),
    'MULTI; PING; EXEC; WATCH d',
    on('other', 'SINTERSTORE d none'),
    'MULTI; PING; EXEC; DEL s',
  ],
  [
    'sets in transactions',
    'MULTI; SADD s 3 1 2; SMEMBERS s; SCARD s; SISMEMBER s 1; SREM s 1; SINTER s s; SPOP s 2; EXISTS s; SCARD s x; EXEC',
    'MULTI; SADD s 3 1 2; SMEMBERS s; SMISMEMBER s 1 9; SREM s 1; SINTERCARD 1 s; SPOP s 2; EXISTS s; EXEC',
  ],
]);
