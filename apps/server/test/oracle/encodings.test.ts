import { defineOracleCases, type OracleCase } from '../harness/oracle-cases';
import type { StepLike } from '../harness/steps';

const filled = (length: number): string => 'x'.repeat(length);

/** Adds elements one by one, and asks for the encoding after each. */
function grow(count: number, add: (i: number) => string[]): StepLike[] {
  return Array.from({ length: count }, (_, i) => [add(i), 'OBJECT ENCODING k']).flat();
}

/** A collection that grows over its limit of elements, one whose elements do, and what is left of both when they shrink. */
function limits(
  what: string,
  entriesOption: string,
  valueOption: string,
  add: (i: number, element: string) => string[],
  remove: (i: number) => string[],
): OracleCase[] {
  const element = (i: number): string => `${i}`;
  return [
    [
      `${entriesOption}, by ${what}`,
      `CONFIG SET ${entriesOption} 3; CONFIG GET ${entriesOption}`,
      ...grow(5, (i) => add(i, element(i))),
      ...[0, 1, 2, 3].flatMap((i): StepLike[] => [remove(i), 'OBJECT ENCODING k']),
      'COPY k j; OBJECT ENCODING j; DEL k',
      ...grow(3, (i) => add(i, element(i))),
      `COPY k j REPLACE; OBJECT ENCODING j; CONFIG SET ${entriesOption} 1; OBJECT ENCODING k; COPY k i; OBJECT ENCODING i`,
      add(0, element(0)),
      'OBJECT ENCODING k',
      add(9, element(9)),
      'OBJECT ENCODING k',
      `DEL k; CONFIG SET ${entriesOption} 0`,
      add(0, element(0)),
      'OBJECT ENCODING k',
    ],
    [
      `${valueOption}, by ${what}`,
      `CONFIG SET ${valueOption} 5; CONFIG GET ${valueOption}`,
      ...[4, 5, 6, 5].flatMap((length): StepLike[] => [add(length, filled(length)), 'OBJECT ENCODING k']),
      'DEL k',
      add(1, filled(6)),
      'OBJECT ENCODING k',
      `DEL k; CONFIG SET ${valueOption} 0`,
      add(0, ''),
      'OBJECT ENCODING k',
      add(1, 'x'),
      'OBJECT ENCODING k',
      `DEL k; CONFIG SET ${valueOption} 1000`,
      ...[999, 1000, 1001].flatMap((length): StepLike[] => [add(length, filled(length)), 'OBJECT ENCODING k']),
    ],
  ];
}

const packedSize = (option: string, size: number, elements: readonly number[]): OracleCase => [
  `${option} ${size}`,
  `CONFIG SET ${option} ${size}; CONFIG GET ${option}`,
  ...elements.map((length) => ['RPUSH', 'k', filled(length)]),
  'OBJECT ENCODING k; LLEN k; LINDEX k -1; LPOP k; RPOP k; OBJECT ENCODING k; LRANGE k 0 -1',
];

defineOracleCases('encodings', [
  ...['listpack', 'ziplist'].flatMap((word) => [
    ...limits(
      'values',
      `hash-max-${word}-entries`,
      `hash-max-${word}-value`,
      (i, element) => ['HSET', 'k', `f${i}`, element],
      (i) => ['HDEL', 'k', `f${i}`],
    ),
    ...limits(
      'fields',
      `hash-max-${word}-entries`,
      `hash-max-${word}-value`,
      (i, element) => ['HSET', 'k', element, String(i)],
      (i) => ['HDEL', 'k', String(i)],
    ),
    ...limits(
      'members',
      `zset-max-${word}-entries`,
      `zset-max-${word}-value`,
      (i, element) => ['ZADD', 'k', String(i), element],
      (i) => ['ZREM', 'k', String(i)],
    ),
    ...[-1, -5, 1, 2, 128].map((size) => packedSize(`list-max-${word}-size`, size, [1, 10, 100, 5000, 1])),
  ]),
  [
    'set-max-intset-entries',
    'CONFIG SET set-max-intset-entries 3',
    ...grow(5, (i) => ['SADD', 'k', String(i * 1000)]),
    'SREM k 0 1000 2000; OBJECT ENCODING k; DEL k; SADD k 1 2; OBJECT ENCODING k; SADD k x; OBJECT ENCODING k; SREM k x',
    'OBJECT ENCODING k; DEL k; SADD k 1 2 3 4; OBJECT ENCODING k; DEL k; SADD k 9223372036854775807 -9223372036854775808',
    'OBJECT ENCODING k; SADD k 9223372036854775808; OBJECT ENCODING k; CONFIG SET set-max-intset-entries 0; DEL k; SADD k 1',
    'OBJECT ENCODING k; SADD j 1 2 3; SUNIONSTORE i k j; OBJECT ENCODING i; SINTERSTORE i k j; OBJECT ENCODING i',
  ],
  [
    'values that are refused',
    ...[
      'hash-max-listpack-entries',
      'zset-max-ziplist-value',
      'set-max-intset-entries',
      'list-max-ziplist-size',
    ].flatMap((option) =>
      ['-1', '-6', 'x', '', '1.5', '1k', '2147483648', '9223372036854775807', '9223372036854775808'].map(
        (value): StepLike => ['CONFIG', 'SET', option, value],
      ),
    ),
  ],
  [
    'results of what is stored',
    'CONFIG SET zset-max-listpack-entries 3 hash-max-listpack-entries 3; ZADD a 1 a 2 b; ZADD b 1 c 2 d; ZUNIONSTORE c 2 a b',
    'OBJECT ENCODING c; ZUNIONSTORE c 1 a; OBJECT ENCODING c; ZADD c 1 x 2 y; ZRANGESTORE d c 0 1; OBJECT ENCODING d',
    'ZRANGESTORE d c 0 -1; OBJECT ENCODING d; ZINTERSTORE d 2 c a; OBJECT ENCODING d; ZDIFFSTORE d 2 c a; OBJECT ENCODING d',
    'GEOADD g 1 1 a 2 2 b 3 3 c 4 4 d; OBJECT ENCODING g; GEOSEARCHSTORE h g FROMLONLAT 1 1 BYRADIUS 200 km',
    'OBJECT ENCODING h; GEOSEARCHSTORE h g FROMLONLAT 1 1 BYRADIUS 20000 km; OBJECT ENCODING h; RPUSH l 3 1 2; SORT l STORE s',
    'OBJECT ENCODING s; SADD t 1 2 3; SDIFFSTORE u t nothing; OBJECT ENCODING u',
  ],
]);
