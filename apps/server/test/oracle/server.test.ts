import { expect, it } from 'vitest';
import { defineOracleCases, describeWithOracle, useBothServers } from '../harness/oracle-cases';
import { SUBJECT_IS_REAL } from '../harness/our-server';
import { decodeFrame } from '../harness/reply-frame';
import { answer, approx, ignore, later, masked, maskedLines, on, pause, shape, silence } from '../harness/steps';

const digits = /\d+/g;
/** Sections whose fields are those of redis-server; the others are compared by name below. */
const equalSections = ['clients', 'persistence', 'replication', 'cluster', 'keyspace', 'errorstats', 'modules'];

defineOracleCases('INFO', [
  ...equalSections.map(
    (section) => [`has the fields of section ${section}`, 'CONFIG RESETSTAT', shape(`INFO ${section}`)] as const,
  ),
  [
    'several sections, unknown ones, any case',
    shape('INFO replication clients'),
    shape('INFO CLIENTS'),
    'INFO foo',
    'INFO ""',
    shape('info cluster foo cluster'),
    shape('INFO keyspace errorstats'),
  ],
  [
    'section keyspace counts keys and TTLs',
    'SET a 1; SET b 2 EX 1000; SELECT 3; SET c 3',
    masked(/avg_ttl=\d+/g, 'INFO keyspace'),
  ],
  [
    'section commandstats counts calls, rejected and failed ones',
    'CONFIG RESETSTAT; SET k v; GET k; GET k; GET; INCR k; SET k v FOO; CONFIG GET maxmemory',
    maskedLines(/usec=\d+|usec_per_call=[\d.]+/g, 'INFO commandstats'),
  ],
  [
    'section errorstats counts errors by their first word',
    'CONFIG RESETSTAT; INCR k; SET k v; INCR k; FOO; HELLO 9; EXEC; MULTI; FOO; EXEC',
    'INFO errorstats',
  ],
  [
    'section latencystats',
    'CONFIG RESETSTAT; SET k v; GET k',
    maskedLines(/p50=[\d.]+,p99=[\d.]+,p99.9=[\d.]+/g, 'INFO latencystats'),
  ],
  [
    'keyspace hits, misses and expiries are counted',
    'CONFIG RESETSTAT; DEBUG SET-ACTIVE-EXPIRE 0; SET k v; GET k; GET missing; EXISTS k missing; TTL k',
    'TYPE missing; PSETEX e 1 v; DEBUG SLEEP 0.01; GET e; STRLEN missing; MGET k missing; SETRANGE k 0 x',
    'GETDEL k',
    masked(
      /(?:^(?!keyspace_hits|keyspace_misses|expired_keys|total_error_replies|evicted_keys)[^\n]*\n)+/gm,
      'INFO stats',
    ),
  ],
]);

/** Fields of each section that redis-server has and we leave out, because they tell of C, of threads or of system calls. */
const fieldsLeftOut = new Set([
  'redis_build_id',
  'atomicvar_api',
  'gcc_version',
  'used_cpu_sys_main_thread',
  'used_cpu_user_main_thread',
  'total_reads_processed',
  'total_writes_processed',
  'reply_buffer_shrinks',
  'reply_buffer_expands',
]);
/** Fields of each section that we have and redis-server does not. */
const fieldsOfOurOwn = new Set([
  'nanoredis_version',
  'node_version',
  'multiplexing_reason',
  'used_memory_heap',
  'used_memory_heap_reserved',
  'client_output_buffer_limit_disconnections',
  'client_query_buffer_limit_disconnections',
]);

