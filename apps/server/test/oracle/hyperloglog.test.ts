import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CommandText } from '../harness/command-line';
import { defineOracleCases, describeWithOracle, inProtocol, useBothServers } from '../harness/oracle-cases';
import { escapeBytes } from '../harness/reply-frame';
import { holdsFor } from '../harness/timed-property';

const DENSE_BYTES = 12304;
const header = (encoding: number, cardinality = '0000000000000080'): Buffer =>
  Buffer.from(`48594c4c0${encoding}000000${cardinality}`, 'hex');
const sparse = (hex: string, cardinality?: string): Buffer =>
  Buffer.concat([header(1, cardinality), Buffer.from(hex, 'hex')]);
const dense = (byte: number): Buffer => Buffer.concat([header(0), Buffer.alloc(DENSE_BYTES - 16, byte)]);
const elements = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `element:${from + i}`);
const pfadd = (key: string, from: number, count: number): CommandText => ['PFADD', key, ...elements(from, count)];

defineOracleCases('PFADD, PFCOUNT', [
  [
    'PFADD creates, changes, and says whether it did',
    'PFADD k; GET k; PFADD k; PFADD k a b c; GET k; PFADD k a; PFADD k a d; GET k; OBJECT ENCODING k; STRLEN k',
  ],
  ['PFADD of a new key with elements', 'PFADD k foo; GET k; PFADD k foo foo foo; PFADD k ""; GET k; TYPE k'],
  [
    'PFCOUNT caches what it counts',
    'PFADD k a b c d e f g; GET k; PFCOUNT k; GET k; PFCOUNT k; PFADD k a; GET k; PFADD k h; GET k; PFCOUNT k; GET k',
    'PFADD empty; GET empty; PFCOUNT empty; GET empty; PFCOUNT missing',
  ],
  [
    'PFCOUNT of several keys',
    'PFADD a 1 2 3 4 5; PFADD b 4 5 6 7; PFCOUNT a b; PFCOUNT a a; PFCOUNT a missing; PFCOUNT missing gone; GET a; GET b',
  ],
  [
    'PFADD from sparse to dense',
    pfadd('k', 0, 500),
    'STRLEN k; PFDEBUG ENCODING k; PFCOUNT k; GET k',
    pfadd('k', 500, 800),
    'STRLEN k; PFDEBUG ENCODING k; PFCOUNT k; GET k',
    pfadd('k', 1300, 1000),
    'STRLEN k; PFDEBUG ENCODING k; PFCOUNT k; GET k; OBJECT ENCODING k',
    pfadd('k', 0, 2300),
    'GET k; PFCOUNT k; GET k',
  ],
  [
    'PFADD an element at a time from sparse to dense',
    'CONFIG SET hll-sparse-max-bytes 100',
    ...elements(0, 80).flatMap((element): CommandText[] => [['PFADD', 'k', element], 'GET k']),
    'PFDEBUG ENCODING k; PFCOUNT k',
  ],
  [
    'PFADD with no room for sparse ones at all',
    'CONFIG SET hll-sparse-max-bytes 0; PFADD k; GET k; PFADD k a; STRLEN k; PFCOUNT k; GET k',
  ],
  [
    'PFADD with room for the longest sparse ones',
    'CONFIG SET hll-sparse-max-bytes 100000',
    pfadd('k', 0, 10000),
    'STRLEN k; PFDEBUG ENCODING k; PFCOUNT k; GET k',
    pfadd('k', 10000, 10000),
    'STRLEN k; PFDEBUG ENCODING k; PFCOUNT k; GET k',
  ],
  [
    'elements of every length and of any bytes',
    ['PFADD', 'k', ...Array.from({ length: 40 }, (_, i) => Buffer.alloc(i, 0x80 + i))],
    ['PFADD', 'k', ...Array.from({ length: 256 }, (_, i) => Buffer.from([i]))],
    ['PFADD', 'k', Buffer.alloc(5000, 'nano')],
    'GET k; PFCOUNT k',
  ],
  [
    'a copy that SET made becomes raw when it is used',
    ['SET', 'k', sparse('7fff', '0000000000000000')],
    'OBJECT ENCODING k; PFCOUNT k; OBJECT ENCODING k',
    ['SET', 'k', sparse('7fff', '0000000000000000')],
    'PFDEBUG ENCODING k; OBJECT ENCODING k',
    ['SET', 'k', sparse('7fff', '0000000000000000')],
    'PFADD k; OBJECT ENCODING k; GET k; PFADD k a; GET k; COPY k l; PFADD l b; GET l; GET k; OBJECT ENCODING l',
  ],
  ['PFADD keeps the deadline', 'PFADD k a; EXPIRE k 100; PFADD k b c; TTL k', pfadd('k', 0, 3000), 'TTL k; PFCOUNT k'],
  ['PFMERGE keeps the deadline', 'PFADD k a; EXPIRE k 100; PFADD l b; PFMERGE k l; TTL k; PFCOUNT k'],
  [
    'any cached number is believed',
    ['SET', 'k', sparse('7fff', 'ffffffffffffff7f')],
    'PFCOUNT k; GET k',
    ['SET', 'k', sparse('7fff', 'ffffffffffff1f00')],
    'PFCOUNT k',
    ['SET', 'k', sparse('7fff', '0000000000002000')],
    'PFCOUNT k',
    ['SET', 'k', sparse('7fff', '0100000000002000')],
    'PFCOUNT k; GET k',
  ],
  [
    'registers that no element gives',
    ['SET', 'k', dense(0xff)],
    'PFCOUNT k; GET k; PFCOUNT k k; PFADD k a; PFCOUNT k',
    ['SET', 'k', dense(0xaa)],
    'PFCOUNT k; PFADD k a; PFCOUNT k',
    ['SET', 'k', dense(0x55)],
    'PFCOUNT k; PFADD k a; PFCOUNT k',
    ['SET', 'k', Buffer.concat([header(0), Buffer.from('f33ccf'.repeat(4096), 'hex')])],
    'PFCOUNT k; GET k; PFADD k a; PFCOUNT k',
  ],
  [
    'sparse registers that need not be split',
    ['SET', 'k', sparse(`${'00'.repeat(16384)}`)],
    'PFADD k a b c; PFCOUNT k; GET k',
    ['SET', 'k', sparse(`${'4000'.repeat(16384)}`)],
    'CONFIG SET hll-sparse-max-bytes 50000; PFADD k a b c; PFCOUNT k; GET k; PFADD l x y; PFMERGE k l; GET k; PFMERGE l k; GET l',
  ],
  [
    'runs of values are split and joined',
    ['SET', 'k', sparse(`${'83'.repeat(4096)}`)],
    'CONFIG SET hll-sparse-max-bytes 20000; PFCOUNT k',
    pfadd('k', 0, 300),
    'GET k; PFCOUNT k',
    pfadd('k', 300, 5000),
    'GET k; PFCOUNT k; PFDEBUG DECODE k',
  ],
  [
    'refuses other types and other strings',
    'SET s abc; SET n 12345; SET long 123456789012345678901234567890; SET h HYLL; PFADD s a; PFADD n a; PFADD long a',
    'PFADD h; PFCOUNT s; PFCOUNT k s; PFCOUNT n long; PFMERGE k s; PFMERGE s k; PFDEBUG ENCODING s; PFMERGE n',
    ['SET', 'e', Buffer.concat([header(2), Buffer.from('7fff', 'hex')])],
    'PFADD e a; PFCOUNT e',
    ['SET', 'd', Buffer.concat([header(0), Buffer.from('7fff', 'hex')])],
    'PFADD d a; PFCOUNT d; PFMERGE d; PFADD; PFCOUNT; PFMERGE; PFDEBUG; PFDEBUG GETREG; PFDEBUG GETREG k 1; PFSELFTEST 1',
    'EXISTS k',
  ],
  [
    'refuses corrupted runs',
    ['SET', 'k', sparse('')],
    'PFCOUNT k; PFADD k a; GET k; PFMERGE l k; PFMERGE k; PFDEBUG GETREG k; PFDEBUG TODENSE k; PFDEBUG DECODE k; PFCOUNT k l',
    ['SET', 'k', sparse('5000')],
    'PFCOUNT k; PFADD k a b c d e f g h; GET k; PFCOUNT k k; PFMERGE l k; PFDEBUG TODENSE k; PFDEBUG DECODE k',
    ['SET', 'k', sparse('7fff80')],
    'PFCOUNT k; PFADD k a; PFCOUNT k l; PFMERGE l k; EXISTS l',
    ['SET', 'k', sparse('7fff00')],
    'PFCOUNT k; PFADD k a; PFCOUNT k l; PFMERGE l k; PFDEBUG GETREG k; EXISTS l',
    'CONFIG SET hll-sparse-max-bytes 0',
    ['SET', 'k', sparse('7ffe')],
    'PFADD k a; GET k',
  ],
]);

