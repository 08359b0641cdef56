import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { expect, it } from 'vitest';
import { describeOverBackends } from '../harness/daemon-suite';

const protocols = [2, 3] as const;

describeOverBackends('the types', (daemon) => {
  for (const protocol of protocols) {
    /** Lends an ioredis client on an empty server. */
    async function withIoredis(use: (client: Redis) => Promise<void>): Promise<void> {
      const client = new Redis({ host: '127.0.0.1', port: daemon().port, protocol });
      try {
        await client.flushall();
        await use(client);
      } finally {
        client.disconnect();
      }
    }

    it(`ioredis works with hashes in RESP${protocol}`, () =>
      withIoredis(async (client) => {
        expect(await client.hset('h', { name: 'Ada', born: 1815 })).toBe(2);
        expect(await client.hset('h', 'name', 'Ada Lovelace')).toBe(0);
        expect(await client.hget('h', 'name')).toBe('Ada Lovelace');
        expect(await client.hgetall('h')).toEqual({ name: 'Ada Lovelace', born: '1815' });
        expect(await client.hmget('h', 'born', 'missing')).toEqual(['1815', null]);
        expect(await client.hincrby('h', 'born', 37)).toBe(1852);
        expect(await client.hincrbyfloat('h', 'born', 0.5)).toBe('1852.5');
        expect(await client.hsetnx('h', 'name', 'no')).toBe(0);
        expect(await client.hexists('h', 'name')).toBe(1);
        expect(await client.hstrlen('h', 'name')).toBe(12);
        expect(await client.hkeys('h')).toEqual(['name', 'born']);
        expect(await client.hvals('h')).toEqual(['Ada Lovelace', '1852.5']);
        expect(['name', 'born']).toContain(await client.hrandfield('h'));
        expect(await client.hdel('h', 'born', 'missing')).toBe(1);
        const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, String(i)]));
        await client.hmset('many', many);
        const seen: Record<string, string> = {};
        for await (const found of client.hscanStream('many', { count: 100 })) {
          for (let i = 0; i < found.length; i += 2) seen[found[i]] = found[i + 1];
        }
        expect(seen).toEqual(many);
        expect(await client.object('ENCODING', 'many')).toBe('hashtable');
        await expect(client.lpush('h', 'x')).rejects.toThrow('WRONGTYPE');
      }));

    it(`ioredis works with lists in RESP${protocol}`, () =>
      withIoredis(async (client) => {
        expect(await client.rpush('l', 'b', 'c')).toBe(2);
        expect(await client.lpush('l', 'a')).toBe(3);
        expect(await client.lrange('l', 0, -1)).toEqual(['a', 'b', 'c']);
        expect(await client.linsert('l', 'BEFORE', 'c', 'b')).toBe(4);
        expect(await client.lpos('l', 'b', 'RANK', -1)).toBe(2);
        expect(await client.lpos('l', 'b', 'COUNT', 0)).toEqual([1, 2]);
        expect(await client.lrem('l', 0, 'b')).toBe(2);
        expect(await client.lset('l', 0, 'A')).toBe('OK');
        expect(await client.lindex('l', -1)).toBe('c');
        expect(await client.lmove('l', 'other', 'LEFT', 'RIGHT')).toBe('A');
        expect(await client.lmpop(2, 'missing', 'other', 'LEFT')).toEqual(['other', ['A']]);
        expect(await client.lpop('l', 10)).toEqual(['c']);
        expect(await client.rpop('l')).toBeNull();
        expect(await client.lrangeBuffer('l', 0, -1)).toEqual([]);
        const other = client.duplicate();
        const popped = other.blpop('waited', 'l', 10);
        await client.rpush('l', 'at last');
        expect(await popped).toEqual(['l', 'at last']);
        expect(await other.blmove('l', 'k', 'LEFT', 'LEFT', 0.01)).toBeNull();
        other.disconnect();
      }));

    it(`ioredis works with sets in RESP${protocol}`, () =>
      withIoredis(async (client) => {
        expect(await client.sadd('s', 1, 2, 3)).toBe(3);
        expect(await client.object('ENCODING', 's')).toBe('intset');
        expect(await client.sadd('s', 'x', 3)).toBe(1);
        expect((await client.smembers('s')).sort()).toEqual(['1', '2', '3', 'x']);
        expect(await client.smismember('s', '1', 'y')).toEqual([1, 0]);
        expect(await client.sadd('t', 2, 3, 4)).toBe(3);
        expect((await client.sinter('s', 't')).sort()).toEqual(['2', '3']);
        expect((await client.sdiff('s', 't')).sort()).toEqual(['1', 'x']);
        expect((await client.sunion('s', 't')).sort()).toEqual(['1', '2', '3', '4', 'x']);
        expect(await client.sintercard(2, 's', 't', 'LIMIT', 1)).toBe(1);
        expect(await client.sunionstore('u', 's', 't')).toBe(5);
        expect(await client.smove('s', 't', 'x')).toBe(1);
        expect(await client.srandmember('s', -5)).toHaveLength(5);
        expect(await client.spop('u', 5)).toHaveLength(5);
        expect(await client.exists('u')).toBe(0);
        expect(await client.scard('t')).toBe(4);
      }));

    it(`ioredis works with sorted sets in RESP${protocol}`, () =>
      withIoredis(async (client) => {
        expect(await client.zadd('z', 1, 'one', 2, 'two', '+inf', 'all')).toBe(3);
        expect(await client.zadd('z', 'GT', 'CH', 0, 'one', 3, 'two')).toBe(1);
        expect(await client.zscore('z', 'all')).toBe('inf');
        expect(await client.zincrby('z', 0.5, 'one')).toBe('1.5');
        expect(await client.zrange('z', '0', '-1')).toEqual(['one', 'two', 'all']);
        expect(await client.zrange('z', '0', '0', 'REV', 'WITHSCORES')).toEqual(['all', 'inf']);
        expect(await client.zrangebyscore('z', '(1.5', '+inf', 'LIMIT', 0, 1)).toEqual(['two']);
        expect(await client.zrank('z', 'two')).toBe(1);
        expect(await client.zrevrank('z', 'missing')).toBeNull();
        expect(await client.zmscore('z', 'one', 'missing')).toEqual(['1.5', null]);
        expect(await client.zadd('y', 10, 'one', 20, 'other')).toBe(2);
        expect(await client.zunion(2, 'z', 'y', 'WEIGHTS', 2, 1, 'WITHSCORES')).toEqual([
          'two',
          '6',
          'one',
          '13',
          'other',
          '20',
          'all',
          'inf',
        ]);
        expect(await client.zinterstore('x', 2, 'z', 'y', 'AGGREGATE', 'MAX')).toBe(1);
        expect(await client.zrangestore('w', 'z', 0, 1)).toBe(2);
        expect(await client.zpopmin('w')).toEqual(['one', '1.5']);
        expect(await client.zmpop(1, 'w', 'MAX')).toEqual(['w', [['two', '3']]]);
        expect(await client.zremrangebyscore('z', '-inf', 2)).toBe(1);
        const other = client.duplicate();
        const popped = other.bzpopmax('waited', 10);
        await client.zadd('waited', 0.5, 'm');
        expect(await popped).toEqual(['waited', 'm', '0.5']);
        other.disconnect();
      }));

    it(`ioredis works with positions, estimates and SORT in RESP${protocol}`, () =>
      withIoredis(async (client) => {
        expect(await client.geoadd('g', 13.361389, 38.115556, 'Palermo', 15.087269, 37.502669, 'Catania')).toBe(2);
        expect(await client.geodist('g', 'Palermo', 'Catania', 'KM')).toBe('166.2742');
        expect(await client.geohash('g', 'Palermo')).toEqual(['sqc8b49rny0']);
        expect(await client.geosearch('g', 'FROMLONLAT', 15, 37, 'BYRADIUS', 200, 'km', 'ASC', 'WITHDIST')).toEqual([
          ['Catania', '56.4413'],
          ['Palermo', '190.4424'],
        ]);
        expect(await client.pfadd('p', 'a', 'b', 'c')).toBe(1);
        expect(await client.pfadd('q', 'c', 'd')).toBe(1);
        expect(await client.pfcount('p', 'q')).toBe(4);
        expect(await client.pfmerge('r', 'p', 'q')).toBe('OK');
        await client.rpush('l', 3, 1, 2);
        await client.mset({ name_1: 'one', name_2: 'two', name_3: 'three' });
        expect(await client.sort('l', 'GET', '#', 'GET', 'name_*', 'DESC')).toEqual([
          '3',
          'three',
          '2',
          'two',
          '1',
          'one',
        ]);
      }));

    it(`node-redis works with every type in RESP${protocol}`, async () => {
      const client = createClient({ RESP: protocol, socket: { host: '127.0.0.1', port: daemon().port } });
      await client.connect();
      try {
        await client.flushAll();
        expect(await client.hSet('h', { name: 'Ada', born: '1815' })).toBe(2);
        expect({ ...(await client.hGetAll('h')) }).toEqual({ name: 'Ada', born: '1815' });
        expect(await client.hRandFieldCountWithValues('h', 2)).toHaveLength(2);
        const fields: string[] = [];
        for await (const entries of client.hScanIterator('h')) fields.push(...entries.map(({ field }) => field));
        expect(fields.sort()).toEqual(['born', 'name']);

        expect(await client.rPush('l', ['a', 'b', 'c'])).toBe(3);
        expect(await client.lRange('l', 0, -1)).toEqual(['a', 'b', 'c']);
        expect(await client.lPosCount('l', 'b', 0)).toEqual([1]);
        expect(await client.lmPop('l', 'RIGHT', { COUNT: 2 })).toEqual(['l', ['c', 'b']]);
        expect(await client.blPop('l', 1)).toEqual({ key: 'l', element: 'a' });
        expect(await client.blPop('l', 0.01)).toBeNull();

        expect(await client.sAdd('s', ['a', 'b', 'c'])).toBe(3);
        expect(await client.sAdd('t', ['b', 'c', 'd'])).toBe(3);
        expect([...(await client.sMembers('s'))].sort()).toEqual(['a', 'b', 'c']);
        expect([...(await client.sInter(['s', 't']))].sort()).toEqual(['b', 'c']);
        expect((await client.smIsMember('s', ['a', 'd'])).map(Boolean)).toEqual([true, false]);
        expect(await client.sPopCount('t', 10)).toHaveLength(3);

        expect(
          await client.zAdd('z', [
            { score: 1.5, value: 'a' },
            { score: Number.NEGATIVE_INFINITY, value: 'b' },
          ]),
        ).toBe(2);
        expect(await client.zRangeWithScores('z', 0, -1)).toEqual([
          { value: 'b', score: Number.NEGATIVE_INFINITY },
          { value: 'a', score: 1.5 },
        ]);
        expect(await client.zScore('z', 'a')).toBe(1.5);
        expect(await client.zmScore('z', ['a', 'x'])).toEqual([1.5, null]);
        expect(await client.zRank('z', 'a')).toBe(1);
        expect(await client.zIncrBy('z', 1, 'a')).toBe(2.5);
        expect(await client.zRandMemberCountWithScores('z', 2)).toHaveLength(2);
        expect(await client.zPopMax('z')).toEqual({ value: 'a', score: 2.5 });
        expect(await client.bzPopMin('z', 1)).toEqual({ key: 'z', value: 'b', score: Number.NEGATIVE_INFINITY });

        expect(await client.geoAdd('g', { longitude: 13.361389, latitude: 38.115556, member: 'Palermo' })).toBe(1);
        const [position] = await client.geoPos('g', 'Palermo');
        expect(Number(position!.longitude)).toBeCloseTo(13.361389, 5);
        expect(Number(position!.latitude)).toBeCloseTo(38.115556, 5);
        expect(await client.geoSearch('g', { longitude: 13, latitude: 38 }, { radius: 100, unit: 'km' })).toEqual([
          'Palermo',
        ]);
        expect(await client.pfAdd('p', ['a', 'b'])).toBe(1);
        expect(await client.pfCount('p')).toBe(2);
        await client.rPush('numbers', ['3', '1', '2']);
        expect(await client.sort('numbers', { DIRECTION: 'DESC' })).toEqual(['3', '2', '1']);
        expect(await client.multi().hIncrBy('h', 'born', 1).lLen('l').sCard('s').zCard('z').exec()).toEqual([
          1816, 0, 3, 0,
        ]);
        await expect(client.hGet('s', 'x')).rejects.toThrow('WRONGTYPE');
      } finally {
        client.destroy();
      }
    });
  }
});