describeWithOracle('the fields of INFO', () => {
  const comparison = useBothServers();

  async function linesOf(side: 'oracle' | 'subject', sections: string): Promise<string[]> {
    const client = await comparison[side].client('info', 2);
    return decodeFrame(await client.call(`INFO ${sections}`)).text!.split('\r\n');
  }

  for (const section of ['server', 'memory', 'stats', 'cpu', '', 'default', 'cpu server memory stats']) {
    it.skipIf(SUBJECT_IS_REAL)(`are those of redis-server, in its order: INFO ${section}`, async () => {
      const namesOf = (lines: string[]): string[] => lines.map((line) => line.replace(/:.*/, ''));
      const expected = namesOf(await linesOf('oracle', section)).filter((name) => !fieldsLeftOut.has(name));
      const actual = namesOf(await linesOf('subject', section)).filter((name) => !fieldsOfOurOwn.has(name));
      const isCounted = (name: string): boolean => !/^(errorstat_|db\d)/.test(name);
      expect(actual.filter(isCounted)).toEqual(expected.filter(isCounted));
    });
  }

  it('are given for all sections by `all` and `everything`', async () => {
    const titles = async (side: 'oracle' | 'subject', word: string): Promise<string[]> =>
      (await linesOf(side, word)).filter((line) => line.startsWith('#'));
    for (const word of ['all', 'everything', 'everything cpu', '']) {
      expect(await titles('subject', word), word).toEqual(await titles('oracle', word));
    }
  });

  it.skipIf(SUBJECT_IS_REAL)('tell true figures', async () => {
    const client = await comparison.subject.client('figures', 2);
    await client.call('FLUSHALL');
    const figure = async (name: string): Promise<number> => {
      const line = (await linesOf('subject', 'everything')).find((candidate) => candidate.startsWith(`${name}:`));
      return Number(line?.slice(name.length + 1));
    };
    const [memory, received] = [await figure('used_memory'), await figure('total_net_input_bytes')];
    await client.call(['SET', 'k', 'x'.repeat(100_000)]);
    expect((await figure('used_memory')) - memory).toBeGreaterThan(100_000);
    expect((await figure('used_memory')) - memory).toBeLessThan(140_000);
    expect((await figure('total_net_input_bytes')) - received).toBeGreaterThan(100_000);
    expect(await figure('connected_clients')).toBeGreaterThan(1);
    expect(await figure('process_id')).toBe(process.pid);
    await client.call('DEL k');
    expect(await figure('used_memory')).toBeLessThan(memory + 4096);
    expect(await figure('used_memory_peak')).toBeGreaterThan(memory + 100_000);
  });
});

describeWithOracle('LATENCY HISTOGRAM', () => {
  const comparison = useBothServers();

  it('counts the calls of a command, and of the subcommands of a container', async () => {
    const called: unknown[] = [];
    for (const side of ['oracle', 'subject'] as const) {
      const client = await comparison[side].client('histogram', 3);
      for (const line of ['CONFIG RESETSTAT', 'SET k v', 'GET k', 'GET k', 'CONFIG GET hz']) await client.call(line);
      const { items } = decodeFrame(await client.call('LATENCY HISTOGRAM config get set nothing'));
      const commands = items!.flatMap((item, i) =>
        i % 2 === 0 ? [{ name: item.text!, figures: items![i + 1]! }] : [],
      );
      const byName = (name: string): number => commands.findIndex((command) => command.name === name);
      expect(byName('get')).toBeGreaterThan(byName('config|get'));
      called.push(
        commands
          .map(({ name, figures }) => {
            const [callsName, calls, histogramName, histogram] = figures.items!;
            const last = histogram!.items!.at(-1)!;
            return [name, callsName!.text, calls!.text, histogramName!.text, figures.type, histogram!.type, last.text];
          })
          .sort(),
      );
    }
    expect(called[1]).toEqual(called[0]);
  });
});

