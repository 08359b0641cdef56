import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InProcessClient } from '../../src/clients/in-process-client';
import { commands } from '../../src/commands';
import { Configuration } from '../../src/config';
import { Instance } from '../../src/instance';
import { SystemClock } from '../../src/runtime/clock';
import { silentLog } from '../../src/runtime/log';
import { SeededRandom } from '../../src/runtime/random';
import { type CommandText, commandArguments, encodeRequest } from '../harness/command-line';
import { describeWithOracle } from '../harness/oracle-cases';
import { AppendOnlyFile, PropagatedLines } from '../harness/propagated-commands';
import { randomCommand } from '../harness/random-commands';
import { RawClient } from '../harness/raw-client';
import { type ComparedServer, startRealServer } from '../harness/real-server';
import { holdsFor } from '../harness/timed-property';

/** Clients that a case may name in front of a command, as in `b: BLPOP k 0`. */
const CLIENTS = ['a', 'b', 'c'];

/** redis-server with an append-only file, and a server of ours with a sink for one. */
class Comparison {
  readonly #directory: string;
  readonly #server: ComparedServer;
  readonly #clients = new Map<string, RawClient>();
  readonly #file: AppendOnlyFile;
  readonly #instance: Instance;
  readonly #ownClients = new Map<string, InProcessClient>();
  readonly #lines = new PropagatedLines();

