import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Connection, type ConnectionHandler, createEventLoop, type EventLoop } from '../src/index';
import { availableBackends } from './available-backends';
import { connectTo, patterned, portOf, readExactly, readToEnd, until } from './client';

/** Records the events of its connections. */
class Recorder implements ConnectionHandler {
  readonly connections: Connection[] = [];
  readonly closes: [Connection, Error | null][] = [];
  received = '';
  onReceive: (connection: Connection, text: string) => void = () => {};

  onOpen(connection: Connection): void {
    this.connections.push(connection);
  }

  onData(connection: Connection, bytes: Buffer, start: number, end: number): void {
    const text = bytes.toString('latin1', start, end);
    this.received += text;
    this.onReceive(connection, text);
  }

  onClose(connection: Connection, error: Error | null): void {
    this.closes.push([connection, error]);
  }
}

const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

describe.each(availableBackends)('connections over %s', (backend) => {
  let loop: EventLoop;
  let handler: Recorder;
  beforeEach(() => {
    loop = createEventLoop({ backend });
    handler = new Recorder();
  });
  afterEach(async () => {
    await loop.close();
  });

  test('have the addresses of both ends', async () => {
    const listener = await loop.listen({ host: '0.0.0.0' }, handler);
    const client = await connectTo(listener);
    await until(() => handler.connections.length === 1);
    const connection = handler.connections[0] as Connection;
    expect(connection.remoteAddress).toBe('127.0.0.1');
    expect(connection.remotePort).toBe(client.localPort);
    expect(connection.localAddress).toBe('127.0.0.1');
    expect(connection.localPort).toBe(portOf(listener));
    expect(connection.isUnix).toBe(false);
    expect(connection.context).toBe(null);
    client.destroy();
  });

  test('end after all queued output was sent, without further input', async () => {
    const listener = await loop.listen({}, handler);
    const reply = patterned(6_000_000);
    handler.onReceive = (connection) => {
      connection.write(reply, 0, reply.length);
      connection.end();
      expect(connection.isOpen).toBe(false);
      connection.write(reply, 0, 100);
    };
    const client = await connectTo(listener);
    client.write('a');
    client.pause();
    await until(() => handler.received === 'a');
    client.write('never handed over');
    const received = await readToEnd(client);
    expect(received.length).toBe(reply.length);
    expect(received.equals(reply)).toBe(true);
    await until(() => handler.closes.length === 1);
    expect(handler.closes[0]?.[1]).toBe(null);
    expect(handler.received).toBe('a');
  });

  test('end at once if nothing is queued', async () => {
    const listener = await loop.listen({}, handler);
    handler.onReceive = (connection) => connection.end();
    const client = await connectTo(listener);
    client.write('a');
    expect((await readToEnd(client)).length).toBe(0);
    await until(() => handler.closes.length === 1);
  });

  test('deliver the last reply although the peer continues to send', async () => {
    const listener = await loop.listen({}, handler);
    handler.onReceive = (connection) => {
      connection.write(Buffer.from('-ERR Protocol error\r\n'), 0, 21);
      connection.end();
    };
    const client = await connectTo(listener);
    client.on('error', () => {});
    client.write(patterned(3_000_000));
    expect((await readExactly(client, 21)).toString()).toBe('-ERR Protocol error\r\n');
    client.destroy();
    await until(() => handler.closes.length === 1);
  });

  test('can be destroyed inside onData, and onClose is called once afterwards', async () => {
    const listener = await loop.listen({}, handler);
    let isInside = false;
    handler.onReceive = (connection) => {
      isInside = true;
      connection.write(Buffer.from('dropped'), 0, 7);
      connection.destroy();
      connection.destroy();
      connection.end();
      expect(handler.closes.length).toBe(0);
      isInside = false;
    };
    const onClose = handler.onClose.bind(handler);
    handler.onClose = (connection, error) => {
      expect(isInside).toBe(false);
      onClose(connection, error);
      connection.destroy();
    };
    const client = await connectTo(listener);
    client.write('a');
    expect((await readToEnd(client)).length).toBe(0);
    await until(() => handler.closes.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(handler.closes.length).toBe(1);
    expect(handler.closes[0]?.[0].queuedBytes).toBe(0);
    expect(loop.statistics.connectionsOpen).toBe(0);
  });

  test('can be destroyed while output waits, which is freed', async () => {
    const before = loop.statistics.outputBytesReserved;
    const listener = await loop.listen({}, handler);
    const client = await connectTo(listener);
    client.pause();
    client.on('error', () => {});
    await until(() => handler.connections.length === 1);
    const connection = handler.connections[0] as Connection;
    const bytes = patterned(20_000_000);
    connection.write(bytes, 0, bytes.length);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(connection.queuedBytes).toBeGreaterThan(0);
    connection.destroy();
    await until(() => handler.closes.length === 1);
    await until(() => loop.statistics.outputBytesReserved <= before + 128 * 1024);
    client.destroy();
  });

  test('can destroy each other', async () => {
    const listener = await loop.listen({}, handler);
    const clients = await Promise.all(Array.from({ length: 10 }, () => connectTo(listener)));
    await until(() => handler.connections.length === 10);
    handler.onReceive = () => {
      for (const connection of handler.connections) connection.destroy();
    };
    for (const client of clients) {
      client.on('error', () => {});
      client.write('x');
    }
    await until(() => handler.closes.length === 10);
    expect(new Set(handler.closes.map(([connection]) => connection.id)).size).toBe(10);
    for (const client of clients) client.destroy();
  });

  test('can be refused in onOpen', async () => {
    handler.onOpen = (connection) => {
      connection.write(Buffer.from('-ERR max number of clients reached\r\n'), 0, 36);
      connection.end();
    };
    const listener = await loop.listen({}, handler);
    const client = await connectTo(listener);
    expect((await readToEnd(client)).toString()).toBe('-ERR max number of clients reached\r\n');
    await until(() => handler.closes.length === 1);
  });

  test('close when the peer does', async () => {
    const listener = await loop.listen({}, handler);
    const client = await connectTo(listener);
    client.end('bye');
    await until(() => handler.closes.length === 1);
    expect(handler.received).toBe('bye');
    expect(handler.closes[0]?.[1]).toBe(null);
  });

  test('close with ECONNRESET when the peer resets', async () => {
    const listener = await loop.listen({}, handler);
    const client = await connectTo(listener);
    client.write('a');
    await until(() => handler.received === 'a');
    client.resetAndDestroy();
    await until(() => handler.closes.length === 1);
    expect(handler.closes[0]?.[1]).toMatchObject({ code: 'ECONNRESET' });
  });

  test('ignore writes to a peer that is gone', async () => {
    const listener = await loop.listen({}, handler);
    const client = await connectTo(listener);
    await until(() => handler.connections.length === 1);
    const connection = handler.connections[0] as Connection;
    client.resetAndDestroy();
    const bytes = patterned(100_000);
    while (handler.closes.length === 0) {
      connection.write(bytes, 0, bytes.length);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(handler.closes.length).toBe(1);
    connection.write(bytes, 0, 10);
    expect(connection.queuedBytes).toBe(0);
  });

  test('continue after a handler throws, and the error is an uncaught one', async () => {
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const errors: string[] = [];
    process.on('uncaughtException', (error) => errors.push(error.message));
    try {
      const listener = await loop.listen({}, handler);
      handler.onReceive = (connection, text) => {
        if (text === 'bad') throw new Error('on purpose');
        connection.write(Buffer.from('fine'), 0, 4);
      };
      const client = await connectTo(listener);
      for (let i = 0; i < 5; i++) {
        client.write('bad');
        await until(() => errors.length > i);
        client.write('good');
        expect((await readExactly(client, 4)).toString()).toBe('fine');
      }
      expect(errors).toEqual(Array.from({ length: 5 }, () => 'on purpose'));
      client.destroy();
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of before) process.on('uncaughtException', listener);
    }
  });
});

describe.each(availableBackends)('listeners over %s', (backend) => {
  let loop: EventLoop;
  let handler: Recorder;
  let folder: string;
  beforeEach(() => {
    loop = createEventLoop({ backend });
    handler = new Recorder();
    folder = mkdtempSync(join(tmpdir(), 'event-loop-'));
  });
  afterEach(async () => {
    await loop.close();
    rmSync(folder, { recursive: true });
  });

  test('report the backend and its reason', async () => {
    expect(loop.backend).toBe(backend);
    expect(loop.reason).toBe('asked for');
  });

  test('reject with EADDRINUSE when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await expect(loop.listen({ port }, handler)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    server.close();
    await once(server, 'close');
    const listener = await loop.listen({ port }, handler);
    await listener.close();
    await listener.close();
    await (await loop.listen({ port }, handler)).close();
  });

  test('reject invalid addresses', async () => {
    await expect(loop.listen({ host: 'not-an-address' }, handler)).rejects.toThrow(TypeError);
    await expect(loop.listen({ port: 70_000 }, handler)).rejects.toThrow(RangeError);
    await expect(loop.listen({ host: '192.0.2.1' }, handler)).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
  });

  test('accept on a unix socket with its mode, and remove the path when closed', async () => {
    const path = join(folder, 'socket');
    const listener = await loop.listen({ path, mode: 0o700 }, handler);
    expect(listener.address).toEqual({ path });
    expect(statSync(path).mode & 0o777).toBe(0o700);
    handler.onReceive = (connection, text) => {
      expect(connection.isUnix).toBe(true);
      expect(connection.localAddress).toBe(path);
      connection.write(Buffer.from(text), 0, text.length);
    };
    const client = await connectTo(listener);
    client.write('over unix');
    expect((await readExactly(client, 9)).toString()).toBe('over unix');
    client.destroy();
    await listener.close();
    await until(() => !existsSync(path));
  });

  test('reject a unix path that is too long, and create no file', async () => {
    for (const length of [108, 300]) {
      const path = join(folder, 'x'.repeat(length - folder.length - 1));
      await expect(loop.listen({ path }, handler)).rejects.toThrow(`at most 107 bytes, '${path}' has ${length}`);
    }
    await expect(loop.listen({ path: '' }, handler)).rejects.toThrow(RangeError);
    await expect(loop.listen({ path: `${folder}/a\0b` }, handler)).rejects.toThrow(RangeError);
    const path = join(folder, 'x'.repeat(107 - folder.length - 1));
    await loop.listen({ path }, handler);
    expect(readdirSync(folder)).toEqual([basename(path)]);
  });

  test('reject a unix path that exists', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'kept');
    await expect(loop.listen({ path }, handler)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(existsSync(path)).toBe(true);
  });

  test.skipIf(!hasIPv6)('accept over IPv6', async () => {
    const listener = await loop.listen({ host: '::1' }, handler);
    expect(listener.address).toMatchObject({ host: '::1', family: 6 });
    const client = await connectTo(listener);
    await until(() => handler.connections.length === 1);
    expect(handler.connections[0]?.remoteAddress).toBe('::1');
    client.destroy();
    const both = await loop.listen({ host: '::' }, handler);
    const mapped = connect(portOf(both), '127.0.0.1');
    await until(() => handler.connections.length === 2);
    expect(handler.connections[1]?.remoteAddress).toBe('::ffff:127.0.0.1');
    mapped.destroy();
    const only = await loop.listen({ host: '::', ipv6Only: true }, handler);
    const refused = connect(portOf(only), '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  test('leave peers in the backlog while paused', async () => {
    const listener = await loop.listen({}, handler);
    listener.pause();
    const client = await connectTo(listener);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(handler.connections.length).toBe(0);
    listener.resume();
    await until(() => handler.connections.length === 1);
    listener.pause();
    listener.resume();
    const second = await connectTo(listener);
    await until(() => handler.connections.length === 2);
    client.destroy();
    second.destroy();
  });

  test('close without closing their connections', async () => {
    const listener = await loop.listen({}, handler);
    handler.onReceive = (connection, text) => connection.write(Buffer.from(text), 0, text.length);
    const client = await connectTo(listener);
    await until(() => handler.connections.length === 1);
    await listener.close();
    const refused = connect(portOf(listener), '127.0.0.1');
    await once(refused, 'error');
    client.write('still here');
    expect((await readExactly(client, 10)).toString()).toBe('still here');
    client.destroy();
  });

  test('work in two loops of one process', async () => {
    const other = createEventLoop({ backend });
    const otherHandler = new Recorder();
    const one = await loop.listen({}, handler);
    const two = await other.listen({}, otherHandler);
    handler.onReceive = (connection) => connection.write(Buffer.from('one'), 0, 3);
    otherHandler.onReceive = (connection) => connection.write(Buffer.from('two'), 0, 3);
    const toOne = await connectTo(one);
    const toTwo = await connectTo(two);
    toOne.write('?');
    toTwo.write('?');
    expect((await readExactly(toOne, 3)).toString()).toBe('one');
    expect((await readExactly(toTwo, 3)).toString()).toBe('two');
    await other.close();
    toOne.write('?');
    expect((await readExactly(toOne, 3)).toString()).toBe('one');
    expect(await readToEnd(toTwo)).toEqual(Buffer.alloc(0));
    toOne.destroy();
  });

  test('are closed with the loop, which calls onClose for all connections and then refuses work', async () => {
    const listener = await loop.listen({}, handler);
    const clients = await Promise.all(Array.from({ length: 5 }, () => connectTo(listener)));
    for (const client of clients) client.on('error', () => {});
    await until(() => handler.connections.length === 5);
    let ticks = 0;
    loop.addTimeEvent(1, () => ticks++);
    await until(() => ticks > 2);
    await loop.close();
    await loop.close();
    expect(handler.closes.length).toBe(5);
    const after = ticks;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(ticks).toBe(after);
    await expect(loop.listen({}, handler)).rejects.toThrow('closed');
    expect(() => loop.addTimeEvent(1, () => {})).toThrow('closed');
  });
});