defineOracleCases('TIME, LOLWUT, MEMORY and the rest', [
  ['TIME', shape('TIME'), 'TIME x'],
  [
    'LOLWUT',
    masked(/(?<=Redis ver\. )\S+/g, 'LOLWUT VERSION 1000'),
    'LOLWUT VERSION x; LOLWUT VERSION 1000 x',
    masked(/^[\s\S]*(?=Redis ver)/g, 'LOLWUT'),
    masked(/^[\s\S]*(?=Redis ver)/g, 'LOLWUT VERSION'),
    masked(/^[\s\S]*(?=Redis ver)/g, 'LOLWUT foo bar'),
  ],
  [
    'COMMAND COUNT and its errors',
    shape('COMMAND COUNT'),
    'COMMAND COUNT x; COMMAND FOO; COMMAND HELP; COMMAND GETKEYS; COMMAND GETKEYS GET',
    'COMMAND GETKEYS FOO a; COMMAND GETKEYS PING; COMMAND GETKEYS GET k; COMMAND GETKEYS MSET a 1 b 2',
    'COMMAND GETKEYS GET a b; COMMAND GETKEYSANDFLAGS SET k v GET; COMMAND LIST FOO',
    'COMMAND LIST FILTERBY; COMMAND LIST FILTERBY FOO x; COMMAND LIST FILTERBY MODULE',
    'COMMAND LIST FILTERBY MODULE foo; COMMAND LIST FILTERBY ACLCAT nothing; COMMAND INFO nothing',
    'COMMAND INFO get nothing config|get config|foo; COMMAND DOCS nothing',
  ],
  [
    'MODULE, without any module',
    'MODULE LIST; MODULE HELP; MODULE; MODULE FOO; MODULE LIST x; MODULE LOAD /x.so; MODULE LOADEX /x.so',
    'MODULE UNLOAD x; MODULE LOAD; MODULE UNLOAD; MULTI; MODULE LOAD x; EXEC; MULTI; MODULE LIST; EXEC',
  ],
  [
    'MEMORY',
    shape('MEMORY USAGE missing'),
    'SET k v',
    shape('MEMORY USAGE k'),
    shape('MEMORY USAGE k SAMPLES 5'),
    'MEMORY USAGE k SAMPLES; MEMORY USAGE k SAMPLES x; MEMORY USAGE k SAMPLES -1; MEMORY USAGE k FOO 1',
    'MEMORY USAGE; MEMORY HELP; MEMORY FOO; MEMORY; MEMORY PURGE; MEMORY PURGE x',
    'MEMORY DOCTOR; MEMORY DOCTOR x; MEMORY STATS x; MEMORY MALLOC-STATS x',
    ignore('MEMORY MALLOC-STATS'),
    shape('MEMORY STATS'),
    'SELECT 3; SET k v EX 100',
    shape('MEMORY STATS'),
  ],
  [
    'SWAPDB',
    'SET a 1; SELECT 1; SET b 2 EX 1000; SWAPDB 0 1; GET a; GET b; DBSIZE; SELECT 0; GET b; SWAPDB 0 0; SWAPDB 0 99',
    'SWAPDB x 0; SWAPDB 0 x; SWAPDB 99999999999 0; SWAPDB -1 0; SWAPDB 0; SWAPDB 0 1 2',
    on('watcher', 'WATCH b'),
    'SWAPDB 0 5',
    on('watcher', 'MULTI'),
    on('watcher', 'PING'),
    on('watcher', 'EXEC'),
  ],
  ['ROLE, LASTSAVE', 'ROLE; ROLE x; LASTSAVE x', shape('LASTSAVE')],
  [
    'SHUTDOWN refuses',
    'SHUTDOWN FOO; SHUTDOWN SAVE NOSAVE; SHUTDOWN ABORT; SHUTDOWN ABORT NOW; SHUTDOWN NOSAVE FOO',
    'SHUTDOWN NOSAVE SAVE NOW; PING',
  ],
]);

