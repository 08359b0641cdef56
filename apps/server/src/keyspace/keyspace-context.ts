import { type Address, Arena, type HashSeed, HashTable } from '@nanoredis/intrusive-ds';
import { Entry } from '../values/entry';
import { StringView } from '../values/string-view';
import { Values } from '../values/values';
import { AccessTracker } from './access-tracker';
import { Changes } from './changes';
import { Reclaimer } from './reclaimer';

/** A snapshot in progress (SnapshotWalk): what writes have to tell it. */
export interface SnapshotHook {
  /**
   * `entry`, which is in the table `root`, is about to change in any way: value, deadline, key, place in memory, or
   * deletion. What it is now belongs to the snapshot, unless the entry was visited before or is newer. O(1), or O(size
   * of the value) the first time.
   */
  beforeChange(root: Address, entry: Address): void;
  /**
   * A table that was cut off from its database is about to be freed. Returns whether the snapshot still needs it: then
   * it is the snapshot's to free. O(databases).
   */
  keeps(root: Address): boolean;
}

/** What the databases of a keyspace share: memory, time, the exit for writes, and statistics. */
export class KeyspaceContext {
  readonly arena: Arena;
  readonly table: HashTable;
  /** The stores of the values, by type. */
  readonly values: Values;
  readonly changes = new Changes();
  readonly access: AccessTracker;
  readonly reclaimer: Reclaimer;
  /** The view that commands read string values through; one for all, see StringView. */
  readonly view: StringView;
  readonly randomUint32: () => number;
  /** The time that deadlines are compared with, whole ms since the epoch; it does not change while a command runs. */
  nowMs: number;
  /** Whether keys past their deadline stay until a write needs their place, although they count as absent: CLIENT PAUSE. */
  keepsExpired = false;
  /** The snapshot in progress, or null. */
  snapshot: SnapshotHook | null = null;
  /**
   * SNAPSHOT_PARITY or 0: that bit of an entry which the snapshot does not have to visit (again). Without a snapshot,
   * all entries have it. Changed by SnapshotWalk.
   */
  snapshotParity = 0;
  hits = 0;
  misses = 0;
  /** Keys that were deleted because their deadline had passed. */
  expired = 0;
  /** Keys that were deleted to free memory. */
  evicted = 0;
  /** Which big values are freed in slices instead of at once: the lazyfree-lazy-* options. */
  readonly lazyFree = { eviction: false, expire: false, serverDelete: false, userDelete: false };

  /**
   * @param nowMs the time at the start, ms since the epoch.
   * @param randomUint32 gives uniform unsigned 32-bit numbers.
   * @param seed the key of the hash tables, which clients must not learn.
   * @param arena the memory of all keys and values, for the keyspace alone.
   */
  constructor(nowMs: number, randomUint32: () => number, seed: HashSeed, arena: Arena = new Arena()) {
    this.arena = arena;
    this.randomUint32 = randomUint32;
    this.table = new HashTable(arena, Entry, seed);
    this.values = new Values(arena, seed, randomUint32);
    this.view = new StringView(arena);
    this.nowMs = Math.floor(nowMs);
    this.access = new AccessTracker(this.nowMs, randomUint32);
    this.reclaimer = new Reclaimer(arena, this.table, this.values);
  }

  /** Moves the time, whose fractions are dropped. O(1); called at the beginning of every batch. */
  setTime(nowMs: number): void {
    this.nowMs = Math.floor(nowMs);
    this.access.setTime(this.nowMs);
  }

  /** Resets the counts that CONFIG RESETSTAT resets. O(1). */
  resetStatistics(): void {
    this.hits = 0;
    this.misses = 0;
    this.expired = 0;
    this.evicted = 0;
    this.reclaimer.freed = 0;
  }
}
