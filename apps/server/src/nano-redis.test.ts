import { describe, expect, it } from 'vitest';
import { CommandError, ListenError, ManualClock, NanoRedis } from './index';

describe('NanoRedis', () => {
  it('executes commands in the process without a socket', async () => {
    const server = await NanoRedis.start({ port: null });
    expect(server.url).toBeNull();
    expect(await server.call('SET', 'k', 'v')).toBe('OK');
    expect(await server.call('GET', 'k')).toBe('v');
    expect(await server.callBuffer('GET', 'k')).toEqual(Buffer.from('v'));
    expect(await server.call('GET', 'absent')).toBeNull();
    await server.stop();
  });

  it('rejects with the error reply', async () => {
    const server = await NanoRedis.start({ port: null });
    await expect(server.call('NOPE')).rejects.toThrow(CommandError);
    await expect(server.call('SET', 'k')).rejects.toMatchObject({ code: 'ERR' });
    await server.stop();
  });

  it('listens on a free port, and tells which', async () => {
    const server = await NanoRedis.start({ port: 0 });
    expect(server.port).toBeGreaterThan(0);
    expect(server.url).toBe(`redis://127.0.0.1:${server.port}`);
    await expect(NanoRedis.start({ port: server.port })).rejects.toThrow(ListenError);
    await server.stop();
    await server.stop();
  });

  it('follows a clock that is moved by hand', async () => {
    const clock = new ManualClock();
    const server = await NanoRedis.start({ port: null, clock });
    await server.call('SET', 'k', 'v', 'EX', '3600');
    clock.advance(3_599_999);
    expect(await server.call('GET', 'k')).toBe('v');
    clock.advance(1);
    expect(await server.call('GET', 'k')).toBeNull();
    await server.stop();
  });

  it('keeps servers of one process apart', async () => {
    const [first, second] = await Promise.all([NanoRedis.start({ port: 0 }), NanoRedis.start({ port: 0 })]);
    await first.call('SET', 'k', '1');
    expect(await second.call('GET', 'k')).toBeNull();
    await first.stop();
    expect(await second.call('PING')).toBe('PONG');
    await second.stop();
  });

  it('refuses options that do not exist or do not take the value', async () => {
    await expect(NanoRedis.start({ port: null, config: { nonsense: '1' } })).rejects.toThrow(RangeError);
    await expect(NanoRedis.start({ port: null, config: { maxclients: 'many' } })).rejects.toThrow(RangeError);
  });
});
