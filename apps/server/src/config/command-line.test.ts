import { describe, expect, it } from 'vitest';
import { loadCommandLine, parseCommandLine } from './command-line';
import { Configuration } from './configuration';

function load(argv: readonly string[], input = ''): Configuration {
  const config = new Configuration('/');
  const commandLine = parseCommandLine(argv);
  if (commandLine.action !== 'run') throw new Error(`${commandLine.action}?`);
  loadCommandLine(config, commandLine, () => input);
  return config;
}

describe('the command line', () => {
  it('recognises --version and --help', () => {
    expect(['-v', '--version', '-h', '--help'].map((arg) => parseCommandLine([arg]).action)).toEqual([
      'version',
      'version',
      'help',
      'help',
    ]);
  });

  it('takes a first argument that is not an option as the file', () => {
    expect(parseCommandLine(['/etc/redis.conf', '--port', '1'])).toEqual({
      action: 'run',
      file: '/etc/redis.conf',
      readsStandardInput: false,
      directives: 'port "1" ',
    });
  });

  it('sets options, several values of one option, and options of NanoRedis', () => {
    const config = load(['--port', '7000', '--bind', '127.0.0.1', '::1', '--event-loop', 'epoll']);
    expect(config.values.port).toBe(7000);
    expect(config.values.bind).toEqual(['127.0.0.1', '::1']);
    expect(config.values['event-loop']).toBe('epoll');
  });

  it('takes the argument after a name as its value even if it starts with dashes', () => {
    expect(load(['--requirepass', '--secret', '--port', '7']).text('requirepass')).toBe('--secret');
  });

  it('takes name and value as one argument', () => {
    expect(load(['--port 7001']).values.port).toBe(7001);
  });

  it('reads --save with nothing, with an empty text, with pairs and several times', () => {
    expect(load(['--save']).text('save')).toBe('');
    expect(load(['--save', '--port', '1']).text('save')).toBe('');
    expect(load(['--save', '']).text('save')).toBe('');
    expect(load(['--save', '60', '1', '30', '2']).text('save')).toBe('60 1 30 2');
    expect(load(['--save', '60', '1', '--save', '30', '2']).text('save')).toBe('60 1 30 2');
    expect(load(['--save', '60', '1', '--save', '']).text('save')).toBe('');
  });

  it('reads standard input before the options', () => {
    const config = load(['-', '--port', '2'], 'port 1\ntimeout 9');
    expect([config.values.port, config.values.timeout]).toEqual([2, 9]);
    expect(load(['--port', '2', '-'], 'timeout 8').values.timeout).toBe(8);
  });

  it('reports an error in one line', () => {
    expect(() => load(['--no-such', '1'])).toThrow(
      'command line, line 1: \'no-such "1"\': Bad directive or wrong number of arguments',
    );
    expect(() => load(['--port', '1', '--hz', 'x'])).toThrow(
      "command line, line 2: 'hz \"x\"': argument couldn't be parsed into an integer",
    );
    expect(() => load(['--port'])).toThrow("command line, line 1: 'port': wrong number of arguments");
    expect(() => load(['-', '--port', '1'], 'what is this')).toThrow('standard input, line 1');
  });
});
