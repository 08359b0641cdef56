import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CommandText } from '../harness/command-line';
import { defineOracleCases, describeWithOracle, useBothServers } from '../harness/oracle-cases';
import { escapeBytes } from '../harness/reply-frame';
import { unordered } from '../harness/steps';
import { holdsFor } from '../harness/timed-property';

const WEIGHTS =
  'MSET w:1 30 w:2 20 w:3 10 w:4 25 t:1 one t:2 two t:3 three t:4 four; HSET h:1 f 9 g x; HSET h:2 f 8; HSET h:3 f 7 g z; HSET h:4 g y';

defineOracleCases('SORT', [
  [
    'numbers',
    'RPUSH l 3 1 2 10 -5 2.5 1e2 0x10 inf -inf; SORT l; SORT l DESC; SORT l ASC; SORT l DESC ASC; SORT l LIMIT 0 3; SORT l LIMIT 2 2; SORT l LIMIT -5 2; SORT l LIMIT 8 100; SORT l LIMIT 100 1',
    'SORT l LIMIT 2 -1; SORT l LIMIT 2 -9 DESC; SORT l LIMIT 0 0; SORT l LIMIT 3 9223372036854775807; SORT l LIMIT 9223372036854775807 9223372036854775807; SORT l LIMIT -9223372036854775808 3; SORT_RO l LIMIT 1 2',
    'SADD s 5 3 9 1; SORT s; SORT s DESC LIMIT 0 2; SADD t 5.5 3 9 1; SORT t; ZADD z 1 30 2 20 3 10; SORT z; SORT z DESC; OBJECT ENCODING z; SORT missing; SORT_RO missing; SORT missing BY x GET y ALPHA',
  ],
  [
    'texts',
    'RPUSH l b a c B "" ab aa "a\\x00z" "a\\x00b" "\\xff" 10 9; SORT l ALPHA; SORT l ALPHA DESC; SORT l ALPHA LIMIT 2 3; sort l alpha desc limit 0 2; SORT_RO l ALPHA; SORT l ALPHA STORE d; LRANGE d 0 -1; OBJECT ENCODING d',
    'SADD s x y z 1; SORT s ALPHA; SORT s ALPHA DESC; ZADD z 5 x 4 y 3 z; SORT z ALPHA; SORT z ALPHA DESC LIMIT 1 1; OBJECT ENCODING z',
  ],
  [
    'numbers as C reads them',
    'RPUSH l " 5" "+4" "0x1p3" ".5" "5." "1e-3" "" "\\t2" "9007199254740993" "9007199254740992" "INFINITY" "-Inf" "1\\x00garbage" "\\x00"; SORT l; SORT l DESC',
    'RPUSH m 0x1p-1074; SORT m; RPUSH n 9223372036854775807 9223372036854775806 -9223372036854775808; SORT n; RPUSH e 2 2.0 02 2e0 0x2; SORT e; SORT e DESC; SORT e LIMIT 1 2',
  ],
  [
    'refuses what is no number',
    'RPUSH l 1 2 x; SORT l; SORT l STORE d; EXISTS d; DEL l; RPUSH l 1e400; SORT l; DEL l; RPUSH l 1e-400; SORT l; DEL l; RPUSH l 1e-310; SORT l; DEL l; RPUSH l nan; SORT l; DEL l; RPUSH l "5 "; SORT l; DEL l; RPUSH l " "; SORT l; DEL l; RPUSH l 1,5; SORT l; DEL l; RPUSH l 0x; SORT l',
    'DEL l; RPUSH l a b; SET w:a 1; SET w:b x; SORT l BY w:*; SORT l BY nosort; SADD s a b; SORT s; ZADD z 1 a; SORT z; SORT l GET w:*',
  ],
  [
    'BY a pattern',
    WEIGHTS,
    'RPUSH l 1 2 3 4; SORT l BY w:*; SORT l BY w:* DESC; SORT l BY w:* LIMIT 1 2; SORT l BY w:* ALPHA; SORT l BY t:* ALPHA; SORT l BY t:* ALPHA DESC; SORT l BY h:*->f; SORT l BY h:*->g ALPHA; SORT l BY h:*->g ALPHA DESC',
    'SORT l BY missing:*; SORT l BY missing:* DESC; SORT l BY missing:* ALPHA; SORT l BY h:*; SORT l BY w:*->f; SORT l BY h:*->; SORT l BY h:*->missing; SORT l BY *; SORT l BY *:1 LIMIT 0 2; SORT l BY w:* BY t:* ALPHA; SORT_RO l BY w:* LIMIT 0 2 DESC',
    'SADD s 1 2 3 4; SORT s BY w:*; SORT s BY w:* DESC LIMIT 0 1; ZADD z 4 1 3 2 2 3 1 4; SORT z BY w:*; SORT z BY h:*->f LIMIT 1 2',
  ],
  [
    'BY what keeps the order',
    'RPUSH l c a b d; SORT l BY nosort; SORT l BY nosort DESC; SORT l BY nosort LIMIT 1 2; SORT l BY nosort LIMIT 1 2 DESC; SORT l BY nosort LIMIT 0 0; SORT l BY nosort LIMIT 9 9; SORT l BY nosort GET #; SORT l BY # DESC; SORT l BY "" ALPHA; SORT l BY "x\\x00*"; SORT l BY nosort BY *',
    'ZADD z 3 c 1 a 2 b 4 d; SORT z BY nosort; SORT z BY nosort DESC; SORT z BY nosort LIMIT 1 2; SORT z BY nosort LIMIT 1 2 DESC; SORT z BY nosort DESC LIMIT 3 5; SORT z BY nosort LIMIT 5 5; SORT z BY nosort STORE d; LRANGE d 0 -1; SORT z BY nosort DESC STORE d; LRANGE d 0 -1; OBJECT ENCODING z',
    'SADD s c a b d 10 9; SORT s BY nosort STORE d; LRANGE d 0 -1; SORT s BY nosort DESC LIMIT 1 3 STORE d; LRANGE d 0 -1; SORT s BY nosort BY * STORE d; LRANGE d 0 -1; SADD i 3 1 2; SORT i BY nosort; SORT i BY nosort LIMIT 1 1; SORT i BY nosort DESC',
    unordered('SORT s BY nosort'),
    unordered('SORT s BY nosort ALPHA DESC'),
  ],
  [
    'GET',
    WEIGHTS,
    'RPUSH l 2 1 3 4 5; SORT l GET #; SORT l GET t:*; SORT l GET # GET t:* GET h:*->g; SORT l GET missing:*; SORT l GET h:*; SORT l GET h:*->missing; SORT l GET w:*->f; SORT l GET nostar; SORT l GET "" LIMIT 0 1; SORT l BY w:* GET # GET w:* DESC LIMIT 1 2',
    'SORT l GET *; SET 2 two; SORT l GET * LIMIT 0 3; SORT l GET ** LIMIT 0 1; SET 2* star; SORT l GET ** LIMIT 0 3; HSET "h:1->" f v; SORT l GET h:*-> LIMIT 0 1; SET "h:1->" s; SORT l GET h:*-> LIMIT 0 2; SORT l GET ## LIMIT 0 1; SORT l GET "#\\x00x" LIMIT 0 1',
    'HSET h:1x f->g v; SORT l GET h:*x->f->g LIMIT 0 1; HSET a->b:1 f v; SORT l GET a->b:*->f LIMIT 0 1; HSET h:1 "" empty; SORT l GET h:*-> LIMIT 0 1; SET "k1\\x00z" nul; SORT l GET "k*\\x00z" LIMIT 0 1; SORT l GET "k*\\x00->f" LIMIT 0 1; SET "k1->\\x00f" q; SORT l GET "k*->\\x00f" LIMIT 0 1',
    'SORT_RO l GET # GET t:*; SORT missing GET # GET t:*; SORT l BY nosort GET t:* GET #',
  ],
  [
    'STORE',
    WEIGHTS,
    'RPUSH l 2 1 3 4; SORT l STORE d; LRANGE d 0 -1; TYPE d; OBJECT ENCODING d; SORT l DESC STORE d; LRANGE d 0 -1; SORT l GET # GET missing:* GET t:* STORE d; LRANGE d 0 -1; SORT l STORE l; LRANGE l 0 -1; SORT l DESC LIMIT 1 2 STORE l; LRANGE l 0 -1',
    'SORT missing STORE d; EXISTS d; SORT missing STORE d; SET d x EX 100; SORT l STORE d; TTL d; SET d x; SORT l LIMIT 5 5 STORE d; EXISTS d; SORT l STORE d STORE e; EXISTS d e; SORT l GET nostar STORE d; LRANGE d 0 -1; STRLEN t:1; SORT l STORE store; LRANGE store 0 -1',
    'SADD s b a c; SORT s ALPHA STORE s; TYPE s; LRANGE s 0 -1; RPUSH x a b; SORT x BY missing:* STORE d; SORT x BY missing:* ALPHA DESC STORE d; LRANGE d 0 -1',
  ],
  [
    'STORE tells watchers',
    'RPUSH l 2 1; WATCH d; SORT l STORE d; MULTI; PING; EXEC; WATCH d; SORT missing STORE d; MULTI; PING; EXEC; WATCH d; SORT missing STORE d; MULTI; PING; EXEC; WATCH l; SORT l; MULTI; PING; EXEC',
  ],
  ['STORE unblocks who waits for a list', 'RPUSH l 2 1 3; SORT l STORE d; BLPOP d 1; LRANGE d 0 -1'],
  [
    'refuses wrong arguments',
    'RPUSH l 1; SORT; SORT l LIMIT; SORT l LIMIT 1; SORT l LIMIT x 1; SORT l LIMIT 1 x; SORT l LIMIT 1 9223372036854775808; SORT l BY; SORT l GET; SORT l STORE; SORT l FOO; SORT l ASC FOO; SORT_RO l STORE d; SORT_RO; SORT l LIMIT x 1 FOO; SORT l FOO LIMIT x 1',
    'SET s x; SORT s; SORT_RO s; SORT s FOO; SORT s STORE d; HSET h f v; SORT h; SORT h BY nosort; EXISTS d; SORT l STORE d FOO; EXISTS d; SORT_RO l LIMIT 0 1 STORE d',
  ],
  [
    'COMMAND GETKEYS',
    'COMMAND GETKEYS SORT a; COMMAND GETKEYS SORT a STORE b; COMMAND GETKEYS SORT a BY w:* GET store LIMIT 0 store STORE b; COMMAND GETKEYS SORT a STORE b STORE c; COMMAND GETKEYS SORT a BY store GET store; COMMAND GETKEYS SORT a STORE; COMMAND GETKEYS SORT_RO a GET store; COMMAND GETKEYSANDFLAGS SORT a STORE b; COMMAND GETKEYSANDFLAGS SORT_RO a',
    'COMMAND GETKEYS SORT a store store b; COMMAND GETKEYS SORT a STORE limit 1 STORE x',
  ],
  [
    'equal texts keep the order of redis-server',
    ['RPUSH', 'l', ...Array.from({ length: 120 }, (_, i) => String((i * 37) % 120))],
    ['MSET', ...Array.from({ length: 120 }, (_, i) => [`k:${i}`, `v${i % 5}`]).flat()],
    'SORT l BY k:* ALPHA; SORT l BY k:* ALPHA DESC',
    ...[1, 2, 3, 7, 25, 59, 60, 61, 119, 120].flatMap((n) => [
      `SORT l BY k:* ALPHA LIMIT 0 ${n}`,
      `SORT l BY k:* ALPHA DESC LIMIT 10 ${n}`,
      `SORT l BY k:* ALPHA LIMIT ${n} 20`,
      `SORT l BY missing:* ALPHA LIMIT ${n} 5`,
      `SORT l BY k:* ALPHA LIMIT ${n} 5 GET # GET k:* STORE d`,
    ]),
    'LRANGE d 0 -1',
  ],
  [
    'keys past their deadline count as absent',
    'RPUSH l 1 2; SET w:1 9 PX 1; SET w:2 5; DEBUG SLEEP 0.01; SORT l BY w:* GET w:*; EXISTS w:1; DEBUG SET-ACTIVE-EXPIRE 0; SET d x PX 1; DEBUG SLEEP 0.01; SORT missing STORE d; SET d x PX 1; DEBUG SLEEP 0.01; SORT l STORE d; TTL d; DEBUG SET-ACTIVE-EXPIRE 1',
  ],
]);

