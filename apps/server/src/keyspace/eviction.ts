import type { Address } from '@nanoredis/intrusive-ds';
import { LoopDetector, VictimFinder } from '@nanoredis/lru-ttl';
import { Entry } from '../values/entry';
import type { Database } from './database';
import type { EvictionPolicy } from './eviction-policy';
import { evictionScore } from './eviction-score';
import type { KeyspaceContext } from './keyspace-context';

/**
 * How an attempt to free memory has ended: the limit is kept; the time was up before; or it is exceeded, and no key may be
 * evicted.
 */
export type EvictionOutcome = 'done' | 'unfinished' | 'impossible';

/** Steps between two readings of the clock. */
const STEPS_AT_ONCE = 16;

/** Random draws until a key with a deadline is looked for in another way. */
const MAX_DRAWS = 64;

/** Evictions after which the pace of the recency clock is adjusted the first time, and the fewest between two adjustments. */
const EVICTIONS_PER_PACE = 1024;

/** Milliseconds without new data after which the recency clock ticks seconds again. */
const CALM_MS = 10_000;

/**
 * Turnovers with hits until a loop counts as ended under an LFU policy: a key that is hit in a loop is counted, and so it
 * stays.
 */
const LFU_PATIENCE = 16;

/** As many reads as there are keys are divided into so many windows, to know since when a use counts as recent. */
const RECENT_WINDOWS = 8;

/**
 * Keeps the arena within `limitBytes` by evicting keys, as maxmemory-policy says. While no limit is set, it is not called;
 * what it needs to know of a key is in the 24 access bits of its entry, which every read writes anyway.
 *
 * Least recently and least frequently used keys are found by a VictimFinder, those with the earliest deadlines by the
 * timing wheels, others at random.
 */
export class Eviction {
  /** Bytes in use in the arena beyond which keys are evicted; Infinity without a limit. */
  limitBytes = Number.POSITIVE_INFINITY;
  readonly #context: KeyspaceContext;
  readonly #databases: readonly Database[];
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

  constructor(context: KeyspaceContext, databases: readonly Database[]) {
    const { arena, table, nowMs } = context;
    this.#context = context;
    this.#databases = databases;
    this.#database = databases[0]!;
    this.#finder = new VictimFinder(arena, table, Entry, databases);
    this.#loops = new LoopDetector(() => this.#size());
    this.#pacedAtMs = nowMs;
    this.#calmSinceMs = nowMs;
  }

  /**
   * Follows another policy from now on; LFU counts uses where the others note the last one. `samples`, from 1 on, is
   * maxmemory-samples: how close to the ideal order victims come.
   */
  follow(policy: EvictionPolicy, samples: number): void {
    const { access, hits, misses } = this.#context;
    if (policy !== this.#policy) {
      const isLfu = policy.endsWith('-lfu');
      this.#policy = policy;
      this.#loops.reset(isLfu ? LFU_PATIENCE : 1, hits + misses, hits, access.reuses);
      access.countUses(isLfu);
    }
    this.#samples = samples;
    this.#suitFinder();
  }

  /**
   * Frees what waits to be freed, then evicts, until the limit is kept. `isOver` is asked every 16 keys whether to stop
   * before that. A big value is freed in parts if lazyfree-lazy-eviction says so. O(keys that are evicted).
   */
  freeMemory(isOver: () => boolean): EvictionOutcome {
    const { arena, reclaimer } = this.#context;
    for (let steps = 1; arena.used > this.limitBytes; steps++) {
      if (!reclaimer.isIdle) reclaimer.step();
      else if (!this.#evictOne()) return 'impossible';
      if (steps % STEPS_AT_ONCE === 0 && arena.used > this.limitBytes && isOver()) return 'unfinished';
    }
    return 'done';
  }

  /**
   * Adjusts the pace of the recency clock to how long keys stay: call it some ten times a second while there is a limit.
   * O(databases).
   */
  pace(): void {
    const { arena, access, nowMs, evicted } = this.#context;
    const { recency } = access;
    const elapsedMs = nowMs - this.#pacedAtMs;
    if (elapsedMs <= 0) return;
    const size = Math.max(1, this.#size());
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
    if (this.#context.evicted >= this.#paceAt) this.pace();
    return true;
  }

  #size(): number {
    let size = 0;
    for (const database of this.#databases) size += database.size;
    return size;
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

  /** The entry with the highest score, or nearly. Where few of many keys have a deadline, it may find none. */
  #found(): Address {
    this.#watchForLoops();
    const victim = this.#finder.next();
    this.#database = this.#databases[this.#finder.tableIndex]!;
    return victim;
  }

  /** Any key, chosen uniformly at random. O(databases). */
  #drawn(): Address {
    const databases = this.#databases;
    const size = this.#size();
    if (size === 0) return 0;
    let place = Math.floor((this.#context.randomUint32() / 2 ** 32) * size);
    let index = 0;
    while (place >= databases[index]!.size) place -= databases[index++]!.size;
    this.#database = databases[index]!;
    return this.#database.randomRaw();
  }

  /** A random key with a deadline; where few have one, perhaps the one that expires first. */
  #drawnVolatile(): Address {
    for (let draws = 0; draws < MAX_DRAWS; draws++) {
      const entry = this.#drawn();
      if (entry === 0 || this.#database.hasDeadline(entry)) return entry;
    }
    return this.#earliest();
  }

  /** The key with the earliest deadline, or nearly; 0 if none has one. O(databases). */
  #earliest(): Address {
    let earliest = 0;
    let earliestMs = Number.POSITIVE_INFINITY;
    for (const database of this.#databases) {
      const entry = database.earliestVolatile();
      if (entry === 0 || database.deadlineOf(entry) >= earliestMs) continue;
      earliest = entry;
      earliestMs = database.deadlineOf(entry);
      this.#database = database;
    }
    return earliest;
  }

  /**
   * Reports an eviction to the loop detector, and changes how keys are scored when it detects the beginning or the end of a
   * loop. LRU keeps what was used within as many reads as there are keys; LFU also keeps what it has counted in a loop.
   */
  #watchForLoops(): void {
    const loops = this.#loops;
    const { hits, misses, access } = this.#context;
    const { reuses, countsUses } = access;
    const reads = hits + misses;
    const wasLooping = loops.isLooping;
    loops.evicted(reads, hits, countsUses ? hits : reuses);
    if (loops.isLooping !== wasLooping) this.#suitFinder();
    if (loops.isLooping && (!wasLooping || (reads - this.#readsBefore) * RECENT_WINDOWS >= loops.turnover)) {
      this.#readsBefore = reads;
      this.#windows.push(access.recency.now);
      if (this.#windows.length > RECENT_WINDOWS) this.#windows.shift();
      access.noticeReuse(this.#windows[0]!);
    }
  }

  /**
   * Configures the finder: what to look for, and at how many records. LRU looks at half as many as redis-server samples,
   * which gives better victims than redis-server's. LFU counts tie often, so it looks at twice as many.
   */
  #suitFinder(): void {
    const { isLooping } = this.#loops;
    const { access } = this.#context;
    this.#windows.length = 0;
    if (!isLooping) access.noticeReuse(null);
    this.#finder.samples = isLooping || access.countsUses ? this.#samples * 2 : (this.#samples + 1) / 2;
    this.#finder.score = evictionScore(this.#context, this.#policy, isLooping);
    this.#finder.forget();
  }
}
