import { beforeEach, describe, expect, it } from 'vitest';
import { Configuration } from '../config';
import { Arguments } from '../request/arguments';
import { ManualClock } from '../runtime/clock';
import type { CommandFlag } from '../session/command-flags';
import type { Session } from '../session/session';
import { Command } from './command';
import { SlowCommands } from './slow-commands';

const session = { name: 'me', transport: { remoteAddress: '127.0.0.1:1' } } as unknown as Session;

function command(...flags: CommandFlag[]): Command {
  return new Command(
    {
      name: 'test',
      summary: '',
      since: '',
      group: 'generic',
      arity: -1,
      flags,
      categories: [],
      findSecrets: () => [1],
      execute() {},
    },
    null,
  );
}

function argumentsOf(...texts: string[]): Arguments {
  const args = new Arguments();
  args.bytes = Buffer.from(texts.join(''));
  let at = 0;
  for (const text of texts) {
    args.appendSpan(at, at + text.length);
    at += text.length;
  }
  return args;
}

describe('SlowCommands', () => {
  let config: Configuration;
  let slow: SlowCommands;

  beforeEach(() => {
    config = new Configuration();
    slow = new SlowCommands(config, new ManualClock());
  });

  it('log a command that took as long as slowlog-log-slower-than says, without its secrets', () => {
    config.set([['slowlog-log-slower-than', '5000']], true);
    slow.took(session, command(), argumentsOf('AUTH', 'secret'), 4999);
    slow.took(session, command(), argumentsOf('AUTH', 'secret'), 5000.5);
    const [entry, ...others] = slow.slowLog.newest(10);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ microseconds: 5000, clientAddress: '127.0.0.1:1', clientName: 'me' });
    expect(entry!.args.map(String)).toEqual(['AUTH', '(redacted)']);
  });

  it('cut long arguments and long lists of arguments', () => {
    slow.took(session, command(), argumentsOf('A', 'b', 'c'.repeat(130), ...Array<string>(31).fill('d')), 1e6);
    const args = slow.slowLog.newest(1)[0]!.args.map(String);
    expect(args).toHaveLength(32);
    expect(args[2]).toBe(`${'c'.repeat(128)}... (2 more bytes)`);
    expect(args[31]).toBe('... (3 more arguments)');
  });

  it('leave commands that are flagged skip_slowlog out', () => {
    slow.took(session, command('skip_slowlog'), argumentsOf('EXEC'), 1e6);
    expect(slow.slowLog.length).toBe(0);
  });

  it('record latency spikes by the kind of command', () => {
    config.set([['latency-monitor-threshold', '2']], true);
    slow.took(session, command(), argumentsOf('SORT'), 1999);
    slow.took(session, command(), argumentsOf('SORT'), 2500);
    slow.took(session, command('fast'), argumentsOf('GET'), 3000);
    expect([...slow.latency.events.keys()]).toEqual(['command', 'fast-command']);
  });

  it.each([
    ['slowlog-log-slower-than', '999', true],
    ['slowlog-log-slower-than', '1000', false],
    ['slowlog-log-slower-than', '-1', false],
    ['latency-monitor-threshold', '1', false],
    ['latency-monitor-threshold', '0', false],
  ])('with %s %s, time every command by itself: %s', (name, value, isExact) => {
    config.set([[name, value]], true);
    expect(slow.timesExactly).toBe(isExact);
  });
});
