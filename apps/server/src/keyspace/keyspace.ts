import { Arena, type HashSeed, HashTable } from '@nanoredis/intrusive-ds';
import { FrequencyCounter, RecencyClock } from '@nanoredis/lru-ttl';
import { ACCESS_MASK, Entry } from '../values/entry';
import { StringView } from '../values/string-view';
import { Values } from '../values/values';
import { AwaitedKeys } from './awaited-keys';
import { Database } from './database';
import { Eviction } from './eviction';
import type { KeyEvent } from './key-event';
import { Reclaimer } from './reclaimer';
import { WatchedKeys } from './watched-keys';

/** Receives the keyspace events of the classes in `notifiedClasses`. The key is valid only during the call. */
export type KeyEventListener = (
  event: KeyEvent,
  databaseIndex: number,
  key: Uint8Array,
  start: number,
  end: number,
) => void;

/** Keys of a database that are looked at to tell how many are past their deadline. */
const STALENESS_SAMPLES = 20;

/** All databases of a server over one arena, with what they share: time, statistics, watchers and listeners. */
export class Keyspace {
  readonly arena: Arena;
  readonly table: HashTable;
  /** The stores of the values, by type. */
  readonly values: Values;
  readonly databases: readonly Database[];
  readonly watched = new WatchedKeys();
  readonly awaited = new AwaitedKeys();
  readonly reclaimer: Reclaimer;
  readonly eviction: Eviction;
  /** The view that commands read string values through; one for all, see StringView. */
  readonly view: StringView;
  readonly randomUint32: () => number;

  /** The time that deadlines are compared with, whole ms since the epoch; stands still while a command runs. */
  nowMs: number;
  /** What the 24 access bits of an entry say that is used for the first time now: a stamp of `recency`, or a count of `frequency`. */
  freshAccess: number;
  /** Whether the access bits count uses, because an LFU policy asks for that; they tell the time of the last use otherwise. */
  countsUses = false;
  /** Uses of entries whose last use was no longer ago than `noticeReuse` says, while it says anything. */
  reuses = 0;
  /** The stamp since when a use is recent; null if nobody wants to know. */
  #recentSince: number | null = null;
  /** Whether the access bits of an entry matter for what its next use makes of them, or of our counters. */
  #readsAccess = false;
  readonly recency: RecencyClock;
  readonly frequency: FrequencyCounter;
  /** Changes since the start: every write counts at least one. */
  dirty = 0;
  hits = 0;
  misses = 0;
  /** Keys that were deleted because their deadline had passed. */
  expired = 0;
  /** Keys that were deleted to make room. */
  evicted = 0;
  /** Bits of EventClass that somebody listens to; 0 costs a write nothing but this comparison. */
  notifiedClasses = 0;
  /** Which big values are freed bit by bit instead of at once: the lazyfree-lazy-* options. */
  readonly lazyFree = { eviction: false, expire: false, serverDelete: false, userDelete: false };
  onEvent: KeyEventListener = () => {};

  /**
   * @param databaseCount number of databases, at least 1.
   * @param nowMs the time at the start, ms since the epoch.
   * @param randomUint32 gives uniform unsigned 32-bit numbers; also seeds the tables' keyed hash.
   * @param arena the memory of all keys and values, for the keyspace alone.
   */
  constructor(databaseCount: number, nowMs: number, randomUint32: () => number, arena: Arena = new Arena()) {
    this.arena = arena;
    this.randomUint32 = randomUint32;
    const seed: HashSeed = { k0: randomUint32(), k1: randomUint32() };
    this.table = new HashTable(this.arena, Entry, seed);
    this.values = new Values(this.arena, seed, randomUint32);
    this.view = new StringView(this.arena);
    this.nowMs = Math.floor(nowMs);
    this.recency = new RecencyClock(this.nowMs);
    this.frequency = new FrequencyCounter(randomUint32);
    this.freshAccess = this.recency.now;
    this.databases = Array.from({ length: databaseCount }, (_, index) => new Database(this, index));
    this.reclaimer = new Reclaimer(this);
    this.eviction = new Eviction(this);
  }

