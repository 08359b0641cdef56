import { TTLCache } from '@isaacs/ttlcache';
import { createLRU } from 'lru.min';
import { LRUCache } from 'lru-cache';
import { LRUMap } from 'mnemonist';
import QuickLRU from 'quick-lru';
import { lru } from 'tiny-lru';
import { LruTtlCache } from '../../packages/lru-ttl/dist/index.js';

/**
 * Our cache and its peers. `make` gives an empty cache of `max` entries that live `ttl` milliseconds, undefined for ever. `order` is 'lru' if
 * that order is exact; `ttl` says whether the cache can do with deadlines, without, or both.
 *
 * @type {Record<string, { order: 'lru' | 'other', ttl: ('no' | 'yes')[], make: (max: number, ttl?: number) => any }>}
 */
export const contestants = {
  '@nanoredis/lru-ttl': {
    order: 'lru',
    ttl: ['no', 'yes'],
    make: (max, ttl) => new LruTtlCache(ttl === undefined ? { maxEntries: max } : { maxEntries: max, ttlMs: ttl }),
  },
  'lru-cache': {
    order: 'lru',
    ttl: ['no', 'yes'],
    make: (max, ttl) => new LRUCache(ttl === undefined ? { max } : { max, ttl }),
  },
  'tiny-lru': {
    order: 'lru',
    ttl: ['no', 'yes'],
    make: (max, ttl) => lru(max, ttl ?? 0),
  },
  'lru.min': { order: 'lru', ttl: ['no'], make: (max) => createLRU({ max }) },
  'quick-lru': {
    order: 'other',
    ttl: ['no', 'yes'],
    make: (max, ttl) => new QuickLRU(ttl === undefined ? { maxSize: max } : { maxSize: max, maxAge: ttl }),
  },
  'mnemonist LRUMap': { order: 'lru', ttl: ['no'], make: (max) => new LRUMap(max) },
  '@isaacs/ttlcache': {
    order: 'other',
    ttl: ['yes'],
    make: (max, ttl) => new TTLCache({ max, ttl, checkAgeOnGet: true }),
  },
  // Not a peer, but our other policy that is worth its time here.
  '@nanoredis/lru-ttl, sieve': {
    order: 'other',
    ttl: ['no', 'yes'],
    make: (max, ttl) =>
      new LruTtlCache({ maxEntries: max, policy: 'sieve', ...(ttl === undefined ? {} : { ttlMs: ttl }) }),
  },
};