const element = fc.oneof(
  fc.integer({ min: -30, max: 30 }).map(String),
  fc.constantFrom('a', 'b', 'ab', '', '1.5', '-0.5', '1e3', '007', 'x\0y', 'x\0z'),
);
const source = fc.constantFrom('l', 'z', 's');
const by = fc.constantFrom([], ['BY', 'w:*'], ['BY', 'h:*->f'], ['BY', 'nosort'], ['BY', 'none:*']);
const get = fc.constantFrom([], ['GET', '#'], ['GET', 'w:*'], ['GET', 'h:*->f', 'GET', '#']);
const limit = fc.oneof(
  fc.constant([]),
  fc
    .tuple(fc.integer({ min: -2, max: 40 }), fc.integer({ min: -2, max: 40 }))
    .map((pair) => ['LIMIT', ...pair.map(String)]),
);
const flags = fc.subarray(['ALPHA', 'DESC']);
const store = fc.constantFrom([], [], ['STORE', 'd']);

// The order in which tables yield equal members is theirs alone, so sets and sorted sets are sorted by what is unique.
const sortOf = (key: string, words: readonly string[]): boolean =>
  key === 'l' || !(words.includes('BY') && words.includes('ALPHA'));
const command: fc.Arbitrary<CommandText> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.array(element, { minLength: 1, maxLength: 50 }).map((words): CommandText => ['RPUSH', 'l', ...words]),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: -50, max: 50 }).map(String), { minLength: 1, maxLength: 30 })
      .map((words): CommandText => ['SADD', 's', ...words]),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(fc.integer({ max: 20 }), fc.integer({ min: -50, max: 50 })), { minLength: 1, maxLength: 20 })
      .map((pairs): CommandText => ['ZADD', 'z', ...pairs.flat().map(String)]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: -30, max: 30 }), element)
      .map(([n, text]): CommandText => ['SET', `w:${n}`, text]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: -30, max: 30 }), element)
      .map(([n, text]): CommandText => ['HSET', `h:${n}`, 'f', text]),
  },
  { weight: 1, arbitrary: fc.constantFrom('l', 's', 'z', 'd').map((name): CommandText => ['DEL', name]) },
  { weight: 1, arbitrary: fc.constant<CommandText>(['LRANGE', 'd', '0', '-1']) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(source, by, get, limit, flags, store)
      .map(([name, ...words]) => ['SORT', name, ...words.flat()])
      .filter(([, name, ...words]) => sortOf(name!, words)),
  },
);

describeWithOracle('random sorting', () => {
  const servers = useBothServers();
  it('yields the same elements in the same order', { timeout: 60_000 }, async () => {
    const sides = [servers.oracle, servers.subject];
    await holdsFor(4000, fc.array(command, { minLength: 1, maxLength: 60 }), async (commands) => {
      await Promise.all(sides.map((side) => side.begin()));
      try {
        const [expected, actual] = await Promise.all(
          sides.map(async (side) => (await side.client('main', 2)).pipeline(commands)),
        );
        for (const [i, words] of commands.entries()) {
          expect(escapeBytes(actual![i]!), `${i}: ${words}`).toBe(escapeBytes(expected![i]!));
        }
      } finally {
        await Promise.all(sides.map((side) => side.finish()));
      }
    });
  });
});
