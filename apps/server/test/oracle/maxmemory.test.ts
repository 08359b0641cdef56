import { defineOracleCases } from '../harness/oracle-cases';
import { approx, maskedLines, on } from '../harness/steps';

const full = 'CONFIG SET maxmemory-policy noeviction maxmemory 1';
const free = 'CONFIG SET maxmemory 0';

defineOracleCases('maxmemory without eviction', [
  [
    'what takes memory is refused, what does not is let through',
    `SET k v; RPUSH l a b; SADD s a; ${full}; SET k w; GET k; APPEND k x; LPUSH l x; LPOP l; SADD s b; SREM s a`,
    'HSET h f v; ZADD z 1 m; EXPIRE k 100; PERSIST k; RENAME k j; COPY j k; INCR n; SETBIT b 1 1; PFADD p a',
    'LRANGE l 0 -1; EXISTS j k; UNLINK j; DEL l; DBSIZE; PING; FLUSHALL; SORT l STORE m; SORT l; SPOP s; MSET a 1',
    `GETEX k; GETDEL k; SETRANGE k 0 x; GETSET k v; BITOP NOT a b; GEOADD g 1 1 m; ${free}; SET k w; GET k`,
  ],
  [
    'wrong forms and unknown commands are found first',
    `${full}; SET k; FOO; SET k v FOO; LPUSH l; INCRBY n x; OBJECT FOO; ${free}`,
  ],
  ['memory is checked before the type of a key', `SET k v; ${full}; LPUSH k x; INCR k; ${free}`],
  [
    'nothing can be queued, and the transaction is aborted',
    `SET k v; ${full}; MULTI; GET k; PING; EXEC; MULTI; EXEC; MULTI; SET k w; DISCARD; MULTI; MULTI; EXEC; MULTI; WATCH k; EXEC`,
    `MULTI; FOO; DISCARD; MULTI; SET k; EXEC; MULTI; RESET; GET k; ${free}`,
  ],
  [
    'EXEC is refused if something queued takes memory',
    'SET k v; MULTI; GET k; SET k w',
    on('b', full),
    'EXEC; GET k; EXEC; DISCARD',
    on('b', free),
    'GET k',
  ],
  ['EXEC runs what takes none', 'SET k v; MULTI; GET k; DEL k', on('b', full), 'EXEC; EXISTS k', on('b', free)],
  [
    'an EXEC that is refused unwatches all keys',
    'SET k v; WATCH k; MULTI; SET k w',
    on('b', full),
    'EXEC',
    on('b', free),
    on('b', 'SET k x'),
    'MULTI; GET k; EXEC',
  ],
  [
    'refusals are counted',
    `CONFIG RESETSTAT; ${full}; SET k v; SET k v; LPUSH l a; ${free}`,
    maskedLines(/usec=\d+|usec_per_call=[\d.]+/g, 'INFO commandstats'),
    'INFO errorstats',
  ],
]);

