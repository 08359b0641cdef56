export type { CachePolicy, EvictionReason, LruTtlCacheOptions } from './cache/cache-options';
export { type CacheEntry, LruTtlCache } from './cache/lru-ttl-cache';
export { FrequencyCounter } from './eviction/frequency-counter';
export { LoopDetector } from './eviction/loop-detector';
export { RecencyClock } from './eviction/recency-clock';
export { VictimFinder, type VictimTable } from './eviction/victim-finder';
