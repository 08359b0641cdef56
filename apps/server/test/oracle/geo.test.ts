import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CommandText } from '../harness/command-line';
import { defineOracleCases, describeWithOracle, useBothServers } from '../harness/oracle-cases';
import { escapeBytes } from '../harness/reply-frame';
import { holdsFor } from '../harness/timed-property';

const SICILY =
  'GEOADD Sicily 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 13.583333 37.316667 Agrigento 12.758489 38.788135 edge1 17.241510 38.788135 edge2';

/** A thousand positions around one. */
const many = (key: string, longitude: number, latitude: number, spread: number, count = 1000): CommandText => [
  'GEOADD',
  key,
  ...Array.from({ length: count }, (_, i) => [
    String(longitude + Math.sin(i * 12.9898) * spread),
    String(latitude + Math.cos(i * 78.233) * spread * 0.5),
    `m${i}`,
  ]).flat(),
];

defineOracleCases('GEOADD, GEODIST, GEOHASH, GEOPOS', [
  [
    'GEOADD makes a sorted set',
    SICILY,
    'TYPE Sicily; OBJECT ENCODING Sicily; ZRANGE Sicily 0 -1 WITHSCORES; ZSCORE Sicily Palermo; ZCARD Sicily',
    'GEOADD Sicily 13 38 Palermo; GEOADD Sicily CH 13.1 38.1 Palermo 1 1 new; geoadd Sicily ch 13.1 38.1 Palermo',
    'GEOADD Sicily NX 1 1 Palermo 2 2 newer; GEOADD Sicily XX 1 1 Palermo 3 3 newest; GEOADD Sicily XX CH 5 5 Palermo 3 3 newest',
    'GEOADD Sicily nx ch 1 1 Palermo 4 4 another; ZRANGE Sicily 0 -1 WITHSCORES; GEOADD missing XX 1 1 m; EXISTS missing',
  ],
  [
    'GEOADD at the ends of the earth',
    'GEOADD k 180 85.05112878 a -180 -85.05112878 b 180 -85.05112878 c -180 85.05112878 d 0 0 e -0 -0 f 1e-300 1e2 g',
    'GEOADD k 180 85.05112878 a -180 -85.05112878 b 180 -85.05112878 c -180 85.05112878 d 0 0 e 180 1.23456789 f 1.23456789 85.05112878 g 180 -3.3333333 h 179.9999999999 85.0511287799 i',
    'ZRANGE k 0 -1 WITHSCORES; GEOPOS k a b c d e f g h i; GEOHASH k a b c d e f g h i; GEODIST k a b; GEODIST k a c km; GEODIST k f h',
    'GEODIST k a d; GEODIST k e e; GEOSEARCH k FROMMEMBER a BYRADIUS 1000 km WITHDIST WITHHASH WITHCOORD; GEOSEARCH k FROMMEMBER b BYRADIUS 1000 km',
    'GEOSEARCH k FROMLONLAT 180 85.05112878 BYBOX 1 1 m ASC; GEOSEARCH k FROMLONLAT 180 0 BYBOX 100 100 km; GEOSEARCH k FROMLONLAT -180 0 BYRADIUS 30000 km ASC WITHHASH',
    'GEOSEARCH k FROMLONLAT 180 1.2 BYRADIUS 300 km WITHDIST; GEOSEARCH k FROMLONLAT 1.2 85 BYRADIUS 300 km WITHDIST',
  ],
  [
    'GEOADD refuses',
    'GEOADD k 181 0 a; GEOADD k -180.5 0 a; GEOADD k 0 86 a; GEOADD k 0 -85.06 a; GEOADD k x 0 a; GEOADD k 0 x a; GEOADD k 0 0; GEOADD k 0 0 a 1',
    'GEOADD k 0 0 a 1 1; GEOADD k NX XX 0 0 a; GEOADD k NX CH CH; GEOADD k NX CH CH XX; GEOADD k XX 0 0; GEOADD k; GEOADD k nan 0 a; GEOADD k inf 0 a',
    'GEOADD k 1e300 0 a; GEOADD k 0 -inf a; GEOADD k 181.5 85.0625 a; GEOADD k 1 1 a 200 1 b; GEOADD k "" 0 a; GEOADD k " 1" 0 a; GEOADD k 1e400 0 a',
    'GEOADD k 1234567890123456789012345.5 0.0000005 a; GEOADD k 1000.0000005 -1000.00000150 a; EXISTS k; GEOADD k FOO 1 1 a; GEOADD k NX 1 1; SET s x; GEOADD s 1 1 a; GEOADD s 200 1 a; GEOADD s',
  ],
  [
    'a member converts a set that is full',
    'CONFIG SET zset-max-listpack-entries 2; GEOADD k 1 1 a; OBJECT ENCODING k; GEOADD k 2 2 b; OBJECT ENCODING k; GEOADD k 3 3 c; OBJECT ENCODING k',
    'GEOSEARCH k FROMLONLAT 2 2 BYRADIUS 500 km ASC WITHDIST; CONFIG SET zset-max-listpack-entries 0; GEOADD l 1 1 a; OBJECT ENCODING l',
    'CONFIG SET zset-max-listpack-entries 128 zset-max-listpack-value 3; GEOADD m 1 1 abcd; OBJECT ENCODING m; GEOSEARCHSTORE n m FROMLONLAT 1 1 BYRADIUS 1 m; OBJECT ENCODING n',
  ],
  [
    'GEODIST',
    SICILY,
    'GEODIST Sicily Palermo Catania; GEODIST Sicily Palermo Catania km; GEODIST Sicily Palermo Catania mi; GEODIST Sicily Palermo Catania FT; GEODIST Sicily Palermo Catania M',
    'GEODIST Sicily Palermo Palermo; GEODIST Sicily Palermo missing; GEODIST Sicily missing Palermo; GEODIST missing a b; GEODIST missing a b km',
  ],
  [
    'GEODIST refuses',
    SICILY,
    'GEODIST Sicily Palermo; GEODIST Sicily Palermo Catania cm; GEODIST Sicily Palermo Catania km m; GEODIST missing a b cm; GEODIST missing a b cm x; SET s x; GEODIST s a b; GEODIST s a b cm; GEODIST Sicily a b ""',
  ],
  [
    'GEOHASH and GEOPOS',
    SICILY,
    'GEOHASH Sicily Palermo Catania missing; GEOPOS Sicily Palermo missing Catania; GEOHASH Sicily; GEOPOS Sicily; GEOHASH missing a b; GEOPOS missing a b; GEOPOS missing; GEOHASH missing',
  ],
  ['GEOHASH and GEOPOS refuse', 'SET s x; GEOHASH s a; GEOPOS s a; GEOHASH s; GEOPOS s; GEOHASH; GEOPOS'],
  [
    'scores that GEOADD would not give',
    'ZADD z -1 a 1.5 b 1e300 c -1e300 d inf e -inf f 9007199254740993 g 4503599627370496 h 18446744073709551615 i -0.5 j 9223372036854775808 k 1e19 l',
    'GEOPOS z a b c d e f g h i j k l; GEOHASH z a b c d e f g h i j k l; GEODIST z a b; GEODIST z c d; GEODIST z g h',
    'GEORADIUS z 0 0 22000 km WITHHASH WITHDIST WITHCOORD; GEORADIUSBYMEMBER z a 22000 km WITHHASH; GEORADIUSBYMEMBER z h 10 km WITHHASH',
  ],
]);

