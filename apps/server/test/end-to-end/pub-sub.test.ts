import { once } from 'node:events';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { expect, it } from 'vitest';
import { describeOverBackends } from '../harness/daemon-suite';

/** The messages that a subscriber gets. */
class Inbox {
  readonly #messages: unknown[][] = [];

  readonly put = (...message: unknown[]): void => {
    this.#messages.push(message);
  };

  /** Waits until there are so many. */
  async holds(count: number): Promise<unknown[][]> {
    await expect.poll(() => this.#messages.length).toBeGreaterThanOrEqual(count);
    return this.#messages;
  }
}

describeOverBackends('pub/sub', (daemon) => {
  for (const protocol of [2, 3] as const) {
    it(`ioredis publishes and subscribes in RESP${protocol}`, async () => {
      const open = (): Redis => new Redis({ host: '127.0.0.1', port: daemon().port, protocol });
      const [publisher, subscriber] = [open(), open()];
      const [channels, patterns, bytes] = [new Inbox(), new Inbox(), new Inbox()];
      subscriber.on('message', channels.put);
      subscriber.on('pmessage', patterns.put);
      subscriber.on('messageBuffer', bytes.put);
      try {
        expect(await subscriber.subscribe('news', 'sport')).toBe(2);
        expect(await subscriber.psubscribe('n*')).toBe(3);
        expect(await publisher.publish('news', 'grüße')).toBe(2);
        expect(await publisher.publish('sport', Buffer.from([0, 255]))).toBe(1);
        expect(await publisher.publish('other', 'x')).toBe(0);
        expect(await channels.holds(2)).toMatchObject([
          ['news', 'grüße'],
          ['sport', expect.any(String)],
        ]);
        expect(await patterns.holds(1)).toEqual([['n*', 'news', 'grüße']]);
        expect((await bytes.holds(2))[1]).toEqual([Buffer.from('sport'), Buffer.from([0, 255])]);
        expect(await publisher.pubsub('NUMSUB', 'news', 'other')).toEqual(['news', 1, 'other', 0]);
        expect(await subscriber.ping()).toBeDefined();
        expect(await subscriber.unsubscribe('news')).toBe(2);
        expect(await publisher.publish('news', 'x')).toBe(1);
        subscriber.disconnect();
        await once(subscriber, 'close');
        await expect.poll(() => publisher.pubsub('NUMPAT')).toBe(0);
      } finally {
        publisher.disconnect();
        subscriber.disconnect();
      }
    });

    it(`ioredis receives keyspace events in RESP${protocol}`, async () => {
      const open = (): Redis => new Redis({ host: '127.0.0.1', port: daemon().port, protocol });
      const [client, subscriber] = [open(), open()];
      const inbox = new Inbox();
      subscriber.on('message', inbox.put);
      try {
        await client.flushall();
        await client.config('SET', 'notify-keyspace-events', 'Ex');
        await subscriber.subscribe('__keyevent@0__:expired');
        await client.set('gone', 'soon', 'PX', 10);
        expect(await inbox.holds(1)).toEqual([['__keyevent@0__:expired', 'gone']]);
      } finally {
        client.disconnect();
        subscriber.disconnect();
      }
    });

    it(`node-redis publishes and subscribes in RESP${protocol}`, async () => {
      const client = createClient({ RESP: protocol, socket: { host: '127.0.0.1', port: daemon().port } });
      const subscriber = client.duplicate();
      await Promise.all([client.connect(), subscriber.connect()]);
      const [channel, pattern, shard] = [new Inbox(), new Inbox(), new Inbox()];
      try {
        await subscriber.subscribe('news', channel.put);
        await subscriber.pSubscribe('n*', pattern.put);
        await subscriber.sSubscribe('shard', shard.put);
        expect(await client.publish('news', 'x')).toBe(2);
        expect(await client.sPublish('shard', 'y')).toBe(1);
        expect(await channel.holds(1)).toEqual([['x', 'news']]);
        expect(await pattern.holds(1)).toEqual([['x', 'news']]);
        expect(await shard.holds(1)).toEqual([['y', 'shard']]);
        expect(await client.pubSubChannels()).toEqual(['news']);
        expect(await client.pubSubNumPat()).toBe(1);
        await subscriber.unsubscribe('news');
        await subscriber.pUnsubscribe();
        await subscriber.sUnsubscribe('shard');
        expect(await client.publish('news', 'x')).toBe(0);
        // It is an ordinary client again.
        expect(await subscriber.exists('nothing')).toBe(0);
      } finally {
        client.destroy();
        subscriber.destroy();
      }
    });

    it(`node-redis receives keyspace events in RESP${protocol}`, async () => {
      const client = createClient({ RESP: protocol, socket: { host: '127.0.0.1', port: daemon().port } });
      const subscriber = client.duplicate();
      await Promise.all([client.connect(), subscriber.connect()]);
      const inbox = new Inbox();
      try {
        await client.flushAll();
        await client.configSet('notify-keyspace-events', 'KA');
        await subscriber.pSubscribe('__keyspace@0__:*', inbox.put);
        await client.multi().hSet('h', 'f', 'v').rename('h', 'g').del('g').exec();
        expect(await inbox.holds(4)).toEqual([
          ['hset', '__keyspace@0__:h'],
          ['rename_from', '__keyspace@0__:h'],
          ['rename_to', '__keyspace@0__:g'],
          ['del', '__keyspace@0__:g'],
        ]);
      } finally {
        client.destroy();
        subscriber.destroy();
      }
    });
  }

  it('messages reach all of many subscribers', async () => {
    const { port } = daemon();
    const clients = Array.from({ length: 50 }, () => new Redis({ host: '127.0.0.1', port }));
    const inbox = new Inbox();
    try {
      for (const client of clients) client.on('message', inbox.put);
      await Promise.all(
        clients.map((client, i) => client.subscribe('all', ...Array.from({ length: 20 }, (_, j) => `own:${i}:${j}`))),
      );
      const publisher = new Redis({ host: '127.0.0.1', port });
      clients.push(publisher);
      for (let i = 0; i < 20; i++) expect(await publisher.publish('all', String(i))).toBe(50);
      expect(await inbox.holds(1000)).toHaveLength(1000);
    } finally {
      for (const client of clients) client.disconnect();
    }
  });
});
