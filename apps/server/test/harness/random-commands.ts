import fc from 'fast-check';

const pick = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const key = pick('a', 'b', 'c', 'd', '');
const integer = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -20, max: 20 }).map(String) },
  {
    weight: 1,
    arbitrary: pick('9223372036854775807', '-9223372036854775808', '9223372036854775808', '2147483648', 'x', '1.5', ''),
  },
);
const float = pick(
  '1.5',
  '-0.1',
  '3',
  '1e3',
  '0.30000000000000004',
  '12345678.125',
  '1e17',
  '-1e-7',
  'nan',
  'x',
  '1e308',
  '99999999999999.9',
);
const value = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  integer,
  float,
  pick('x'.repeat(44), 'x'.repeat(45), 'y'.repeat(300)),
);
const offset = pick('0', '1', '7', '8', '9', '63', '100', '800', '-1', '4294967296', 'x');
const index = pick('0', '1', '3', '-1', '-3', '10', '-10', '100', '9223372036854775807', 'x');
// 2^53 - 1 is the latest deadline that we keep as it is given; the difference beyond it is documented.
const far = pick('33177117420000', '33177117420001', '33177117419000', '1', '-5', '0', 'x', '9007199254740991');
const field = pick('u8', 'i8', 'u1', 'i5', 'u63', 'i64', 'u17', 'u64', 'x');
const fieldOperation = fc.oneof(
  fc.tuple(fc.constant('GET'), field, offset),
  fc.tuple(pick('SET', 'INCRBY'), field, offset, integer),
  fc.tuple(fc.constant('OVERFLOW'), pick('WRAP', 'SAT', 'FAIL', 'x')),
);
const setOption = fc.oneof(
  pick('NX', 'XX', 'GET', 'KEEPTTL').map((word) => [word]),
  far.map((time) => ['PXAT', time]),
);
const element = pick('a', 'b', '1', '-7', '', 'y'.repeat(70));
const end = pick('LEFT', 'RIGHT', 'left', 'x');
const database = pick('0', '1', '2', '16');
const name = fc.oneof(
  { weight: 8, arbitrary: pick('a', 'b', 'c', 'd', 'e', 'f', '1', '') },
  { weight: 1, arbitrary: pick('x'.repeat(64), 'x'.repeat(65)) },
);

const member = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 6 }).map(String) }, integer, name);
const keys = fc.array(key, { minLength: 1, maxLength: 4 });
const score = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }).map(String) },
  { weight: 2, arbitrary: pick('1.5', '-0', '0.1', '0.2', 'inf', '-inf', '1e17', '-1e300', '4e18', '140737488355328') },
  { weight: 1, arbitrary: pick('nan', 'x', '', '1e400', '0x10') },
);
const scoreBound = fc.oneof(
  { weight: 3, arbitrary: score },
  { weight: 2, arbitrary: pick('-inf', '+inf', '(0', '(1', '(-inf', '(x') },
);
const scoredMember = fc.oneof(
  { weight: 6, arbitrary: pick('a', 'b', 'c', 'd', 'e', 'f', '1', '-7', '') },
  { weight: 1, arbitrary: pick('x'.repeat(64), 'x'.repeat(65), '0001', 'ffff') },
);
const scorePairs = fc.array(fc.tuple(score, scoredMember), { minLength: 1, maxLength: 4 }).map((pairs) => pairs.flat());
const twoKeys = fc.tuple(fc.constant('2'), key, key);
const aggregation = fc.oneof(
  fc.constant<string[]>([]),
  fc.tuple(fc.constant('WEIGHTS'), score, score),
  fc.tuple(fc.constant('AGGREGATE'), pick('SUM', 'MIN', 'MAX', 'x')),
);
const limit = fc.oneof(fc.constant<string[]>([]), fc.tuple(fc.constant('LIMIT'), integer, integer));
const rangeEnd = pick('MIN', 'MAX', 'min', 'x');

type Words = readonly (string | Buffer | readonly (string | Buffer)[])[];
const of = (
  name: string,
  ...parts: fc.Arbitrary<string | Buffer | readonly (string | Buffer)[]>[]
): fc.Arbitrary<(string | Buffer)[]> =>
  fc.tuple(...parts).map((words: Words) => [name, ...(words.flat() as (string | Buffer)[])]);