defineOracleCases('GEOSEARCH, GEOSEARCHSTORE', [
  [
    'GEOSEARCH by radius',
    SICILY,
    'GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 200 km ASC; GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 200 km DESC; GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 200 km',
    'GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 200 km ASC WITHDIST; GEOSEARCH Sicily FROMLONLAT 15 37 BYRADIUS 200 km WITHHASH WITHCOORD ASC WITHDIST',
    'GEOSEARCH Sicily BYRADIUS 100 mi FROMMEMBER Palermo WITHCOORD; GEOSEARCH Sicily ASC BYRADIUS 500000 ft COUNT 2 FROMMEMBER Palermo WITHDIST; geosearch Sicily frommember Palermo byradius 0 m',
    'GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1000 km COUNT 1; GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1000 km COUNT 2 DESC; GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1000 km COUNT 2 ANY',
    'GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1000 km COUNT 2 ANY DESC; GEOSEARCH Sicily FROMMEMBER Palermo BYRADIUS 1000 km ANY COUNT 100; GEOSEARCH missing FROMLONLAT 1 1 BYRADIUS 1 m; GEOSEARCH Sicily FROMLONLAT 100 0 BYRADIUS 1 m',
  ],
  [
    'GEOSEARCH by box',
    SICILY,
    'GEOSEARCH Sicily FROMLONLAT 15 37 BYBOX 400 400 km ASC WITHCOORD WITHDIST; GEOSEARCH Sicily FROMMEMBER Catania BYBOX 400 50 km DESC; GEOSEARCH Sicily FROMMEMBER Catania BYBOX 50 400 km',
    'GEOSEARCH Sicily FROMMEMBER Catania BYBOX 0 0 km; GEOSEARCH Sicily FROMMEMBER Catania BYBOX 1e10 1e10 km WITHDIST; GEOSEARCH Sicily FROMMEMBER Catania BYBOX 4000000 1000 ft WITHDIST COUNT 3',
  ],
  [
    'a centre that is named twice, a size that is named twice',
    SICILY,
    'GEOSEARCH Sicily FROMMEMBER Catania FROMMEMBER Palermo BYRADIUS 1 km; GEOSEARCH Sicily FROMLONLAT 1 1 FROMLONLAT 15 37 BYRADIUS 200 km ASC; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 m BYRADIUS 200 km ASC; GEOSEARCH Sicily FROMMEMBER Catania BYBOX 1 1 m BYBOX 200 200 km ASC',
    'GEOSEARCH Sicily ASC DESC FROMMEMBER Catania BYRADIUS 200 km COUNT 1 COUNT 2 WITHDIST WITHDIST; GEOSEARCH missing FROMMEMBER a BYRADIUS 1 m; GEOSEARCH missing FROMMEMBER a FROMMEMBER b BYBOX 1 1 m',
  ],
  [
    'GEOSEARCH refuses',
    SICILY,
    'GEOSEARCH Sicily FROMMEMBER Catania FROMLONLAT 1 1 BYRADIUS 1 km; GEOSEARCH Sicily FROMLONLAT 1 1 FROMMEMBER Catania BYRADIUS 1 km; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km BYBOX 1 1 km; GEOSEARCH Sicily FROMMEMBER Catania BYBOX 1 1 km BYRADIUS 1 km',
    'GEOSEARCH Sicily FROMMEMBER Catania ASC ASC ASC; geoSearch Sicily BYRADIUS 1 km ASC ASC; GEOSEARCH Sicily FROMMEMBER missing BYRADIUS 1 km; GEOSEARCH Sicily FROMLONLAT 200 1 BYRADIUS 1 km; GEOSEARCH Sicily FROMLONLAT x 1 BYRADIUS 1 km',
    'GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS x km; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS -1 km; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 cm; GEOSEARCH Sicily FROMMEMBER Catania BYBOX x 1 km; GEOSEARCH Sicily FROMMEMBER Catania BYBOX 1 x km',
    'GEOSEARCH Sicily FROMMEMBER Catania BYBOX -1 1 km; GEOSEARCH Sicily FROMMEMBER Catania BYBOX 1 -1 km; GEOSEARCH Sicily FROMMEMBER Catania BYBOX 1 1 cm; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km COUNT 0; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km COUNT -1',
    'GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km COUNT x; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km COUNT; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km ANY; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km STORE x; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km STOREDIST',
    'GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km FOO; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1; GEOSEARCH Sicily FROMLONLAT 1 BYRADIUS 1 km; GEOSEARCH missing FROMLONLAT 1 1 BYRADIUS x km; GEOSEARCH missing FROMMEMBER 1 FROMLONLAT 1 1 ASC; GEOSEARCH missing ASC ASC ASC ASC ASC',
    'SET s x; GEOSEARCH s FROMLONLAT 1 1 BYRADIUS x km; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km COUNT 1 ANY ANY FOO; GEOSEARCH Sicily FROMMEMBER; GEOSEARCH; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS nan km; GEOSEARCH Sicily FROMMEMBER Catania BYRADIUS 1 km COUNT 9223372036854775808',
  ],
  [
    'GEOSEARCHSTORE',
    SICILY,
    'GEOSEARCHSTORE d Sicily FROMLONLAT 15 37 BYRADIUS 200 km; ZRANGE d 0 -1 WITHSCORES; OBJECT ENCODING d; GEOSEARCHSTORE d Sicily FROMLONLAT 15 37 BYBOX 400 400 km COUNT 3 ASC; ZRANGE d 0 -1 WITHSCORES',
    'GEOSEARCHSTORE d Sicily FROMLONLAT 15 37 BYRADIUS 200 km COUNT 1 ANY; ZRANGE d 0 -1 WITHSCORES; GEOSEARCHSTORE d Sicily FROMLONLAT 100 37 BYRADIUS 200 km; EXISTS d; GEOSEARCHSTORE e Sicily FROMLONLAT 100 37 BYRADIUS 200 km',
    'SET d x EX 100; GEOSEARCHSTORE d Sicily FROMMEMBER Catania BYRADIUS 100 km; TTL d; TYPE d; GEOSEARCHSTORE d missing FROMMEMBER Catania BYRADIUS 100 km; EXISTS d; GEOSEARCHSTORE d missing FROMMEMBER Catania BYRADIUS 100 km; GEOSEARCHSTORE Sicily Sicily FROMMEMBER Catania BYRADIUS 0 m STOREDIST',
    'ZRANGE Sicily 0 -1 WITHSCORES; GEOSEARCHSTORE Sicily Sicily STOREDIST FROMLONLAT 15 37 BYRADIUS 200 km DESC COUNT 2',
  ],
  [
    'GEOSEARCHSTORE tells watchers once',
    SICILY,
    'WATCH d; GEOSEARCHSTORE d Sicily FROMLONLAT 100 37 BYRADIUS 200 km; MULTI; PING; EXEC; WATCH d; GEOSEARCHSTORE d Sicily FROMLONLAT 15 37 BYRADIUS 200 km; MULTI; PING; EXEC; WATCH d; GEOSEARCHSTORE d missing FROMLONLAT 15 37 BYRADIUS 200 km; MULTI; PING; EXEC',
    'WATCH Sicily; GEOADD Sicily NX 1 1 Palermo; MULTI; PING; EXEC; WATCH Sicily; GEOADD Sicily 1 1 Palermo; MULTI; PING; EXEC',
  ],
  [
    'GEOSEARCHSTORE refuses',
    SICILY,
    'GEOSEARCHSTORE d Sicily FROMMEMBER Catania BYRADIUS 1 km WITHDIST; GEOSEARCHSTORE d Sicily FROMMEMBER Catania BYRADIUS 1 km WITHHASH; GEOSEARCHSTORE d missing FROMMEMBER Catania BYRADIUS 1 km WITHCOORD; GEOSEARCHSTORE d Sicily FROMMEMBER Catania BYRADIUS 1 km STORE x; SET s x; GEOSEARCHSTORE d s FROMMEMBER Catania BYRADIUS 1 km',
    'GEOSEARCHSTORE d Sicily FROMMEMBER Catania ASC ASC ASC; GEOSEARCHSTORE d Sicily ASC ASC ASC ASC ASC ASC; GEOSEARCHSTORE d Sicily FROMMEMBER x BYRADIUS 1 km; EXISTS d; GEOSEARCHSTORE d',
  ],
  [
    'many members, in many places and units',
    many('k', 13, 38, 3),
    'GEOSEARCH k FROMLONLAT 13 38 BYRADIUS 100 km; GEOSEARCH k FROMLONLAT 13 38 BYRADIUS 100 km ASC WITHDIST; GEOSEARCH k FROMLONLAT 13 38 BYRADIUS 100 km DESC COUNT 10 WITHDIST; GEOSEARCH k FROMLONLAT 13 38 BYRADIUS 100 km COUNT 10 ANY',
    'GEOSEARCH k FROMLONLAT 13 38 BYBOX 100 100 mi COUNT 50 ASC; GEOSEARCH k FROMLONLAT 13 38 BYBOX 300 1 km; GEOSEARCH k FROMMEMBER m500 BYRADIUS 200000 m COUNT 20 ASC WITHDIST WITHCOORD WITHHASH; GEOSEARCHSTORE d k FROMLONLAT 13 38 BYRADIUS 100 km; OBJECT ENCODING d',
    many('k', -20, 80, 40),
    'GEOSEARCH k FROMLONLAT -20 84 BYRADIUS 1000 km; GEOSEARCH k FROMLONLAT -20 70 BYRADIUS 100 km ASC; GEOSEARCH k FROMLONLAT -20 -84 BYRADIUS 10000 km; GEOSEARCH k FROMLONLAT -20 60 BYBOX 3000 1000 km',
    many('k', 179, -50, 0.9),
    'GEOSEARCH k FROMLONLAT 179.9 -50 BYRADIUS 100 km; GEOSEARCH k FROMLONLAT -179.9 -50 BYRADIUS 100 km ASC; GEOSEARCH k FROMLONLAT 179 -50 BYBOX 300 100 km COUNT 100',
  ],
  [
    'members at the same place keep the order of redis-server',
    ['GEOADD', 'k', ...Array.from({ length: 90 }, (_, i) => [String((i % 3) / 10), '1', `m${(i * 37) % 90}`]).flat()],
    ...[1, 2, 5, 29, 30, 31, 50, 89, 90].map(
      (count) => `GEOSEARCH k FROMLONLAT 0 1 BYRADIUS 100 km COUNT ${count} ASC`,
    ),
    ...[1, 2, 5, 29, 30, 31, 50, 89, 90].map(
      (count) => `GEOSEARCH k FROMLONLAT 0 1 BYRADIUS 100 km COUNT ${count} DESC`,
    ),
    'GEOSEARCH k FROMLONLAT 0 1 BYRADIUS 100 km COUNT 50 ANY; GEOSEARCH k FROMLONLAT 0 1 BYRADIUS 100 km COUNT 50 ANY ASC',
  ],
]);

