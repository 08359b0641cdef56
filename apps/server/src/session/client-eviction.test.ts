import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NanoRedis } from '../nano-redis';

describe('maxmemory-clients', () => {
  const sockets: Socket[] = [];
  let server: NanoRedis;

  beforeEach(async () => {
    server = await NanoRedis.start({ port: 0, config: { hz: '100', 'maxmemory-clients': '1mb' } });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.stop();
  });

  /** A client that has sent an incomplete request of `bytes` bytes. */
  async function clientHolding(bytes: number, before = ''): Promise<Socket> {
    const socket = connect(server.port!, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    if (before !== '') {
      socket.write(before);
      await once(socket, 'data');
    }
    socket.write(`*2\r\n$4\r\nECHO\r\n$${2 * bytes}\r\n${'x'.repeat(bytes)}`);
    return socket;
  }

  /** Resolves when the connection has closed, with or without an error. */
  function closed(socket: Socket): Promise<unknown> {
    return new Promise((resolve) => socket.once('close', resolve));
  }

  async function evicted(): Promise<number> {
    return Number(/^evicted_clients:(\d+)/m.exec(String(await server.call('INFO', 'stats')))?.[1]);
  }

  async function untilEvicted(count: number): Promise<void> {
    while ((await evicted()) < count) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  it('disconnects the client with the largest buffers, and none below the limit', async () => {
    const small = await clientHolding(300_000);
    const large = await clientHolding(600_000);
    expect(await evicted()).toBe(0);
    const gone = closed(large);
    await clientHolding(200_000);
    await gone;
    expect(await evicted()).toBe(1);
    expect(small.destroyed).toBe(false);
  });

  it('spares a client with CLIENT NO-EVICT, and takes the next one', async () => {
    const spared = await clientHolding(800_000, 'CLIENT NO-EVICT on\r\n');
    const other = await clientHolding(400_000);
    await closed(other);
    expect(await evicted()).toBe(1);
    expect(spared.destroyed).toBe(false);
  });

  it('applies as soon as it is set, and may be a percentage of maxmemory', async () => {
    await server.call('CONFIG', 'SET', 'maxmemory-clients', '0');
    const client = await clientHolding(900_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await evicted()).toBe(0);
    await server.call('CONFIG', 'SET', 'maxmemory', '10mb', 'maxmemory-clients', '5%');
    await untilEvicted(1);
    if (!client.destroyed) await closed(client);
  });
});
