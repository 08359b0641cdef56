import { defineOracleCasesOverBackends } from '../harness/oracle-cases';
import {
  answer,
  bytes,
  computed,
  ignore,
  later,
  masked,
  maskedLines,
  on,
  pause,
  type Step,
  silence,
  together,
  until,
} from '../harness/steps';
import { blocked, gets } from '../harness/waiting';

/** Sends bytes in one write and reads so many replies; no more may come. */
function sends(client: string, text: string, replies: number): Step[] {
  return [on(client, bytes(text)), ...gets(...Array<string>(replies).fill(client)), on(client, silence())];
}

/** Times and peers of MONITOR's lines and of SLOWLOG's entries. */
const monitored = /\d+\.\d+ \[(?=\d)|(?<=\[\d+ )\S+(?=\])/g;
const line = (client: string): Step => on(client, answer({ how: 'masked', pattern: monitored }));

/** Sends these commands one after the other. */
function each(client: string, commands: string): Step[] {
  return commands.split('; ').map((command) => on(client, command));
}

defineOracleCasesOverBackends('a password that is removed and set again', [
  [
    'is not asked for while there is none',
    'CONFIG SET requirepass pw',
    on('b', 'GET x'),
    ['CONFIG', 'SET', 'requirepass', ''],
    ...each('b', 'GET x; HELLO 3; AUTH foo; MULTI; SET x 1; EXEC'),
    'CONFIG SET requirepass other',
    on('b', 'GET x'),
    on('b', 'AUTH other'),
    on('b', 'GET x'),
    on('b', 'RESET'),
    on('b', 'GET x'),
    'RESET',
    'AUTH other',
    ['CONFIG', 'SET', 'requirepass', ''],
  ],
  [
    'is not asked of clients that came while there was none, until RESET',
    on('b', 'GET x'),
    'CONFIG SET requirepass pw',
    on('b', 'GET x'),
    on('c', 'GET x'),
    on('b', 'RESET'),
    on('b', 'GET x'),
    ['CONFIG', 'SET', 'requirepass', ''],
    on('b', 'GET x'),
    on('c', 'AUTH default anything'),
    'CONFIG SET requirepass pw',
    on('b', 'GET x'),
    on('c', 'GET x'),
    ['CONFIG', 'SET', 'requirepass', ''],
  ],
  [
    'aborts a transaction',
    'CONFIG SET requirepass pw',
    on('b', 'GET x'),
    ['CONFIG', 'SET', 'requirepass', ''],
    on('b', 'MULTI'),
    'CONFIG SET requirepass pw',
    on('b', 'SET x 1'),
    on('b', 'EXEC'),
    ['CONFIG', 'SET', 'requirepass', ''],
    on('b', 'GET x'),
  ],
]);

defineOracleCasesOverBackends('CLIENT PAUSE WRITE', [
  ...['PUBLISH c m', 'SPUBLISH c m', 'PFCOUNT h', 'PFCOUNT absent'].map(
    (command) =>
      [
        `holds ${command} back`,
        'PFADD h a b',
        'CLIENT PAUSE 100000 WRITE',
        later(on('b', command)),
        blocked(1),
        'CLIENT UNPAUSE',
        ...gets('b'),
      ] as const,
  ),
  ...['PUBLISH c m', 'PFCOUNT h'].map(
    (command) =>
      [
        `holds an EXEC of ${command} back, and ${command} in MULTI`,
        'PFADD h a b',
        on('b', 'MULTI'),
        on('b', command),
        on('c', 'MULTI'),
        'CLIENT PAUSE 100000 WRITE',
        later(on('b', 'EXEC')),
        blocked(1),
        later(on('c', command)),
        blocked(2),
        'CLIENT UNPAUSE',
        ...gets('b', 'c'),
        on('c', 'EXEC'),
      ] as const,
  ),
  ['lets SUBSCRIBE pass', 'CLIENT PAUSE 100000 WRITE', on('b', 'SUBSCRIBE c'), 'CLIENT UNPAUSE'],
  [
    'keeps keys that expire, which count as absent',
    'SET k v PX 30; SET j v; HSET h f v; PEXPIRE h 30',
    'CLIENT PAUSE 100000 WRITE',
    pause(250),
    'GET k; EXISTS k h; TTL k; TYPE k; HGET h f; TOUCH k; OBJECT ENCODING k; KEYS *; SCAN 0; RANDOMKEY; DBSIZE',
    ignore(until('+PONG', 'PING')),
    'CLIENT UNPAUSE',
    ignore(until('1', 'DBSIZE')),
    'DBSIZE',
  ],
  [
    'answers no reply that is skipped',
    'CLIENT PAUSE 100000 WRITE',
    on('b', later('CLIENT REPLY SKIP')),
    on('b', later('SET k v')),
    blocked(1),
    on('b', later('GET k')),
    'CLIENT UNPAUSE',
    ...gets('b'),
    on('b', silence()),
  ],
]);

defineOracleCasesOverBackends('CLIENT REPLY', [
  ['SKIP skips the reply to RESET', ...sends('b', 'CLIENT REPLY SKIP\r\nRESET\r\nPING\r\n', 1)],
  ['SKIP, then MULTI and RESET', ...sends('b', 'CLIENT REPLY SKIP\r\nMULTI\r\nRESET\r\nPING\r\n', 2)],
  ['SKIP ends at an empty line', ...sends('b', 'CLIENT REPLY SKIP\r\n\r\nPING\r\nPING\r\n', 2)],
  ['SKIP ends at a blank line', ...sends('b', 'CLIENT REPLY SKIP\r\n  \r\nPING\r\nPING\r\n', 2)],
  ['SKIP ends at an array of no arguments', ...sends('b', 'CLIENT REPLY SKIP\r\n*0\r\nPING\r\nPING\r\n', 2)],
  ['SKIP ends at a negative count', ...sends('b', 'CLIENT REPLY SKIP\r\n*-1\r\nPING\r\nPING\r\n', 2)],
  [
    'SKIP ends at an empty line in a window of its own',
    ...sends('b', 'CLIENT REPLY SKIP\r\n', 0),
    ...sends('b', '\r\n', 0),
    ...sends('b', 'PING\r\nPING\r\n', 2),
  ],
  [
    'SKIP and an empty line behind a command that blocks',
    on('b', bytes('BLPOP k 0\r\nCLIENT REPLY SKIP\r\n\r\nPING\r\nCLIENT REPLY SKIP\r\nPING\r\n\r\nPING\r\n')),
    blocked(1),
    'RPUSH k v',
    ...gets('b', 'b', 'b'),
    on('b', silence()),
  ],
  ['SKIP skips a command that blocks', ...sends('b', 'CLIENT REPLY SKIP\r\nBLPOP k 0.02\r\nPING\r\nPING\r\n', 2)],
  [
    'OFF does not end at an empty line',
    ...sends('b', 'CLIENT REPLY OFF\r\n\r\nPING\r\nCLIENT REPLY ON\r\nPING\r\n', 2),
  ],
  ['OFF ends at RESET', ...sends('b', 'CLIENT REPLY OFF\r\nRESET\r\nPING\r\n', 2)],
  ['an empty line without it', ...sends('b', '\r\nPING\r\n\r\n\r\nPING\r\n*0\r\nPING\r\n', 3)],
]);

/** What a client in MONITOR sends, and what it then gets: replies (r) and lines (l). */
const monitorCases = (
  [
    ['GET a', 'r'],
    ['SET a 1', 'r'],
    ['PUBLISH c x', 'r'],
    ['PFCOUNT a', 'r'],
    ['BLPOP l 0', 'r'],
    ['DBSIZE', 'r'],
    ['FLUSHALL', 'r'],
    ['SORT a', 'r'],
    ['OBJECT ENCODING a', 'r'],
    ['MGET', 'r'],
    ['NOSUCH a', 'r'],
    ['WATCH a', 'rl'],
    ['SELECT 1', 'rl'],
    ['PING', 'rl'],
    ['ECHO a', 'rl'],
    ['MULTI; GET a; EXEC', 'rlrrl'],
    ['EXEC', 'rl'],
    ['SUBSCRIBE c', 'rl'],
    ['CLIENT REPLY OFF; PING', ''],
    ['CLIENT REPLY SKIP; PING; PING', 'lrl'],
    ['CLIENT REPLY OFF; PING; CLIENT REPLY ON; PING', 'rlrl'],
    ['RESET; GET a', 'rr'],
    ['MONITOR', ''],
  ] as const
).map(
  ([commands, gotten]) =>
    [
      `may send ${commands}`,
      on('m', 'MONITOR'),
      on(
        'm',
        together(commands, () => commands.split('; ')),
      ),
      ...[...gotten].map((kind) => (kind === 'r' ? on('m', answer()) : line('m'))),
      on('m', silence()),
    ] as const,
);

defineOracleCasesOverBackends('a client in MONITOR', [
  ...monitorCases,
  ['does not see its own QUIT', on('m', 'MONITOR'), on('m', later('QUIT')), ...gets('m', 'm')],
  ['sees the QUIT of others', on('m', 'MONITOR'), on('b', 'QUIT'), line('m')],
  [
    'sees nothing while its replies are off or skipped',
    on('m', later('CLIENT REPLY OFF')),
    on('m', later('MONITOR')),
    on('m', silence()),
    'PING',
    on('m', silence()),
    on('m', 'CLIENT REPLY ON'),
    line('m'),
    'PING',
    line('m'),
    on('m', later('CLIENT REPLY SKIP')),
    line('m'),
    'PING',
    on('m', silence()),
    on('m', later('PING')),
    on('m', silence()),
    'PING',
    line('m'),
  ],
]);

/** Ids, times, durations and addresses of the entries of the slow log. */
const slowLog = masked(/^\d+$|127\.0\.0\.1:\d+/g, 'SLOWLOG GET 2');
/** Calls of the commands that block and of those that provide; their times differ. */
const statistics = maskedLines(
  /usec=\d+,usec_per_call=[\d.]+|^(?!cmdstat_(?:b|[rl]push|zadd|exec)).+$/gm,
  'INFO commandstats',
);
const histogram = (command: string): Step =>
  computed('LATENCY HISTOGRAM, number of calls', () => `LATENCY HISTOGRAM ${command}`);

defineOracleCasesOverBackends('a command that is served after it has blocked', [
  ...(
    [
      ['BLPOP l 0', 'RPUSH l v'],
      ['BRPOPLPUSH l d 0', 'LPUSH l v'],
      ['BLMOVE l d LEFT LEFT 0', 'LPUSH l v'],
      ['BLMPOP 0 2 a l LEFT', 'LPUSH l v'],
      ['BZPOPMIN l 0', 'ZADD l 1 v'],
    ] as const
  ).map(
    ([command, push]) =>
      [
        `is logged as itself: ${command}`,
        'CONFIG SET slowlog-log-slower-than 0; CONFIG RESETSTAT',
        on('b', 'CLIENT SETNAME b'),
        later(on('b', command)),
        blocked(1),
        'SLOWLOG RESET',
        push,
        ...gets('b'),
        slowLog,
        statistics,
        masked(/^\d+$/g, histogram(command.split(' ')[0]!)),
        'CONFIG SET slowlog-log-slower-than 10000; SLOWLOG RESET',
      ] as const,
  ),
  [
    'is logged with an error that it ends with',
    'CONFIG SET slowlog-log-slower-than 0; CONFIG RESETSTAT',
    later(on('b', 'BRPOPLPUSH l d 0')),
    blocked(1),
    'SET d string; SLOWLOG RESET; LPUSH l v',
    ...gets('b'),
    slowLog,
    statistics,
    'CONFIG SET slowlog-log-slower-than 10000; SLOWLOG RESET',
  ],
  [
    'is logged behind the commands of the transaction that serves it',
    'CONFIG SET slowlog-log-slower-than 0; CONFIG RESETSTAT',
    later(on('b', 'BLPOP l 0')),
    blocked(1),
    'SLOWLOG RESET; MULTI; LPUSH l v; EXEC',
    ...gets('b'),
    slowLog,
    statistics,
    'CONFIG SET slowlog-log-slower-than 10000; SLOWLOG RESET',
  ],
  [
    'is not logged when it times out',
    'CONFIG SET slowlog-log-slower-than 0; CONFIG RESETSTAT; SLOWLOG RESET',
    on('b', 'BLPOP l 0.02'),
    slowLog,
    statistics,
    'CONFIG SET slowlog-log-slower-than 10000; SLOWLOG RESET',
  ],
]);

/** The figures of requests, and no others: those of the reply's buffers are those of redis-server. */
const figures = /\b(?!(?:argv-mem|multi-mem|qbuf|cmd)=)[\w-]+=\S*/g;

defineOracleCasesOverBackends('CLIENT LIST shows the requests at hand', [
  [
    'of the caller',
    masked(figures, 'CLIENT LIST'),
    masked(figures, 'CLIENT INFO'),
    masked(figures, ['CLIENT', 'LIST', 'ID', '1']),
  ],
  [
    'of a pipeline',
    together('twice CLIENT INFO', () => ['CLIENT INFO', 'CLIENT INFO']),
    answer({ how: 'masked', pattern: figures }),
    answer({ how: 'masked', pattern: figures }),
  ],
  [
    'of a blocked client',
    later(on('b', 'BLPOP some key 0')),
    blocked(1),
    masked(figures, 'CLIENT LIST'),
    'RPUSH key v',
    ...gets('b'),
  ],
  [
    'of a transaction',
    on('b', 'MULTI'),
    on('b', 'SET k v'),
    masked(/\b(?!(?:argv-mem|qbuf)=)[\w-]+=\S*/g, 'CLIENT LIST'),
  ],
]);
