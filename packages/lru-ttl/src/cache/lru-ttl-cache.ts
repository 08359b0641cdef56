import {
  type CacheSettings,
  type EvictionReason,
  type LruTtlCacheOptions,
  requireTtl,
  requireWhole,
  settingsOf,
} from './cache-options';
import { coarseClock, timeOfDay } from './coarse-clock';
import { Deadlines } from './deadlines';
import { Departures } from './departures';
import { KeyIndex } from './key-index';
import type { EvictionOrder } from './policies/eviction-order';
import { evictionOrderOf } from './policies/eviction-order-of';
import { SlotList } from './slot-list';

/** Slots that a cache begins with; it doubles them until there are `maxEntries`. */
const FIRST_CAPACITY = 64;
/** Slots that `purgeExpired` looks at between two readings of the clock: about 1 us, or 30 us if all of them are over. */
const SLOTS_A_SLICE = 256;
/** The sizes of caches that do not count bytes: one for all, as an empty array takes 200 bytes too. */
const NO_SIZES = new Float64Array(0);

/** An entry as `dump` gives it and `load` takes it; fit for JSON if key and value are. */
export interface CacheEntry<K, V> {
  readonly key: K;
  readonly value: V;
  /** When the time of the entry is over, in milliseconds of the cache's clock; left out if never. */
  readonly expiresAtMs?: number;
}

/**
 * A map with limits: it lets entries go when there are too many, when they are too large together, or when their time is over.
 *
 * An entry is a slot, a number; what is known of it stands in arrays by slot, most of them typed, so that there is no object an entry.
 * No timer belongs to an entry: its deadline is checked where it is read, and `purgeExpired` looks for those that nobody reads.
 */
export class LruTtlCache<K, V> {
  readonly #settings: CacheSettings<K, V>;
  readonly #departures: Departures<K, V> | null;
  readonly #isRecency: boolean;
  readonly #isCounting: boolean;
  #slots!: SlotList;
  #index!: KeyIndex<K, V>;
  #deadlines!: Deadlines;
  #order!: EvictionOrder;
  /** Bytes of the entry of each slot; empty if they are not counted. */
  #sizes!: Float64Array;
  #usedBytes = 0;
  /** Where `purgeExpired` goes on. */
  #purgeSlot = 1;

  /** Throws TypeError or RangeError that names the option that is wrong. */
  constructor(options: LruTtlCacheOptions<K, V>) {
    this.#settings = settingsOf(options);
    const { onEvict, policy } = this.#settings;
    this.#departures = onEvict === undefined ? null : new Departures(onEvict);
    this.#isRecency = policy === 'lru';
    this.#isCounting = this.#settings.maxBytes !== Number.POSITIVE_INFINITY;
    this.#reset();
  }

  /** Entries, with those whose time is over but that nobody has met since. O(1). */
  get size(): number {
    return this.#slots.size;
  }

  /** Bytes of all entries as `sizeOf` counted them; 0 if they are not counted. O(1). */
  get bytes(): number {
    return this.#usedBytes;
  }

  /**
   * Sets the value of a key for `ttlMs` milliseconds (more than 0; Infinity for ever), and lets other entries go if there is no room. An
   * entry that is larger than `maxBytes` goes itself, at once. Throws what `sizeOf` throws, and TypeError or RangeError if the time or
   * the size is wrong; nothing has changed then. O(1) expected, with the policy `ttl` O(log n); and each entry that goes.
   */
  set(key: K, value: V, ttlMs: number = this.#settings.ttlMs): this {
    const deadlineMs = ttlMs === Number.POSITIVE_INFINITY ? ttlMs : this.#deadlineAfter(ttlMs);
    this.#store(key, value, deadlineMs, this.#bytesOf(key, value));
    return this;
  }

