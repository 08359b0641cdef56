import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ConfigError,
  ConfigLoader,
  Configuration,
  loadCommandLine,
  parseCommandLine,
  rewriteConfigFile,
} from '../../src/config';
import { describeWithOracle } from '../harness/oracle-cases';
import { realConfig } from './config-replies';
import { refusedStart, runRealServer, TemporaryFolder } from './real-server-from-file';

/** Names whose value is the test's own or deliberately different, on one of the sides. */
const NOT_COMPARED = ['port', 'bind', 'event-loop'];

let folder: TemporaryFolder;

beforeEach(() => {
  folder = new TemporaryFolder();
});

afterEach(() => {
  folder.remove();
});

function ourFailure(file: string): ConfigError | null {
  try {
    new ConfigLoader(new Configuration(folder.path)).loadFile(file);
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function shown(config: Configuration): Record<string, string> {
  return comparable(new Map(config.getMatching(['*'])));
}

function comparable(values: Map<string, string>): Record<string, string> {
  for (const name of NOT_COMPARED) values.delete(name);
  return Object.fromEntries([...values].sort());
}

describeWithOracle('configuration files', () => {
  it.each([
    'port abc',
    'port',
    'port 1 2',
    'PORT 70000',
    '"port" 1 2',
    'no-such-option 1',
    'maxmemory "1gb',
    "maxmemory '1'gb",
    'maxmemory-policy sometimes',
    'save 60',
    'save 0 1',
    'save "60 1" "2 3"',
    'appendonly maybe',
    'client-output-buffer-limit normal 1 2',
    'client-output-buffer-limit none 1 2 3',
    'notify-keyspace-events KEAZ',
    'unixsocketperm 999',
    'unixsocketperm 1777',
    'databases 0',
    'replicaof host',
    'replicaof host x',
    'dir /no/such/folder',
    'dir a b',
    'include',
    'rename-command a',
    'hz x',
    'shutdown-on-sigterm save nosave',
    'shutdown-on-sigint',
    'oom-score-adj-values 1 2',
    'latency-tracking-info-percentiles x',
    'appendfilename ""',
    'appenddirname a/b',
    'proc-title-template {nope}',
    'sentinel monitor x',
    'list-max-ziplist-entries',
  ])('are refused for the same reason at the same line: %s', (line) => {
    const file = folder.write('redis.conf', `# first\ntimeout 5\n  ${line}\ntimeout 6\n`);
    const theirs = refusedStart(folder.path, [file]).stderr.trim().split('\n');
    const ours = ourFailure(file)!.report('7.0.15').split('\n');
    expect(ours[0]).toBe('*** FATAL CONFIG FILE ERROR (NanoRedis 7.0.15) ***');
    expect(ours.slice(1)).toEqual(theirs.slice(1));
  });

  it('give every option the value that the real server gives it', async () => {
    folder.write('conf.d/b.conf', 'timeout 20\nmaxmemory-samples 7\n');
    folder.write('conf.d/a.conf', 'timeout 10\ntcp-keepalive 11\n');
    const file = folder.write(
      'redis.conf',
      `
# a comment
MAXMEMORY   100mb
maxmemory-clients 5%
maxmemory-policy AllKeys-LRU
save 3600 1
save 300 100 60 10000
include conf.d/*.conf
include nothing/*.conf
hash-max-ziplist-entries 100
slave-priority 7
client-output-buffer-limit replica 1gb 64mb 30
client-output-buffer-limit pubsub 1mb 2k 5
notify-keyspace-events "gxKE"
requirepass "p\\x61ss word\\n"
masterauth 'it\\'s'
logfile "server.log"
shutdown-on-sigterm nosave now
latency-tracking-info-percentiles 50 99.5
oom-score-adj-values 1 2 3
unixsocketperm 0700
proto-max-bulk-len 1gb
hz 1000
list-max-ziplist-value 5
cluster-announce-hostname a.b-c
user default on nopass sanitize-payload ~* &* +@all
`,
    );
    const real = await runRealServer(folder.path, (port) => [
      file,
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--requirepass',
      '',
    ]);
    try {
      const ours = new Configuration(folder.path);
      loadCommandLine(ours, runOf([file, '--requirepass', '']));
      expect(shown(ours)).toEqual(comparable(await realConfig(real.client, '*')));
    } finally {
      await real.stop();
    }
  });
});

function runOf(argv: readonly string[]) {
  const commandLine = parseCommandLine(argv);
  if (commandLine.action !== 'run') throw new Error(`${commandLine.action} instead of run`);
  return commandLine;
}

describeWithOracle('command lines', () => {
  it.each([
    [['--save', '60', '1', '--save', '']],
    [['--save', '', '--save', '60', '1']],
    [['--save', '60', '1', '30', '2']],
    [['--save', '60 1']],
    [['--oom-score-adj-values', '"1" 2 3', '--save', '1 2 3 4']],
    [['--save']],
    [['--save', '--timeout', '5']],
    [['--timeout 5', '--save 1 2']],
    [['--masterauth', '--secret', '--timeout', '1']],
    [['--masterauth', 'a b"c\n']],
    [['--SLAVE-priority', '3', '--Maxmemory', '1GB']],
    [['--shutdown-on-sigint', 'nosave', 'now', '--hz', '9']],
    [['--client-output-buffer-limit', 'pubsub', '1', '2', '3']],
  ])('mean what they mean to redis-server: %j', async (argv) => {
    const real = await runRealServer(folder.path, (port) => ['--port', String(port), '--bind', '127.0.0.1', ...argv]);
    try {
      const ours = new Configuration(folder.path);
      loadCommandLine(ours, runOf(argv));
      expect(shown(ours)).toEqual(comparable(await realConfig(real.client, '*')));
    } finally {
      await real.stop();
    }
  });

  it.each([
    [['--no-such', '1']],
    [['--port']],
    [['--port', 'x']],
    [['--timeout', '1', '--hz', 'x']],
    [['--timeout', '1', '2']],
    [['--save', '60']],
    [['-port', '1']],
    [['--port', '1', 'what']],
  ])('are refused for the same reason: %j', (argv) => {
    const theirs = refusedStart(folder.path, argv).stderr.trim().split('\n').at(-1);
    const config = new Configuration(folder.path);
    let reason = '';
    try {
      loadCommandLine(config, runOf(argv));
    } catch (error) {
      reason = error instanceof ConfigError ? error.reason : String(error);
    }
    expect(reason).toBe(theirs ?? '');
  });
});

describe('CONFIG REWRITE', () => {
  it('needs a file', () => {
    expect(rewriteConfigFile(new Configuration())).toBe('The server is running without a config file');
  });
});

describeWithOracle('CONFIG REWRITE beside the real server', () => {
  it('writes the lines that the real server writes', async () => {
    const text = `# A comment that stays
timeout 5


# Another comment
   maxmemory 1gb
save 60 1
save 30 2
save 10 3
include other.conf
hash-max-ziplist-entries 100
timeout 7
slave-priority 10
client-output-buffer-limit replica 1 2 3
client-output-buffer-limit pubsub 1 2 3
requirepass ""
logfile ""
notify-keyspace-events KEA
hz 10
tcp-keepalive 300
`;
    folder.write('other.conf', 'lfu-decay-time 3');
    const sets = [
      ['maxmemory', '3221225472'],
      ['save', '100 1 200 2'],
      ['hash-max-listpack-entries', '128'],
      ['masterauth', 'p"w\\ \u00e9'],
      ['maxmemory-clients', '5%'],
      ['client-output-buffer-limit', 'normal 1gb 1mb 5'],
      ['notify-keyspace-events', ''],
      ['maxmemory-policy', 'allkeys-lfu'],
      ['replica-priority', '100'],
      ['shutdown-on-sigint', 'nosave'],
      ['appendonly', 'no'],
      ['latency-tracking-info-percentiles', ''],
      ['slowlog-log-slower-than', '-1'],
      ['replica-announce-ip', '10.0.0.1'],
    ] as const;
    const theirFile = folder.write('theirs.conf', text);
    const ourFile = folder.write('ours.conf', text);
    const ours = new Configuration(folder.path);
    const real = await runRealServer(folder.path, (port) => {
      ours.assign({ port });
      return [theirFile, '--port', String(port), '--bind', '127.0.0.1'];
    });
    try {
      const port = ours.values.port;
      loadCommandLine(ours, runOf([ourFile, '--port', String(port), '--bind', '127.0.0.1']));
      for (const pair of sets) {
        expect(String(await real.client.call(['CONFIG', 'SET', ...pair]))).toBe('+OK\r\n');
        expect(ours.set([pair], true)).toBeNull();
      }
      expect(String(await real.client.call(['CONFIG', 'REWRITE']))).toBe('+OK\r\n');
      expect(rewriteConfigFile(ours)).toBeNull();
    } finally {
      await real.stop();
    }
    const theirs = parts(readFileSync(theirFile, 'utf8'));
    const mine = parts(readFileSync(ourFile, 'utf8'));
    expect(mine.kept).toEqual(theirs.kept);
    // Redis writes its default user, which we have no access lists for; the order of what is appended is that of a hash table.
    expect(mine.appended).toEqual(theirs.appended.filter((line) => !line.startsWith('user ')));

    const again = new Configuration(folder.path);
    loadCommandLine(again, runOf([ourFile]));
    expect(shown(again)).toEqual(shown(ours));
    // Redis takes the end of the last line for one more, empty line; from then on the file stays as it is.
    expect(rewriteConfigFile(again)).toBeNull();
    const before = readFileSync(ourFile, 'utf8');
    expect(rewriteConfigFile(again)).toBeNull();
    expect(readFileSync(ourFile, 'utf8')).toBe(before);
  });
});

/** A rewritten file: what stands above the mark of CONFIG REWRITE in its order, and what it appended. */
function parts(text: string): { kept: string[]; appended: string[] } {
  const lines = text.split('\n');
  const mark = lines.indexOf('# Generated by CONFIG REWRITE');
  return {
    kept: lines.slice(0, mark),
    appended: lines
      .slice(mark + 1)
      .filter((line) => line !== '')
      .sort(),
  };
}
