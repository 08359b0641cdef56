import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SessionFixture } from '../../test/harness/session-fixture';
import { CommandError, NanoRedis } from '../nano-redis';
import { Arguments } from '../request/arguments';
import type { Reply } from '../request/reply';
import { ManualClock } from '../runtime/clock';
import { ValueType } from '../values/entry';
import type { WaitingOperation } from './blocked-client';
import { BlockedClients } from './blocked-clients';
import { Ending } from './ending';
import { Pause } from './pause';
import type { Session } from './session';

/** Replies with the key. */
class FakeOperation implements WaitingOperation {
  readonly argumentBytes = 0;
  readonly type = ValueType.string;

  serve(_entry: number, key: Buffer, reply: Reply): void {
    reply.simple(key.toString());
  }
}

describe('blocked clients', () => {
  let server: SessionFixture;
  let clients: BlockedClients;

  beforeEach(() => {
    server = new SessionFixture();
    clients = new BlockedClients(Object.assign(server, { batch: { begin() {}, end() {} } }));
  });

  function block(session: Session, key: string, deadlineMs = Number.POSITIVE_INFINITY): void {
    const args = new Arguments();
    args.bytes = Buffer.from(key);
    args.appendSpan(0, key.length);
    clients.block(session, args, 0, 1, deadlineMs, new FakeOperation());
  }

  /** Creates a string under a key, and ends the execution unit. */
  function create(key: string): void {
    const { databases, changes } = server.keyspace;
    const bytes = Buffer.from(key);
    databases[0]!.strings.set(bytes, 0, bytes.length, bytes, 0, bytes.length);
    if (changes.pending !== 0) changes.endUnit();
  }

  it('get their reply through their client, and go on', () => {
    const { session, transport } = server.open();
    block(session, 'k');
    expect(session.isBlocked).toBe(true);
    create('other');
    expect(transport.calls).toEqual([]);
    create('k');
    expect(transport.calls).toEqual(['resume', 'write +k\r\n']);
    expect(session.isBlocked).toBe(false);
    expect(server.keyspace.changes.blocked.count).toBe(0);
  });

  it('that are killed wait for nothing any more', () => {
    const { session, transport } = server.open();
    block(session, 'k', server.clock.nowMs() + 1000);
    expect(clients.timeoutCount).toBe(1);
    session.end(Ending.now);
    expect(clients.timeoutCount).toBe(0);
    expect(server.keyspace.changes.blocked.count).toBe(0);
    expect(clients.unblock(session, false)).toBe(false);
    create('k');
    server.clock.advance(5000);
    expect(transport.calls).toEqual(['destroy', 'destroy']);
  });

  it('whose connection has closed are passed over, before their session ends', () => {
    const [closed, next] = [server.open(), server.open()];
    block(closed.session, 'k');
    block(next.session, 'k');
    closed.transport.isOpen = false;
    create('k');
    expect(closed.transport.calls).toEqual([]);
    expect(next.transport.calls).toEqual(['resume', 'write +k\r\n']);
    closed.session.end(Ending.now);
    expect(server.keyspace.changes.blocked.count).toBe(0);
  });

  it('stop waiting at their deadline, and by CLIENT UNBLOCK', () => {
    const [late, early, unblocked] = [server.open(), server.open(), server.open()];
    const nowMs = server.clock.nowMs();
    block(late.session, 'k', nowMs + 2000);
    block(early.session, 'k', nowMs + 1000);
    block(unblocked.session, 'k', nowMs + 500);
    for (const { session } of [late, early, unblocked]) session.lastCommand = { name: 'blpop', failed: 0 };
    expect(clients.unblock(unblocked.session, true)).toBe(true);
    expect(unblocked.transport.calls).toEqual(['resume', 'write -UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n']);
    expect(unblocked.session.lastCommand?.failed).toBe(1);
    server.clock.advance(1000);
    expect(early.transport.calls).toEqual(['resume', 'write *-1\r\n']);
    expect(late.transport.calls).toEqual([]);
    server.clock.advance(1000);
    expect(late.transport.calls).toEqual(['resume', 'write *-1\r\n']);
  });

  it('of CLIENT REPLY OFF are served without a reply', () => {
    const { session, transport } = server.open();
    session.setReplyMode('off');
    block(session, 'k');
    create('k');
    expect(transport.calls).toEqual(['resume', 'write ']);
  });

  it('are not released by another block', () => {
    const { session } = server.open();
    block(session, 'k');
    new Pause(server.clock).end();
    session.unblock(new Pause(server.clock));
    expect(session.isBlocked).toBe(true);
  });
});

