import { expect, it } from 'vitest';
import { defineOracleCases, describeWithOracle, type OracleCase, useBothServers } from '../harness/oracle-cases';
import { SUBJECT_IS_REAL } from '../harness/our-server';
import { decodeFrame } from '../harness/reply-frame';
import { unordered } from '../harness/steps';

const limits = [
  ['maxmemory', '100mb', '1k', '1kb', '2GB', '0', '-1', 'x', '10%', '1.5g', '18446744073709551615', '1tb', ''],
  ['maxmemory-policy', 'allkeys-lru', 'volatile-ttl', 'NOEVICTION', 'foo', ''],
  ['maxmemory-samples', '1', '0', '64', '65', 'x'],
  ['hash-max-listpack-entries', '7', '-1', '1k', '0'],
  ['hash-max-ziplist-entries', '9', 'x'],
  ['set-max-intset-entries', '3', '-1'],
  ['list-max-listpack-size', '-2', '5', '-6', 'x'],
  ['list-max-ziplist-size', '-3'],
  ['zset-max-ziplist-value', '5', '1kb'],
  ['lfu-log-factor', '3', '-1'],
  ['slowlog-log-slower-than', '100', '-1', 'x', '99999999999'],
  ['slowlog-max-len', '10', '-1', '0'],
  ['latency-monitor-threshold', '5', '-1'],
  ['timeout', '0', '100', '-1', 'x'],
  ['tcp-keepalive', '0', '60', '-1'],
  ['hz', '50', '0', '1000', 'x'],
  ['dynamic-hz', 'no', 'yes', 'maybe', 'YES'],
  ['lazyfree-lazy-expire', 'yes', '1'],
  ['proto-max-bulk-len', '1mb', '512mb', '1gb', 'x'],
  ['client-query-buffer-limit', '2mb', '1mb', '1048575'],
  [
    'client-output-buffer-limit',
    'normal 0 0 0',
    'normal 1mb 512kb 60',
    'pubsub 32mb 8mb 60',
    'normal 1 2',
    'foo 1 2 3',
    'normal x 0 0',
    'normal 0 0 0 pubsub 1 1 1',
    '',
    'slave 1 1 1',
    'normal -1 0 0',
  ],
  ['notify-keyspace-events', 'KEA', '', 'gxE', 'foo!', 'Kg$lshzxetdnm', 'AKE'],
  ['requirepass', ''],
  ['save', '', '100 1', '100 1 200 2', 'x', '100', '-1 1'],
  ['appendonly', 'no', 'maybe'],
  ['loglevel', 'debug', 'NOTICE', 'foo', 'warning'],
  ['maxclients', '100', '0', '-1'],
  ['active-expire-effort', '10', '0', '11'],
  ['maxmemory-clients', '10%', '1mb', '101%', 'x', '0'],
  ['latency-tracking', 'no', 'yes', 'x'],
  ['latency-tracking-info-percentiles', '50 99 100', '50', '101', '-1', 'x', ''],
  ['activedefrag', 'no'],
  ['repl-timeout', '10', '0'],
  ['port', 'x', '-1', '65536'],
  ['bind', 'not an address'],
] as const;

const immutable = [
  'databases 4',
  'unixsocket /nowhere',
  'daemonize yes',
  'logfile x',
  'io-threads 4',
  'cluster-enabled yes',
  'aclfile x',
  'always-show-logo yes',
  'supervised systemd',
  'pidfile x',
  'tcp-backlog 9',
  'enable-protected-configs yes',
  'include x',
  'syslog-enabled yes',
];
const patterns = [
  'maxmemory*',
  '*ziplist*',
  '*listpack*',
  'nothing',
  'MAXMEMORY',
  'hz',
  'max[mc]*',
  'lfu*',
  'slowlog*',
  'lazyfree*',
  '*buffer*',
  'maxmemory hz maxmemory',
  'max* *memory',
  'databases',
  'notify*',
  '?z',
  'proto*',
  'rename-command',
  'user',
  'loadmodule',
  'include',
];

