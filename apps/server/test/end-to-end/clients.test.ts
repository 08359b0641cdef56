import { Redis } from 'ioredis';
import { createClient, RESP_TYPES } from 'redis';
import { expect, it } from 'vitest';
import { describeOverBackends } from '../harness/daemon-suite';

const transports = ['tcp', 'unix'] as const;

describeOverBackends('clients', (daemon) => {
  for (const transport of transports) {
    it(`node-redis works over ${transport} in RESP3`, async () => {
      const { port, socketPath } = daemon();
      const socket = transport === 'tcp' ? { host: '127.0.0.1', port } : { path: socketPath, tls: false as const };
      const client = createClient({ RESP: 3, socket });
      await client.connect();
      try {
        await client.flushAll();
        expect(await client.set('k', 'v', { expiration: { type: 'EX', value: 100 } })).toBe('OK');
        expect(await client.get('k')).toBe('v');
        expect(await client.ttl('k')).toBeGreaterThan(98);
        expect(await client.get('missing')).toBeNull();
        expect(await client.mSet({ a: '1', b: '2' })).toBe('OK');
        expect(await client.mGet(['a', 'b', 'missing'])).toEqual(['1', '2', null]);
        expect(await client.incrBy('a', 41)).toBe(42);
        expect(await client.incrByFloat('b', 0.5)).toBe('2.5');
        expect(await client.append('k', 'w')).toBe(2);
        expect(await client.getRange('k', 0, -1)).toBe('vw');
        expect(await client.setBit('bits', 7, 1)).toBe(0);
        expect(await client.bitCount('bits')).toBe(1);
        expect(await client.bitField('bits', [{ operation: 'GET', encoding: 'u8', offset: 0 }])).toEqual([1]);
        expect(await client.lcs('k', 'a')).toBe('');
        expect(await client.copy('k', 'copy')).toBe(1);
        expect(await client.type('copy')).toBe('string');
        expect(await client.objectEncoding('a')).toBe('int');
        expect(await client.expire('a', 50, 'NX')).toBe(1);
        expect(await client.persist('a')).toBe(1);
        expect((await client.keys('*')).sort()).toEqual(['a', 'b', 'bits', 'copy', 'k']);
        const scanned: string[] = [];
        for await (const keys of client.scanIterator({ COUNT: 2 })) scanned.push(...keys);
        expect([...new Set(scanned)].sort()).toEqual(['a', 'b', 'bits', 'copy', 'k']);
        expect(await client.multi().set('t', '1').incr('t').get('t').exec()).toEqual(['OK', 2, '2']);
        expect(await client.configGet('maxmemory')).toEqual({ maxmemory: '0' });
        expect(await client.dbSize()).toBe(6);
        expect(await client.del(['a', 'b'])).toBe(2);
        expect(await client.clientSetName('me')).toBe('OK');
        expect((await client.clientInfo()).name).toBe('me');
        expect(await client.info('server')).toContain('redis_version:');
        await expect(client.sendCommand(['INCR', 'k'])).rejects.toThrow('ERR value is not an integer or out of range');
        const bytes = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
        await bytes.set('binary', Buffer.from([0, 255, 13, 10]));
        expect(await bytes.get('binary')).toEqual(Buffer.from([0, 255, 13, 10]));
        await Promise.all(Array.from({ length: 1000 }, (_, i) => client.set(`many:${i}`, String(i))));
        expect(await Promise.all(Array.from({ length: 1000 }, (_, i) => client.get(`many:${i}`)))).toEqual(
          Array.from({ length: 1000 }, (_, i) => String(i)),
        );
      } finally {
        client.destroy();
      }
    });

    it(`ioredis works over ${transport}`, async () => {
      const { port, socketPath } = daemon();
      const client = transport === 'tcp' ? new Redis({ host: '127.0.0.1', port }) : new Redis({ path: socketPath });
      try {
        await client.flushall();
        expect(await client.set('k', 'v', 'PX', 100_000, 'NX')).toBe('OK');
        expect(await client.set('k', 'w', 'NX')).toBeNull();
        expect(await client.getBuffer('k')).toEqual(Buffer.from('v'));
        expect(await client.pttl('k')).toBeGreaterThan(90_000);
        expect(await client.mset({ a: 1, b: 2 })).toBe('OK');
        expect(await client.mget('a', 'b', 'missing')).toEqual(['1', '2', null]);
        expect(await client.incrby('a', 41)).toBe(42);
        expect(await client.incrbyfloat('b', 0.5)).toBe('2.5');
        expect(await client.getex('k', 'PERSIST')).toBe('v');
        expect(await client.getdel('b')).toBe('2.5');
        expect(await client.setrange('r', 3, 'x')).toBe(4);
        expect(await client.bitop('NOT', 'inverted', 'r')).toBe(4);
        expect(await client.bitpos('r', 1)).toBe(25);
        expect(await client.rename('r', 's')).toBe('OK');
        expect(await client.exists('r', 's')).toBe(1);
        expect(await client.multi().incr('a').get('a').exec()).toEqual([
          [null, 43],
          [null, '43'],
        ]);
        expect(await client.pipeline().set('p', 1).incr('p').exec()).toEqual([
          [null, 'OK'],
          [null, 2],
        ]);
        expect((await client.scan(0, 'MATCH', '?', 'COUNT', 100))[1].sort()).toEqual(['a', 'k', 'p', 's']);
        expect(await client.time()).toHaveLength(2);
        expect(await client.select(3)).toBe('OK');
        expect(await client.dbsize()).toBe(0);
        await expect(client.call('GET')).rejects.toThrow("wrong number of arguments for 'get' command");
      } finally {
        client.disconnect();
      }
    });
  }

  it('WATCH fails a transaction when another connection writes', async () => {
    const [one, two] = [new Redis(daemon().port), new Redis(daemon().port)];
    try {
      await one.watch('watched');
      await two.set('watched', 'theirs');
      expect(await one.multi().set('watched', 'mine').exec()).toBeNull();
      expect(await one.get('watched')).toBe('theirs');
    } finally {
      one.disconnect();
      two.disconnect();
    }
  });
});