/** A random command of any kind, as the words that are sent: mostly valid, on few keys, so that many of them meet. */
export const randomCommand: fc.Arbitrary<(string | Buffer)[]> = fc.oneof(
  {
    weight: 6,
    arbitrary: of(
      'SET',
      key,
      value,
      fc.array(setOption, { maxLength: 2 }).map((options) => options.flat()),
    ),
  },
  { weight: 3, arbitrary: of('GET', key) },
  { weight: 2, arbitrary: of('APPEND', key, value) },
  { weight: 2, arbitrary: of('SETRANGE', key, offset, value) },
  { weight: 2, arbitrary: of('GETRANGE', key, index, index) },
  {
    weight: 2,
    arbitrary: fc.oneof(of('INCR', key), of('DECR', key), of('INCRBY', key, integer), of('DECRBY', key, integer)),
  },
  { weight: 2, arbitrary: of('INCRBYFLOAT', key, float) },
  {
    weight: 1,
    arbitrary: fc.oneof(of('GETSET', key, value), of('GETDEL', key), of('SETNX', key, value), of('STRLEN', key)),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      of('GETEX', key),
      of('GETEX', key, fc.constant(['PERSIST'])),
      of('GETEX', key, fc.constant('PXAT'), far),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(of('MSET', key, value, key, value), of('MSETNX', key, value, key, value), of('MGET', key, key)),
  },
  { weight: 3, arbitrary: fc.oneof(of('SETBIT', key, offset, pick('0', '1', '2')), of('GETBIT', key, offset)) },
  { weight: 2, arbitrary: fc.oneof(of('BITCOUNT', key), of('BITCOUNT', key, index, index, pick('BIT', 'BYTE', 'x'))) },
  {
    weight: 2,
    arbitrary: fc.oneof(
      of('BITPOS', key, pick('0', '1')),
      of('BITPOS', key, pick('0', '1'), index, index, pick('BIT', 'BYTE')),
    ),
  },
  { weight: 2, arbitrary: of('BITOP', pick('AND', 'OR', 'XOR', 'NOT'), key, key, fc.array(key, { maxLength: 2 })) },
  {
    weight: 3,
    arbitrary: of(
      'BITFIELD',
      key,
      fc.array(fieldOperation, { maxLength: 3 }).map((operations) => operations.flat()),
    ),
  },
  { weight: 1, arbitrary: of('LCS', key, key, fc.subarray(['IDX', 'WITHMATCHLEN', 'LEN'])) },
  {
    weight: 4,
    arbitrary: fc.oneof(
      of('RPUSH', key, element, element, element),
      of('LPUSH', key, element),
      of('RPUSHX', key, element),
      of('LPUSHX', key, value),
    ),
  },
  { weight: 2, arbitrary: fc.oneof(of('LPOP', key), of('RPOP', key), of('LPOP', key, index), of('RPOP', key, index)) },
  { weight: 1, arbitrary: fc.oneof(of('LRANGE', key, index, index), of('LINDEX', key, index), of('LLEN', key)) },
  {
    weight: 2,
    arbitrary: fc.oneof(
      of('LSET', key, index, value),
      of('LINSERT', key, pick('BEFORE', 'AFTER', 'x'), element, value),
      of('LREM', key, index, element),
      of('LTRIM', key, index, index),
    ),
  },
  {
    weight: 1,
    arbitrary: of('LPOS', key, element, fc.constantFrom([], ['RANK', '-1'], ['COUNT', '0'], ['MAXLEN', '2'])),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      of('LMOVE', key, key, end, end),
      of('RPOPLPUSH', key, key),
      of('LMPOP', fc.constant('2'), key, key, end, fc.constant('COUNT'), integer),
    ),
  },
  {
    // Nobody else is there to push, so the time-out is short.
    weight: 1,
    arbitrary: fc.oneof(
      of('BLPOP', key, key, fc.constant('0.001')),
      of('BRPOP', key, fc.constant('0.001')),
      of('BLMOVE', key, key, end, end, fc.constant('0.001')),
      of('BLMPOP', fc.constant('0.001'), fc.constant('2'), key, key, end),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      of('DEL', key, key),
      of('UNLINK', key),
      of('EXISTS', key, key),
      of('TYPE', key),
      of('TOUCH', key),
    ),
  },
  { weight: 2, arbitrary: of('PEXPIREAT', key, far, fc.subarray(['NX', 'XX', 'GT', 'LT'], { maxLength: 2 })) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      of('PEXPIRETIME', key),
      of('EXPIRETIME', key),
      of('PERSIST', key),
      of('OBJECT', fc.constant('ENCODING'), key),
    ),
  },
  { weight: 2, arbitrary: fc.oneof(of('RENAME', key, key), of('RENAMENX', key, key), of('MOVE', key, database)) },
  { weight: 1, arbitrary: of('COPY', key, key, fc.subarray(['REPLACE']), fc.constant('DB'), database) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      of('SELECT', database),
      of('SWAPDB', database, database),
      of('DBSIZE'),
      of('KEYS', pick('*', '[ab]', '?')),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.oneof(
      of(
        'HSET',
        key,
        fc.array(fc.tuple(name, value), { maxLength: 4 }).map((pairs) => pairs.flat()),
      ),
      of('HSET', key, name, value),
      of('HMSET', key, name, value, name, value),
      of('HSETNX', key, name, value),
    ),
  },
  { weight: 2, arbitrary: of('HDEL', key, name, name) },
  { weight: 2, arbitrary: fc.oneof(of('HINCRBY', key, name, integer), of('HINCRBYFLOAT', key, name, float)) },
  {
    weight: 2,
    arbitrary: fc.oneof(of('HGET', key, name), of('HMGET', key, name, name), of('HSTRLEN', key, name), of('HLEN', key)),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      of('HEXISTS', key, name),
      of('HKEYS', key),
      of('HVALS', key),
      of('HGETALL', key),
      of('HSCAN', key, fc.constant(['0', 'COUNT', '1000'])),
      of('HRANDFIELD', key, pick('1000', '0', 'x', '9223372036854775808'), fc.subarray(['WITHVALUES', 'x'])),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.oneof(of('SADD', key, fc.array(member, { minLength: 1, maxLength: 5 })), of('SADD', key, member)),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(of('SREM', key, fc.array(member, { maxLength: 4 })), of('SMOVE', key, key, member)),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(of('SISMEMBER', key, member), of('SMISMEMBER', key, member, member), of('SCARD', key)),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(of('SMEMBERS', key), of('SINTER', keys), of('SUNION', keys), of('SDIFF', keys)),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      of('SINTERSTORE', key, keys),
      of('SUNIONSTORE', key, keys),
      of('SDIFFSTORE', key, keys),
      of('SINTERCARD', fc.constant('2'), key, key, fc.constant('LIMIT'), integer),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      of('SPOP', key, pick('1000', '0', '-1', 'x')),
      of('SRANDMEMBER', key, pick('1000', '0', 'x')),
      of('SSCAN', key, fc.constant(['0', 'COUNT', '1000'])),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.oneof(
      of('ZADD', key, scorePairs),
      of('ZADD', key, score, scoredMember),
      of('ZADD', key, fc.subarray(['NX', 'XX', 'GT', 'LT', 'CH', 'INCR'], { maxLength: 3 }), scorePairs),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(of('ZINCRBY', key, score, scoredMember), of('ZREM', key, scoredMember, scoredMember)),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      of('ZSCORE', key, scoredMember),
      of('ZMSCORE', key, scoredMember, scoredMember),
      of('ZRANK', key, scoredMember),
      of('ZREVRANK', key, scoredMember),
      of('ZCARD', key),
      of('ZCOUNT', key, scoreBound, scoreBound),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      of('ZRANGE', key, index, index, fc.subarray(['REV', 'WITHSCORES', 'x'], { maxLength: 2 })),
      of('ZREVRANGE', key, index, index),
      of('ZRANGEBYSCORE', key, scoreBound, scoreBound, fc.subarray(['WITHSCORES']), limit),
      of('ZREVRANGEBYSCORE', key, scoreBound, scoreBound, limit),
      of('ZRANGE', key, scoreBound, scoreBound, fc.subarray(['BYSCORE', 'REV']), limit),
      of('ZRANGEBYLEX', key, fc.constant(['-', '+']), limit),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      of('ZREMRANGEBYRANK', key, index, index),
      of('ZREMRANGEBYSCORE', key, scoreBound, scoreBound),
      of('ZRANGESTORE', key, key, index, index, fc.subarray(['REV'])),
      of('ZRANGESTORE', key, key, scoreBound, scoreBound, fc.constant('BYSCORE'), limit),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      of('ZPOPMIN', key, index),
      of('ZPOPMAX', key),
      of('ZMPOP', twoKeys, rangeEnd, fc.constant('COUNT'), integer),
      of('BZPOPMIN', key, key, fc.constant('0.001')),
      of('BZMPOP', fc.constant('0.001'), twoKeys, rangeEnd),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      of('ZUNION', twoKeys, aggregation, fc.subarray(['WITHSCORES'])),
      of('ZINTER', twoKeys, aggregation, fc.subarray(['WITHSCORES'])),
      of('ZDIFF', twoKeys, fc.subarray(['WITHSCORES'])),
      of('ZUNIONSTORE', key, twoKeys, aggregation),
      of('ZINTERSTORE', key, twoKeys, aggregation),
      of('ZDIFFSTORE', key, twoKeys),
      of('ZINTERCARD', twoKeys, fc.constant('LIMIT'), integer),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      of('ZRANDMEMBER', key, pick('1000', '0', 'x'), fc.subarray(['WITHSCORES'])),
      of('ZSCAN', key, fc.constant(['0', 'COUNT', '1000'])),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(of('MULTI'), of('EXEC'), of('EXEC'), of('DISCARD'), of('WATCH', key), of('UNWATCH')),
  },
);

