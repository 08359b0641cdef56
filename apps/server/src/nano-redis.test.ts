import { describe, expect, it } from 'vitest';
import {
  type Clock,
  CommandError,
  ListenError,
  type Log,
  ManualClock,
  NanoRedis,
  NoReplyError,
  StoppedError,
} from './index';

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

  it('listens on a free port, and reports it', async () => {
    const server = await NanoRedis.start({ port: 0 });
    expect(server.port).toBeGreaterThan(0);
    expect(server.url).toBe(`redis://127.0.0.1:${server.port}`);
    await expect(NanoRedis.start({ port: server.port })).rejects.toThrow(ListenError);
    await server.stop();
    await server.stop();
  });

  it('accepts the present value of every option that CONFIG SET may set', async () => {
    const server = await NanoRedis.start({ port: 0, config: { 'enable-protected-configs': 'yes' } });
    const values = (await server.call('CONFIG', 'GET', '*')) as Map<string, string>;
    let settable = 0;
    for (const [name, value] of values) {
      const outcome = await server.call('CONFIG', 'SET', name, value).catch((error: CommandError) => error.message);
      if (!String(outcome).endsWith("can't set immutable config")) expect([name, outcome]).toEqual([name, 'OK']);
      if (outcome === 'OK') settable++;
    }
    expect(settable).toBeGreaterThan(120);
    await expect(server.call('CONFIG', 'SET', 'event-loop', 'epoll')).rejects.toThrow("can't set immutable config");
    await expect(server.call('CONFIG', 'SET', 'event-loop', 'nonsense')).rejects.toThrow('argument(s) must be one of');
    await server.stop();
  });

  it('rejects calls after it was stopped, and the call that stops it', async () => {
    const server = await NanoRedis.start({ port: null });
    const waiting = expect(server.call('BLPOP', 'k', '0')).rejects.toThrow(StoppedError);
    await server.stop();
    await waiting;
    await expect(server.call('PING')).rejects.toThrow(StoppedError);
    const other = await NanoRedis.start({ port: null });
    await expect(other.call('SHUTDOWN', 'NOSAVE')).rejects.toThrow(NoReplyError);
    await other.closed;
    await expect(other.call('PING')).rejects.toThrow(StoppedError);
  });

  it('rejects a call without a reply under CLIENT REPLY OFF', async () => {
    const server = await NanoRedis.start({ port: null });
    await expect(server.call('CLIENT', 'REPLY', 'OFF')).rejects.toThrow(NoReplyError);
    expect(await server.call('CLIENT', 'REPLY', 'ON')).toBe('OK');
    await server.stop();
  });

  it('refuses options that cannot work', async () => {
    for (const seed of [-1, 1.5, 2 ** 32, Number.NaN, '1' as unknown as number]) {
      await expect(NanoRedis.start({ port: null, seed })).rejects.toThrow(RangeError);
    }
    await expect(NanoRedis.start({ port: null, log: {} as Log })).rejects.toThrow('log must have a method write');
    await expect(NanoRedis.start({ port: null, clock: {} as Clock })).rejects.toThrow('clock must have a method nowMs');
  });

  it('repeats what was random with the same seed, and not without one', async () => {
    const membersOf = async (seed?: number): Promise<string> => {
      const server = await NanoRedis.start({ port: null, ...(seed === undefined ? {} : { seed }) });
      expect(server.seed).toBe(seed ?? null);
      for (let i = 0; i < 200; i++) await server.call('SADD', 's', `member ${i}`);
      const reply = await server.call('SRANDMEMBER', 's', '20');
      const scanned = await server.call('SCAN', '0');
      await server.stop();
      return JSON.stringify([reply, scanned]);
    };
    expect(await membersOf(7)).toBe(await membersOf(7));
    expect(await membersOf(7)).not.toBe(await membersOf(8));
    expect(await membersOf()).not.toBe(await membersOf());
  });

  it('uses an injected clock', async () => {
    const clock = new ManualClock();
    const server = await NanoRedis.start({ port: null, clock });
    await server.call('SET', 'k', 'v', 'EX', '3600');
    clock.advance(3_599_999);
    expect(await server.call('GET', 'k')).toBe('v');
    clock.advance(1);
    expect(await server.call('GET', 'k')).toBeNull();
    await server.stop();
  });

  it('keeps servers of one process independent', async () => {
    const [first, second] = await Promise.all([NanoRedis.start({ port: 0 }), NanoRedis.start({ port: 0 })]);
    await first.call('SET', 'k', '1');
    expect(await second.call('GET', 'k')).toBeNull();
    await first.stop();
    expect(await second.call('PING')).toBe('PONG');
    await second.stop();
  });

  it('passes messages of a channel to a listener until that unsubscribes', async () => {
    const server = await NanoRedis.start({ port: null });
    const received: string[] = [];
    const unsubscribe = server.subscribe('news', (message) => received.push(`${message.channel}: ${message.text}`));
    expect(await server.call('PUBLISH', 'news', 'grüße')).toBe(1);
    expect(await server.call('PUBLISH', 'other', 'x')).toBe(0);
    expect(await server.call('PUBSUB', 'NUMSUB', 'news')).toEqual(['news', 1]);
    unsubscribe();
    unsubscribe();
    expect(await server.call('PUBLISH', 'news', 'late')).toBe(0);
    expect(received).toEqual(['news: grüße']);
    await server.stop();
  });

  it('passes binary messages of channels that match a pattern to a listener, which may call commands', async () => {
    const server = await NanoRedis.start({ port: null });
    const bytes = Buffer.from([0, 255]);
    const received: Buffer[] = [];
    const copied = new Promise<void>((resolve) => {
      const unsubscribe = server.subscribePattern(Buffer.from('n*'), (message) => {
        received.push(message.channelBytes, message.bytes);
        unsubscribe();
        void server.call('SET', 'copy', message.bytes).then(() => resolve());
      });
    });
    await server.call('PUBLISH', Buffer.from([0x6e, 255]), bytes);
    await copied;
    expect(received).toEqual([Buffer.from([0x6e, 255]), bytes]);
    expect(await server.callBuffer('GET', 'copy')).toEqual(bytes);
    await server.stop();
  });

  it('passes keyspace events to a listener, also after the clock was moved', async () => {
    const clock = new ManualClock();
    const server = await NanoRedis.start({ port: null, clock, config: { 'notify-keyspace-events': 'KEA' } });
    const received: string[] = [];
    server.subscribePattern('__keyspace@0__:*', ({ channel, text }) => received.push(`${channel.slice(15)} ${text}`));
    await server.call('SET', 'k', 'v', 'PX', '1000');
    clock.advance(1000);
    await server.call('GET', 'k');
    expect(received).toEqual(['k set', 'k expire', 'k expired']);
    await server.stop();
  });

  it('passes no message to a listener that has unsubscribed, even if it was published before', async () => {
    const server = await NanoRedis.start({ port: null });
    const received: string[] = [];
    const first = server.subscribe('news', () => second());
    const second = server.subscribe('news', ({ text }) => received.push(text));
    await server.call('PUBLISH', 'news', 'x');
    first();
    expect(received).toEqual([]);
    await server.stop();
  });

  it('rejects SUBSCRIBE by a call, which can get only one reply', async () => {
    const server = await NanoRedis.start({ port: null });
    for (const command of ['SUBSCRIBE', 'PSUBSCRIBE', 'SSUBSCRIBE']) {
      await expect(server.call(command, 'news')).rejects.toThrow(
        `ERR ${command} isn't allowed for a DENY BLOCKING client`,
      );
    }
    expect(await server.call('PUBSUB', 'CHANNELS')).toEqual([]);
    await server.stop();
  });

  it('rejects unknown options and invalid values', async () => {
    await expect(NanoRedis.start({ port: null, config: { nonsense: '1' } })).rejects.toThrow(RangeError);
    await expect(NanoRedis.start({ port: null, config: { maxclients: 'many' } })).rejects.toThrow(RangeError);
  });
});