defineOracleCases('GEORADIUS, GEORADIUSBYMEMBER', [
  [
    'GEORADIUS',
    SICILY,
    'GEORADIUS Sicily 15 37 200 km WITHDIST; GEORADIUS Sicily 15 37 200 km WITHCOORD; GEORADIUS Sicily 15 37 200 km WITHDIST WITHCOORD WITHHASH ASC; GEORADIUS_RO Sicily 15 37 200 km DESC; GEORADIUS Sicily 15 37 200 km COUNT 2; GEORADIUS Sicily 15 37 200 km COUNT 2 ANY',
    'GEORADIUS Sicily 15 37 200 KM COUNT 2 DESC WITHDIST; GEORADIUS missing 15 37 200 km; GEORADIUS_RO missing 15 37 200 km; GEORADIUS Sicily 15 37 0 km; GEORADIUS Sicily 15 37 1e300 km; GEORADIUS Sicily 15 37 inf km',
  ],
  [
    'GEORADIUSBYMEMBER',
    SICILY,
    'GEORADIUSBYMEMBER Sicily Palermo 200 km WITHDIST; GEORADIUSBYMEMBER_RO Sicily Palermo 200 km WITHDIST ASC; GEORADIUSBYMEMBER Sicily Palermo 0 m; GEORADIUSBYMEMBER missing Palermo 0 m; GEORADIUSBYMEMBER missing Palermo x y; GEORADIUSBYMEMBER_RO missing Palermo 0 m COUNT 1',
  ],
  [
    'GEORADIUS STORE',
    SICILY,
    'GEORADIUS Sicily 15 37 200 km STORE d; ZRANGE d 0 -1 WITHSCORES; GEORADIUS Sicily 15 37 100 km COUNT 1 STORE d; ZRANGE d 0 -1; GEORADIUSBYMEMBER Sicily Palermo 100 km STORE e; ZRANGE e 0 -1 WITHSCORES',
    'GEORADIUS Sicily 15 37 200 km STOREDIST d STORE e; ZRANGE e 0 -1 WITHSCORES; ZRANGE d 0 -1 WITHSCORES; GEORADIUS Sicily 100 37 1 km STORE d; EXISTS d; GEORADIUS missing 1 1 1 km STORE e; EXISTS e; GEORADIUSBYMEMBER missing a 1 km STORE e; GEORADIUSBYMEMBER Sicily Palermo 1 m STOREDIST s',
    'ZRANGE s 0 -1 WITHSCORES; COMMAND GETKEYS GEORADIUS Sicily 15 37 200 km STORE d; COMMAND GETKEYS GEORADIUS Sicily 15 37 200 km STOREDIST d ASC; COMMAND GETKEYS GEORADIUS Sicily 15 37 200 km; COMMAND GETKEYS GEORADIUSBYMEMBER Sicily a 200 km STORE d; COMMAND GETKEYS GEOSEARCHSTORE d s FROMMEMBER a BYRADIUS 1 m',
  ],
  [
    'GEORADIUS refuses',
    SICILY,
    'GEORADIUS Sicily 15 37 200; GEORADIUS Sicily 15 37 x km; GEORADIUS Sicily 15 37 -1 km; GEORADIUS Sicily 15 37 1 cm; GEORADIUS Sicily 15 97 1 km; GEORADIUS Sicily x 97 1 km; GEORADIUS Sicily 15 37 1 km STORE; GEORADIUS Sicily 15 37 1 km STOREDIST; GEORADIUS_RO Sicily 15 37 1 km STORE d',
    'GEORADIUS_RO Sicily 15 37 1 km STOREDIST d; GEORADIUS Sicily 15 37 1 km WITHDIST STORE d; GEORADIUS Sicily 15 37 1 km STOREDIST d WITHCOORD; GEORADIUSBYMEMBER missing a 1 km STORE d WITHHASH; GEORADIUS Sicily 15 37 1 km COUNT 0; GEORADIUS Sicily 15 37 1 km COUNT; GEORADIUS Sicily 15 37 1 km ANY',
    'GEORADIUS missing 15 37 1 cm; GEORADIUS missing 15 97 1 km; GEORADIUSBYMEMBER Sicily missing 1 km; GEORADIUSBYMEMBER Sicily missing x cm; GEORADIUSBYMEMBER Sicily Palermo x km; GEORADIUSBYMEMBER Sicily Palermo 1 cm; GEORADIUSBYMEMBER Sicily Palermo 1 km FOO; GEORADIUS Sicily 15 37 1 km FROMMEMBER Palermo',
    'GEORADIUS Sicily 15 37 1 km BYRADIUS 1 km; GEORADIUS Sicily 15 37 1 km BYBOX 1 1 km; GEORADIUSBYMEMBER missing a 1 km COUNT x; SET s x; GEORADIUS s x 37 1 km; GEORADIUSBYMEMBER s a 1 km; GEORADIUSBYMEMBER_RO s a 1 km; GEORADIUS_RO s 1 1 1 km; GEORADIUS; GEORADIUSBYMEMBER; GEORADIUSBYMEMBER_RO Sicily Palermo 1 km STORE d; EXISTS d',
  ],
]);