const seconds = pick('1', '5', '100', '-1', '0', 'x');
const positionOf = (name: string): fc.Arbitrary<(string | Buffer)[]> =>
  of(name, key, pick('2.35', '13.36', '-0.1', '200'), pick('48.85', '38.11', '51.5', 'x'), pick('a', 'b', 'c'));

/**
 * A random command that `randomCommand` leaves out because two servers would answer it in different ways: what it does
 * depends on the time or on random numbers, or it changes too much at once.
 */
export const unrepeatableCommand: fc.Arbitrary<(string | Buffer)[]> = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(of('SPOP', key), of('SPOP', key, pick('1', '2', '3', '5'))) },
  {
    weight: 4,
    arbitrary: fc.oneof(
      of('EXPIRE', key, seconds),
      of('PEXPIRE', key, pick('1', '50', '5000'), fc.subarray(['NX', 'GT', 'LT'], { maxLength: 1 })),
      of('EXPIREAT', key, pick('1', '1700000001', '33177117420')),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.oneof(
      of('SET', key, value, pick('EX', 'PX'), seconds),
      of('SET', key, value, fc.constant('GET'), pick('EX', 'PX'), seconds),
      of('SETEX', key, seconds, value),
      of('PSETEX', key, pick('1', '20', '3000'), value),
      of('GETEX', key, pick('EX', 'PX', 'EXAT'), seconds),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      of('PFADD', key, fc.array(value, { maxLength: 5 })),
      of('PFCOUNT', keys),
      of('PFMERGE', key, keys),
      of('PFDEBUG', pick('TODENSE', 'GETREG'), key),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      positionOf('GEOADD'),
      of('GEOSEARCHSTORE', key, key, fc.constant(['FROMLONLAT', '2', '48', 'BYRADIUS', '1000', 'km'])),
      of('GEORADIUS', key, fc.constant(['2', '48', '1000', 'km']), pick('STORE', 'STOREDIST'), key),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      of('SORT', key, fc.constant(['ALPHA', 'STORE']), key),
      of('SORT', key, fc.constant(['BY', 'nosort', 'GET', '#', 'GET', '*', 'STORE']), key),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(of('FLUSHDB', fc.subarray(['ASYNC'])), of('RANDOMKEY'), of('SCAN', fc.constant('0'))),
  },
  { weight: 1, arbitrary: fc.oneof(of('FLUSHALL'), of('PUBLISH', key, value)) },
  {
    // They wait until another client pushes.
    weight: 4,
    arbitrary: fc.oneof(
      of('BLPOP', key, key, fc.constant('0')),
      of('BRPOP', key, fc.constant('0')),
      of('BLMOVE', key, key, end, end, fc.constant('0')),
      of('BRPOPLPUSH', key, key, fc.constant('0')),
      of('BLMPOP', fc.constant('0'), fc.constant('2'), key, key, end, fc.constant('COUNT'), pick('1', '2', '3')),
      of('BZPOPMIN', key, key, fc.constant('0')),
      of('BZMPOP', fc.constant('0'), twoKeys, rangeEnd, fc.constant('COUNT'), pick('1', '2')),
    ),
  },
);
