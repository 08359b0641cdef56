import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyspaceFixture } from '../../test/harness/keyspace-fixture';
import type { EvictionPolicy } from './eviction-policy';

const never = (): boolean => false;

/** A keyspace with a policy, whose limit is what is in use when `limit` is called. */
class EvictionFixture extends KeyspaceFixture {
  constructor(policy: EvictionPolicy, seed = 1) {
    super(seed);
    this.keyspace.eviction.follow(policy, 5);
  }

  limit(spareBytes = 0): this {
    this.keyspace.eviction.limitBytes = this.keyspace.arena.used + spareBytes;
    return this;
  }

  /** Evicts `count` keys of about the same size, and returns how many of them were evicted. */
  evict(count: number): number {
    const { arena, eviction, evicted } = this.keyspace;
    for (let i = 0; i < count; i++) {
      eviction.limitBytes = arena.used - 1;
      if (eviction.freeMemory(never) !== 'done') break;
    }
    return this.keyspace.evicted - evicted;
  }

  /** Fills it with so many keys, which are as large as those of `request`, and keeps it from holding more. */
  spaceFor(count: number): this {
    for (let i = 0; i < count; i++) this.#setVolatile(`key:${100_000 + i}`);
    return this.limit();
  }

  /** Asks for `count` keys, of which `keyAt` gives the numbers; what is missing is set. Returns how many were there. */
  request(count: number, keyAt: (i: number) => number): number {
    let hits = 0;
    for (let i = 0; i < count; i++) {
      if (i % 50 === 0) this.advance(1);
      const name = `key:${100_000 + keyAt(i)}`;
      const key = Buffer.from(name);
      if (this.database(0).findForRead(key, 0, key.length) !== 0) {
        hits++;
      } else {
        this.keyspace.eviction.freeMemory(never);
        this.#setVolatile(name);
      }
    }
    return hits;
  }

  #setVolatile(name: string): void {
    this.set(name, 'value');
    this.expireIn(name, 1e9);
  }

  fill(count: number, index = 0, prefix = 'key:'): void {
    for (let i = 0; i < count; i++) this.set(`${prefix}${i}`, 'value', index);
  }
}