const sets: OracleCase[] = limits.map(([name, ...values]) => [
  `CONFIG SET ${name}`,
  ...values.flatMap((value) => [
    ['CONFIG', 'SET', name, value],
    name === 'port' || name === 'bind' ? 'PING' : ['CONFIG', 'GET', name],
  ]),
]);

defineOracleCases('CONFIG', [
  ...sets,
  ['GET with patterns', ...patterns.map((pattern) => unordered(`CONFIG GET ${pattern}`))],
  ['SET refuses what may not be set', ...immutable.map((pair) => `CONFIG SET ${pair}`)],
  [
    'SET of several is all or nothing',
    'CONFIG SET maxmemory 1mb hz 20; CONFIG GET maxmemory; CONFIG GET hz; CONFIG SET maxmemory 2mb hz x',
    'CONFIG GET maxmemory; CONFIG SET maxmemory 1mb maxmemory 2mb; CONFIG SET maxmemory 1mb foo 1',
    'CONFIG SET maxmemory 3mb databases 3; CONFIG GET maxmemory',
    'CONFIG SET hash-max-ziplist-entries 1 hash-max-listpack-entries 2; CONFIG SET lfu-decay-time 3 hz',
  ],
  [
    'refuses and helps',
    'CONFIG; CONFIG FOO; CONFIG GET; CONFIG SET; CONFIG SET maxmemory; CONFIG SET foo bar; CONFIG HELP',
    'CONFIG RESETSTAT; CONFIG RESETSTAT x; CONFIG REWRITE; CONFIG REWRITE x; config get HZ; CONFIG HELP x',
    ['CONFIG', 'SET', 'f'.repeat(200), '1'],
  ],
]);

const ofTheMachine = new Set([
  'dir',
  'port',
  'bind',
  'unixsocket',
  'pidfile',
  'logfile',
  'save',
  'io-threads',
  'oom-score-adj-values',
  'enable-debug-command',
  'server_cpulist',
  'locale-collate',
  'maxclients',
  'proc-title-template',
  'jemalloc-bg-thread',
  'dbfilename',
]);

const ofOurOwn = ['event-loop'];

describeWithOracle('every option of CONFIG GET *', () => {
  const comparison = useBothServers();

  async function optionsOf(side: 'oracle' | 'subject'): Promise<Map<string, string>> {
    const client = await comparison[side].client('config', 2);
    const flat = decodeFrame(await client.call('CONFIG GET *')).items!.map((item) => item.text ?? '');
    return new Map(flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1]!] as const] : [])));
  }

  it.skipIf(SUBJECT_IS_REAL)('exists here, and nothing else does', async () => {
    const [oracle, subject] = [await optionsOf('oracle'), await optionsOf('subject')];
    expect([...subject.keys()].sort()).toEqual([...oracle.keys(), ...ofOurOwn].sort());
  });

  it('has the default of redis-server unless the machine or the command line decides', async () => {
    const [oracle, subject] = [await optionsOf('oracle'), await optionsOf('subject')];
    const compared = (options: Map<string, string>) =>
      [...options].filter(([name]) => !ofTheMachine.has(name) && !ofOurOwn.includes(name)).sort();
    expect(compared(subject)).toEqual(compared(oracle));
  });

  it('is found by its name in any case', async () => {
    const client = await comparison.subject.client('config', 2);
    const oracle = await comparison.oracle.client('config', 2);
    for (const name of (await optionsOf('oracle')).keys()) {
      if (ofTheMachine.has(name)) continue;
      expect((await client.call(['CONFIG', 'GET', name.toUpperCase()])).toString()).toBe(
        (await oracle.call(['CONFIG', 'GET', name.toUpperCase()])).toString(),
      );
    }
  });
});
