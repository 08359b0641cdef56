export type { CachePolicy, EvictionReason, LruTtlCacheOptions } from './cache/cache-options';