/** What a promise has resolved to, or 'pending'. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  const pending = Symbol('pending');
  for (let i = 0; i < 10; i++) await Promise.resolve();
  const state = await Promise.race([promise, Promise.resolve(pending)]);
  return state === pending ? 'pending' : state;
}

describe('blocking calls in the process', () => {
  let clock: ManualClock;
  let server: NanoRedis;

  beforeEach(async () => {
    clock = new ManualClock();
    server = await NanoRedis.start({ port: null, clock });
  });

  afterEach(() => server.stop());

  async function figure(section: string, name: string): Promise<number> {
    return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(String(await server.call('INFO', section)))?.[1]);
  }

  it('resolve when there is something, and hold up no other call', async () => {
    const popped = server.call('BLPOP', 'k', 0);
    expect(await server.call('PING')).toBe('PONG');
    expect(await figure('clients', 'blocked_clients')).toBe(1);
    expect(await stateOf(popped)).toBe('pending');
    expect(await server.call('RPUSH', 'k', 'x', 'y')).toBe(2);
    expect(await popped).toEqual(['k', 'x']);
    expect(await server.call('LRANGE', 'k', '0', '-1')).toEqual(['y']);
    expect(await figure('clients', 'blocked_clients')).toBe(0);
  });

  it('resolve at once when there is something already', async () => {
    await server.call('RPUSH', 'k', 'x');
    expect(await stateOf(server.call('BLPOP', 'k', 0))).toEqual(['k', 'x']);
  });

  it('are served in their order', async () => {
    const pops = Array.from({ length: 5 }, (_, i) => server.call(i % 2 === 0 ? 'BLPOP' : 'BRPOP', 'k', '0'));
    await server.call('RPUSH', 'k', '1', '2', '3', '4', '5');
    expect(await Promise.all(pops)).toEqual([
      ['k', '1'],
      ['k', '5'],
      ['k', '2'],
      ['k', '4'],
      ['k', '3'],
    ]);
  });

  it('wait in the database and the protocol of the call', async () => {
    await server.call('SELECT', '3');
    const popped = server.callBuffer('BLPOP', 'k', 0);
    await server.call('SELECT', '0');
    await server.call('RPUSH', 'k', 'zero');
    expect(await stateOf(popped)).toBe('pending');
    await server.call('SELECT', '3');
    await server.call('RPUSH', 'k', 'three');
    expect(await popped).toEqual([Buffer.from('k'), Buffer.from('three')]);
  });

  it('leave the transaction of other calls alone', async () => {
    const popped = server.call('BLPOP', 'k', 0);
    await server.call('MULTI');
    await server.call('RPUSH', 'k', 'x');
    await server.call('BLPOP', 'j', 0);
    expect(await stateOf(popped)).toBe('pending');
    expect(await server.call('EXEC')).toEqual([1, null]);
    expect(await popped).toEqual(['k', 'x']);
  });

  it('end when the clock is moved beyond their time, not before', async () => {
    const [long, short, never] = [
      server.call('BLPOP', 'k', 10),
      server.call('BLPOP', 'k', '0.5'),
      server.call('BLPOP', 'k', 0),
    ];
    expect(await figure('clients', 'clients_in_timeout_table')).toBe(2);
    clock.advance(499);
    expect(await stateOf(short)).toBe('pending');
    clock.advance(1);
    expect(await short).toBeNull();
    expect(await stateOf(long)).toBe('pending');
    clock.advance(3_600_000);
    expect(await long).toBeNull();
    expect(await stateOf(never)).toBe('pending');
    expect(await figure('clients', 'clients_in_timeout_table')).toBe(0);
    await server.call('RPUSH', 'k', 'x');
    expect(await never).toEqual(['k', 'x']);
  });

  it('keep their time when others with an earlier one come and go', async () => {
    const late = server.call('BLPOP', 'late', 2);
    const early = server.call('BLPOP', 'early', 1);
    await server.call('RPUSH', 'early', 'x');
    await early;
    clock.advance(1999);
    expect(await stateOf(late)).toBe('pending');
    clock.advance(1);
    expect(await late).toBeNull();
  });

  it('are rejected with the error of what serves them', async () => {
    await server.call('SET', 'target', 'text');
    const moved = server.call('BLMOVE', 'k', 'target', 'LEFT', 'LEFT', 0);
    const check = expect(moved).rejects.toThrow(CommandError);
    await server.call('RPUSH', 'k', 'x');
    await check;
    expect(await server.call('LLEN', 'k')).toBe(1);
  });

  it('are ended by CLIENT UNBLOCK, by the number of their own session', async () => {
    const id = Number(await server.call('CLIENT', 'ID'));
    const [popped, failed] = [server.call('BLPOP', 'k', 0), server.call('BLPOP', 'k', 0)];
    const check = expect(failed).rejects.toMatchObject({ code: 'UNBLOCKED' });
    expect(await server.call('CLIENT', 'UNBLOCK', id)).toBe(0);
    expect(await server.call('CLIENT', 'UNBLOCK', id + 1)).toBe(1);
    expect(await server.call('CLIENT', 'UNBLOCK', id + 2, 'ERROR')).toBe(1);
    expect(await popped).toBeNull();
    await check;
    expect(await server.call('CLIENT', 'UNBLOCK', id + 1)).toBe(0);
  });

  it('are rejected when the server stops', async () => {
    const check = expect(server.call('BLPOP', 'k', 0)).rejects.toThrow('stopped');
    await server.stop();
    await check;
  });

  it('count as changes as in redis-server', async () => {
    const changes = () => figure('persistence', 'rdb_changes_since_last_save');
    const pops = [server.call('BLPOP', 'k', 0), server.call('BLMOVE', 'j', 'l', 'LEFT', 'LEFT', 0)];
    const many = server.call('BLMPOP', 0, 1, 'm', 'LEFT', 'COUNT', 2);
    const before = await changes();
    await server.call('RPUSH', 'k', '1', '2', '3');
    await server.call('RPUSH', 'j', '1', '2', '3');
    expect((await changes()) - before).toBe(6);
    await server.call('RPUSH', 'm', '1', '2', '3');
    expect((await changes()) - before).toBe(11);
    await Promise.all([...pops, many]);
  });

  it('give replies that are larger than what is kept for the next', async () => {
    const value = 'x'.repeat(200_000);
    for (let i = 0; i < 2; i++) {
      const popped = server.call('BLPOP', 'k', 0);
      await server.call('RPUSH', 'k', value);
      expect(await popped).toEqual(['k', value]);
    }
  });
});

describe('blocked clients behind sockets', () => {
  let server: NanoRedis;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    server = await NanoRedis.start({ port: 0 });
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.stop();
  });

  async function open(): Promise<Socket> {
    const socket = connect(server.port!, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  async function blockedClients(count: number): Promise<void> {
    while (!String(await server.call('INFO', 'clients')).includes(`blocked_clients:${count}\r\n`)) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Reads until so many bytes have come. */
  async function read(socket: Socket, length: number): Promise<string> {
    let text = '';
    while (text.length < length) text += String((await once(socket, 'data'))[0]);
    return text;
  }

  it('are served by a call in the process', async () => {
    const socket = await open();
    socket.write('BLPOP k 0\r\n');
    await blockedClients(1);
    await server.call('RPUSH', 'k', 'x');
    const expected = '*2\r\n$1\r\nk\r\n$1\r\nx\r\n';
    expect(await read(socket, expected.length)).toBe(expected);
  });

  it('go on with a long pipeline behind them, of which a part came while they waited', async () => {
    const socket = await open();
    const echoes = 'ECHO abcdefgh\r\n'.repeat(5000);
    socket.write(`BLPOP k 0\r\n${echoes}`);
    await blockedClients(1);
    for (let i = 0; i < 20; i++) socket.write(echoes);
    await server.call('RPUSH', 'k', 'x');
    const expected = `*2\r\n$1\r\nk\r\n$1\r\nx\r\n${'$8\r\nabcdefgh\r\n'.repeat(105_000)}`;
    expect((await read(socket, expected.length)) === expected).toBe(true);
  });

  it('go on after the call in the process that woke them, not within it', async () => {
    const [first, second] = [await open(), await open()];
    first.write('BLPOP k 0\r\nBLPOP k 0\r\nSET after 1\r\n');
    await blockedClients(1);
    second.write('BLPOP k 0\r\n');
    await blockedClients(2);
    await server.call('MULTI');
    await server.call('RPUSH', 'k', '1', '2', '3');
    await server.call('GET', 'after');
    expect(await server.call('EXEC')).toEqual([3, null]);
    const reply = (element: number) => `*2\r\n$1\r\nk\r\n$1\r\n${element}\r\n`;
    expect(await read(second, reply(2).length)).toBe(reply(2));
    const expected = `${reply(1)}${reply(3)}+OK\r\n`;
    expect(await read(first, expected.length)).toBe(expected);
  });

  it('that CLIENT UNBLOCK wakes in a transaction go on after it', async () => {
    const socket = await open();
    socket.write('CLIENT ID\r\n');
    const id = (await read(socket, 4)).slice(1).trim();
    socket.write('BLPOP k 0\r\nSET after 1\r\n');
    await blockedClients(1);
    await server.call('MULTI');
    await server.call('CLIENT', 'UNBLOCK', id);
    await server.call('GET', 'after');
    expect(await server.call('EXEC')).toEqual([1, null]);
    expect(await read(socket, 10)).toBe('*-1\r\n+OK\r\n');
  });

  it('wake each other in a long chain', async () => {
    const links = 100;
    const chain = await Promise.all(Array.from({ length: links }, open));
    for (const [i, socket] of chain.entries()) socket.write(`BLPOP k${i} 0\r\nRPUSH k${i + 1} x\r\n`);
    await blockedClients(links);
    await server.call('RPUSH', 'k0', 'x');
    expect(await server.call('BLPOP', `k${links}`, 5)).toEqual([`k${links}`, 'x']);
  });

  it('that hang up take nothing with them', async () => {
    const socket = await open();
    socket.write('BLPOP k 0\r\nECHO never\r\n');
    await blockedClients(1);
    socket.end();
    await blockedClients(0);
    expect(await server.call('RPUSH', 'k', 'x')).toBe(1);
    expect(await server.call('LLEN', 'k')).toBe(1);
  });
});