  /** The value of a key, which counts as a use of it; undefined if it is not there or its time is over, see `staleOnGet`. O(1) expected. */
  get(key: K): V | undefined {
    const slot = this.#index.find(key);
    if (slot === 0) return undefined;
    if (this.#deadlines.any && this.#isOver(slot)) return this.#takeStale(slot);
    // Written out for the order that most caches have, as calls of several classes are not inlined.
    if (this.#isRecency) this.#slots.moveToFirst(slot);
    else this.#order.use(slot);
    return this.#index.valueOf(slot);
  }

  /** The value of a key as `get` gives it, but nothing changes; undefined if its time is over. O(1) expected. */
  peek(key: K): V | undefined {
    const slot = this.#index.find(key);
    return slot === 0 || this.#isOver(slot) ? undefined : this.#index.valueOf(slot);
  }

  /** Whether a key is there and its time is not over; nothing changes. O(1) expected. */
  has(key: K): boolean {
    const slot = this.#index.find(key);
    return slot !== 0 && !this.#isOver(slot);
  }

  /** Milliseconds that a key has left: Infinity if it has no deadline, undefined if it is not there. O(1) expected. */
  remainingTtlMs(key: K): number | undefined {
    const slot = this.#index.find(key);
    if (slot === 0 || this.#isOver(slot)) return undefined;
    const deadlineMs = this.#deadlines.of(slot);
    return deadlineMs === Number.POSITIVE_INFINITY ? deadlineMs : deadlineMs - this.#now();
  }

  /** Takes a key out; whether it was there and its time was not over. O(1) expected. */
  delete(key: K): boolean {
    const slot = this.#index.find(key);
    if (slot === 0) return false;
    const isOver = this.#isOver(slot);
    this.#remove(slot, isOver ? 'expired' : 'deleted');
    this.#departures?.announce();
    return !isOver;
  }

  /** Takes everything out and gives the memory back. O(1), with `onEvict` O(n). */
  clear(): void {
    if (this.#departures !== null) {
      for (const slot of this.#slots.toArray()) {
        this.#departures.add(this.#index.keyOf(slot), this.#index.valueOf(slot), 'cleared');
      }
    }
    this.#reset();
    this.#departures?.announce();
  }

  /**
   * Looks for entries whose time is over and takes them out, for about `budgetMs` milliseconds of the cache's clock (0 or more; Infinity:
   * until all were looked at); the next call goes on from there. Answers how many it took out. O(n), about 1 ms for a million entries.
   */
  purgeExpired(budgetMs: number = Number.POSITIVE_INFINITY): number {
    if (typeof budgetMs !== 'number') throw new TypeError('"budgetMs" must be a number');
    if (!(budgetMs >= 0)) throw new RangeError('"budgetMs" must be a number of milliseconds of at least 0');
    if (!this.#deadlines.any) return 0;
    const startMs = this.#now();
    let nowMs = startMs;
    let purged = 0;
    for (let left = this.#slots.top; left > 0; left -= SLOTS_A_SLICE) {
      purged += this.#purgeSlice(Math.min(left, SLOTS_A_SLICE), nowMs);
      nowMs = this.#now();
      if (nowMs - startMs >= budgetMs) break;
    }
    return purged;
  }

  /**
   * The entries whose time is not over: with the policy `lru` from the most to the least recently used, with others from the one added last
   * to the first. They are those of the moment when the iteration begins, without those that leave meanwhile; the cache may be used and
   * changed. O(n) at the beginning.
   */
  *entries(): IterableIterator<[K, V]> {
    const keys = Array.from(this.#slots.toArray(), (slot) => this.#index.keyOf(slot));
    for (const key of keys) {
      const slot = this.#index.find(key);
      if (slot !== 0 && !this.#isOver(slot)) yield [key, this.#index.valueOf(slot)];
    }
  }

  /** The keys, as `entries` gives them. */
  *keys(): IterableIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  /** The values, as `entries` gives them. */
  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  /** The same as `entries`. */
  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.entries();
  }

  /** Calls `visit` for each entry, as `entries` gives them. O(n). */
  forEach(visit: (value: V, key: K, cache: this) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  /** All entries whose time is not over, in the order in which `load` makes the same order of them: that of `entries`, backwards. O(n). */
  dump(): CacheEntry<K, V>[] {
    const entries: CacheEntry<K, V>[] = [];
    for (const slot of this.#slots.toArray().reverse()) {
      if (this.#isOver(slot)) continue;
      const expiresAtMs = this.#deadlines.of(slot);
      const entry = { key: this.#index.keyOf(slot), value: this.#index.valueOf(slot) };
      entries.push(expiresAtMs === Number.POSITIVE_INFINITY ? entry : { ...entry, expiresAtMs });
    }
    return entries;
  }

  /**
   * Sets entries one after the other, each with its own deadline; those whose time is over are left out. What is in the cache stays, as far
   * as there is room. Throws what `set` throws at the entry that is wrong; those before it are set then. O(entries).
   */
  load(entries: Iterable<CacheEntry<K, V>>): void {
    for (const { key, value, expiresAtMs = Number.POSITIVE_INFINITY } of entries) {
      if (typeof expiresAtMs !== 'number') throw new TypeError('"expiresAtMs" must be a number');
      if (Number.isNaN(expiresAtMs)) throw new RangeError('"expiresAtMs" must not be NaN');
      if (expiresAtMs <= this.#now()) continue;
      this.#store(key, value, expiresAtMs, this.#bytesOf(key, value));
    }
  }

  #store(key: K, value: V, deadlineMs: number, bytes: number): void {
    const slot = this.#index.find(key);
    if (bytes > this.#settings.maxBytes) {
      if (slot !== 0) this.#remove(slot, 'replaced');
      this.#departures?.add(key, value, 'capacity');
    } else if (slot === 0) {
      this.#add(key, value, deadlineMs, bytes);
    } else {
      this.#replace(slot, value, deadlineMs, bytes);
    }
    this.#departures?.announce();
  }

  #add(key: K, value: V, deadlineMs: number, bytes: number): void {
    const { maxEntries, maxBytes } = this.#settings;
    if (this.#slots.size === maxEntries) this.#evict(0);
    while (this.#usedBytes + bytes > maxBytes) this.#evict(0);
    if (this.#slots.size === this.#slots.capacity) {
      this.#resize(Math.min(2 * this.#slots.capacity, maxEntries));
      this.#index.find(key);
    }
    const slot = this.#slots.take();
    this.#index.insert(key, value, slot);
    this.#deadlines.set(slot, deadlineMs);
    if (bytes > 0) this.#resizeEntry(slot, bytes);
    this.#order.add(slot);
  }

  #replace(slot: number, value: V, deadlineMs: number, bytes: number): void {
    if (this.#departures !== null) {
      const reason = this.#isOver(slot) ? 'expired' : 'replaced';
      this.#departures.add(this.#index.keyOf(slot), this.#index.valueOf(slot), reason);
    }
    this.#index.setValue(slot, value);
    this.#deadlines.set(slot, deadlineMs);
    this.#order.replace(slot);
    if (this.#isCounting) {
      this.#resizeEntry(slot, bytes);
      while (this.#usedBytes > this.#settings.maxBytes) this.#evict(slot);
    }
  }

  #resizeEntry(slot: number, bytes: number): void {
    this.#usedBytes += bytes - this.#sizes[slot]!;
    this.#sizes[slot] = bytes;
  }

  #evict(kept: number): void {
    this.#remove(this.#order.victim(kept), 'capacity');
  }

  /** Takes an entry out, to the last reference to its key and value. */
  #remove(slot: number, reason: EvictionReason): void {
    this.#departures?.add(this.#index.keyOf(slot), this.#index.valueOf(slot), reason);
    this.#order.remove(slot);
    this.#index.remove(slot);
    this.#deadlines.set(slot, Number.POSITIVE_INFINITY);
    if (this.#isCounting) this.#resizeEntry(slot, 0);
    this.#slots.release(slot);
  }

  #takeStale(slot: number): V | undefined {
    const value = this.#index.valueOf(slot);
    this.#remove(slot, 'expired');
    this.#departures?.announce();
    return this.#settings.staleOnGet ? value : undefined;
  }

  /** Takes out what is over of the next `count` slots, and answers how many entries those were. */
  #purgeSlice(count: number, nowMs: number): number {
    const sizeBefore = this.#slots.size;
    for (let left = count; left > 0; left--) {
      if (this.#purgeSlot > this.#slots.top) this.#purgeSlot = 1;
      const slot = this.#purgeSlot++;
      if (this.#deadlines.of(slot) <= nowMs) this.#remove(slot, 'expired');
    }
    const purged = sizeBefore - this.#slots.size;
    this.#departures?.announce();
    return purged;
  }

  #isOver(slot: number): boolean {
    return this.#deadlines.any && this.#deadlines.of(slot) <= this.#now();
  }

  #now(): number {
    return this.#settings.now === undefined ? coarseClock.now() : this.#settings.now();
  }

  #deadlineAfter(ttlMs: number): number {
    requireTtl('"ttlMs"', ttlMs);
    return this.#now() + ttlMs;
  }

  #bytesOf(key: K, value: V): number {
    const { sizeOf } = this.#settings;
    if (sizeOf === undefined) return 0;
    const bytes = sizeOf(value, key);
    requireWhole('what the option "sizeOf" answers', bytes, 0, Number.MAX_SAFE_INTEGER);
    return bytes;
  }

  #reset(): void {
    const { maxEntries, policy, random, now } = this.#settings;
    const capacity = Math.min(FIRST_CAPACITY, maxEntries);
    this.#slots = new SlotList(capacity);
    this.#index = new KeyIndex(capacity);
    this.#deadlines = new Deadlines(capacity);
    this.#order = evictionOrderOf(policy, this.#slots, this.#deadlines, random, now ?? timeOfDay);
    this.#sizes = this.#isCounting ? new Float64Array(capacity + 1) : NO_SIZES;
    this.#usedBytes = 0;
    this.#purgeSlot = 1;
  }

  #resize(capacity: number): void {
    this.#slots.resize(capacity);
    this.#index.resize(capacity);
    this.#deadlines.resize(capacity);
    this.#order.resize(capacity);
    if (this.#isCounting) {
      const sizes = new Float64Array(capacity + 1);
      sizes.set(this.#sizes);
      this.#sizes = sizes;
    }
  }
}
