import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Configuration } from '../../src/config';
import { namesAndAliases } from '../../src/config/schema';
import { describeWithOracle } from '../harness/oracle-cases';
import { RawClient } from '../harness/raw-client';
import { type ComparedServer, startRealServer } from '../harness/real-server';
import { ourGetReply, ourSetReply } from './config-replies';

/** What every option is given: numbers at the edges of C's types, units, percentages, blanks, names and nonsense. */
const VALUES = [
  [
    '',
    ' ',
    '0',
    '1',
    '2',
    '-0',
    '-1',
    '-2',
    '+1',
    '01',
    '1.5',
    '1e3',
    '0x10',
    ' 1',
    '1 ',
    '1 2',
    '1 2 3',
    '1  2',
    '"1"',
  ],
  ['7', '64', '99', '100', '101', '500', '501', '777', '888', '1000', '1001', '65535', '65536', '1048575', '1048576'],
  ['2147483647', '2147483648', '-2147483648', '-2147483649', '4294967295', '4294967296'],
  ['9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809'],
  ['18446744073709551515', '18446744073709551516', '18446744073709551615', '18446744073709551616'],
  [
    '1b',
    '1k',
    '1kb',
    '1KB',
    '1m',
    '1mb',
    '1g',
    '1Gb',
    '8589934592gb',
    '17179869184gb',
    '1t',
    '1 kb',
    'kb',
    '-1kb',
    '1kbb',
  ],
  ['0%', '5%', '100%', '101%', '-5%', '%', '5 %', '05%', '5%%'],
  ['yes', 'no', 'YES', 'No', 'on', 'true', 'local', 'LOCAL', 'ip', 'hostname', 'default', 'optional', 'clients'],
  [
    'noeviction',
    'allkeys-lru',
    'AllKeys-LFU',
    'everysec',
    'always',
    'debug',
    'warning',
    'swapdb',
    'panic',
    'allchannels',
  ],
  [
    'save',
    'nosave now',
    'save nosave',
    'default force',
    'NOW FORCE',
    'now  force',
    '60 1',
    '60 1 30',
    '1 0',
    '0 1',
    '1 -1',
  ],
  [
    '9223372036854775808 4294967297',
    '50 99.9',
    '99.1234567',
    '100.0000001',
    '1e1 .5 5.',
    'nan',
    'inf',
    '-inf',
    '-0',
    '0x1p3',
  ],
  [
    'KEA',
    'AKEmn',
    'gK$lshzxetd',
    'g$lshzxetdnKEm',
    'n',
    'A',
    'q',
    'KK',
    '-2000 0 2000',
    '-2001 0 0',
    '1 2 x',
    '3 2 1',
    ' 1 2 3',
  ],
  [
    'replica 1 2 3',
    'slave 1mb 2k 5 pubsub 1g 2 3',
    'pubsub 1 2',
    'master 1 2 3',
    'replica x 0 0',
    'replica 1 2 -1',
    'foo 1 2 3',
  ],
  ['pubsub 0 0 0 pubsub 1 1 1', 'replica 1 1  1', 'PubSub 1 1 4294967297', 'replica 1 1 4294967295', 'replica 1 1 '],
  [
    'a/b',
    'a\\b',
    '{title}',
    '{title} x',
    '{x}',
    '{listen-addr',
    '{{',
    '{port}',
    '{server-mode}',
    'a_b',
    'a-b.C1',
    'x'.repeat(300),
  ],
  ['x'.repeat(255), 'x'.repeat(256), 'é', 'a b'],
].flat();

/** Options whose new value the real server acts on in a way that ends the test or that the machine decides. */
const ACTED_ON = new Set(['port', 'bind', 'dir', 'oom-score-adj', 'bind-source-addr', 'tls-port']);
/** Options whose range is another one here: see docs/differences.ts. */
const DIFFERENT = new Set(['proto-max-bulk-len', 'event-loop']);
/** Values that would close the connection, start a fork or flood the log. */
const HARMFUL = new Set(['maxclients 4294967295', 'appendonly yes', 'appendonly YES']);

/** The real server refuses this unless it is built with a jemalloc of its own, which that of Debian is not. */
function needsJemalloc(name: string, value: string): boolean {
  return name === 'activedefrag' && value.toLowerCase() === 'yes';
}

/** Whether a value may be given to the real server. */
function isHarmless(name: string, value: string): boolean {
  if (ACTED_ON.has(name) || HARMFUL.has(`${name} ${value}`)) return false;
  // The operating system's limit on open files decides about more.
  return name !== 'maxclients' || !(Number(value) > 1000 && Number(value) <= 4294967295);
}