  /** Moves the keyspace's time, whose fractions are dropped. O(1); called at the beginning of every batch. */
  setTime(nowMs: number): void {
    this.nowMs = Math.floor(nowMs);
    this.freshAccess = this.countsUses ? this.frequency.advance(this.nowMs) : this.recency.advance(this.nowMs);
  }

  /** Lets the access bits count uses from now on, or tell the last use; those of entries mean something else until they are used again. */
  countUses(countsUses: boolean): void {
    this.countsUses = countsUses;
    this.#readsAccess = countsUses || this.#recentSince !== null;
    this.setTime(this.nowMs);
  }

  /** Counts in `reuses` what is used that was last used at the stamp `since` of `recency` or later; null ends that. O(1). */
  noticeReuse(since: number | null): void {
    this.#recentSince = since;
    this.#readsAccess = this.countsUses || since !== null;
  }

  /** The 24 bits that follow those in an access word when its entry is used. O(1); hot, so the usual case is one comparison. */
  accessAfterUse(access: number): number {
    return this.#readsAccess ? this.#accessAfterNotedUse(access) : this.freshAccess;
  }

  #accessAfterNotedUse(access: number): number {
    if (this.countsUses) return this.frequency.afterUse(access & ACCESS_MASK);
    if (this.#recentSince !== null && this.recency.age(access) <= this.recency.age(this.#recentSince)) this.reuses++;
    return this.freshAccess;
  }

  /** Number of keys of all databases, including those past their deadline that nobody has met yet. O(databases). */
  get size(): number {
    let size = 0;
    for (const database of this.databases) size += database.size;
    return size;
  }

  /** Empties a database at once; what it held is freed now, or bit by bit if `lazily`. Returns the number of keys. */
  flush(database: Database, lazily: boolean): number {
    const count = database.size;
    this.watched.touchDatabase(database, null);
    if (lazily) this.reclaimer.takeContents(database);
    else this.reclaimer.destroyContents(database);
    this.dirty += count;
    return count;
  }

  /** Exchanges the contents of two databases; sessions keep their numbers. O(watched and awaited keys). */
  swap(first: Database, second: Database): void {
    this.watched.touchDatabase(first, second);
    this.watched.touchDatabase(second, first);
    const { root, wheel } = first;
    first.root = second.root;
    first.wheel = second.wheel;
    second.root = root;
    second.wheel = wheel;
    this.dirty++;
    if (this.awaited.count === 0) return;
    this.awaited.contentsReplaced(first);
    this.awaited.contentsReplaced(second);
  }

  /** Share of the keys with a deadline that are past it and still there, 0 to 1, as a sample of keys tells. O(databases). */
  staleShare(): number {
    let volatile = 0;
    let stale = 0;
    for (const database of this.databases) {
      for (let i = 0; i < STALENESS_SAMPLES && database.volatileSize > 0; i++) {
        const entry = database.randomRaw();
        if (!database.hasDeadline(entry)) continue;
        volatile++;
        if (database.isPastDeadline(entry)) stale++;
      }
    }
    return volatile === 0 ? 0 : stale / volatile;
  }

  /**
   * When `expireDue` has something to do next, in milliseconds since the epoch: never after the earliest deadline; Infinity
   * if no key has one. O(databases).
   */
  nextDeadlineMs(): number {
    return this.databases.reduce((next, { wheel }) => Math.min(next, wheel.nextDeadlineMs()), Number.POSITIVE_INFINITY);
  }

  /**
   * Deletes keys past their deadline until `isOver` says that the time budget is used up. Returns whether none is left.
   */
  expireDue(isOver: () => boolean): boolean {
    for (const database of this.databases) {
      if (database.volatileSize === 0) continue;
      while (!database.expireDue(this.nowMs, 64)) if (isOver()) return false;
    }
    return true;
  }
}
