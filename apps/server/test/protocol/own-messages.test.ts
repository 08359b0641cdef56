import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, NanoRedis } from '../../src/index';
import type { CommandText } from '../harness/command-line';
import { RawClient } from '../harness/raw-client';

const event = (name: string, key = 'k'): string => `>4 pmessage __key* __keyspace@0__:${key} ${name}`;

/** A frame on one line, without the lengths of its strings. */
function oneLine(frame: Buffer): string {
  return frame
    .toString()
    .replace(/\$\d+\r\n/g, '')
    .trim()
    .replaceAll('\r\n', ' ');
}

// A difference from redis-server 7.0.15, which sends them as they arise, even in the middle of a reply.
describe('messages that a client causes and receives itself, in RESP3', () => {
  const clock = new ManualClock();
  let server: NanoRedis;
  let client: RawClient;

  beforeAll(async () => {
    server = await NanoRedis.start({
      port: 0,
      clock,
      config: { 'notify-keyspace-events': 'KEA', 'enable-debug-command': 'yes' },
    });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.call('FLUSHALL');
    client = await RawClient.open({ host: '127.0.0.1', port: server.port! });
    await client.call('HELLO 3');
    await client.call('PSUBSCRIBE __key*');
  });
  afterEach(() => client.close());

  async function exchange(commands: readonly CommandText[], frames: number): Promise<string[]> {
    const received: string[] = [];
    for (const reply of await client.pipeline(commands)) received.push(oneLine(reply));
    while (received.length < frames) received.push(oneLine(await client.next()));
    return received.filter((line) => !line.includes('__keyevent'));
  }

  it('come behind the reply', async () => {
    expect(await exchange(['SET k v', 'PING'], 4)).toEqual(['+OK', event('set'), '+PONG']);
  });

  it('come behind the whole transaction', async () => {
    const replies = ['+OK', '+QUEUED', '+QUEUED', '*2 +OK :1', event('set'), event('del')];
    expect(await exchange(['MULTI', 'SET k v', 'DEL k', 'EXEC'], 8)).toEqual(replies);
  });

  it('come behind a reply of many parts in which a key expires', async () => {
    await server.call('DEBUG', 'SET-ACTIVE-EXPIRE', '0');
    await exchange(['SET k v', 'SET e v PX 1'], 8);
    clock.advance(1);
    expect(await exchange(['MGET k e k', 'PING'], 4)).toEqual(['*3 v _ v', event('expired', 'e'), '+PONG']);
  });

  it('come although the subscription ends in the same transaction', async () => {
    await client.call('SUBSCRIBE news');
    const commands = ['MULTI', 'PUBLISH news x', 'UNSUBSCRIBE news', 'PUBLISH news y', 'EXEC'];
    const results = '*3 :1 >3 unsubscribe news :1 :0';
    const replies = ['+OK', '+QUEUED', '+QUEUED', '+QUEUED', results, '>3 message news x'];
    expect(await exchange(commands, 6)).toEqual(replies);
  });

  it('come behind the reply of a client that publishes to its own channel', async () => {
    await client.call('SUBSCRIBE news');
    expect(await exchange(['PUBLISH news x', 'PING'], 3)).toEqual([':1', '>3 message news x', '+PONG']);
  });
});
