export type { CachePolicy, EvictionReason, LruTtlCacheOptions } from './cache/cache-options';
export { type CacheEntry, LruTtlCache } from './cache/lru-ttl-cache';
