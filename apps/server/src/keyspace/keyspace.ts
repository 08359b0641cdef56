import type { Arena, HashSeed } from '@nanoredis/intrusive-ds';
import { Database } from './database';
import { Eviction } from './eviction';
import { KeyspaceContext } from './keyspace-context';

/** Keys of a database that are sampled to estimate how many are past their deadline. */
const STALENESS_SAMPLES = 20;

/** Keys that are deleted between two readings of the clock. */
const EXPIRED_AT_ONCE = 64;

/** Random numbers, and a key of hash tables that they do not tell. */
interface RandomSource {
  readonly hashSeed: HashSeed;
  /** A uniform unsigned 32-bit number. */
  nextUint32(): number;
}

/** All databases of a server, and what is done to several of them at once. */
export class Keyspace extends KeyspaceContext {
  readonly databases: readonly Database[];
  readonly eviction: Eviction;

  /**
   * @param databaseCount number of databases, at least 1.
   * @param nowMs the time at the start, ms since the epoch.
   * @param random gives the random numbers, and the key of the hash tables.
   * @param arena the memory of all keys and values, for the keyspace alone; left out, a new one.
   */
  constructor(databaseCount: number, nowMs: number, random: RandomSource, arena?: Arena) {
    super(nowMs, () => random.nextUint32(), random.hashSeed, arena);
    this.databases = Array.from({ length: databaseCount }, (_, index) => new Database(this, index));
    this.eviction = new Eviction(this, this.databases);
  }

  /** Number of keys of all databases, including those past their deadline that were not deleted yet. O(databases). */
  get size(): number {
    let size = 0;
    for (const database of this.databases) size += database.size;
    return size;
  }

  /**
   * Empties a database at once, for a command. What it held is freed now, or in slices if `lazily`, or when a snapshot has
   * visited it. Returns the number of keys. O(watched and blocked keys), besides freeing.
   */
  flush(database: Database, lazily: boolean): number {
    const count = database.size;
    this.changes.flushed(database, count);
    const root = database.cutOff();
    if (this.snapshot?.keeps(root)) return count;
    if (lazily) this.reclaimer.takeTable(root);
    else this.reclaimer.destroyTable(root);
    return count;
  }

  /** Exchanges the contents of two databases, for a command; sessions keep their numbers. O(watched and blocked keys). */
  swap(first: Database, second: Database): void {
    this.changes.swapped(first, second);
    const { root, wheel } = first;
    first.root = second.root;
    first.wheel = second.wheel;
    second.root = root;
    second.wheel = wheel;
  }

  /** Share of the keys with a deadline that are past it and still there, 0 to 1, estimated by a sample. O(databases). */
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
   * Deletes keys past their deadline until `isOver` says that the time budget is used up. Returns whether none is left. To
   * be called between commands.
   */
  expireDue(isOver: () => boolean): boolean {
    const isDone = this.#expireDue(isOver);
    if (this.changes.pending !== 0) this.changes.endUnit(false);
    return isDone;
  }

  #expireDue(isOver: () => boolean): boolean {
    for (const database of this.databases) {
      if (database.volatileSize === 0) continue;
      while (!database.expireDue(this.nowMs, EXPIRED_AT_ONCE)) if (isOver()) return false;
    }
    return true;
  }
}
