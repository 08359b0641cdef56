/** Which entry has to go when there is no room: see the table of policies in the README. */
export type CachePolicy = 'lru' | 'lfu' | 'ttl' | 'random' | 'sieve';

/**
 * Why an entry left the cache: there was no room (`capacity`), its time was over (`expired`), its key got another value (`replaced`),
 * `delete` or `clear` took it out (`deleted`, `cleared`).
 */
export type EvictionReason = 'capacity' | 'expired' | 'replaced' | 'deleted' | 'cleared';

/** Most entries that a cache can have. */
const MOST_ENTRIES = 2 ** 24;
const POLICIES: readonly string[] = ['lru', 'lfu', 'ttl', 'random', 'sieve'] satisfies CachePolicy[];

/** What an LruTtlCache can be told at its start. At least one of `maxEntries`, `maxBytes` and `ttlMs` must be there. */
export interface LruTtlCacheOptions<K, V> {
  /** Most entries that are kept, 1 to 2^24. Default: 2^24, as many as a Map can hold. */
  readonly maxEntries?: number;
  /** Most bytes that are kept, as `sizeOf` counts them. Default: not counted. */
  readonly maxBytes?: number;
  /** Bytes of an entry, a whole number of at least 0; must be given with `maxBytes`. Called once for each `set`, before it changes anything. */
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

/** Options of which none is missing, but for the functions that stay away. */
export interface CacheSettings<K, V> {
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly sizeOf: ((value: V, key: K) => number) | undefined;
  readonly ttlMs: number;
  readonly staleOnGet: boolean;
  readonly policy: CachePolicy;
  readonly onEvict: ((key: K, value: V, reason: EvictionReason) => void) | undefined;
  readonly now: (() => number) | undefined;
  readonly random: () => number;
}

/** Fills in the defaults. Throws TypeError or RangeError that names the option that is wrong. */
export function settingsOf<K, V>(options: LruTtlCacheOptions<K, V>): CacheSettings<K, V> {
  const { maxEntries, maxBytes, sizeOf, ttlMs, staleOnGet = false, policy = 'lru', onEvict, now } = options;
  const { random = Math.random } = options;
  if (maxEntries === undefined && maxBytes === undefined && ttlMs === undefined) {
    throw new TypeError('one of the options "maxEntries", "maxBytes" and "ttlMs" must be given');
  }
  if (maxEntries !== undefined) requireWhole('the option "maxEntries"', maxEntries, 1, MOST_ENTRIES);
  if (maxBytes !== undefined) requireWhole('the option "maxBytes"', maxBytes, 0, Number.MAX_SAFE_INTEGER);
  if (ttlMs !== undefined) requireTtl('the option "ttlMs"', ttlMs);
  if (typeof staleOnGet !== 'boolean') throw new TypeError('the option "staleOnGet" must be a boolean');
  if (!POLICIES.includes(policy)) throw new RangeError(`the option "policy" must be one of ${POLICIES.join(', ')}`);
  for (const [name, value] of Object.entries({ sizeOf, onEvict, now, random })) {
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`the option "${name}" must be a function`);
  }
  if ((maxBytes === undefined) !== (sizeOf === undefined)) {
    throw new TypeError('the options "maxBytes" and "sizeOf" must be given together');
  }
  return {
    maxEntries: maxEntries ?? MOST_ENTRIES,
    maxBytes: maxBytes ?? Number.POSITIVE_INFINITY,
    sizeOf,
    ttlMs: ttlMs ?? Number.POSITIVE_INFINITY,
    staleOnGet,
    policy,
    onEvict,
    now,
    random,
  };
}

/** Throws TypeError or RangeError unless `value` is a number of milliseconds above 0, or Infinity. */
export function requireTtl(name: string, value: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number`);
  if (!(value > 0)) throw new RangeError(`${name} must be a number of milliseconds above 0`);
}

/** Throws TypeError or RangeError unless `value` is a whole number from `min` to `max`. */
export function requireWhole(name: string, value: number, min: number, max: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number`);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} must be a whole number from ${min} to ${max}`);
  }
}
