import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config-error';
import { ConfigLoader } from './config-loader';
import { Configuration } from './configuration';

let folder: string;
let config: Configuration;
let loader: ConfigLoader;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nanoredis-loader-'));
  config = new Configuration(folder);
  loader = new ConfigLoader(config);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function failure(action: () => void): ConfigError {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('ConfigLoader', () => {
  it('skips comments and empty lines and accepts names in any case', () => {
    loader.loadText('# port 1\n\n   PORT 7000  \r\n\tmaxmemory "100mb"\n', 'x');
    expect(config.values.port).toBe(7000);
    expect(config.values.maxmemory).toBe(100 * 2 ** 20);
  });

  it('accumulates save lines over all sources of a start, and drops the default', () => {
    loader.loadText('save 60 1\nsave 30 2 10 3', 'x');
    loader.loadText('save 5 5', 'y');
    expect(config.text('save')).toBe('60 1 30 2 10 3 5 5');
    write('more.conf', 'save 8 8');
    loader.loadText('include more.conf\nsave "9 9"', 'y');
    expect(config.text('save')).toBe('60 1 30 2 10 3 5 5 8 8 9 9');
    loader.loadText('save ""\nsave 7 7', 'z');
    expect(config.text('save')).toBe('7 7');
  });

  it('reports the line of an invalid directive', () => {
    const error = failure(() => loader.loadText('port 1\n# two\n maxmemory lots \n', '/etc/redis.conf'));
    expect(error.message).toBe("/etc/redis.conf, line 3: 'maxmemory lots': argument must be a memory value");
    expect(error.report('1.2.3')).toBe(
      '*** FATAL CONFIG FILE ERROR (NanoRedis 1.2.3) ***\n' +
        'Reading the configuration file, at line 3\n' +
        ">>> 'maxmemory lots'\n" +
        'argument must be a memory value',
    );
  });

  it('includes files and wildcards, relative to dir, in the order of their names', () => {
    write('main.conf', 'timeout 1\ninclude conf.d/*.conf\ninclude nothing-*.conf\ntcp-keepalive 3');
    write('conf.d/20.conf', 'timeout 20\nport 20');
    write('conf.d/10.conf', 'timeout 10\ntcp-keepalive 10');
    write('conf.d/.hidden.conf', 'timeout 99');
    write('conf.d/30.txt', 'timeout 30');
    loader.loadFile('main.conf');
    expect(config.file).toBe(join(folder, 'main.conf'));
    expect([config.values.timeout, config.values.port, config.values['tcp-keepalive']]).toEqual([20, 20, 3]);
  });

  it('reports the file and the line if an included file is invalid or missing', () => {
    write('main.conf', 'include other.conf');
    write('other.conf', '\nport x');
    expect(failure(() => loader.loadFile('main.conf')).location).toEqual({
      source: join(folder, 'other.conf'),
      line: 2,
      text: 'port x',
    });
    const missing = failure(() => loader.loadText('include gone.conf', 'x'));
    expect(missing.reason).toBe(
      `Fatal error, can't open config file '${join(folder, 'gone.conf')}': No such file or directory`,
    );
  });

  it('rejects files that include each other endlessly', () => {
    write('a.conf', 'include b.conf');
    write('b.conf', 'include a.conf');
    expect(failure(() => loader.loadFile('a.conf')).reason).toBe('files include each other more than 32 deep');
  });

  it('reports directives that are not supported', () => {
    expect(failure(() => loader.loadText('loadmodule x.so', 'x')).reason).toBe('NanoRedis cannot load Redis modules');
    expect(failure(() => loader.loadText('user alice on', 'x')).reason).toBe('NanoRedis has no access lists (ACL) yet');
    expect(failure(() => loader.loadFile('gone.conf')).message).toBe(
      `Fatal error, can't open config file '${join(folder, 'gone.conf')}': No such file or directory`,
    );
    expect(failure(() => loader.loadFile('.')).reason).toContain('Is a directory');
  });

  it('accepts a file that Redis has rewritten', () => {
    loader.loadText('user default on nopass sanitize-payload ~* &* +@all\nlua-replicate-commands yes', 'x');
    expect(config.changedWithoutEffect()).toEqual([]);
  });

  it('collects renamed commands', () => {
    loader.loadText('rename-command FLUSHALL ""\nrename-command KEYS k', 'x');
    expect(loader.renamedCommands).toEqual([
      ['FLUSHALL', ''],
      ['KEYS', 'k'],
    ]);
  });
});