defineOracleCases('SLOWLOG', [
  [
    'logs what is slower than the limit',
    'CONFIG SET slowlog-log-slower-than 0; SLOWLOG RESET; SET k v; GET k; SLOWLOG LEN',
    masked(/127\.0\.0\.1:\d+|^\d+$/g, 'SLOWLOG GET'),
    masked(/127\.0\.0\.1:\d+|^\d+$/g, 'SLOWLOG GET 2'),
    'CLIENT SETNAME me',
    masked(/127\.0\.0\.1:\d+|^\d+$/g, 'SLOWLOG GET 1'),
    'CONFIG SET slowlog-log-slower-than -1; SLOWLOG RESET; SET k v; SLOWLOG LEN; SLOWLOG GET',
  ],
  [
    'cuts long arguments and many arguments',
    'CONFIG SET slowlog-log-slower-than 0; SLOWLOG RESET',
    ['SET', 'k', 'x'.repeat(200)],
    ['MGET', ...Array.from({ length: 40 }, (_, i) => `key${i}`)],
    masked(/127\.0\.0\.1:\d+|^\d+$/g, 'SLOWLOG GET'),
  ],
  [
    'keeps no more than its length',
    'CONFIG SET slowlog-log-slower-than 0; CONFIG SET slowlog-max-len 2; SLOWLOG RESET; PING; PING; PING',
    'SLOWLOG LEN; CONFIG SET slowlog-max-len 1; PING; SLOWLOG LEN',
  ],
  [
    'hides passwords',
    'CONFIG SET slowlog-log-slower-than 0; SLOWLOG RESET; AUTH secret; CONFIG SET requirepass ""',
    masked(/127\.0\.0\.1:\d+|^\d+$/g, 'SLOWLOG GET'),
  ],
  [
    'logs the commands of a transaction one by one, and hides the passwords of HELLO and CONFIG SET',
    'CONFIG SET slowlog-log-slower-than 0; SLOWLOG RESET; MULTI; SET k v; GET k; EXEC',
    ignore('HELLO 2 AUTH default secret'),
    'CONFIG SET masterauth hidden maxmemory 0; CONFIG SET masterauth ""',
    masked(/127\.0\.0\.1:\d+|^\d+$/g, 'SLOWLOG GET -1'),
  ],
  [
    'refuses',
    'CONFIG SET slowlog-log-slower-than 1000000; SLOWLOG RESET',
    'SLOWLOG; SLOWLOG FOO; SLOWLOG GET x; SLOWLOG GET -2; SLOWLOG GET -1; SLOWLOG GET 0; SLOWLOG GET 1 2',
    'SLOWLOG LEN x; SLOWLOG RESET x; SLOWLOG HELP; SLOWLOG GET 1.5',
  ],
]);

const peer = /\d+\.\d{6}|127\.0\.0\.1:\d+/g;

defineOracleCases('MONITOR', [
  [
    'shows the commands of other clients, with secrets left out',
    // Connects before a monitor exists: in RESP3 its first command is HELLO.
    'PING',
    on('monitor', 'MONITOR'),
    'SELECT 3; SET k "a\\x00\\n\\"b"; AUTH secret',
    ignore('HELLO 2 AUTH default x SETNAME n'),
    'GET',
    ...Array.from({ length: 4 }, () => on('monitor', answer({ how: 'masked', pattern: peer }))),
    'CONFIG GET hz; SLOWLOG RESET; NOSUCH; SELECT 0',
    on('monitor', answer({ how: 'masked', pattern: peer })),
    on('monitor', silence(30)),
  ],
  [
    'shows the commands of a transaction in the order of redis-server',
    // Connects before a monitor exists: in RESP3 its first command is HELLO.
    'PING',
    on('monitor', 'MONITOR'),
    'MULTI; SET k v; GET k; EXEC',
    ...Array.from({ length: 4 }, () => on('monitor', answer({ how: 'masked', pattern: peer }))),
    on('monitor', silence(30)),
  ],
  ['is refused in a transaction, and ends with RESET', 'MULTI; MONITOR; EXEC; MONITOR; RESET; PING; MONITOR x'],
]);

defineOracleCases('LATENCY', [
  [
    'records events over the threshold',
    'LATENCY RESET; CONFIG SET latency-monitor-threshold 100; DEBUG SLEEP 0.15; LATENCY RESET foo',
    masked(digits, 'LATENCY LATEST'),
    masked(digits, 'LATENCY HISTORY command'),
    masked(digits, 'LATENCY GRAPH command'),
    masked(digits, 'LATENCY DOCTOR'),
    'LATENCY RESET command; LATENCY LATEST; LATENCY HISTORY command; LATENCY HISTORY foo',
  ],
  [
    'HISTOGRAM of commands',
    'CONFIG RESETSTAT; SET k v; GET k; GET k',
    'LATENCY HISTOGRAM foo; LATENCY HISTOGRAM ping foo; LATENCY HISTOGRAM config|foo',
    'CONFIG SET latency-tracking no; CONFIG RESETSTAT; PING; LATENCY HISTOGRAM; LATENCY HISTOGRAM ping',
  ],
  [
    'refuses and helps',
    'LATENCY RESET; LATENCY HELP; LATENCY FOO; LATENCY; LATENCY HISTORY; LATENCY GRAPH; LATENCY GRAPH foo',
    'CONFIG SET latency-monitor-threshold 0; LATENCY DOCTOR; CONFIG SET latency-monitor-threshold 1000; LATENCY DOCTOR',
    'LATENCY LATEST x; LATENCY RESET nothing; LATENCY HISTORY a b; LATENCY DOCTOR x',
  ],
]);