describeWithOracle('CONFIG SET', () => {
  let real: ComparedServer;
  let client: RawClient;
  let ours: Configuration;

  beforeAll(async () => {
    real = await startRealServer(['--enable-protected-configs', 'yes']);
    client = await RawClient.open(real.address);
    // A client buffer limit of one byte must not evict us.
    await client.call(['CLIENT', 'NO-EVICT', 'ON']);
    ours = new Configuration();
    ours.assign({
      'enable-protected-configs': 'yes',
      'enable-debug-command': 'yes',
      save: [],
      port: real.port,
      bind: ['127.0.0.1'],
    });
  });

  afterAll(async () => {
    client.close();
    await real.stop();
  });

  /** Sets and reads back on both, one CONFIG SET after the other. */
  async function compare(...sets: readonly (readonly (readonly [string, string])[])[]): Promise<void> {
    const steps = sets.flatMap((pairs) => [
      ['CONFIG', 'SET', ...pairs.flat()],
      ...[...new Set(pairs.map(([name]) => name))].map((name) => ['CONFIG', 'GET', name]),
    ]);
    const theirs = await client.pipeline(steps);
    const mine = sets.flatMap((pairs) => [
      ourSetReply(ours, pairs),
      ...[...new Set(pairs.map(([name]) => name))].map((name) => ourGetReply(ours, name)),
    ]);
    const label = (replies: readonly string[]) => replies.map((reply, i) => `${steps[i]!.join(' ')} => ${reply}`);
    expect(label(mine)).toEqual(label(theirs.map(String)));
  }

  for (const [name, { option }] of namesAndAliases()) {
    if (ACTED_ON.has(name) || DIFFERENT.has(name)) {
      continue;
    }
    it(`answers as the real server for ${name}`, async () => {
      const before = ours.getMatching([name])[0]![1];
      await compare(
        ...VALUES.filter((value) => isHarmless(name, value) && !needsJemalloc(name, value)).map((value) => [
          [name, value] as const,
        ]),
      );
      if (!option.traits.immutable) {
        await compare([[name, before]]);
      }
    });
  }

  it('accepts activedefrag', () => {
    expect(ourSetReply(ours, [['activedefrag', 'yes']])).toBe('+OK\r\n');
    expect(ourSetReply(ours, [['activedefrag', 'no']])).toBe('+OK\r\n');
  });

  it('takes all or nothing', async () => {
    await compare([
      ['maxmemory', '1gb'],
      ['timeout', '5'],
    ]);
    await compare([
      ['maxmemory', '2gb'],
      ['timeout', 'x'],
    ]);
    await compare([
      ['maxmemory', '3gb'],
      ['TIMEOUT', '-1'],
      ['hz', 'y'],
    ]);
  });

  it('finds the first bad name, refusal or duplicate', async () => {
    await compare([
      ['maxmemory', '1'],
      ['MaxMemory', '2'],
    ]);
    await compare([
      ['maxmemory', '1'],
      ['no-such', '2'],
      ['databases', '3'],
    ]);
    await compare([
      ['Databases', '1'],
      ['no-such', '2'],
    ]);
    await compare([
      ['hash-max-ziplist-entries', '1'],
      ['hash-max-listpack-entries', '2'],
    ]);
    await compare([
      ['timeout', 'x'],
      ['timeout', '1'],
    ]);
    await compare([['', '']]);
  });

  it('refuses bad ports, folders and scores in the same words', async () => {
    for (const value of ['x', '-1', '65536', '']) {
      await compare([['port', value]]);
    }
    for (const value of ['/no/such/folder', '/etc/passwd', '']) {
      const [theirs] = await client.pipeline([['CONFIG', 'SET', 'dir', value]]);
      expect(ourSetReply(ours, [['dir', value]])).toBe(String(theirs));
    }
    await compare([['oom-score-adj', 'maybe']]);
    await compare([['tls-port', '70000']]);
    await compare([['tls-port', '7000']]);
    await compare([['bind', '1 '.repeat(16)]]);
  });

  it('reads random numbers with random units alike', async () => {
    const number = fc.oneof(
      fc.bigInt(-(2n ** 66n), 2n ** 66n).map(String),
      fc.integer({ min: -200, max: 200 }).map(String),
      fc.double().map(String),
      fc.constantFrom('', '-', '+1', '00', '0x1'),
    );
    const unit = fc.constantFrom('', '', '', 'k', 'kb', 'MB', 'g', 'gb', '%', ' ', 'x');
    const name = fc.constantFrom(
      'maxmemory',
      'maxmemory-clients',
      'repl-backlog-size',
      'active-defrag-ignore-bytes',
      'list-max-listpack-size',
      'slowlog-log-slower-than',
      'hash-max-listpack-entries',
      'latency-tracking-info-percentiles',
      'save',
      'oom-score-adj-values',
    );
    const value = fc.array(
      fc.tuple(number, unit).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(name, value, (option, parts) => compare([[option, parts.join(' ')]])),
      { numRuns: 400 },
    );
  });
});