defineOracleCases('PFMERGE, PFDEBUG, PFSELFTEST', [
  [
    'PFMERGE of sparse ones',
    'PFADD a 1 2 3 4 5; PFADD b 4 5 6 7; PFMERGE d a b; GET d; PFCOUNT d; PFMERGE a b; GET a; PFMERGE a; GET a; GET b',
    'PFMERGE e; GET e; PFMERGE f missing gone; GET f; OBJECT ENCODING f; PFCOUNT f; PFMERGE d d; GET d',
  ],
  [
    'PFMERGE of many sparse ones grows dense',
    pfadd('a', 0, 700),
    pfadd('b', 700, 700),
    pfadd('c', 1400, 700),
    'PFMERGE d a; GET d; PFMERGE d a b; GET d; PFDEBUG ENCODING d; PFMERGE d c a; GET d; PFDEBUG ENCODING d; PFCOUNT d',
    'PFCOUNT a b c; PFMERGE x a b c; GET x; PFCOUNT x',
  ],
  [
    'PFMERGE with a dense one is dense',
    'PFADD a 1 2 3; PFADD b 4 5 6; PFDEBUG TODENSE b; PFMERGE d a b; PFDEBUG ENCODING d; GET d; PFMERGE a b; GET a',
    'PFDEBUG ENCODING a; PFMERGE e b; GET e; PFCOUNT b a d',
  ],
  [
    'PFMERGE tells watchers',
    'PFADD a 1; WATCH d; PFMERGE d a; MULTI; PING; EXEC; WATCH d; PFCOUNT d; MULTI; PING; EXEC; WATCH d; PFCOUNT d; MULTI; PING; EXEC',
    'WATCH d; PFADD d 1; MULTI; PING; EXEC; WATCH d; PFADD d 2; MULTI; PING; EXEC; WATCH d; PFDEBUG TODENSE d; MULTI; PING; EXEC',
  ],
  [
    'PFDEBUG',
    'PFADD k a b c; PFDEBUG ENCODING k; PFDEBUG DECODE k; PFDEBUG GETREG k; PFDEBUG ENCODING k; GET k; PFADD l x',
    'PFDEBUG TODENSE l; PFDEBUG TODENSE l; pfdebug encoding l; GET l; PFADD m; PFDEBUG DECODE m; PFCOUNT m; PFDEBUG TODENSE m; GET m',
  ],
  [
    'PFDEBUG refuses',
    'PFDEBUG ENCODING missing; PFADD k a; PFDEBUG foo k; PFDEBUG "" k; PFDEBUG TODENSE k; PFDEBUG DECODE k; PFDEBUG x missing',
  ],
  inProtocol(2, ['PFSELFTEST', 'PFSELFTEST']),
  ['COMMAND GETKEYS', 'COMMAND GETKEYS PFMERGE a b c; COMMAND GETKEYS PFCOUNT a b; COMMAND GETKEYS PFDEBUG GETREG k'],
]);