const replyTypes = [
  'push',
  'string',
  'integer',
  'double',
  'bignum',
  'null',
  'array',
  'set',
  'map',
  'attrib',
  'verbatim',
  'true',
  'false',
];

defineOracleCases('DEBUG', [
  [
    'PROTOCOL answers each type',
    ...replyTypes.map((type) => `DEBUG PROTOCOL ${type}`),
    'DEBUG PROTOCOL foo; DEBUG PROTOCOL; debug protocol STRING',
  ],
  [
    'DIGEST depends on the data alone',
    'DEBUG DIGEST; MSET a 1 b hello; DEBUG DIGEST; SELECT 3; SET a 1; DEBUG DIGEST; EXPIRE a 1000',
    'DEBUG DIGEST; SELECT 0; DEL a b; SELECT 3; PERSIST a; DEBUG DIGEST; FLUSHALL; DEBUG DIGEST',
  ],
  [
    'DIGEST-VALUE',
    'MSET a 1 b hello c 1; DEBUG DIGEST-VALUE a b c missing; DEBUG DIGEST-VALUE; EXPIRE a 1000',
    'DEBUG DIGEST-VALUE a',
  ],
  [
    'DIGEST of every type',
    'RPUSH l 1 a; SADD s a b c; HSET h a 1 b 2; ZADD z 1.5 a 2 b; DEBUG DIGEST',
    'DEBUG DIGEST-VALUE l s h z',
  ],
  [
    'POPULATE',
    'DEBUG POPULATE 3; MGET key:0 key:1 key:2; DEBUG POPULATE 2 p; MGET p:0 p:1; DEBUG POPULATE 2 q 10',
    'GET q:1; DEBUG POPULATE 1 q 3; GET q:0; DEBUG POPULATE 0; DEBUG POPULATE x; DEBUG POPULATE -1',
    'DEBUG POPULATE 1 r x; DEBUG POPULATE; DBSIZE; SET key:0 mine; DEBUG POPULATE 1; GET key:0',
    'DEBUG POPULATE 1 long 40; GET long:0',
  ],
  [
    'SLEEP, ERROR, STRINGMATCH-LEN, LOG',
    'DEBUG SLEEP 0; DEBUG SLEEP 0.001; DEBUG SLEEP x; DEBUG ERROR "MINE hello"; DEBUG ERROR x',
    'DEBUG STRINGMATCH-LEN 8 "a*"; DEBUG STRINGMATCH-LEN x "a*"; DEBUG STRINGMATCH-LEN 8; DEBUG STRINGMATCH-LEN',
    'DEBUG LOG hello; DEBUG SLEEP; DEBUG ERROR',
  ],
  [
    'OBJECT tells about a value',
    'SET k hello',
    masked(/at:\S+|serializedlength:\d+|lru:\d+|lru_seconds_idle:\d+/g, 'DEBUG OBJECT k'),
    'SET n 12',
    masked(/at:\S+|serializedlength:\d+|lru:\d+|lru_seconds_idle:\d+/g, 'DEBUG OBJECT n'),
    'DEBUG OBJECT missing; DEBUG OBJECT',
  ],
  [
    'SET-ACTIVE-EXPIRE, PAUSE-CRON, QUICKLIST-PACKED-THRESHOLD, CHANGE-REPL-ID',
    'DEBUG SET-ACTIVE-EXPIRE 0; DEBUG SET-ACTIVE-EXPIRE 1; DEBUG SET-ACTIVE-EXPIRE; DEBUG CHANGE-REPL-ID',
    'DEBUG PAUSE-CRON 1; DEBUG PAUSE-CRON 0; DEBUG PAUSE-CRON',
    'DEBUG QUICKLIST-PACKED-THRESHOLD 100; DEBUG QUICKLIST-PACKED-THRESHOLD 0',
    'DEBUG QUICKLIST-PACKED-THRESHOLD x; DEBUG QUICKLIST-PACKED-THRESHOLD 5G',
  ],
  [
    'HTSTATS, LISTPACK and their errors',
    shape('DEBUG HTSTATS 0'),
    'DEBUG HTSTATS x; DEBUG HTSTATS 99; DEBUG HTSTATS; SET k v; DEBUG LISTPACK k; DEBUG LISTPACK missing',
    'DEBUG HTSTATS-KEY k; DEBUG HTSTATS-KEY missing',
  ],
  ['unknown subcommands', 'DEBUG; DEBUG FOO; DEBUG FOO a b; DEBUG HELP x'],
  ['cannot be switched by CONFIG SET', 'CONFIG SET enable-debug-command no; CONFIG GET enable-debug-command'],
]);