const longitude = fc.oneof(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: 13, max: 14, noNaN: true }),
  fc.constantFrom(180, -180, 0, 13, 13.5),
);
const latitude = fc.oneof(
  fc.double({ min: -85, max: 85, noNaN: true }),
  fc.double({ min: 37.5, max: 38, noNaN: true }),
  fc.constantFrom(85.05112878, -85.05112878, 0, 37.5, 38),
);
const member = fc.integer({ min: 0, max: 60 }).map((n) => `m${n}`);
const size = fc.oneof(
  fc.constantFrom('0', '1', '10', '1000', '20000'),
  fc.double({ min: 0, max: 21000, noNaN: true }).map(String),
);
const unit = fc.constantFrom('m', 'km', 'km', 'km', 'mi', 'ft');
const center = fc.oneof(
  member.map((name) => ['FROMMEMBER', name]),
  fc.tuple(longitude, latitude).map(([x, y]) => ['FROMLONLAT', String(x), String(y)]),
);
const area = fc.oneof(
  fc.tuple(size, unit).map(([radius, name]) => ['BYRADIUS', radius, name]),
  fc.tuple(size, size, unit).map(([width, height, name]) => ['BYBOX', width, height, name]),
);
const order = fc.constantFrom([], ['ASC'], ['DESC']);
const count = fc.oneof(
  fc.constant([]),
  fc.integer({ min: 1, max: 40 }).map((n) => ['COUNT', String(n)]),
  fc.integer({ min: 1, max: 40 }).map((n) => ['COUNT', String(n), 'ANY']),
);
const extras = fc.subarray(['WITHDIST', 'WITHCOORD', 'WITHHASH']);
const add = fc
  .array(fc.tuple(longitude, latitude, member), { minLength: 1, maxLength: 60 })
  .map(
    (positions): CommandText => ['GEOADD', 'k', ...positions.flatMap(([x, y, name]) => [String(x), String(y), name])],
  );
