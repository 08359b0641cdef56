/** Which entry has to go when there is no room: see the table of policies in the README. */
export type CachePolicy = 'lru' | 'lfu' | 'ttl' | 'random' | 'sieve';

/**
 * Why an entry left the cache: there was no room (`capacity`), its time was over (`expired`), its key got another value (`replaced`),
 * `delete` or `clear` took it out (`deleted`, `cleared`).
 */
export type EvictionReason = 'capacity' | 'expired' | 'replaced' | 'deleted' | 'cleared';

/** What an LruTtlCache can be told at its start. At least one of `maxEntries`, `maxBytes` and `ttlMs` must be there. */
export interface LruTtlCacheOptions<K, V> {
  /** Most entries that are kept, 1 to 2^26. Default: as many as `maxBytes` leaves room for. */
  readonly maxEntries?: number;
  /** Most bytes that are kept, as `sizeOf` counts them. Default: not counted. */
  readonly maxBytes?: number;
  /** Bytes of an entry, at least 0; must be given with `maxBytes`. Called once for each `set`. */
  readonly sizeOf?: (value: V, key: K) => number;
  /** How long an entry lives if `set` does not say, in milliseconds, more than 0. Default: Infinity. */
  readonly ttlMs?: number;
  /** Whether `get` answers the value of an entry whose time is over, once, while it takes the entry out. Default: false. */
  readonly staleOnGet?: boolean;
  /** Which entry has to go when there is no room. Default: 'lru'. */
  readonly policy?: CachePolicy;
  /** Called after an entry has left the cache, which may be used in it. What it throws comes out of the call that took the entry out. */
  readonly onEvict?: (key: K, value: V, reason: EvictionReason) => void;
  /** The time in milliseconds. Default: the time of day, read at most once a millisecond. */
  readonly now?: () => number;
  /** Gives numbers from 0 up to but not including 1, for the policies `random` and `lfu`. Default: Math.random. */
  readonly random?: () => number;
}
