import { Arena, type HashSeed, HashTable } from '@nanoredis/intrusive-ds';
import { ACCESS_MASK, Entry } from '../values/entry';
import { StringView } from '../values/string-view';
import { Values } from '../values/values';
import { AwaitedKeys } from './awaited-keys';
import { Database } from './database';
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
  /** The view that commands read string values through; one for all, see StringView. */
  readonly view: StringView;
  readonly randomUint32: () => number;

  /** The time that deadlines are compared with, whole ms since the epoch; stands still while a command runs. */
  nowMs: number;
  /** Seconds of `nowMs` in 24 bits, as they stand in an entry's access word. */
  accessClock: number;
  /** Changes since the start: every write counts at least one. */
  dirty = 0;
  hits = 0;
  misses = 0;
  /** Keys that were deleted because their deadline had passed. */
  expired = 0;
  /** Bits of EventClass that somebody listens to; 0 costs a write nothing but this comparison. */
  notifiedClasses = 0;
  /** Which big values are freed bit by bit instead of at once: the lazyfree-lazy-* options. */
  readonly lazyFree = { expire: false, serverDelete: false, userDelete: false };
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
    this.accessClock = Math.floor(nowMs / 1000) & ACCESS_MASK;
    this.databases = Array.from({ length: databaseCount }, (_, index) => new Database(this, index));
    this.reclaimer = new Reclaimer(this);
  }

  /** Moves the keyspace's time, whose fractions are dropped. O(1); called at the beginning of every batch. */
  setTime(nowMs: number): void {
    this.nowMs = Math.floor(nowMs);
    this.accessClock = Math.floor(nowMs / 1000) & ACCESS_MASK;
  }

  /** Empties a database at once; what it held is freed now, or bit by bit if `lazily`. Returns the number of keys. */
  flush(database: Database, lazily: boolean): number {
    const count = database.size;
    this.watched.touchDatabase(database, null);
    this.reclaimer.takeContents(database);
    if (!lazily) this.reclaimer.finish();
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