describe('eviction', () => {
  it('evicts nothing below the limit, and no more than it takes to keep the limit', () => {
    const fixture = new EvictionFixture('allkeys-lru');
    fixture.fill(100);
    fixture.limit();
    expect(fixture.keyspace.eviction.freeMemory(never)).toBe('done');
    expect(fixture.keyspace.evicted).toBe(0);
    fixture.set('one more', 'value');
    expect(fixture.keyspace.eviction.freeMemory(never)).toBe('done');
    expect(fixture.keyspace.evicted).toBeLessThanOrEqual(2);
    expect(fixture.keyspace.arena.used).toBeLessThanOrEqual(fixture.keyspace.eviction.limitBytes);
  });

  it('says that it can do nothing with noeviction, with nothing left, and without keys that have a deadline', () => {
    for (const policy of ['noeviction', 'volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'] as const) {
      const fixture = new EvictionFixture(policy);
      fixture.fill(10);
      fixture.keyspace.eviction.limitBytes = 1;
      expect(fixture.keyspace.eviction.freeMemory(never), policy).toBe('impossible');
      expect(fixture.names()).toHaveLength(10);
    }
    const fixture = new EvictionFixture('allkeys-random');
    fixture.fill(10);
    fixture.keyspace.eviction.limitBytes = 1;
    expect(fixture.keyspace.eviction.freeMemory(never)).toBe('impossible');
    expect(fixture.names()).toEqual([]);
  });

  it('stops when time is up, after 16 keys at a time', () => {
    const fixture = new EvictionFixture('allkeys-lru');
    fixture.fill(1000);
    fixture.keyspace.eviction.limitBytes = 1;
    expect(fixture.keyspace.eviction.freeMemory(() => true)).toBe('unfinished');
    expect(fixture.keyspace.evicted).toBe(16);
  });

  it('evicts what was not used for longest (LRU)', () => {
    const fixture = new EvictionFixture('allkeys-lru');
    fixture.fill(40);
    fixture.advance(2000);
    for (let i = 0; i < 30; i++) fixture.database(0).touch(fixture.find(`key:${i}`));
    expect(fixture.evict(10)).toBe(10);
    expect(fixture.names()).toEqual(Array.from({ length: 30 }, (_, i) => `key:${i}`).sort());
  });

  it('evicts what was used least (LFU), and counts uses only then', () => {
    const fixture = new EvictionFixture('allkeys-lfu');
    fixture.fill(40);
    for (let i = 0; i < 30; i++) fixture.database(0).touch(fixture.find(`key:${i}`));
    fixture.advance(1000);
    expect(fixture.evict(10)).toBe(10);
    expect(fixture.names()).toEqual(Array.from({ length: 30 }, (_, i) => `key:${i}`).sort());
  });

  it('evicts the key first whose deadline comes first (volatile-ttl), from whichever database', () => {
    const fixture = new EvictionFixture('volatile-ttl');
    for (const [name, seconds, index] of [
      ['late', 300, 0],
      ['soon', 10, 1],
      ['later', 400, 2],
    ] as const) {
      fixture.set(name, 'v', index);
      fixture.expireIn(name, seconds * 1000, index);
    }
    fixture.set('stays');
    fixture.evict(1);
    expect([fixture.names(0), fixture.names(1), fixture.names(2)]).toEqual([['late', 'stays'], [], ['later']]);
    fixture.evict(1);
    expect([fixture.names(0), fixture.names(2)]).toEqual([['stays'], ['later']]);
  });

  it('never evicts a key without a deadline by a volatile policy, be they ever so many', () => {
    for (const policy of ['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'] as const) {
      const fixture = new EvictionFixture(policy);
      fixture.fill(10_000);
      for (let i = 0; i < 10_000; i += 1000) fixture.expireIn(`key:${i}`, 1000 + i);
      expect(fixture.evict(20), policy).toBe(10);
      expect(fixture.names(), policy).toHaveLength(9990);
    }
  });

  it('evicts any key at random, from all databases in proportion to their sizes', () => {
    const fixture = new EvictionFixture('allkeys-random');
    fixture.fill(3000, 0);
    fixture.fill(1000, 2);
    expect(fixture.evict(1000)).toBe(1000);
    const left = fixture.database(2).size;
    expect(left).toBeGreaterThan(650);
    expect(left).toBeLessThan(850);
  });

  it('tells watchers and listeners of an evicted key, and counts it, but not as a change', () => {
    const fixture = new EvictionFixture('allkeys-lru').listen() as EvictionFixture;
    fixture.set('k', 'v', 1);
    fixture.events.length = 0;
    const watcher = { watchDirty: false };
    const key = Buffer.from('k');
    fixture.keyspace.changes.watched.watch(watcher, fixture.database(1), key, 0, 1);
    const { dirty } = fixture.keyspace.changes;
    expect(fixture.evict(1)).toBe(1);
    expect(fixture.events).toEqual(['evicted@1:k']);
    expect(watcher.watchDirty).toBe(true);
    expect(fixture.keyspace.changes.dirty).toBe(dirty);
  });

  it('lets a victim past its deadline expire', () => {
    const fixture = new EvictionFixture('volatile-ttl').listen() as EvictionFixture;
    fixture.set('k');
    fixture.expireIn('k', 10);
    fixture.events.length = 0;
    fixture.advance(10);
    expect(fixture.evict(1)).toBe(0);
    expect(fixture.events).toEqual(['expired@0:k']);
    expect(fixture.keyspace.expired).toBe(1);
  });

  it('frees what waits to be freed before it lets go of any key', () => {
    const fixture = new EvictionFixture('allkeys-lru');
    fixture.fill(2000, 1);
    fixture.fill(100, 0);
    fixture.keyspace.flush(fixture.database(1), true);
    fixture.keyspace.eviction.limitBytes = fixture.keyspace.arena.used - 60_000;
    expect(fixture.keyspace.eviction.freeMemory(never)).toBe('done');
    expect(fixture.keyspace.evicted).toBe(0);
    expect(fixture.keyspace.reclaimer.pending).toBeGreaterThan(0);
  });

  it('keeps a part of a loop, even one ten times as long as there is space for, and gets hits on that part', () => {
    for (const policy of ['allkeys-lru', 'volatile-lru', 'allkeys-lfu', 'volatile-lfu'] as const) {
      for (const [length, share] of [
        [1000, 0.3],
        [5000, 0.04],
      ] as const) {
        const fixture = new EvictionFixture(policy).spaceFor(500);
        fixture.request(length * 10, (i) => i % length);
        const late = fixture.request(length * 2, (i) => i % length);
        expect(late / (length * 2), `${policy} ${length}`).toBeGreaterThan(share);
      }
    }
  });

  it('goes back to the last use soon after a loop has ended', () => {
    const fixture = new EvictionFixture('allkeys-lru').spaceFor(500);
    fixture.request(20_000, (i) => i % 5000);
    fixture.request(2000, (i) => 10_000 + (i % 400));
    expect(fixture.request(1000, (i) => 10_000 + (i % 400))).toBe(1000);
  });

  it('keeps the limit, and every key that is left whole, whatever is written, read, moved and given deadlines', () => {
    const policies = [
      'allkeys-lru',
      'allkeys-lfu',
      'allkeys-random',
      'volatile-lru',
      'volatile-lfu',
      'volatile-random',
      'volatile-ttl',
    ] as const;
    const action = fc.record({
      does: fc.constantFrom('set', 'set', 'set', 'get', 'expire', 'remove', 'flush', 'wait'),
      key: fc.nat(60),
      index: fc.nat(2),
      length: fc.oneof(fc.nat(40), fc.nat(2000)),
    });
    fc.assert(
      fc.property(fc.constantFrom(...policies), fc.array(action, { maxLength: 300 }), (policy, actions) => {
        const fixture = new EvictionFixture(policy).limit(10_000);
        const model = new Map<string, string>();
        const { arena, eviction } = fixture.keyspace;
        for (const { does, key, index, length } of actions) {
          const outcome = eviction.freeMemory(never);
          expect(arena.used <= eviction.limitBytes || outcome === 'impossible').toBe(true);
          const name = `key:${key}`;
          const place = `${index}/${name}`;
          if (does === 'set') {
            const value = String(length).repeat(Math.ceil(length / 4));
            fixture.set(name, value, index);
            model.set(place, value);
          } else if (does === 'get') {
            const value = fixture.get(name, index);
            if (value !== null) expect(value).toBe(model.get(place));
          } else if (does === 'expire' && fixture.find(name, index) !== 0) {
            fixture.expireIn(name, 1 + length, index);
          } else if (does === 'remove' && fixture.find(name, index) !== 0) {
            fixture.remove(name, index);
          } else if (does === 'flush' && key < 5) {
            fixture.keyspace.flush(fixture.database(index), key < 3);
          } else if (does === 'wait') {
            fixture.advance(length);
          }
        }
        for (const index of [0, 1, 2]) {
          for (const name of fixture.names(index)) {
            const value = fixture.get(name, index);
            if (value !== null) expect(value).toBe(model.get(`${index}/${name}`));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
