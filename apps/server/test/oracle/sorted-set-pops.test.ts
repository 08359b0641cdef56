import { defineOracleCases, inProtocol } from '../harness/oracle-cases';
import { answer, fullScan, ignore, later, masked, on, type Step, silence, until } from '../harness/steps';

/** Waits until so many clients are blocked. */
const blocked = (count: number): Step => ignore(until(`blocked_clients:${count}\r\n`, 'INFO clients'));
/** One after the other, each of these clients sends its command and blocks. */
const inOrder = (...commands: readonly (readonly [client: string, command: string])[]): Step[] =>
  commands.flatMap(([client, command], i) => [later(on(client, command)), blocked(i + 1)]);
/** What INFO says of look-ups and changes, and nothing else. */
const counters = (command: string): Step =>
  masked(/(?:^(?!keyspace_hits|keyspace_misses|rdb_changes_since_last_save)[^\n]*(?:\n|$))+/gm, command);
/** Reads a reply of each of these clients. */
const gets = (...clients: string[]): Step[] => clients.map((client) => on(client, answer()));

defineOracleCases('popping members of sorted sets', [
  [
    'ZPOPMIN and ZPOPMAX',
    'ZADD z 1 a 2 b 3 c 4 d 5 e 6 f; ZPOPMIN z; ZPOPMAX z; ZPOPMIN z 2; ZPOPMAX z 0; ZPOPMAX z 9; EXISTS z; ZPOPMIN z; ZPOPMIN z 2; ZPOPMAX missing 0',
    'ZADD z 1.5 a -inf b inf c; ZPOPMIN z 1; ZPOPMAX z 1; ZPOPMAX z 1; EXISTS z',
  ],
  [
    'errors of ZPOPMIN and ZPOPMAX, which change nothing',
    'ZADD z 1 a; SET s v; ZPOPMIN; ZPOPMIN z 1 2; ZPOPMIN z x; ZPOPMIN z -1; ZPOPMAX z -1; ZPOPMAX z 9223372036854775808; ZPOPMIN s; ZPOPMIN s 0; ZPOPMAX s; ZPOPMAX missing -1; ZCARD z',
  ],
  [
    'ZMPOP',
    'ZADD z 1 a 2 b 3 c; ZMPOP 1 z MIN; ZMPOP 2 missing z MAX COUNT 5; ZMPOP 1 z MIN; ZMPOP 1 missing MAX COUNT 1; ZADD a 1 x; ZADD b 1 y; ZMPOP 2 b a min count 1; EXISTS a b',
  ],
  [
    'errors of ZMPOP, which change nothing',
    'ZADD z 1 a; SET s v; ZMPOP 0 z MIN; ZMPOP x z MIN; ZMPOP -1 z MIN; ZMPOP 2 z MIN; ZMPOP 1 z FOO; ZMPOP 1 z; ZMPOP 1 z MIN COUNT; ZMPOP 1 z MIN COUNT 0; ZMPOP 1 z MIN COUNT x',
    'ZMPOP 1 z MIN COUNT 1 COUNT 1; ZMPOP 1 z MIN FOO; ZMPOP 1 s MIN; ZMPOP 2 s z MIN; ZMPOP 2 missing s MIN; ZMPOP 9223372036854775807 z MIN; ZCARD z; ZMPOP; BZMPOP 0 0 z MIN; BZMPOP x 1 z MIN',
    'BZMPOP -1 1 z MIN; BZMPOP 0 1 z FOO; BZMPOP 0 1 z MIN COUNT 0; BZMPOP 0 1 s MIN; BZPOPMIN z x; BZPOPMIN z -1; BZPOPMIN s 0; BZPOPMAX z; BZPOPMIN z inf; BZPOPMAX s z 0; ZCARD z',
  ],
  [
    'pops that need not wait',
    'ZADD z 1 a 2 b 3 c 4 d 5 e; BZPOPMIN z 0; BZPOPMAX missing z 1; BZMPOP 0 2 missing z MIN; BZMPOP 1 1 z MAX COUNT 9; EXISTS z; BZPOPMIN z 0.01; BZMPOP 0.01 1 z MIN',
  ],
  ['pops inside a transaction do not wait', 'MULTI; BZPOPMIN z 0; ZADD z 1 a; BZPOPMAX z 0; BZMPOP 0 1 z MIN; EXEC'],
  [
    'BZPOPMIN gets what is added later',
    ...inOrder(['b', 'BZPOPMIN k 0']),
    'ZADD k 2 x 1 y',
    ...gets('b'),
    'ZRANGE k 0 -1 WITHSCORES',
  ],
  [
    'BZPOPMAX gets the highest',
    ...inOrder(['b', 'BZPOPMAX j k 0']),
    'ZADD k 2 x 1 y',
    ...gets('b'),
    'ZRANGE k 0 -1 WITHSCORES',
  ],
  [
    'BZMPOP gets several',
    ...inOrder(['b', 'BZMPOP 0 2 j k MAX COUNT 2']),
    'ZADD k 2 x 1 y 3 z',
    ...gets('b'),
    'ZRANGE k 0 -1 WITHSCORES',
  ],
  [
    'waiting clients are served in order',
    ...inOrder(['a', 'BZPOPMIN k 0'], ['b', 'BZMPOP 0 1 k MIN COUNT 2'], ['c', 'BZPOPMAX k 0']),
    'ZADD k 1 p 2 q 3 r 4 s',
    ...gets('a', 'b', 'c'),
    'EXISTS k',
  ],
  [
    'a value of another type leaves them waiting',
    ...inOrder(['b', 'BZPOPMIN k 0']),
    'RPUSH k x; DEL k; SADD k x; DEL k',
    on('b', silence()),
    'ZADD k 1 x',
    ...gets('b'),
  ],
  [
    'ZUNIONSTORE, ZRANGESTORE, RENAME and COPY serve, too',
    ...['ZUNIONSTORE k 1 src', 'ZRANGESTORE k src 0 -1', 'COPY src k', 'GEOADD k 1 1 geo', 'RENAME src k'].flatMap(
      (command) => ['ZADD src 1 m', ...inOrder(['b', 'BZPOPMIN k 0']), command, ...gets('b')],
    ),
  ],
  [
    'ZINCRBY and a transaction serve, too',
    ...inOrder(['b', 'BZPOPMIN k 0']),
    'MULTI; ZINCRBY k 5 m; ZINCRBY k 1 m; EXEC',
    ...gets('b'),
    'EXISTS k',
  ],
  [
    'a client that stops waiting',
    later(on('b', 'BZPOPMIN k 0.05')),
    on('b', answer()),
    later(on('b', 'BZMPOP 0.05 1 k MIN')),
    on('b', answer()),
  ],
]);

