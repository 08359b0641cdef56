import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NanoRedis } from '../nano-redis';
import { ManualClock } from '../runtime/clock';
import type { Log } from '../runtime/log';

const BIG_VALUE = 'x'.repeat(1 << 20);

describe('limits of clients', () => {
  const clock = new ManualClock();
  const lines: string[] = [];
  const log: Log = { write: (_level, message) => lines.push(message) };
  let server: NanoRedis;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    lines.length = 0;
    server = await NanoRedis.start({ port: 0, clock, log, config: { hz: '100' } });
    await server.call('SET', 'big', BIG_VALUE);
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.stop();
  });

  async function open(): Promise<Socket> {
    const socket = connect(server.port!, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }

  /** A client that asks for 64 MiB and reads nothing of it. */
  async function openDeafClient(): Promise<void> {
    const socket = await open();
    socket.pause();
    socket.write('GET big\r\n'.repeat(64));
  }

  async function until(isDone: () => Promise<boolean>): Promise<void> {
    while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async function figure(name: string): Promise<number> {
    const info = String(await server.call('INFO', 'everything'));
    return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
  }

  it('closes a client whose unread replies pass the hard limit, counts it and logs it', async () => {
    await server.call('CONFIG', 'SET', 'client-output-buffer-limit', 'normal 8mb 0 0');
    await openDeafClient();
    await until(async () => (await figure('client_output_buffer_limit_disconnections')) === 1);
    await until(async () => (await figure('connected_clients')) === 0);
    expect(lines.some((line) => line.includes('for overcoming of output buffer limits'))).toBe(true);
  });

  it('drops the rest of a reply that passes the hard limit, and the command takes effect as a whole', async () => {
    await server.call('CONFIG', 'SET', 'client-output-buffer-limit', 'normal 8mb 0 0');
    for (let i = 0; i < 40; i++) await server.call('RPUSH', 'list', BIG_VALUE);
    const socket = await open();
    socket.pause();
    socket.write('LPOP list 40\r\nSET after 1\r\n');
    await until(async () => (await figure('client_output_buffer_limit_disconnections')) === 1);
    expect(await server.call('EXISTS', 'list', 'after')).toBe(0);
  });

  it('closes a client without a password that leaves 16 KiB of replies unread, and none with one', async () => {
    await server.call('CONFIG', 'SET', 'requirepass', 'secret');
    const [stranger, known] = [await open(), await open()];
    stranger.pause();
    known.pause();
    known.write(`AUTH secret\r\n${'GET big\r\n'.repeat(20)}`);
    await until(async () => (await figure('connected_clients')) === 2);
    stranger.write('PING\r\n'.repeat(1000));
    await until(async () => (await figure('client_output_buffer_limit_disconnections')) === 1);
    expect(await figure('connected_clients')).toBe(1);
    expect(lines.filter((line) => line.includes('for overcoming of output buffer limits'))).toHaveLength(1);
  });

  it('closes a client that stays over the soft limit for longer than its time, and not before', async () => {
    await server.call('CONFIG', 'SET', 'client-output-buffer-limit', 'normal 0 8mb 10');
    await openDeafClient();
    await until(async () => (await figure('client_recent_max_output_buffer')) > 8 << 20);
    clock.advance(10_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await figure('connected_clients')).toBe(1);
    clock.advance(1000);
    await until(async () => (await figure('connected_clients')) === 0);
    expect(await figure('client_output_buffer_limit_disconnections')).toBe(1);
  });

  it('closes a subscriber that does not read its messages, by the limit of subscribers', async () => {
    await server.call('CONFIG', 'SET', 'client-output-buffer-limit', 'normal 1mb 0 0 pubsub 16mb 0 0');
    const socket = await open();
    socket.write('SUBSCRIBE news\r\n');
    await once(socket, 'data');
    socket.pause();
    for (let i = 0; i < 10; i++) await server.call('PUBLISH', 'news', BIG_VALUE);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await figure('connected_clients')).toBe(1);
    for (let i = 0; i < 17; i++) await server.call('PUBLISH', 'news', BIG_VALUE);
    await until(async () => (await figure('pubsub_channels')) === 0);
    expect(await figure('client_output_buffer_limit_disconnections')).toBe(1);
  });

  it('leaves clients alone that have no limit', async () => {
    await openDeafClient();
    await until(async () => (await figure('client_recent_max_output_buffer')) > 8 << 20);
    clock.advance(1_000_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await figure('connected_clients')).toBe(1);
  });

  it('closes a client that is idle for longer than the timeout, but no monitor and no subscriber', async () => {
    await server.call('CONFIG', 'SET', 'timeout', '60');
    const [silent, busy, monitor, listener] = [await open(), await open(), await open(), await open()];
    monitor.write('MONITOR\r\n');
    await once(monitor, 'data');
    listener.write('SUBSCRIBE news\r\n');
    await once(listener, 'data');
    clock.advance(50_000);
    busy.write('PING\r\n');
    await once(busy, 'data');
    clock.advance(11_000);
    silent.resume();
    await once(silent, 'close');
    expect(await figure('connected_clients')).toBe(3);
    busy.write('PING\r\n');
    expect(String((await once(busy, 'data'))[0])).toBe('+PONG\r\n');
  });

  it('keeps sessions authenticated that were opened before a password was set', async () => {
    const before = await open();
    before.write('PING\r\n');
    await once(before, 'data');
    await server.call('CONFIG', 'SET', 'requirepass', 'secret');
    before.write('PING\r\n');
    expect(String((await once(before, 'data'))[0])).toBe('+PONG\r\n');
    const after = await open();
    after.write('PING\r\n');
    expect(String((await once(after, 'data'))[0])).toMatch(/^-NOAUTH/);
  });

  it('refuses clients beyond the present maxclients', async () => {
    await open();
    await server.call('CONFIG', 'SET', 'maxclients', '1');
    const second = await open();
    expect(String((await once(second, 'data'))[0])).toBe('-ERR max number of clients reached\r\n');
    await server.call('CONFIG', 'SET', 'maxclients', '10');
    const third = await open();
    third.write('PING\r\n');
    expect(String((await once(third, 'data'))[0])).toBe('+PONG\r\n');
  });
});
