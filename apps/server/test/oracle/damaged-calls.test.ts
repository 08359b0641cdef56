import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CommandText } from '../harness/command-line';
import { repliesAgree } from '../harness/normalise';
import { describeWithOracle, useBothServers } from '../harness/oracle-cases';
import { escapeBytes } from '../harness/reply-frame';
import { holdsFor } from '../harness/timed-property';

/** Something of each type, under the keys that the calls name. */
const data: readonly CommandText[] = [
  'SET s hello',
  'SET n 10',
  'RPUSH l a b c a 3',
  'SADD is 1 2 3',
  'SADD ss a b c',
  'HSET h f v n 5 d 1.5',
  'ZADD z 1 a 2 b 3 c',
  'ZADD lx 0 a 0 b 0 c',
  'GEOADD g 13.361389 38.115556 P 15.087269 37.502669 C',
  'PFADD pf a b c',
];

/** Calls that are right as they stand; commas separate them. */
const calls =
  `HSET h f v g w, HSETNX h f v, HMSET h f v, HGET h f, HMGET h f g, HGETALL h, HDEL h f x, HEXISTS h f, HINCRBY h n 1,
HINCRBYFLOAT h d 1.5, HKEYS h, HVALS h, HLEN h, HSTRLEN h f, HSCAN h 0 MATCH * COUNT 10, LPUSH l x y, RPUSH l x, LPUSHX l x,
RPUSHX missing x, LPOP l, LPOP l 2, RPOP l 2, LRANGE l 0 -1, LINDEX l 0, LSET l 0 x, LREM l 1 a, LTRIM l 0 1, LLEN l,
LINSERT l BEFORE b x, LPOS l a RANK 1 COUNT 0 MAXLEN 0, LPOS l a MAXLEN 10 RANK -1, LMOVE l m LEFT RIGHT, RPOPLPUSH l m,
LMPOP 2 missing l LEFT COUNT 2, BLPOP l m 0.001, BRPOP l 0.001, BLMOVE l m LEFT RIGHT 0.001, BRPOPLPUSH l m 0.001,
BLMPOP 0.001 2 l m LEFT COUNT 2, SADD ss x y, SADD is 4, SREM ss a x, SISMEMBER ss a, SMISMEMBER ss a x, SCARD ss, SMEMBERS is,
SMOVE ss is a, SINTER ss is, SINTERSTORE d ss is, SINTERCARD 2 ss is LIMIT 1, SUNION ss is, SUNIONSTORE d ss is, SDIFF ss is,
SDIFFSTORE d ss is, SSCAN ss 0 MATCH * COUNT 10, ZADD z 1 x, ZADD z NX CH 1 x 2 y, ZADD z XX GT INCR 1 a, ZINCRBY z 1 a, ZCARD z,
ZCOUNT z 1 2, ZLEXCOUNT lx - +, ZLEXCOUNT lx [a (c, ZSCORE z a, ZMSCORE z a x, ZRANK z a, ZREVRANK z b, ZREM z a x, ZRANGE z 0 -1,
ZRANGE z 0 -1 REV WITHSCORES, ZRANGE z 1 3 BYSCORE LIMIT 0 2 WITHSCORES, ZRANGE lx [a (c BYLEX LIMIT 0 2, ZRANGE z 3 1 BYSCORE REV,
ZRANGESTORE d z 0 -1, ZRANGESTORE d z 1 3 BYSCORE LIMIT 0 1, ZREVRANGE z 0 -1 WITHSCORES, ZRANGEBYSCORE z 1 3 WITHSCORES LIMIT 0 2,
ZREVRANGEBYSCORE z 3 1 LIMIT 0 2, ZRANGEBYLEX lx [a + LIMIT 0 2, ZREVRANGEBYLEX lx + [a LIMIT 0 2, ZREMRANGEBYRANK z 0 1,
ZREMRANGEBYSCORE z 1 2, ZREMRANGEBYLEX lx [a [b, ZPOPMIN z 2, ZPOPMAX z 2, ZMPOP 2 missing z MIN COUNT 2, BZPOPMIN z 0.001,
BZPOPMAX missing z 0.001, BZMPOP 0.001 2 missing z MIN COUNT 2, ZUNION 2 z lx WEIGHTS 1 2 AGGREGATE SUM WITHSCORES,
ZINTER 2 z lx AGGREGATE MAX WITHSCORES, ZDIFF 2 z lx WITHSCORES, ZUNIONSTORE d 2 z lx WEIGHTS 1 2,
ZINTERSTORE d 2 z lx AGGREGATE MIN, ZDIFFSTORE d 2 z lx, ZINTERCARD 2 z lx LIMIT 1, ZSCAN z 0 MATCH * COUNT 10, GEOADD g 10 20 x,
GEOADD g NX CH 10 20 x, GEODIST g P C km, GEOHASH g P C x, GEOPOS g P x, GEORADIUS g 15 37 200 km WITHDIST WITHCOORD COUNT 1 ANY ASC,
GEORADIUS g 15 37 200 km STORE d, GEORADIUS_RO g 15 37 200 km DESC, GEORADIUSBYMEMBER g P 200 km STORE d,
GEORADIUSBYMEMBER_RO g P 200 km ASC, GEOSEARCH g FROMLONLAT 15 37 BYRADIUS 200 km ASC COUNT 1 WITHDIST,
GEOSEARCH g FROMMEMBER P BYBOX 400 400 km DESC WITHCOORD, GEOSEARCHSTORE d g FROMMEMBER P BYBOX 400 400 km COUNT 1 ANY, PFADD pf x y,
PFADD missing, PFCOUNT pf missing, PFMERGE d pf missing, PFDEBUG ENCODING pf, PFDEBUG GETREG pf, SORT l ALPHA DESC LIMIT 0 2,
SORT is BY w_* GET # GET v_* STORE d, SORT_RO is LIMIT 0 2 DESC, OBJECT ENCODING l, OBJECT IDLETIME l, OBJECT REFCOUNT l,
COPY l d DB 1 REPLACE, MOVE l 1, RENAME l d, RENAMENX l d, EXPIRE l 100 NX, EXPIREAT z 33177117420 XX, PERSIST l, TTL l, TYPE l,
TOUCH l z, UNLINK l z, DEL l z, EXISTS l z, SCAN 0 COUNT 100 TYPE list, SWAPDB 0 1, GETRANGE s 0 -1, LCS s n IDX MINMATCHLEN 1,
INCRBYFLOAT n 1.5, GETEX s EX 100, SET s v EX 100 GET, BITCOUNT s 0 -1 BYTE, BITPOS s 1 0 -1 BIT, BITOP AND d s n, GETSET l x,
GETDEL l, MSETNX a 1 l 2`
    .split(/,\s/)
    .map((call) => call.split(' '));