defineOracleCases('maxmemory with eviction', [
  [
    'all keys are evicted before a command is refused',
    'SET a 1; SET b 2; HSET h f v; CONFIG RESETSTAT; CONFIG SET maxmemory-policy allkeys-lru maxmemory 1; SET k v; DBSIZE',
    free,
  ],
  ...(['allkeys-lru', 'allkeys-lfu', 'allkeys-random'] as const).map(
    (policy) =>
      [
        `${policy} evicts from all databases`,
        `SELECT 3; SET a 1; SELECT 0; SET b 2 EX 1000; CONFIG SET maxmemory-policy ${policy} maxmemory 1; GET b; SELECT 3; GET a`,
        `SELECT 0; ${free}`,
      ] as const,
  ),
  ...(['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'] as const).map(
    (policy) =>
      [
        `${policy} evicts keys with a deadline, and refuses when none is left`,
        `SET a 1; SET b 2 EX 1000; SELECT 2; SET c 3 EX 500; SELECT 0; CONFIG SET maxmemory-policy ${policy} maxmemory 1`,
        `SET k v; GET a; GET b; EXISTS a b; SELECT 2; EXISTS c; SELECT 0; DBSIZE; ${free}; SET k v`,
      ] as const,
  ),
  [
    'a read evicts, too',
    `SET a 1; SET b 2; CONFIG SET maxmemory-policy allkeys-random maxmemory 1; GET a; DBSIZE; ${free}`,
  ],
  [
    'a key that was watched and evicted makes EXEC fail',
    'SET a 1; WATCH a; MULTI; PING',
    on('b', 'CONFIG SET maxmemory-policy allkeys-lru maxmemory 1'),
    on('b', 'DBSIZE'),
    on('b', free),
    'EXEC',
  ],
  [
    'nothing is evicted while clients are paused',
    'SET a 1; CONFIG SET maxmemory-policy allkeys-lru; CLIENT PAUSE 100000 WRITE; CONFIG SET maxmemory 1; GET a; GET a',
    `${free}; CLIENT UNPAUSE; GET a`,
  ],
]);

defineOracleCases('OBJECT FREQ and OBJECT IDLETIME', [
  [
    'FREQ needs an LFU policy, IDLETIME any other',
    'SET k v; OBJECT FREQ k; OBJECT FREQ missing; OBJECT IDLETIME k; OBJECT IDLETIME missing',
    'CONFIG SET maxmemory-policy allkeys-lfu; OBJECT IDLETIME k; OBJECT IDLETIME missing; OBJECT FREQ missing',
    'CONFIG SET maxmemory-policy volatile-lfu; OBJECT IDLETIME k; CONFIG SET maxmemory-policy volatile-ttl; OBJECT FREQ k',
    'CONFIG SET maxmemory-policy allkeys-random; OBJECT FREQ k; OBJECT FREQ; OBJECT IDLETIME k k',
  ],
  [
    'a new key counts 5, and its first use is counted',
    'CONFIG SET maxmemory-policy allkeys-lfu; SET k v; OBJECT FREQ k; GET k; OBJECT FREQ k; RPUSH l a; OBJECT FREQ l',
    'RPUSH l b; OBJECT FREQ l; HSET h f v; SADD s a; ZADD z 1 a; OBJECT FREQ h; OBJECT FREQ s; OBJECT FREQ z; HGET h f',
    'OBJECT FREQ h; SISMEMBER s a; OBJECT FREQ s; ZSCORE z a; OBJECT FREQ z',
  ],
  [
    'every use is counted with a factor of 0',
    'CONFIG SET maxmemory-policy allkeys-lfu lfu-log-factor 0 lfu-decay-time 0; SET k v; GET k; GET k; GET k; OBJECT FREQ k',
    'SET k w; OBJECT FREQ k; SET k longer-than-before-and-in-another-record; OBJECT FREQ k; STRLEN k; OBJECT FREQ k',
    'TTL k; TYPE k; EXISTS k; OBJECT ENCODING k; OBJECT FREQ k; TOUCH k; OBJECT FREQ k; APPEND k x; OBJECT FREQ k',
    'RENAME k j; OBJECT FREQ j; COPY j c; OBJECT FREQ c; EXPIRE j 100; OBJECT FREQ j; PERSIST j; OBJECT FREQ j',
  ],
  [
    'counts are of the key, whatever its value becomes',
    'CONFIG SET maxmemory-policy allkeys-lfu lfu-log-factor 0 lfu-decay-time 0; SADD a 1 2; SET k v; GET k; GET k',
    'OBJECT FREQ k; SUNIONSTORE k a; OBJECT FREQ k; DEL k; SADD k x; OBJECT FREQ k',
  ],
  ['IDLETIME counts seconds', 'SET k v; DEBUG SLEEP 1.2', approx('OBJECT IDLETIME k'), 'GET k; OBJECT IDLETIME k'],
]);
