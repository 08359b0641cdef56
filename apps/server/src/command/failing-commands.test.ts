import { RequestLimits } from '@nanoredis/resp-codec';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeConnection } from '../../test/harness/fake-connection';
import { createInstance } from '../../test/harness/instance-fixture';
import { InProcessClient } from '../clients/in-process-client';
import { NetworkClients } from '../clients/network-clients';
import { commands } from '../commands';
import type { Instance } from '../instance';
import { ManualClock } from '../runtime/clock';
import { ValueType } from '../values/entry';
import { type CommandDefinition, defineCommand } from './define-command';
import { keyAt } from './key-specification';

const facts = {
  summary: 'Throws',
  since: '1.0.0',
  group: 'server',
  complexity: 'O(1)',
  arity: -1,
  flags: [],
  categories: [],
} as const;

function throwing(name: string, execute: CommandDefinition['execute']): CommandDefinition {
  return defineCommand({ ...facts, name, execute });
}

/** Commands with a fault. */
const faulty = [
  throwing('throw', () => {
    throw new TypeError('a fault');
  }),
  throwing('throw-late', (_args, reply) => {
    reply.array(2);
    reply.integer(1);
    throw new TypeError('a fault');
  }),
  throwing('throw-after-much', (_args, reply) => {
    reply.array(2);
    reply.bulkString('x'.repeat(200_000));
    throw new TypeError('a fault');
  }),
  defineCommand({
    ...facts,
    name: 'throw-when-served',
    arity: 2,
    keys: [keyAt(1, ['RW'])],
    execute(args, _reply, call) {
      call.block(args, 1, 2, Number.POSITIVE_INFINITY, {
        type: ValueType.list,
        serve(_entry, _key, reply) {
          reply.array(2);
          throw new TypeError('a fault');
        },
      });
    },
  }),
];

const INTERNAL_ERROR = '-ERR internal error, the log of the server has the details\r\n';

describe('a command with a fault', () => {
  const lines: string[] = [];
  let instance: Instance;
  let client: InProcessClient;

  beforeEach(() => {
    lines.length = 0;
    const log = { write: (_level: string, line: string) => void lines.push(line) };
    instance = createInstance(new ManualClock(), [...commands, ...faulty], log);
    client = new InProcessClient(instance);
  });

  const call = (...args: string[]): string => String(client.execute(args));

  it('is answered with an error, and logged with its stack', () => {
    expect(call('THROW')).toBe(INTERNAL_ERROR);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^Internal error, a command failed: TypeError: a fault\n\s+at .*failing-commands/);
    expect(call('PING')).toBe('+PONG\r\n');
    expect(call('INFO', 'commandstats')).toContain('cmdstat_throw:calls=1');
    expect(call('INFO', 'commandstats')).toContain('failed_calls=1');
  });

  it('has its error in place of the reply that it has begun', () => {
    expect(call('THROW-LATE')).toBe(INTERNAL_ERROR);
    expect(call('THROW-AFTER-MUCH')).toBe(INTERNAL_ERROR);
  });

  it('has its error among the replies of a transaction', () => {
    for (const name of ['MULTI', 'PING', 'THROW-LATE', 'PING']) call(name);
    expect(call('EXEC')).toBe(`*3\r\n+PONG\r\n${INTERNAL_ERROR}+PONG\r\n`);
    expect(call('PING')).toBe('+PONG\r\n');
  });

  it('has its error when it is served after a wait, and the command that served it succeeds', async () => {
    const waiting = client.execute(['THROW-WHEN-SERVED', 'k']);
    expect(call('RPUSH', 'k', 'x')).toBe(':1\r\n');
    expect(String(await waiting)).toBe(INTERNAL_ERROR);
    expect(call('LLEN', 'k')).toBe(':1\r\n');
  });

  it('is like background work with a fault: it is logged, and the server goes on', () => {
    instance.memoryLimit.cron = () => {
      throw new TypeError('a fault');
    };
    expect(instance.cron.run()).toBe(0);
    expect(lines[0]).toMatch(/^Internal error, background work failed: TypeError: a fault\n\s+at /);
  });

  describe('of a client behind a socket', () => {
    let clients: NetworkClients;

    beforeEach(() => {
      clients = new NetworkClients(instance, new RequestLimits());
    });

    function open(): { connection: FakeConnection; send: (text: string) => void } {
      const connection = new FakeConnection();
      clients.onOpen(connection);
      const send = (text: string): void => {
        const bytes = Buffer.from(text);
        clients.onData(connection, bytes, 0, bytes.length);
        clients.onBatch();
      };
      return { connection, send };
    }

    it('is answered with an error, and the requests behind it are executed', () => {
      const { connection, send } = open();
      send('PING\r\nTHROW-LATE\r\nPING\r\n');
      expect(connection.take()).toBe(`+PONG\r\n${INTERNAL_ERROR}+PONG\r\n`);
      expect(connection.isOpen).toBe(true);
    });

    it('ends the client if a part of its reply was handed over, and no other client', () => {
      const [first, second] = [open(), open()];
      first.send('PING\r\nTHROW-AFTER-MUCH\r\nSET k v\r\n');
      expect(first.connection.closed).toBe('destroyed');
      expect(instance.sessions.size).toBe(2);
      second.send('EXISTS k\r\n');
      expect(second.connection.take()).toBe(':0\r\n');
    });

    it('ends the client if the fault is outside of any command, and no other client', () => {
      const [first, second] = [open(), open()];
      const { registry } = instance;
      const { find } = registry;
      registry.find = () => {
        throw new TypeError('a fault');
      };
      first.send('PING\r\n');
      registry.find = find;
      expect(first.connection.closed).toBe('destroyed');
      expect(lines[0]).toMatch(/^Internal error, the requests of a client failed: TypeError: a fault\n\s+at /);
      second.send('PING\r\n');
      expect(second.connection.take()).toBe('+PONG\r\n');
    });
  });
});