  private constructor(directory: string, server: ComparedServer) {
    this.#directory = directory;
    this.#server = server;
    this.#file = new AppendOnlyFile(directory);
    const config = new Configuration();
    config.assign({ 'enable-debug-command': 'yes' });
    this.#instance = new Instance({
      config,
      clock: new SystemClock(),
      random: new SeededRandom(1),
      log: silentLog,
      definitions: commands,
      shutdown: () => {},
    });
    this.#instance.keyspace.changes.propagation.addSink(this.#lines);
    for (const name of CLIENTS) this.#ownClients.set(name, new InProcessClient(this.#instance));
  }

  static async start(): Promise<Comparison> {
    const directory = mkdtempSync(join(tmpdir(), 'nanoredis-propagation-'));
    const server = await startRealServer([
      ...['--dir', directory, '--appendonly', 'yes', '--auto-aof-rewrite-percentage', '0', '--appendfsync', 'no'],
    ]);
    const comparison = new Comparison(directory, server);
    for (const name of CLIENTS) comparison.#clients.set(name, await RawClient.open(server.address));
    await comparison.both('DEBUG SET-ACTIVE-EXPIRE 0');
    return comparison;
  }

  /** Sends a command of one client to both servers. One that waits is left waiting. */
  async both(step: CommandText): Promise<void> {
    const [, name = 'a', text = step] = typeof step === 'string' ? (/^([abc]): (.*)$/s.exec(step) ?? []) : [];
    const client = this.#clients.get(name)!;
    const words = commandArguments(text);
    client.write(encodeRequest(words));
    const own = this.#ownClients.get(name)!.execute(words);
    if (own instanceof Promise) own.catch(() => {});
    await client.next(own instanceof Promise ? 30 : undefined);
  }

  /** What both have propagated since the last call. Deadlines near the present are all one. */
  take(): { expected: string[]; actual: string[] } {
    return { expected: this.#file.take().map(maskTime), actual: this.#lines.take().map(maskTime) };
  }

  /** Runs commands of one client, each of which is answered. */
  async runAll(sequence: readonly CommandText[]): Promise<void> {
    const client = this.#clients.get('a')!;
    const own = this.#ownClients.get('a')!;
    await client.pipeline(sequence);
    for (const command of sequence) await own.execute(commandArguments(command));
  }

  async stop(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    await this.#server.stop();
    this.#instance.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

const startedAtMs = Date.now();

function maskTime(line: string): string {
  return line.replaceAll(/\b\d{13}\b/g, (digits) => {
    return Math.abs(Number(digits) - startedAtMs) < 200_000_000 ? '<soon>' : digits;
  });
}

/** A title and what is sent, in order. */
const cases: readonly (readonly [title: string, ...steps: string[]])[] = [
  ['SET and its options', 'set a 1', 'SET a 1 EX 100', 'SET b 1 PX 100000 NX', 'SET b 1 NX', 'SET z 1 XX'],
  ['SET GET', 'SET a 2 GET', 'SET a 3 KEEPTTL get GET', 'set a 1 XX EX 10 GET', 'SET GET GET', 'SET get 1 nx get'],
  ['SET with a point in time', 'set a 1 pxat 33177117420000', 'set a 1 exat 33177117420', 'SET a 1 PXAT 5', 'GET a'],
  ['SETEX, PSETEX, SETNX, GETSET', 'SETEX a 100 v', 'PSETEX a 100000 v', 'SETNX a v', 'setnx n v', 'getset a x'],
  [
    'GETEX',
    'SET a v',
    ...['GETEX a EX 100', 'GETEX a PX 100000', 'GETEX a PERSIST', 'GETEX a PERSIST', 'GETEX a'],
    ...['GETEX a PXAT 33177117420000', 'GETEX a EXAT 33177117420', 'GETEX a EXAT 1', 'GETEX a'],
  ],
  ['GETDEL', 'SET a v', 'GETDEL a', 'GETDEL a'],
  [
    'EXPIRE and its family',
    ...['SET a 1', 'expire a 100', 'pexpire a 100000', 'expireat a 33177117420', 'pexpireat a 33177117420000'],
    ...[
      'persist a',
      'persist a',
      'expire a 100 NX',
      'EXPIRE a 100 nx',
      'EXPIREAT a 33177117420 GT',
      'pexpire a 5000 lt',
    ],
    ...[
      'PEXPIREAT a 33177117420001 xx',
      'expire a -1',
      'SET a 1',
      'PEXPIREAT a 1',
      'SET a 1',
      'EXPIREAT a 1',
      'EXPIRE a 1',
    ],
  ],
  [
    'INCRBYFLOAT and HINCRBYFLOAT',
    'incrbyfloat f 1.5',
    'INCRBYFLOAT f 1e3',
    'hincrbyfloat h a 1.5',
    'HINCRBYFLOAT h a 2',
  ],
  [
    'strings',
    'APPEND a x',
    'SETRANGE a 5 xx',
    'SETRANGE a 5 ""',
    'MSET a 1 b 2',
    'MSETNX a 1 q 2',
    'MSETNX p 1 q 2',
    'INCRBY a 0',
  ],
  [
    'SPOP of all',
    'SADD s 1 2 3',
    'SPOP s 5',
    'SADD s a',
    'SPOP s',
    'SPOP s',
    'SPOP s 3',
    'SADD s 1',
    'SPOP s 0',
    'SPOP s 1',
  ],
  ['pops of lists', 'RPUSH l a b c d e', 'LPOP l', 'RPOP l 2', 'LPOP l 0', 'LPOP l 9', 'LPOP l', 'LMPOP 2 x l LEFT'],
  ['LMPOP', 'RPUSH l a b c d e', 'LMPOP 2 x l LEFT', 'lmpop 2 x l right count 2', 'LMPOP 1 l LEFT COUNT 9'],
  [
    'pops of sorted sets',
    'ZADD z 1 a 2 b 3 c 4 d',
    'ZPOPMIN z',
    'ZPOPMAX z 2',
    'ZPOPMIN z 0',
    'ZPOPMAX z 9',
    'ZPOPMIN z',
  ],
  [
    'ZMPOP',
    'ZADD z 1 a 2 b 3 c 4 d',
    'ZMPOP 2 x z MIN',
    'zmpop 2 x z max count 2',
    'ZMPOP 1 z MIN COUNT 9',
    'ZMPOP 1 z MIN',
  ],
  [
    'sorted sets',
    'ZADD z 1 a 2 b',
    'ZADD z 1 a',
    'ZADD z GT 0 a',
    'ZADD z INCR 1 a',
    'ZINCRBY z 0 b',
    'ZADD z XX CH 7 a 8 n',
  ],
  [
    'blocking pops that need not wait',
    ...['RPUSH l a b c d e f g', 'BLPOP l 0', 'BRPOP x l 0', 'BLMOVE l m left right 0', 'BRPOPLPUSH l m 0'],
    ...[
      'BLMPOP 0 2 x l LEFT COUNT 2',
      'ZADD z 1 a 2 b 3 c 4 d',
      'BZPOPMIN z 0',
      'BZPOPMAX x z 0',
      'BZMPOP 0 1 z MIN COUNT 5',
    ],
  ],
  [
    'moves of elements',
    'RPUSH l 1 2 3',
    'LMOVE l m LEFT RIGHT',
    'RPOPLPUSH l l',
    'LMOVE l l LEFT LEFT',
    'RPOPLPUSH x m',
  ],
  [
    'lists',
    ...['RPUSH l a b c', 'LTRIM l 0 -1', 'LTRIM l 0 1', 'LSET l 0 x', 'LSET l 0 x', 'LINSERT l BEFORE x y'],
    ...['LINSERT l BEFORE no y', 'LREM l 0 no', 'LREM l 0 x', 'LPUSHX no x', 'LTRIM l 5 9'],
  ],
  [
    'sets',
    'SADD a x y',
    'SADD a x',
    'SMOVE a b x',
    'SMOVE a b no',
    'SMOVE a a y',
    'SREM a no',
    'SREM a y',
    'SUNIONSTORE c a b',
  ],
  [
    'empty results',
    'SADD a x',
    'SINTERSTORE b a no',
    'SADD b x',
    'SINTERSTORE b a no',
    'ZADD z 1 a',
    'ZDIFFSTORE z 2 z z',
    'ZDIFFSTORE z 2 z z',
  ],
  ['hashes', 'HSET h a 1 b 2', 'HSET h a 1', 'HDEL h no', 'HDEL h a b', 'HMSET h a 1', 'HSETNX h a 2', 'HINCRBY h a 0'],
  [
    'ranges that are stored or removed',
    'ZADD a 1 x 2 y',
    'ZRANGESTORE b a 0 -1',
    'ZREMRANGEBYRANK a 5 9',
    'ZREMRANGEBYRANK a 0 0',
    'ZREM a no',
  ],
  ['SORT', 'RPUSH l 3 1 2', 'SORT l STORE m', 'SORT no STORE m', 'SORT no STORE m', 'SORT l'],
  [
    'positions',
    ...[
      'geoadd g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania',
      'GEOADD g nx ch 2 48 Paris',
      'GEOADD g XX 2 48 Paris',
    ],
    ...['GEORADIUS g 15 37 200 km STORE o', 'GEORADIUSBYMEMBER g Palermo 200 km STOREDIST o'],
    ...['GEOSEARCHSTORE p g FROMLONLAT 15 37 BYRADIUS 200 km', 'GEOSEARCHSTORE p g FROMLONLAT 0 0 BYRADIUS 1 km'],
    'GEOSEARCHSTORE p g FROMLONLAT 0 0 BYRADIUS 1 km',
  ],
  [
    'HyperLogLogs',
    'PFADD p a b c',
    'PFCOUNT p',
    'PFCOUNT p',
    'PFADD p a',
    'PFMERGE q p',
    'PFDEBUG TODENSE p',
    'PFDEBUG GETREG q',
    'PFADD r',
  ],
  [
    'bits',
    'SETBIT b 7 1',
    'SETBIT b 7 1',
    'BITFIELD b SET u8 0 255 GET u8 0',
    'BITFIELD b SET u8 0 255',
    'BITFIELD b GET u8 0',
  ],
  ['BITOP', 'SET a x', 'BITOP AND b a a', 'BITOP NOT c no', 'BITOP NOT b no', 'BITOP NOT b no'],
  [
    'keys',
    'SET a 1',
    'COPY a b REPLACE',
    'COPY a b',
    'MOVE a 1',
    'MOVE a 1',
    'RENAME b c',
    'RENAME c c',
    'RENAMENX c d',
    'UNLINK d no',
    'DEL no',
  ],
  [
    'databases',
    'SELECT 2',
    'SET a 1',
    'COPY a b DB 3',
    'SELECT 1',
    'SWAPDB 1 2',
    'SWAPDB 0 0',
    'INCR a',
    'SELECT 0',
    'FLUSHDB',
  ],
  [
    'flushes, even of nothing',
    'FLUSHALL',
    'flushdb',
    'SET a 1',
    'FLUSHDB ASYNC',
    'FLUSHALL SYNC',
    'SELECT 3',
    'FLUSHDB',
    'SELECT 0',
  ],
  ['errors', 'RPUSH l a', 'INCR l', 'HSET l a b', 'SET a x', 'INCR a', 'SADD l x', 'NOSUCH a', 'SET a'],
  ['DEBUG POPULATE', 'DEBUG POPULATE 3 key', 'DEL key:0 key:1'],
  [
    'a transaction, whole',
    ...['MULTI', 'SET a 1', 'SELECT 2', 'SET b 2', 'SELECT 0', 'GET a', 'SPOP no', 'INCRBYFLOAT f 1', 'EXEC'],
  ],
  ['a transaction of one write', 'MULTI', 'GET a', 'SET a 1', 'EXEC', 'MULTI', 'GET a', 'EXEC', 'MULTI', 'EXEC'],
  [
    'a transaction with a failure',
    'SET s x',
    'MULTI',
    'INCR a',
    'LPUSH s x',
    'INCR b',
    'EXEC',
    'MULTI',
    'INCR s',
    'INCR b',
    'EXEC',
  ],
  ['a transaction that is dropped', 'MULTI', 'INCR a', 'DISCARD', 'WATCH a', 'INCR a', 'MULTI', 'INCR a', 'EXEC'],
  ['FLUSHALL in a transaction', 'MULTI', 'FLUSHALL', 'EXEC', 'MULTI', 'SET a 1', 'FLUSHALL', 'EXEC'],
  [
    'PUBLISH, which is for replicas',
    'PUBLISH c m',
    'SPUBLISH c m',
    'MULTI',
    'PUBLISH c m',
    'SET a 1',
    'PUBLISH c m',
    'EXEC',
  ],
  ['keys that have expired', 'SET a 1 PXAT 1', 'SET b 1 PXAT 1', 'GET a', 'GET a', 'SET c 1 PXAT 1', 'MGET b c d'],
  [
    'writes to keys that have expired',
    'SET a 1 PXAT 1',
    'INCR a',
    'SET a 1 PXAT 1',
    'SET a 2',
    'SET a 1 PXAT 1',
    'SADD a x',
    'EXISTS a',
  ],
  [
    'targets that have expired',
    'SADD s x',
    'SET a 1 PXAT 1',
    'SUNIONSTORE a s',
    'SET a 1 PXAT 1',
    'SET b 1',
    'RENAME b a',
    'SET a 1 PXAT 1',
    'COPY s a',
  ],
  [
    'more targets that have expired',
    'ZADD z 1 a',
    'SET a 1 PXAT 1',
    'ZRANGESTORE a z 0 -1',
    'RPUSH l 1',
    'SET a 1 PXAT 1',
    'SORT l STORE a',
  ],
  [
    'a transaction that meets expired keys',
    'SET a 1 PXAT 1',
    'SET b 1 PXAT 1',
    'MULTI',
    'GET a',
    'GET b',
    'SET c 1',
    'EXEC',
  ],
  [
    'a deletion of an expired key',
    'SET a 1 PXAT 1',
    'DEL a',
    'SET a 1 PXAT 1',
    'UNLINK a',
    'SET a 1 PXAT 1',
    'TYPE a',
    'KEYS *',
    'DBSIZE',
  ],
  [
    'RANDOMKEY, which meets any keys',
    'SET a 1 PXAT 1',
    'RANDOMKEY',
    'SET a 1 PXAT 1',
    'SET b 1',
    'MULTI',
    'SCAN 0',
    'SET c 1',
    'EXEC',
  ],
  ['SCAN of expired keys, each by itself', 'SET a 1 PXAT 1', 'SCAN 0', 'SCAN 0'],
  [
    'lazy expiry',
    'CONFIG SET lazyfree-lazy-expire yes',
    'SET a 1 PXAT 1',
    'GET a',
    'SET a 1',
    'EXPIRE a -1',
    'SET a 1',
    'GETEX a PXAT 1',
    'CONFIG SET lazyfree-lazy-expire no',
  ],
  [
    'lazy deletion',
    'CONFIG SET lazyfree-lazy-user-del yes',
    'SET a 1',
    'GETDEL a',
    'SET a 1',
    'DEL a',
    'SADD s 1',
    'SPOP s 3',
    'CONFIG SET lazyfree-lazy-user-del no',
  ],
  ['a client that waits for an element', 'b: BLPOP k 0', 'RPUSH k a b c'],
  ['clients that wait for elements', 'b: BLPOP k 0', 'c: BRPOP x k 0', 'RPUSH k a b c'],
  ['a client served by a transaction', 'b: BLPOP k 0', 'MULTI', 'RPUSH k a b', 'SET x 1', 'EXEC'],
  ['a client that hands on what it gets', 'b: BLMOVE k l left right 0', 'c: BLPOP l 0', 'RPUSH k a b'],
  ['BRPOPLPUSH', 'b: BRPOPLPUSH k l 0', 'RPUSH k a b'],
  ['BLMPOP', 'b: BLMPOP 0 2 x k RIGHT COUNT 2', 'RPUSH k a b c'],
  ['clients that wait for members', 'b: BZPOPMIN z 0', 'c: BZMPOP 0 1 z MAX COUNT 3', 'ZADD z 1 a 2 b 3 c 4 d'],
  ['a client whose target has the wrong type', 'SET s 1', 'b: BLMOVE k s left right 0', 'RPUSH k a b'],
  ['a client served by RENAME', 'b: BLPOP k 0', 'RPUSH l a b', 'RENAME l k'],
  [
    'a client in another database',
    'b: SELECT 1',
    'b: BLPOP k 0',
    'SELECT 1',
    'RPUSH k a',
    'SELECT 0',
    'b: SELECT 0',
    'RPUSH k b',
    'DEL k',
  ],
  ['clients served in one unit', 'b: BLPOP m n 0', 'c: BLPOP n 0', 'MULTI', 'RPUSH n a', 'RPUSH m b', 'EXEC'],
];

/** Milliseconds that the random sequences may take. */
const budgetMs = Number(process.env.NANOREDIS_SEQUENCES_MS ?? 4500);

describeWithOracle('what is propagated', () => {
  let comparison: Comparison;

  beforeAll(async () => {
    comparison = await Comparison.start();
  });

  afterAll(() => comparison?.stop());

  it.each(cases)('%s', async (_title, ...steps) => {
    await comparison.both('FLUSHALL');
    comparison.take();
    for (const step of steps) await comparison.both(step);
    const { expected, actual } = comparison.take();
    expect(actual).toEqual(expected);
  });

  it('random members that are popped, one by one', async () => {
    await comparison.both('FLUSHALL');
    await comparison.both('SADD s 1 2 3 4 5 6 7 8 9 10');
    await comparison.both('SADD t a b c d e f g h i j');
    comparison.take();
    for (const step of ['SPOP s', 'SPOP s 3', 'SPOP t 9', 'SPOP s 1']) {
      await comparison.both(step);
      const { expected, actual } = comparison.take();
      const shape = (lines: string[]): string[] => lines.map((line) => line.replace(/ \S+$/, ' <member>'));
      expect(shape(actual)).toEqual(shape(expected));
      expect(new Set(actual).size).toBe(actual.length);
    }
  });

  it('random sequences of commands', { timeout: budgetMs * 4 + 20_000 }, async () => {
    const limits = 'CONFIG SET hash-max-listpack-entries 4 set-max-intset-entries 4 zset-max-listpack-entries 4';
    await comparison.both(limits);
    await holdsFor(
      budgetMs,
      fc.array(randomCommand, { minLength: 1, maxLength: 60, size: 'max' }),
      async (sequence) => {
        await comparison.runAll(['DISCARD', 'UNWATCH', 'SELECT 0', 'FLUSHALL']);
        comparison.take();
        // Ours is propagated even if the string has only grown, see bitfield-execution.ts.
        await comparison.runAll(sequence.filter((words) => words[0] !== 'BITFIELD' || !words.includes('FAIL')));
        const { expected, actual } = comparison.take();
        expect(actual).toEqual(expected);
      },
    );
  });
});
