/** The values of maxmemory-policy. */
export type EvictionPolicy =
  | 'noeviction'
  | `allkeys-${'lru' | 'lfu' | 'random'}`
  | `volatile-${'lru' | 'lfu' | 'random' | 'ttl'}`;