const key = fc.constantFrom('a', 'b', 'c', 'd');
const someElements = fc.tuple(fc.nat(5000), fc.nat(60)).map(([from, count]) => elements(from, count));
const run = fc.oneof(
  fc.integer({ min: 0, max: 63 }).map((n) => Buffer.from([n])),
  fc.integer({ min: 0, max: 16383 }).map((n) => Buffer.from([0x40 | (n >> 8), n & 255])),
  { weight: 4, arbitrary: fc.integer({ min: 0x80, max: 0xff }).map((n) => Buffer.from([n])) },
);
/** A sparse HyperLogLog of any runs, filled up to the right length with zeros. */
const forged = fc.array(run, { maxLength: 300 }).map((runs) => {
  let left = 16384;
  const kept = runs.filter((bytes) => {
    const length =
      bytes.length === 2 ? (((bytes[0]! & 63) << 8) | bytes[1]!) + 1 : (bytes[0]! & (bytes[0]! > 127 ? 3 : 63)) + 1;
    if (length >= left) return false;
    left -= length;
    return true;
  });
  return sparse(Buffer.concat([...kept, Buffer.from([0x40 | ((left - 1) >> 8), (left - 1) & 255])]).toString('hex'));
});
const command: fc.Arbitrary<CommandText> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(key, someElements).map(([name, words]) => ['PFADD', name, ...words]) },
  { weight: 2, arbitrary: fc.tuple(key, forged).map(([name, bytes]) => ['SET', name, bytes]) },
  { weight: 2, arbitrary: fc.array(key, { minLength: 1, maxLength: 3 }).map((names) => ['PFCOUNT', ...names]) },
  { weight: 3, arbitrary: fc.array(key, { minLength: 1, maxLength: 4 }).map((names) => ['PFMERGE', ...names]) },
  { weight: 1, arbitrary: key.map((name) => ['DEL', name]) },
  { weight: 1, arbitrary: key.map((name) => ['PFDEBUG', 'ENCODING', name]) },
  { weight: 1, arbitrary: key.map((name) => ['PFDEBUG', 'TODENSE', name]) },
  { weight: 1, arbitrary: fc.tuple(key, key).map(([from, to]) => ['COPY', from, to, 'REPLACE']) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('17', '60', '200', '1000', '3000', '40000')
      .map((limit) => ['CONFIG', 'SET', 'hll-sparse-max-bytes', limit]),
  },
);

describeWithOracle('random HyperLogLogs', () => {
  const servers = useBothServers();
  it('are the same byte for byte', { timeout: 60_000 }, async () => {
    const sides = [servers.oracle, servers.subject];
    await holdsFor(4000, fc.array(command, { minLength: 1, maxLength: 40 }), async (commands) => {
      await Promise.all(sides.map((side) => side.begin()));
      try {
        const shown = commands.flatMap((words): CommandText[] => [words, ['GET', String(words[1])]]);
        const [expected, actual] = await Promise.all(
          sides.map(async (side) => (await side.client('main', 2)).pipeline(shown)),
        );
        for (const [i, words] of shown.entries()) {
          expect(escapeBytes(actual![i]!), `${i}: ${words}`).toBe(escapeBytes(expected![i]!));
        }
      } finally {
        await Promise.all(sides.map((side) => side.finish()));
      }
    });
  });
});
