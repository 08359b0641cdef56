import { TTLCache } from '@isaacs/ttlcache';
import { LruTtlCache } from '@nanoredis/lru-ttl';
import { createLRU } from 'lru.min';
import { LRUCache } from 'lru-cache';
import { LRUMap } from 'mnemonist';
import QuickLRU from 'quick-lru';
import { lru } from 'tiny-lru';

/** What every compared cache can do; values are small integers. */
export interface Cache {
  get(key: string): number | undefined;
  set(key: string, value: number): unknown;
}

/** Whether the entries of a cache have a deadline. */
export type HasTtl = 'no' | 'yes';

/** A cache that is compared. */
export interface ComparedCache {
  /** `lru` when the eviction order is exactly LRU. */
  readonly order: 'lru' | 'other';
  /** With which kinds of entries the cache works. */
  readonly ttl: readonly HasTtl[];
  /** An empty cache of `max` entries that expire after `ttlMs` milliseconds; never when it is undefined. */
  make(max: number, ttlMs: number | undefined): Cache;
}

/** Our cache and those of other packages, by the name in the tables. */
export const comparedCaches: Readonly<Record<string, ComparedCache>> = {
  '@nanoredis/lru-ttl': {
    order: 'lru',
    ttl: ['no', 'yes'],
    make: (max, ttlMs) => new LruTtlCache({ maxEntries: max, ...(ttlMs !== undefined && { ttlMs }) }),
  },
  'lru-cache': {
    order: 'lru',
    ttl: ['no', 'yes'],
    make: (max, ttlMs) => new LRUCache<string, number>(ttlMs === undefined ? { max } : { max, ttl: ttlMs }),
  },
  'tiny-lru': {
    order: 'lru',
    ttl: ['no', 'yes'],
    make: (max, ttlMs) => lru<number>(max, ttlMs ?? 0),
  },
  'lru.min': { order: 'lru', ttl: ['no'], make: (max) => createLRU<string, number>({ max }) },
  'quick-lru': {
    order: 'other',
    ttl: ['no', 'yes'],
    make: (max, ttlMs) =>
      new QuickLRU<string, number>(ttlMs === undefined ? { maxSize: max } : { maxSize: max, maxAge: ttlMs }),
  },
  'mnemonist LRUMap': { order: 'lru', ttl: ['no'], make: (max) => new LRUMap<string, number>(max) },
  '@isaacs/ttlcache': {
    order: 'other',
    ttl: ['yes'],
    make: (max, ttlMs) => new TTLCache<string, number>({ max, ttl: ttlMs!, checkAgeOnGet: true }),
  },
  // Not another package, but our other policy that is worth a comparison here.
  '@nanoredis/lru-ttl, sieve': {
    order: 'other',
    ttl: ['no', 'yes'],
    make: (max, ttlMs) => new LruTtlCache({ maxEntries: max, policy: 'sieve', ...(ttlMs !== undefined && { ttlMs }) }),
  },
};