defineOracleCases('random members and scans', [
  [
    'ZRANDMEMBER',
    'ZADD z 1 a; ZRANDMEMBER z; ZRANDMEMBER z 1; ZRANDMEMBER z 5; ZRANDMEMBER z -3; ZRANDMEMBER z 1 WITHSCORES; ZRANDMEMBER z -2 WITHSCORES; ZRANDMEMBER z 0; ZRANDMEMBER z 0 WITHSCORES',
    'ZRANDMEMBER missing; ZRANDMEMBER missing 1; ZRANDMEMBER missing -1 WITHSCORES; ZADD z 2 b 3 c; ZRANDMEMBER z 3; ZRANDMEMBER z 3 withscores; ZRANDMEMBER z 9223372036854775807',
    'CONFIG SET zset-max-listpack-entries 0; ZADD y 1 a 2 b 3 c; ZRANDMEMBER y 5; ZRANDMEMBER y 5 WITHSCORES; CONFIG SET zset-max-listpack-entries 128',
  ],
  [
    'errors of ZRANDMEMBER',
    'ZADD z 1 a; SET s v; ZRANDMEMBER; ZRANDMEMBER z x; ZRANDMEMBER z 1 FOO; ZRANDMEMBER z 1 WITHSCORES x; ZRANDMEMBER z -9223372036854775808; ZRANDMEMBER z 9223372036854775807 WITHSCORES',
    'ZRANDMEMBER z -9223372036854775807 WITHSCORES; ZRANDMEMBER z 9223372036854775808; ZRANDMEMBER s; ZRANDMEMBER s 1; ZRANDMEMBER z 4611686018427387904 WITHSCORES; ZRANDMEMBER missing x',
  ],
  [
    'ZSCAN of a packed set',
    'ZADD z 1 a 2.5 b -inf c 1e17 d 4e18 e 5e18 f 1e300 g -0 h; ZSCAN z 0; ZSCAN z 5; ZSCAN z 0 COUNT 1; ZSCAN z 0 MATCH [a-c]; ZSCAN z 0 MATCH *; ZSCAN missing 0; ZSCAN z 0 MATCH x COUNT 3',
    'ZADD n 1 12 2 007 3 abcdef; ZSCAN n 0; ZSCAN n 0 MATCH 0*',
  ],
  [
    'ZSCAN of a large set',
    'CONFIG SET zset-max-listpack-entries 0; ZADD z 1 a 2.5 b -inf c 1e17 d 4e18 e 5e18 f 1e300 g -0 h 7 i 8 j 9 k 10 l 11 m 12 n 13 o',
    fullScan('', 'ZSCAN z'),
    fullScan('COUNT 1', 'ZSCAN z'),
    fullScan('MATCH [a-f] COUNT 100', 'ZSCAN z'),
    'CONFIG SET zset-max-listpack-entries 128',
  ],
  [
    'errors of ZSCAN',
    'ZADD z 1 a; SET s v; ZSCAN z; ZSCAN z x; ZSCAN z 0 COUNT 0; ZSCAN z 0 COUNT x; ZSCAN z 0 FOO; ZSCAN z 0 TYPE zset; ZSCAN s 0; ZSCAN z 0 MATCH; ZSCAN missing x; ZSCAN missing 0 FOO; ZSCAN s x',
  ],
]);