const command: fc.Arbitrary<CommandText> = fc.oneof(
  { weight: 2, arbitrary: add },
  {
    weight: 6,
    arbitrary: fc
      .tuple(center, area, order, count, extras)
      .map((parts): CommandText => ['GEOSEARCH', 'k', ...parts.flat()]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(center, area, order, count)
      .map((parts): CommandText => ['GEOSEARCHSTORE', 'd', 'k', ...parts.flat()]),
  },
  { weight: 1, arbitrary: fc.constant<CommandText>(['ZRANGE', 'd', '0', '-1', 'WITHSCORES']) },
  { weight: 2, arbitrary: fc.tuple(member, member, unit).map((words): CommandText => ['GEODIST', 'k', ...words]) },
  { weight: 1, arbitrary: fc.array(member, { maxLength: 5 }).map((names): CommandText => ['GEOPOS', 'k', ...names]) },
  { weight: 1, arbitrary: fc.array(member, { maxLength: 5 }).map((names): CommandText => ['GEOHASH', 'k', ...names]) },
);

describeWithOracle('random geospatial searches', () => {
  const servers = useBothServers();
  for (const protocol of [2, 3] as const) {
    it(`find the same members in the same order (RESP${protocol})`, { timeout: 60_000 }, async () => {
      const sides = [servers.oracle, servers.subject];
      await holdsFor(3000, fc.tuple(add, fc.array(command, { minLength: 1, maxLength: 30 })), async ([first, rest]) => {
        await Promise.all(sides.map((side) => side.begin()));
        try {
          const commands = [first, ...rest];
          const [expected, actual] = await Promise.all(
            sides.map(async (side) => (await side.client('main', protocol)).pipeline(commands)),
          );
          for (const [i, words] of commands.entries()) {
            expect(escapeBytes(actual![i]!), `${i}: ${words}`).toBe(escapeBytes(expected![i]!));
          }
        } finally {
          await Promise.all(sides.map((side) => side.finish()));
        }
      });
    });
  }
});
