import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import KeyvRedis from '@keyv/redis';
import { createCache } from 'cache-manager';
import { RedisStore } from 'connect-redis';
import express from 'express';
import session from 'express-session';
import { Keyv } from 'keyv';
import { createClient } from 'redis';
import { expect, it } from 'vitest';
import { describeOverBackends } from '../harness/daemon-suite';

declare module 'express-session' {
  interface SessionData {
    visits: number;
  }
}

describeOverBackends('stores', (daemon) => {
  it('keyv keeps its values', async () => {
    const url = `redis://127.0.0.1:${daemon().port}`;
    const users = new Keyv({ store: new KeyvRedis(url), namespace: 'users' });
    const pages = new Keyv({ store: new KeyvRedis(url), namespace: 'pages' });
    try {
      expect(await users.set('ada', { born: 1815, tags: ['ä', '\u0000'] })).toBe(true);
      expect(await users.get('ada')).toEqual({ born: 1815, tags: ['ä', '\u0000'] });
      expect(await users.has('ada')).toBe(true);
      expect(await pages.get('ada')).toBeUndefined();
      await pages.set('gone', 'soon', 20);
      await expect.poll(() => pages.get('gone')).toBeUndefined();
      await pages.set('kept', 'long', 100_000);
      await pages.setMany([
        { key: 'a', value: 1 },
        { key: 'b', value: 2, ttl: 100_000 },
      ]);
      expect(await pages.getMany(['a', 'b', 'missing'])).toEqual([1, 2, undefined]);
      expect(await pages.hasMany(['a', 'missing'])).toEqual([true, false]);
      const keys: string[] = [];
      for await (const [key] of pages.iterator!({})) keys.push(key);
      expect(keys.sort()).toEqual(['a', 'b', 'kept']);
      expect(await pages.delete('kept')).toBe(true);
      expect(await pages.deleteMany(['a', 'missing'])).toBe(true);
      await pages.clear();
      expect(await pages.get('b')).toBeUndefined();
      expect(await users.has('ada')).toBe(true);
    } finally {
      await users.disconnect();
      await pages.disconnect();
    }
  });

  it('cache-manager caches', async () => {
    const cache = createCache({ stores: [new Keyv(new KeyvRedis(`redis://127.0.0.1:${daemon().port}`))] });
    try {
      await cache.clear();
      let computed = 0;
      const compute = async (): Promise<number> => ++computed;
      expect(await cache.wrap('answer', compute, 100_000)).toBe(1);
      expect(await cache.wrap('answer', compute, 100_000)).toBe(1);
      expect(await cache.ttl('answer')).toBeGreaterThan(Date.now() + 90_000);
      await cache.mset([
        { key: 'a', value: 'one' },
        { key: 'b', value: 'two', ttl: 20 },
      ]);
      await expect.poll(() => cache.mget(['a', 'b'])).toEqual(['one', undefined]);
      expect(await cache.mdel(['a', 'b'])).toBe(true);
      expect(await cache.del('answer')).toBe(true);
      expect(await cache.wrap('answer', compute)).toBe(2);
      await cache.clear();
      expect(await cache.get('answer')).toBeUndefined();
    } finally {
      await cache.disconnect();
    }
  });

  it('connect-redis keeps the sessions of an express application', async () => {
    const client = createClient({ url: `redis://127.0.0.1:${daemon().port}` });
    await client.connect();
    await client.flushAll();
    const store = new RedisStore({ client, prefix: 'app:', ttl: 100 });
    const application = express();
    application.use(session({ store, secret: 'a secret', resave: false, saveUninitialized: false }));
    application.get('/', (request, response) => {
      request.session.visits = (request.session.visits ?? 0) + 1;
      response.send(String(request.session.visits));
    });
    application.get('/leave', (request, response) => {
      request.session.destroy(() => response.send('bye'));
    });
    const server = createServer(application).listen(0, '127.0.0.1');
    try {
      await once(server, 'listening');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const first = await fetch(url);
      expect(await first.text()).toBe('1');
      const cookie = first.headers.get('set-cookie')!.split(';', 1)[0]!;
      const visit = async (path = ''): Promise<string> => (await fetch(url + path, { headers: { cookie } })).text();
      expect(await visit()).toBe('2');
      expect(await (await fetch(url)).text()).toBe('1');
      expect(await store.length()).toBe(2);
      expect(await store.all()).toEqual(
        expect.arrayContaining([expect.objectContaining({ visits: 1 }), expect.objectContaining({ visits: 2 })]),
      );
      const [id] = await store.ids();
      expect(await client.ttl(`app:${id}`)).toBeGreaterThan(90);
      expect(await visit('/leave')).toBe('bye');
      expect(await visit()).toBe('1');
      await store.clear();
      expect(await store.length()).toBe(0);
    } finally {
      server.close();
      server.closeAllConnections();
      client.destroy();
    }
  });
});