defineOracleCases('encodings of sorted sets', [
  [
    'zset-max-listpack-entries',
    'CONFIG SET zset-max-listpack-entries 3; ZADD z 1 a 2 b 3 c; OBJECT ENCODING z; ZADD z 9 a; OBJECT ENCODING z; ZADD z 4 d; OBJECT ENCODING z; ZREM z a b c; OBJECT ENCODING z; ZRANGE z 0 -1',
    'ZADD y 1 a 2 b 3 c; CONFIG SET zset-max-listpack-entries 2; OBJECT ENCODING y; ZADD y 5 a; OBJECT ENCODING y; ZINCRBY y 5 a; OBJECT ENCODING y; ZREM y a; ZADD y 1 n; OBJECT ENCODING y',
    'CONFIG SET zset-max-listpack-entries 0; ZADD w 1 a; OBJECT ENCODING w; CONFIG SET zset-max-listpack-entries 128; COPY w v; OBJECT ENCODING v; COPY y u; OBJECT ENCODING u; RENAME w t; OBJECT ENCODING t',
    'ZADD many 1 a 2 b 3 c 4 d 5 e; ZRANGE many 0 -1 WITHSCORES; ZADD t 2 b 1 c; ZRANGE t 0 -1 WITHSCORES; ZRANK t b; ZREVRANK t b; ZREVRANGE t 0 0; ZPOPMIN t; ZPOPMAX t 5; EXISTS t',
  ],
  [
    'zset-max-listpack-value',
    `ZADD z 1 ${'x'.repeat(64)}; OBJECT ENCODING z; ZADD z 2 ${'y'.repeat(65)}; OBJECT ENCODING z; ZADD y 1 ${'x'.repeat(65)}; OBJECT ENCODING y; ZADD y XX 1 a; CONFIG SET zset-max-listpack-value 2`,
    'ZADD w 1 ab; OBJECT ENCODING w; ZADD w 1 abc; OBJECT ENCODING w; CONFIG SET zset-max-listpack-value 0; ZADD v 1 ""; OBJECT ENCODING v; ZADD v 1 a; OBJECT ENCODING v; CONFIG SET zset-max-listpack-value 64',
  ],
  [
    'large sets answer as packed ones',
    'CONFIG SET zset-max-listpack-entries 2; ZADD z 1 a 2 b 3 c 4 d 5 e 5 f 5 g inf h -inf i; ZRANGE z 0 -1 WITHSCORES; ZRANGE z 2 5 REV; ZRANGEBYSCORE z (2 5 LIMIT 1 3 WITHSCORES; ZREVRANGEBYSCORE z 5 1 LIMIT 2 2',
    'ZCOUNT z -inf (5; ZCOUNT z (5 5; ZRANGEBYSCORE z 5 5 WITHSCORES; ZREVRANGEBYSCORE z +inf (5; ZRANK z g; ZREVRANK z g; ZADD z CH 0 g 7 a; ZRANGE z 0 -1 WITHSCORES; ZREMRANGEBYSCORE z 3 4; ZREMRANGEBYRANK z 0 1',
    'ZPOPMAX z 2; ZRANGE z 0 -1 WITHSCORES; ZMPOP 1 z MIN COUNT 9; EXISTS z; ZADD l 0 a 0 b 0 c 0 d 0 e; ZRANGEBYLEX l [b (e; ZREVRANGEBYLEX l (e [b LIMIT 1 1; ZLEXCOUNT l (a +; ZREMRANGEBYLEX l [b [c',
    'ZRANGE l 0 -1; ZLEXCOUNT l - +; ZRANGEBYLEX l + -; ZRANGEBYLEX l - + LIMIT 1 9; ZREVRANGEBYLEX l + - LIMIT 1 9; CONFIG SET zset-max-listpack-entries 128',
  ],
  [
    'DEBUG DIGEST',
    'ZADD z 1 a 2.5 b -inf c 1e17 d 0.1 12; ZADD y 1 a 2.5 b; DEBUG DIGEST-VALUE z y missing; DEBUG DIGEST; CONFIG SET zset-max-listpack-entries 0; ZADD w 1 a 2.5 b -0 c',
    'ZADD v 2.5 b 1 a; DEBUG DIGEST-VALUE w v z y; DEBUG DIGEST; EXPIRE z 1000; DEBUG DIGEST; CONFIG SET zset-max-listpack-entries 128',
  ],
  [
    'transactions that watch a sorted set',
    'ZADD z 1 a; WATCH z; ZADD z 1 a; MULTI; PING; EXEC; WATCH z; ZADD z 2 a; MULTI; PING; EXEC; WATCH z; ZREM z x; ZPOPMIN z 0; MULTI; PING; EXEC; WATCH z; ZPOPMIN z; MULTI; PING; EXEC',
    'ZADD z 1 a; WATCH z; ZINCRBY z 0 a; MULTI; PING; EXEC; WATCH z; ZREMRANGEBYRANK z 5 9; ZUNIONSTORE other 1 z; MULTI; PING; EXEC; WATCH z; ZUNIONSTORE z 1 missing; MULTI; PING; EXEC',
  ],
  [
    'look-ups and changes are counted',
    'SADD s a; ZADD z 1 a 2 b 3 c 4 d 5 e; SET str v',
    counters('INFO persistence'),
    'CONFIG RESETSTAT',
    ...[
      ...[
        'ZADD z CH 1 a 9 b',
        'ZADD z XX 1 q',
        'ZADD none XX 1 q',
        'ZADD str 1 a',
        'ZINCRBY z 1 a',
        'ZINCRBY z 0 a',
        'ZREM z a b x',
        'ZREM none x',
      ],
      ...[
        'ZCARD z',
        'ZCARD none',
        'ZSCORE z a',
        'ZSCORE none a',
        'ZMSCORE none a',
        'ZRANK none a',
        'ZREVRANK z c',
        'ZCOUNT z 1 2',
        'ZLEXCOUNT none - +',
      ],
      ...[
        'ZRANGE z 0 -1',
        'ZRANGE none 0 -1',
        'ZRANGE str 0 -1',
        'ZRANGEBYSCORE none 0 1',
        'ZREVRANGEBYLEX z + -',
        'ZPOPMIN z 2',
        'ZPOPMIN none',
        'ZPOPMAX z 0',
      ],
      ...[
        'ZUNION 3 z none s',
        'ZINTER 2 z s',
        'ZDIFF 1 none',
        'ZINTERCARD 2 z none',
        'ZUNIONSTORE y 2 z none',
        'ZINTERSTORE y 2 z none',
        'ZINTERSTORE y 2 z none',
      ],
      ...[
        'ZDIFFSTORE y 1 z',
        'ZRANGESTORE w y 0 -1',
        'ZRANGESTORE w none 0 -1',
        'ZRANGESTORE w none 0 -1',
        'ZRANGESTORE w y 5 9',
        'ZRANDMEMBER z',
        'ZRANDMEMBER none 3',
      ],
      ...[
        'ZSCAN z 0',
        'ZSCAN none 0',
        'ZREMRANGEBYRANK z 0 0',
        'ZREMRANGEBYSCORE none 0 1',
        'ZREMRANGEBYLEX z - +',
        'ZADD z 1 a 2 b 3 c',
        'ZMPOP 2 none z MIN COUNT 2',
      ],
      ...['BZPOPMIN none z 0', 'ZADD z 1 a 2 b 3 c', 'BZMPOP 0 2 none z MAX COUNT 5'],
    ].flatMap((command) => [command, counters('INFO stats'), counters('INFO persistence')]),
  ],
  inProtocol(2, [
    'changes are published',
    'CONFIG SET notify-keyspace-events AKEnm',
    on('listener', 'PSUBSCRIBE __keyevent*'),
    ...(
      [
        ['ZADD z 1 a 2 b 3 c 4 d 5 e', 2],
        ['ZADD z 1 a', 0],
        ['ZADD z CH 9 a', 1],
        ['ZADD missing XX 9 a', 0],
        ['ZINCRBY z 1 a', 1],
        ['ZADD z INCR 1 a', 1],
        ['ZREM z x', 0],
        ['ZREM z a', 1],
        ['ZPOPMIN z', 1],
        ['ZPOPMAX z 1', 1],
        ['ZUNIONSTORE y 1 z', 2],
        ['ZINTERSTORE y 1 z', 1],
        ['ZDIFFSTORE y 1 z', 1],
        ['ZRANGESTORE w y 0 -1', 2],
        ['ZRANGESTORE w y 5 9', 1],
        ['ZREMRANGEBYSCORE y 3 3', 1],
        ['ZREMRANGEBYRANK y 0 -1', 2],
        ['ZREMRANGEBYLEX z [c [c', 1],
        ['ZMPOP 1 z MIN COUNT 9', 2],
        ['BZPOPMIN z 0.01', 0],
      ] as const
    ).flatMap(([command, messages]) => [command, ...Array.from({ length: messages }, () => on('listener', answer()))]),
    on('listener', later('PING')),
    on('listener', answer()),
    'CONFIG SET notify-keyspace-events ""',
  ]),
]);