const numbers =
  '0 -0 -1 1 2 01 +1 1.5 1e3 0x10 nan -nan inf -inf +inf (1 (inf (nan 2147483647 2147483648 -2147483648 -2147483649 4294967296 ' +
  '4611686018427387904 -4611686018427387904 9223372036854775807 -9223372036854775808 9223372036854775808 18446744073709551616 1e400 1e-400';
const words = 'x - + ( [ [a (a WITHSCORES LIMIT COUNT STORE GET BY s l is ss h z g pf missing';
const oddities = fc.oneof(
  fc.constantFrom(...numbers.split(' ')),
  fc.constantFrom(...words.split(' ')),
  fc.constantFrom('', ' ', ' 1', '1 ', 'a\0b', '\xff'),
);
const options =
  'NX XX GT LT CH INCR COUNT LIMIT WITHSCORES REV ASC DESC ANY STORE STOREDIST ALPHA GET BY MATCH BYSCORE BYLEX WEIGHTS AGGREGATE RANK MAXLEN EX PERSIST REPLACE DB';

/** What happens to a call: an argument is replaced, left out or doubled, or an option and its value come behind. */
const damage = fc.oneof(
  { weight: 4, arbitrary: fc.record({ at: fc.nat(20), removed: fc.constant(1), added: fc.tuple(oddities) }) },
  fc.record({ at: fc.nat(20), removed: fc.constant(1), added: fc.constant([]) }),
  fc.record({ at: fc.nat(20), removed: fc.constant(0), added: fc.tuple(oddities) }),
  fc.record({
    at: fc.constant(null),
    removed: fc.constant(0),
    added: fc.tuple(fc.constantFrom(...options.split(' ')), fc.constantFrom('1', '-1', '0', 'x')),
  }),
);

const damagedCall = fc
  .tuple(fc.constantFrom(...calls), fc.array(damage, { maxLength: 2 }))
  .map(([call, damages]) => {
    const result = [...call];
    for (const { at, removed, added } of damages) {
      result.splice(at === null ? result.length : 1 + (at % (result.length - 1 || 1)), removed, ...added);
    }
    return result;
  })
  .filter((call) => !waitsOrWanders(call));

/** Whether a call may block for long, or meets elements in an order that is no matter of comparison. */
function waitsOrWanders([name = '', ...args]: readonly string[]): boolean {
  if (/^B[LRZ]/.test(name)) return args.some((arg) => /inf/.test(arg) || (Number(arg) >= 0 && arg !== '0.001'));
  // BY without an asterisk does not sort, so a set of words comes in the order of its table.
  if (/^SORT/.test(name)) return args[0] === 'ss';
  if (/SCAN$/.test(name)) return !args.slice(0, 2).includes('0') || scansInParts(name, args);
  return false;
}

/** Whether a scan need not meet everything at once; what it meets first is a matter of the table then. */
function scansInParts(name: string, args: readonly string[]): boolean {
  const at = args.lastIndexOf('COUNT');
  const count = at < 0 ? 10 : Number(args[at + 1]);
  return count > 0 && count < (name === 'SCAN' ? 100 : 10);
}

const isUnordered = /^(HGETALL|HKEYS|HVALS|HSCAN|SMEMBERS|SINTER|SUNION|SDIFF|SSCAN|ZSCAN|SCAN)$/;
const budgetMs = Number(process.env.NANOREDIS_SEQUENCES_MS ?? 3000);

describeWithOracle('calls with something wrong in them', () => {
  const servers = useBothServers();

  for (const protocol of [2, 3] as const) {
    it(`get the same replies and change the same (RESP${protocol})`, { timeout: budgetMs * 4 + 20_000 }, async () => {
      const sides = [servers.oracle, servers.subject];
      await holdsFor(budgetMs, damagedCall, async (call) => {
        const [expected, actual] = await Promise.all(
          sides.map(async (side) => {
            const client = await side.client('main', protocol);
            const text = call.map((word) => Buffer.from(word, 'latin1'));
            return client.pipeline(['FLUSHALL', 'SELECT 0', ...data, text, 'DEBUG DIGEST']);
          }),
        );
        const how = isUnordered.test(call[0]!)
          ? ({ how: 'unordered', depth: 2 } as const)
          : ({ how: 'exact' } as const);
        const at = data.length + 2;
        if (!repliesAgree(expected![at]!, actual![at]!, how)) {
          throw new Error(`redis-server: ${escapeBytes(expected![at]!)}\n  ours: ${escapeBytes(actual![at]!)}`);
        }
        expect(actual![at + 1]!.toString(), 'the data afterwards').toBe(expected![at + 1]!.toString());
      });
    });
  }
});