defineOracleCases(
  'DEBUG where it is not enabled',
  [
    ['is refused', 'DEBUG SLEEP 0; DEBUG; DEBUG FOO; DEBUG HELP; CONFIG GET enable-debug-command; PING'],
    ['is refused before it is queued, and ends the transaction', 'MULTI; SET k v; DEBUG SLEEP 0; EXEC; EXISTS k'],
  ],
  { 'enable-debug-command': 'no' },
);

defineOracleCases('DEBUG where it is enabled to local clients', [['is allowed', 'DEBUG SLEEP 0; DEBUG DIGEST']], {
  'enable-debug-command': 'local',
});

describeWithOracle('the figures of MEMORY STATS', () => {
  const comparison = useBothServers();

  for (const side of ['oracle', 'subject'] as const) {
    it(`add up on ${side === 'oracle' ? 'redis-server' : 'our server'}`, async () => {
      const client = await comparison[side].client('figures', 2);
      const figures = async (): Promise<Map<string, number>> => {
        const { items } = decodeFrame(await client.call('MEMORY STATS'));
        return new Map(items!.flatMap((item, i) => (i % 2 === 0 ? [[item.text!, Number(items![i + 1]!.text)]] : [])));
      };
      const before = await figures();
      await client.pipeline(
        Array.from({ length: 2000 }, (_, i) => ['SET', `key:${i}`, 'v'.repeat(1000), 'EX', '1000']),
      );
      const after = await figures();
      const figure = (name: string): number => after.get(name) ?? Number.NaN;
      const grown = (name: string): number => figure(name) - (before.get(name) ?? Number.NaN);
      expect(figure('keys.count')).toBe(2000);
      expect(grown('total.allocated')).toBeGreaterThan(2000 * 1010);
      expect(grown('dataset.bytes')).toBeGreaterThan(2000 * 1000);
      expect(figure('dataset.bytes') + figure('overhead.total')).toBe(figure('total.allocated'));
      expect(figure('peak.allocated')).toBeGreaterThanOrEqual(figure('total.allocated'));
      expect(figure('startup.allocated')).toBeLessThan(figure('overhead.total'));
      const net = figure('total.allocated') - figure('startup.allocated');
      expect(figure('keys.bytes-per-key')).toBe(Math.floor(net / 2000));
      expect(figure('dataset.percentage')).toBeCloseTo((figure('dataset.bytes') * 100) / net, 3);
    });
  }
});

defineOracleCases('commands that wait', [
  [
    'a command behind DEBUG SLEEP is answered in order',
    later('DEBUG SLEEP 0.05'),
    later('PING'),
    answer(),
    answer(),
    'GET k',
  ],
  [
    'two clients do not mix their replies',
    ...[0, 1, 2, 3].flatMap((i) => [on('a', later(`ECHO a${i}`)), on('b', later(`ECHO b${i}`))]),
    ...[0, 1, 2, 3].flatMap(() => [on('a', answer()), on('b', answer())]),
    on('a', silence(20)),
    pause(1),
  ],
  [
    'idle time grows and an access resets it',
    'SET k v',
    pause(20),
    approx('OBJECT IDLETIME k'),
    'GET k',
    approx('OBJECT IDLETIME k'),
  ],
]);
