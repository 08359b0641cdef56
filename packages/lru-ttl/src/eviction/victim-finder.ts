import { type Address, type Arena, type HashTable, SEGMENT_MASK, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';

/** Victims that one look around provides for: `samples` records are looked at for each. */
const VICTIMS_PER_LOOK = 16;

/** Most victims that are kept; more than one look finds, however lucky. */
const MOST_VICTIMS = 64;

/** Most records that are looked at until one is taken that is less worth than it should be, or none. */
const LONGEST_LOOK = 4096;

/** How fast the threshold follows what it sees: it moves by a part of itself with each record. */
const GAIN = 1 / 64;

/** Most buckets that are looked into at once, and room for their records, as many as such buckets never have together. */
const BUCKETS_AT_ONCE = 128;
const RECORDS_AT_ONCE = 512;

/** A score that nothing has: a threshold begins here, so that the first victims are the best of many. */
const BEYOND_ALL = 2 ** 24;

/** A table that victims come from. Its owner may give it another root. */
export interface VictimTable {
  readonly root: Address;
}

/**
 * Finds what to evict: the worst records of several hash tables, or nearly, in constant time, without links between records and without
 * anything to do when a record is used.
 *
 * A hand goes round through the buckets of each table. The order of a keyed hash is as good as a shuffle, so what it passes is a fair sample, found at
 * the cost of walking on. What scores above a threshold is a victim; the threshold moves so that one of `samples` records does:
 *
 * ```
 *   buckets  | | | | | | | | | | | | | | | |          scores seen    ......:..::|||||
 *                    hand →                           threshold                ^ one of `samples` is beyond
 * ```
 * So each record is looked at once a round, and within a round the worst of all go, 1/`samples` of them. Whatever is above the threshold when
 * the hand comes by goes then, so that no bad record is overlooked for long, as it may be where samples are drawn by lot. The manner
 * is that of CLOCK and of WSClock (Carr and Hennessy 1981), with a threshold that finds itself.
 *
 * Where there are few records, the worst of all is found each time. Nothing is allocated after the constructor.
 */
export class VictimFinder {
  /** Records that are looked at for each victim, on average; from 1 on. More come closer to the worst of all. */
  samples = 5;
  /**
   * What a record is worth evicting, above 0: the higher, the sooner; negative for one that must stay. It grows as time passes, and falls when
   * the record is used.
   */
  score: (record: Address) => number = () => 1;
  /** Index of the table that the last victim is in. */
  tableIndex = 0;
  readonly #table: HashTable;
  readonly #tables: readonly VictimTable[];
  readonly #words: Uint32Array[];
  readonly #hashWord: number;
  /** The bucket that the hand of each table comes to next. */
  readonly #hands: Uint32Array;
  #threshold = BEYOND_ALL;
  /** The worst record of the look that goes on, and its table. */
  #best = 0;
  #bestOwner = 0;
  #bestScore = -1;
  /** The records that are looked at, and their scores. */
  readonly #seen = new Uint32Array(RECORDS_AT_ONCE);
  readonly #seenScores = new Float64Array(RECORDS_AT_ONCE);
  /** Those found and not yet taken. */
  #count = 0;
  readonly #records = new Uint32Array(MOST_VICTIMS);
  readonly #hashes = new Int32Array(MOST_VICTIMS);
  readonly #scores = new Float64Array(MOST_VICTIMS);
  readonly #owners = new Uint32Array(MOST_VICTIMS);

  /**
   * @param table the kind of the tables; @param layout where its records keep their hash.
   * @param tables the tables themselves; as many from now on as there are.
   */
  constructor(arena: Arena, table: HashTable, layout: { readonly hash: number }, tables: readonly VictimTable[]) {
    this.#words = arena.words;
    this.#table = table;
    this.#tables = tables;
    this.#hands = new Uint32Array(tables.length);
    this.#hashWord = layout.hash >>> 2;
  }

  /** Forgets what it has learnt, because records are scored by other rules from now on. O(1). */
  forget(): void {
    this.#count = 0;
    this.#threshold = BEYOND_ALL;
  }

  /**
   * The next victim, which the caller takes out of its table (`tableIndex`); 0 if none was met among 4096 records, or if there is none.
   * Whatever happened to tables and records since the last call: it is in its table, and has not been used since it was found.
   * O(samples) expected.
   */
  next(): Address {
    do {
      while (this.#count > 0) {
        const i = --this.#count;
        const record = this.#records[i]!;
        const owner = this.#owners[i]!;
        if (!this.#table.has(this.#tables[owner]!.root, record, this.#hashes[i]!)) continue;
        if (this.score(record) < this.#scores[i]!) continue;
        this.tableIndex = owner;
        return record;
      }
    } while (this.#look());
    return 0;
  }

  /** Lets the hands go on until they have found victims; false if there are none as far as they may go. */
  #look(): boolean {
    let total = 0;
    for (const { root } of this.#tables) total += this.#table.size(root);
    const enough = Math.min(total, VICTIMS_PER_LOOK * this.samples, LONGEST_LOOK);
    const most = Math.min(total, LONGEST_LOOK);
    this.#count = 0;
    this.#best = 0;
    this.#bestScore = -1;
    for (let looked = 0; looked < most && this.#count === 0; ) {
      for (let owner = 0; owner < this.#tables.length; owner++) {
        const size = this.#table.size(this.#tables[owner]!.root);
        if (size > 0) looked += this.#lookInto(owner, Math.ceil((enough * size) / total));
      }
    }
    if (this.#best !== 0 && (this.#count === 0 || enough === total)) {
      // All were seen, or none is as bad as it should be: the worst goes, and the next time is another look.
      this.#count = 0;
      this.#add(this.#best, this.#bestScore, this.#bestOwner);
    }
    return this.#count > 0;
  }

  /** Lets the hand of a table pass at least `few` of its records, which it has; returns how many it has passed. */
  #lookInto(owner: number, few: number): number {
    const table = this.#table;
    const { root } = this.#tables[owner]!;
    const buckets = table.bucketCount(root);
    const bucketsEach = buckets / table.size(root);
    let hand = this.#hands[owner]!;
    let looked = 0;
    while (looked < few) {
      if (hand >= buckets) hand = 0;
      const count = Math.min(Math.ceil((few - looked) * bucketsEach), buckets - hand, BUCKETS_AT_ONCE);
      const seen = table.recordsOf(root, hand, count, this.#seen);
      this.#judge(owner, seen);
      looked += seen;
      hand += count;
    }
    this.#hands[owner] = hand;
    return looked;
  }

  /** Takes what scores above the threshold for victims. All scores come first, so that no decision waits for the memory of a record. O(count). */
  #judge(owner: number, count: number): void {
    const seen = this.#seen;
    const scores = this.#seenScores;
    for (let i = 0; i < count; i++) scores[i] = this.score(seen[i]!);
    const rise = 1 + GAIN * (1 - 1 / this.samples);
    const fall = 1 - GAIN / this.samples;
    let threshold = this.#threshold;
    for (let i = 0; i < count; i++) {
      const score = scores[i]!;
      if (score > this.#bestScore) {
        this.#best = seen[i]!;
        this.#bestOwner = owner;
        this.#bestScore = score;
      }
      if (score >= threshold) {
        this.#add(seen[i]!, score, owner);
        threshold *= rise;
      } else if (score >= 0) {
        // Scores begin at 1, and so does what tells them apart.
        threshold = Math.max(0.5, threshold * fall);
      }
    }
    this.#threshold = threshold;
  }

  /** Puts a victim among those that are there; if there are too many, the others are worth it too. */
  #add(record: Address, score: number, owner: number): void {
    if (this.#count === MOST_VICTIMS) return;
    const i = this.#count++;
    this.#records[i] = record;
    this.#hashes[i] = this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.#hashWord]!;
    this.#scores[i] = score;
    this.#owners[i] = owner;
  }
}
