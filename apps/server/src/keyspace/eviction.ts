import type { Address } from '@nanoredis/intrusive-ds';
import { LoopDetector, VictimFinder } from '@nanoredis/lru-ttl';
import { Entry } from '../values/entry';
import type { Database } from './database';
import { evictionScore } from './eviction-score';
import type { Keyspace } from './keyspace';

/** The values of maxmemory-policy. */
export type EvictionPolicy =
  | 'noeviction'
  | `allkeys-${'lru' | 'lfu' | 'random'}`
  | `volatile-${'lru' | 'lfu' | 'random' | 'ttl'}`;

/** How an attempt to make room has ended: there is room; time was up before; nothing is left that may go. */
export type RoomOutcome = 'made' | 'unfinished' | 'impossible';

/** Steps between two looks at the clock. */
const STEPS_AT_ONCE = 16;

/** Draws until a key with a deadline is looked for in another way. */
const MOST_DRAWS = 64;

/** Evictions after which the pace of the recency clock is looked after the first time, and at least. */
const EVICTIONS_PER_PACE = 1024;

/** Milliseconds without new data after which the recency clock ticks seconds again. */
const CALM_MS = 10_000;

/** Turnovers in which reads find something until a loop is taken for ended, where uses are counted: what is found is counted and stays. */
const LFU_PATIENCE = 16;

/** Parts that as many reads as there are keys are counted in, to tell what of the last of them was used in. */
const RECENT_WINDOWS = 8;

/**
 * Keeps the arena within `limitBytes` by evicting keys, as maxmemory-policy says. While no limit is set, nobody calls it; what it needs to
 * know of a key stands in the 24 access bits of its entry, which every read writes anyway.
 *
 * Least recently and least frequently used keys are found by a VictimFinder, those whose time is up first by the wheels of the deadlines,
 * any ones by lot.
 */
export class Eviction {
  /** Bytes in use in the arena from which on keys have to go; Infinity without a limit. */
  limitBytes = Number.POSITIVE_INFINITY;
  readonly #keyspace: Keyspace;
  readonly #finder: VictimFinder;
  readonly #loops: LoopDetector;
  #policy: EvictionPolicy = 'noeviction';
  #samples = 1;
  /** In a loop: stamps of when each of the last windows of reads began, oldest first, and the reads before the newest. */
  readonly #windows: number[] = [];
  #readsBefore = 0;
  /** The database of the last victim. */
  #database: Database;
  #paceAt = EVICTIONS_PER_PACE;
  #pacedAtMs: number;
  #calmSinceMs: number;
  #usedBefore = 0;
  #evictedBefore = 0;

  constructor(keyspace: Keyspace) {
    const { arena, table, databases, nowMs } = keyspace;
    this.#keyspace = keyspace;
    this.#database = databases[0]!;
    this.#finder = new VictimFinder(arena, table, Entry, databases);
    this.#loops = new LoopDetector(() => keyspace.size);
    this.#pacedAtMs = nowMs;
    this.#calmSinceMs = nowMs;
  }

  /**
   * Follows another policy from now on; LFU counts uses where the others note the last one. `samples`, from 1 on, is maxmemory-samples: how
   * close to the ideal order victims come.
   */
  follow(policy: EvictionPolicy, samples: number): void {
    const keyspace = this.#keyspace;
    if (policy !== this.#policy) {
      const isLfu = policy.endsWith('-lfu');
      this.#policy = policy;
      this.#loops.reset(isLfu ? LFU_PATIENCE : 1, keyspace.hits + keyspace.misses, keyspace.hits, keyspace.reuses);
      keyspace.countUses(isLfu);
    }
    this.#samples = samples;
    this.#suitFinder();
  }

