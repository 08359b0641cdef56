import { RequestLimits } from '@nanoredis/resp-codec';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeConnection } from '../../test/harness/fake-connection';
import { SessionFixture } from '../../test/harness/session-fixture';
import type { Arguments } from '../request/arguments';
import type { Reply } from '../request/reply';
import { Ending } from '../session/ending';
import type { Block, Session } from '../session/session';
import { NetworkClient } from './network-client';
import { RequestPump } from './request-pump';

/** Knows a few commands for what a request can do to its session, and answers all others with their name. */
class FakeDispatcher {
  /** The names of the executed requests, with the id of the session. */
  readonly executed: string[] = [];
  readonly block: Block = { cancel: () => void this.executed.push('cancelled') };
  /** What the command of that name does. */
  readonly commands = new Map<string, (session: Session) => void>();

  beginRequests(): void {}

  execute(session: Session, args: Arguments, reply: Reply): void {
    const name = args.toLatin1(0);
    this.executed.push(`${session.id} ${name}`);
    if (name === 'BLOCK') session.blockBy(this.block);
    else reply.simple(name);
    this.commands.get(name)?.(session);
  }
}

describe('the request pump', () => {
  let server: SessionFixture & { dispatcher: FakeDispatcher; batches: string[]; batch: { begin(): void; end(): void } };
  let limits: RequestLimits;
  let pump: RequestPump;
  let dispatcher: FakeDispatcher;

  beforeEach(() => {
    dispatcher = new FakeDispatcher();
    const batches: string[] = [];
    server = Object.assign(new SessionFixture(), {
      dispatcher,
      batches,
      batch: { begin: () => void batches.push('begin'), end: () => void batches.push('end') },
    });
    limits = new RequestLimits();
    pump = new RequestPump(server, limits);
  });

  function open(): { client: NetworkClient; connection: FakeConnection; session: Session } {
    const connection = new FakeConnection();
    const session = server.sessions.open();
    const client = new NetworkClient(connection, session, pump.createParser(), pump.reply, pump);
    session.transport = client;
    connection.context = client;
    return { client, connection, session };
  }

  /** Hands over a window of bytes as an event loop does, whose buffer has other content afterwards. */
  function receive(client: NetworkClient, text: string): void {
    const window = Buffer.from(text, 'latin1');
    pump.receive(client, window, 0, window.length);
    window.fill(0);
  }

  const lines = (...names: string[]): string => names.map((name) => `${name}\r\n`).join('');
  const replies = (...names: string[]): string => names.map((name) => `+${name}\r\n`).join('');
  const microtasks = (): Promise<void> => Promise.resolve();

  it('executes the requests of a window in order, and writes their replies to the connection', () => {
    const { client, connection } = open();
    receive(client, lines('A', 'B', 'C'));
    expect(dispatcher.executed).toEqual(['1 A', '1 B', '1 C']);
    expect(connection.take()).toBe(replies('A', 'B', 'C'));
  });

  it('executes a pipeline that is longer than what it parses ahead', () => {
    const { client, connection } = open();
    const names = Array.from({ length: 1000 }, (_, i) => `N${i}`);
    receive(client, names.map((name) => `*1\r\n$${name.length}\r\n${name}\r\n`).join(''));
    expect(connection.take()).toBe(replies(...names));
  });

  it('keeps an incomplete request until its rest arrives', () => {
    const { client, connection } = open();
    const request = '*1\r\n$5\r\nHELLO\r\n';
    for (const byte of request.slice(0, -1)) receive(client, byte);
    expect(connection.take()).toBe('');
    receive(client, request.slice(-1));
    expect(connection.take()).toBe('+HELLO\r\n');
  });

  it('notes when a client was active last', () => {
    const { client, session } = open();
    server.keyspace.setTime(server.keyspace.nowMs + 5000);
    receive(client, lines('A'));
    expect(session.lastInteractionMs).toBe(server.keyspace.nowMs);
  });

  it('parses one request at a time before authentication, because each may change what is accepted', () => {
    server.config.assign({ requirepass: 'pw' });
    const { client, connection, session } = open();
    dispatcher.commands.set('AUTH', () => session.setAuthenticated(true));
    const long = `*1\r\n$20000\r\n${'x'.repeat(20_000)}\r\n`;
    receive(client, lines('AUTH') + long);
    expect(connection.take()).toBe(replies('AUTH', 'x'.repeat(20_000)));
    session.setAuthenticated(false);
    receive(client, long);
    expect(connection.take()).toMatch(/^-ERR Protocol error: unauthenticated/);
  });

  describe('with a blocked client', () => {
    it('executes what was sent behind the block when it ends, in order, then what has arrived meanwhile', async () => {
      const { client, connection, session } = open();
      receive(client, `${lines('A', 'BLOCK', 'B', 'C')}D`);
      receive(client, lines('1', 'E'));
      expect(connection.take()).toBe(replies('A'));
      session.unblock(dispatcher.block);
      expect(connection.take()).toBe('');
      await microtasks();
      expect(connection.take()).toBe(replies('B', 'C', 'D1', 'E'));
    });

    it('stops again at the next block', async () => {
      const { client, connection, session } = open();
      receive(client, lines('BLOCK', 'A', 'BLOCK', 'B'));
      session.unblock(dispatcher.block);
      await microtasks();
      expect(connection.take()).toBe(replies('A'));
      session.unblock(dispatcher.block);
      await microtasks();
      expect(connection.take()).toBe(replies('B'));
    });

    it('goes on with it after the request that ends the block, not within it', () => {
      const [waiting, other] = [open(), open()];
      receive(waiting.client, lines('BLOCK', 'A', 'B'));
      dispatcher.commands.set('WAKE', () => {
        waiting.session.unblock(dispatcher.block);
        dispatcher.executed.push('woken');
      });
      receive(other.client, lines('WAKE', 'C'));
      expect(dispatcher.executed).toEqual(['1 BLOCK', '2 WAKE', 'woken', '2 C', '1 A', '1 B']);
      expect(waiting.connection.take()).toBe(replies('A', 'B'));
      expect(other.connection.take()).toBe(replies('WAKE', 'C'));
    });

    it('serves a long chain of clients that wake each other without growing the stack', async () => {
      const chain = Array.from({ length: 20_000 }, open);
      dispatcher.commands.set('NEXT', ({ id }) => chain[id]?.session.unblock(dispatcher.block));
      for (const { client } of chain) receive(client, lines('BLOCK', 'NEXT'));
      chain[0]!.session.unblock(dispatcher.block);
      await microtasks();
      expect(chain.at(-1)!.connection.take()).toBe(replies('NEXT'));
    });

    it('reads on, and stops reading when more than a mebibyte waits', async () => {
      const { client, connection, session } = open();
      receive(client, lines('BLOCK', 'A'));
      expect(connection.isReading).toBe(true);
      for (let i = 0; i < 18; i++) receive(client, lines('X'.repeat(60_000)));
      expect(connection.isReading).toBe(false);
      session.unblock(dispatcher.block);
      await microtasks();
      expect(connection.isReading).toBe(true);
    });

    it('opens and ends a batch for a client that is woken while no request runs', async () => {
      const { client, session } = open();
      receive(client, lines('BLOCK', 'A'));
      session.unblock(dispatcher.block);
      await microtasks();
      expect(server.batches).toEqual(['begin', 'end']);
    });
  });

  describe('with a client that ends', () => {
    it('closes after the replies when the session says so, and drops what is behind', () => {
      const { client, connection } = open();
      dispatcher.commands.set('QUIT', (session) => session.end(Ending.afterReplies));
      receive(client, lines('A', 'QUIT', 'B'));
      expect(connection.output).toBe(replies('A', 'QUIT'));
      expect(connection.closed).toBe('ended');
      receive(client, lines('C'));
      expect(dispatcher.executed).toEqual(['1 A', '1 QUIT']);
    });

    it('closes after its running request when it is killed by that', () => {
      const { client, connection, session } = open();
      dispatcher.commands.set('KILL', () => {
        session.end(Ending.now);
        expect(connection.isOpen).toBe(true);
        expect(server.sessions.size).toBe(1);
      });
      receive(client, lines('A', 'KILL', 'B'));
      expect(connection.closed).toBe('destroyed');
      expect(server.sessions.size).toBe(0);
      expect(dispatcher.executed).toEqual(['1 A', '1 KILL']);
    });

    it('executes nothing of a client that is killed after its block has ended', async () => {
      const [waiting, other] = [open(), open()];
      receive(waiting.client, lines('BLOCK', 'A'));
      dispatcher.commands.set('WAKE', () => waiting.session.unblock(dispatcher.block));
      dispatcher.commands.set('KILL', () => waiting.session.end(Ending.now));
      receive(other.client, lines('WAKE', 'KILL'));
      await microtasks();
      expect(dispatcher.executed).toEqual(['1 BLOCK', '2 WAKE', '2 KILL']);
      expect(waiting.connection.closed).toBe('destroyed');
    });

    it('executes nothing of a client that has hung up before its block ends', async () => {
      const { client, connection, session } = open();
      receive(client, lines('BLOCK', 'A'));
      connection.isOpen = false;
      session.unblock(dispatcher.block);
      await microtasks();
      expect(dispatcher.executed).toEqual(['1 BLOCK']);
    });

    it('cancels the block of a client that is killed', () => {
      const { client, session } = open();
      receive(client, lines('BLOCK', 'A'));
      session.end(Ending.now);
      expect(dispatcher.executed).toEqual(['1 BLOCK', 'cancelled']);
      expect(session.postponed).toEqual([]);
    });

    it('closes after a protocol error without a reply, if the client wants none', () => {
      for (const mode of ['off', 'skip-next'] as const) {
        const { client, connection, session } = open();
        session.setReplyMode(mode);
        receive(client, '*1\r\nfoo\r\n');
        expect(connection.output).toBe('');
        expect(session.isClosing).toBe(true);
      }
    });

    it('answers a protocol error and closes', () => {
      const { client, connection } = open();
      receive(client, `${lines('A')}*1\r\nfoo\r\n${lines('B')}`);
      expect(connection.output).toBe("+A\r\n-ERR Protocol error: expected '$', got 'f'\r\n");
      expect(connection.closed).toBe('ended');
    });

    it('closes on a request that is larger than the limit, and counts it', () => {
      const { client, connection } = open();
      limits.maxQueryBytes = 1 << 20;
      receive(client, `*2\r\n$4\r\nECHO\r\n$2000000\r\n${'x'.repeat(1_500_000)}`);
      expect(connection.closed).toBe('ended');
      expect(server.statistics.queryLimitDisconnections).toBe(1);
    });

    it('closes on a request that there is no memory for, and logs it', () => {
      const { client, connection } = open();
      const { allocUnsafeSlow } = Buffer;
      const window = Buffer.from(`${lines('A')}*2\r\n$4\r\nECHO\r\n$3000000\r\n${'x'.repeat(2_500_000)}`);
      vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation((size) => {
        if (size > 1 << 20) throw new RangeError('Array buffer allocation failed');
        return allocUnsafeSlow(size);
      });
      try {
        pump.receive(client, window, 0, window.length);
      } finally {
        vi.restoreAllMocks();
      }
      expect(connection.output).toBe('+A\r\n');
      expect(connection.closed).toBe('ended');
      expect(server.lines).toEqual(['Closing a client: there is not enough memory for its request']);
    });

    it('checks the limits of output after the requests, and each time a reply fills what was reserved', () => {
      const { client, connection } = open();
      let checks = 0;
      server.clientLimits = {
        check(session) {
          checks++;
          if (checks === 2) session.end(Ending.afterBatch);
        },
        noteInput() {},
      };
      const name = 'x'.repeat(40_000);
      receive(client, lines('A'));
      expect(checks).toBe(1);
      receive(client, lines(name, name, 'B'));
      expect(dispatcher.executed).toHaveLength(3);
      expect(connection.closed).toBe('destroyed');
    });

    it('drops the rest of a reply that passes a limit of output, and what is written afterwards', () => {
      const { client, connection } = open();
      let checks = 0;
      server.clientLimits = {
        check(session) {
          if (++checks === 2) session.end(Ending.afterBatch);
        },
        noteInput() {},
      };
      const value = Buffer.alloc(10_000_000, 'x');
      dispatcher.commands.set('LONG', () => {
        for (let i = 0; i < 100; i++) pump.reply.bulk(value, 0, value.length);
        for (let i = 0; i < 100_000; i++) pump.reply.integer(i);
      });
      receive(client, lines('LONG', 'A'));
      expect(connection.output.length).toBe(2 * 64 * 1024);
      expect(connection.closed).toBe('destroyed');
      const other = open();
      receive(other.client, lines('B'));
      expect(other.connection.output).toBe(replies('B'));
    });
  });

  it('puts messages between two replies of the client that they are for', () => {
    const { client, connection, session } = open();
    const other = open();
    dispatcher.commands.set('PUSH', () => session.transport!.write(Buffer.from('>message\r\n')));
    receive(client, lines('A', 'PUSH', 'B'));
    expect(connection.take()).toBe(`${replies('A', 'PUSH')}>message\r\n${replies('B')}`);
    receive(other.client, lines('PUSH'));
    expect(connection.take()).toBe('>message\r\n');
    expect(other.connection.take()).toBe(replies('PUSH'));
  });
});