  /**
   * Frees what waits to be freed, then evicts, until the limit is kept. `isOver` is asked every 16 keys whether to stop before that.
   * A big value goes in parts if lazyfree-lazy-eviction says so. O(keys that have to go).
   */
  makeRoom(isOver: () => boolean): RoomOutcome {
    const { arena, reclaimer } = this.#keyspace;
    for (let steps = 1; arena.used > this.limitBytes; steps++) {
      if (!reclaimer.isIdle) reclaimer.step();
      else if (!this.#evictOne()) return 'impossible';
      if (steps % STEPS_AT_ONCE === 0 && arena.used > this.limitBytes && isOver()) return 'unfinished';
    }
    return 'made';
  }

  /**
   * Suits the pace of the recency clock to how long keys stay: call it some ten times a second while there is a limit. O(databases).
   */
  pace(): void {
    const { arena, recency, nowMs, evicted } = this.#keyspace;
    const elapsedMs = nowMs - this.#pacedAtMs;
    if (elapsedMs <= 0) return;
    const size = Math.max(1, this.#keyspace.size);
    const evictedBytes = ((evicted - this.#evictedBefore) * arena.used) / size;
    const freshBytes = evictedBytes + Math.max(0, arena.used - this.#usedBefore);
    if (freshBytes > 0) {
      this.#calmSinceMs = nowMs;
      recency.suit((Math.min(this.limitBytes, Number.MAX_SAFE_INTEGER) / freshBytes) * elapsedMs);
    } else if (nowMs - this.#calmSinceMs >= CALM_MS) {
      recency.suit(Number.POSITIVE_INFINITY);
    }
    this.#pacedAtMs = nowMs;
    this.#usedBefore = arena.used;
    this.#evictedBefore = evicted;
    this.#paceAt = evicted + Math.max(EVICTIONS_PER_PACE, size >>> 4);
  }

  #evictOne(): boolean {
    const victim = this.#findVictim();
    if (victim === 0) return false;
    this.#database.evict(victim);
    if (this.#keyspace.evicted >= this.#paceAt) this.pace();
    return true;
  }

  #findVictim(): Address {
    switch (this.#policy) {
      case 'noeviction':
        return 0;
      case 'allkeys-random':
        return this.#drawn();
      case 'volatile-random':
        return this.#drawnVolatile();
      case 'volatile-ttl':
        return this.#earliest();
      case 'allkeys-lru':
      case 'allkeys-lfu':
        return this.#found();
      case 'volatile-lru':
      case 'volatile-lfu':
        return this.#found() || this.#earliest();
    }
  }

  /** The least worth by the score. Where few of many keys have a deadline, it may meet none. */
  #found(): Address {
    this.#watchForLoops();
    const victim = this.#finder.next();
    this.#database = this.#keyspace.databases[this.#finder.tableIndex]!;
    return victim;
  }

  /** Any key, each with the same chance. O(databases). */
  #drawn(): Address {
    const { databases, size, randomUint32 } = this.#keyspace;
    if (size === 0) return 0;
    let place = Math.floor((randomUint32() / 2 ** 32) * size);
    let index = 0;
    while (place >= databases[index]!.size) place -= databases[index++]!.size;
    this.#database = databases[index]!;
    return this.#database.randomRaw();
  }

  /** A key with a deadline, by lot; where few have one, any that is met, or the one that ends first. */
  #drawnVolatile(): Address {
    for (let draws = 0; draws < MOST_DRAWS; draws++) {
      const entry = this.#drawn();
      if (entry === 0 || this.#database.hasDeadline(entry)) return entry;
    }
    return this.#earliest();
  }

  /** The key whose deadline comes first, or nearly; 0 if none has one. O(databases). */
  #earliest(): Address {
    let earliest = 0;
    let earliestMs = Number.POSITIVE_INFINITY;
    for (const database of this.#keyspace.databases) {
      const entry = database.earliestVolatile();
      if (entry === 0 || database.deadlineOf(entry) >= earliestMs) continue;
      earliest = entry;
      earliestMs = database.deadlineOf(entry);
      this.#database = database;
    }
    return earliest;
  }

  /**
   * Lets the detector know of an eviction, and has keys scored by other rules when it changes its mind. Least recently used would have kept
   * what was used within as many reads as there are keys; counts of uses keep what they have counted in a loop as well.
   */
  #watchForLoops(): void {
    const keyspace = this.#keyspace;
    const loops = this.#loops;
    const { hits, reuses, countsUses } = keyspace;
    const reads = hits + keyspace.misses;
    const wasLooping = loops.isLooping;
    loops.evicted(reads, hits, countsUses ? hits : reuses);
    if (loops.isLooping !== wasLooping) this.#suitFinder();
    if (loops.isLooping && (!wasLooping || (reads - this.#readsBefore) * RECENT_WINDOWS >= loops.turnover)) {
      this.#readsBefore = reads;
      this.#windows.push(keyspace.recency.now);
      if (this.#windows.length > RECENT_WINDOWS) this.#windows.shift();
      keyspace.noticeReuse(this.#windows[0]!);
    }
  }

  /**
   * Tells the finder what to look for, and at how many records. Of the times of the last use, half as many as redis-server draws tell more than
   * it learns from its draws; counts are mostly the same, and luck must not let go of what it keeps, so they take twice as many.
   */
  #suitFinder(): void {
    const { isLooping } = this.#loops;
    this.#windows.length = 0;
    if (!isLooping) this.#keyspace.noticeReuse(null);
    this.#finder.samples = isLooping || this.#keyspace.countsUses ? this.#samples * 2 : (this.#samples + 1) / 2;
    this.#finder.score = evictionScore(this.#keyspace, this.#policy, isLooping);
    this.#finder.forget();
  }
}
