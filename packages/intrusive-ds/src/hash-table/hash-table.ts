import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import { BucketChains } from './bucket-chains';
import { BucketDirectory } from './bucket-directory';
import type { HashSeed } from './half-sip-hash';
import { type HashTableLayout, KEY_LENGTH_MASK, SAMPLED_SLOTS } from './hash-table-layout';
import { KeyView } from './key-view';
import { bucketOf, type ScanStep, scanStep } from './linear-hashing';
import { Prefetch, Slot } from './prefetch';
import { ROOT_BYTES, Root } from './root-record';

/** The size, the memory and the chains of a table. */
export interface HashTableStatistics {
  readonly size: number;
  readonly buckets: number;
  /** Arena bytes of the table itself: root and directory, without the records. */
  readonly bytes: number;
  /** `chainLengths[n]` = number of buckets with n records. */
  readonly chainLengths: readonly number[];
}

/**
 * Hash tables over arena records of one layout. A root address names each table; an empty one takes 16 bytes. Chains run through the
 * records, newest first. Tables grow and shrink by linear hashing (Litwin 1980): an insert splits at most one bucket and a removal
 * merges at most two, so there is no second table and no pause. The caller owns the records: a table never allocates or frees one.
 */
export class HashTable {
  readonly #arena: Arena;
  readonly #words: Uint32Array[];
  readonly #directory: BucketDirectory;
  readonly #chainWord: number;
  readonly #hashWord: number;
  readonly #keyLengthWord: number;
  readonly #keyWord: number;
  readonly #keys: KeyView;
  readonly #chains: BucketChains;
  readonly #step: ScanStep = { bucket: 0, next: 0 };
  readonly #prefetch: Prefetch;
  /** Counts the changes of all tables: a record that was prefetched before a change may be freed. */
  #version = 0;

  /** @throws RangeError when an offset of the layout is not a multiple of 4 */
  constructor(arena: Arena, layout: HashTableLayout, seed: HashSeed) {
    if (((layout.chain | layout.hash | layout.keyLength | layout.key) & 3) !== 0) {
      throw new RangeError('the offsets of a layout must be multiples of 4');
    }
    this.#arena = arena;
    this.#words = arena.words;
    this.#directory = new BucketDirectory(arena);
    this.#chainWord = layout.chain >>> 2;
    this.#hashWord = layout.hash >>> 2;
    this.#keyLengthWord = layout.keyLength >>> 2;
    this.#keyWord = layout.key >>> 2;
    this.#keys = new KeyView(seed);
    this.#chains = new BucketChains(arena, this.#directory, layout);
    this.#prefetch = new Prefetch(arena, this.#directory, this.#keys, layout);
  }

  /** Creates an empty table of 16 bytes; the caller owns it. O(1). @throws ArenaFullError when there is no memory */
  create(): Address {
    const root = this.#arena.allocate(ROOT_BYTES);
    const words = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    words[at + Root.size] = 0;
    words[at + Root.buckets] = 0;
    words[at + Root.directory] = 0;
    return root;
  }

  /** Frees the table and its root, but not the records in it. O(size / 16384). */
  destroy(root: Address): void {
    this.#version = (this.#version + 1) | 0;
    this.#directory.destroy(root);
    this.#arena.free(root);
  }

  /** Records in the table. O(1). */
  size(root: Address): number {
    return this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.size]!;
  }

  /** The keyed hash of `bytes[start, end)`: 31 bits of HalfSipHash-1-3, so that V8 never allocates a heap number for it. O(length). */
  hash(bytes: Uint8Array, start: number, end: number): number {
    const prefetch = this.#prefetch;
    if (bytes === prefetch.bytes) {
      const slot = prefetch.find(start, end);
      if (slot >= 0) return prefetch.slots[slot + Slot.hash]!;
    }
    this.#keys.lookAt(bytes);
    return this.#keys.hash(start, end);
  }

  /**
   * Prepares look-ups in the table `root` of the keys `bytes[spans[2i], spans[2i + 1])` for i below `count`, at most
   * MAX_PREFETCHED_KEYS. Their records are loaded from memory in parallel instead of one after the other, and their hashes are kept.
   * The bytes must not change until `endPrefetch`. O(count).
   */
  prefetch(root: Address, bytes: Uint8Array, spans: Int32Array, count: number): void {
    this.#prefetch.load(root, this.#version, bytes, spans, count);
  }

  /** Ends what `prefetch` began. O(1). */
  endPrefetch(): void {
    this.#prefetch.end();
  }

  /** The record whose key is `bytes[start, end)`, or 0. `hash` is the hash of the key. O(1) expected. */
  find(root: Address, bytes: Uint8Array, start: number, end: number, hash: number): Address {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    if (buckets === 0) return 0;
    this.#keys.lookAt(bytes);
    const length = (end - start) | 0;
    let record = this.#directory.head(rootWords[at + Root.directory]!, buckets, bucketOf(hash, buckets));
    while (record !== 0) {
      const words = this.#words[record >>> SEGMENT_SHIFT]!;
      const word = (record & SEGMENT_MASK) << 1;
      if (
        words[word + this.#hashWord] === hash &&
        (words[word + this.#keyLengthWord]! & KEY_LENGTH_MASK) === length &&
        this.#keys.equals(words, (word + this.#keyWord) | 0, start, length)
      ) {
        return record;
      }
      record = words[word + this.#chainWord]!;
    }
    return 0;
  }

  /**
   * Whether `record`, whose hash word was `hash`, is in the table. Compares addresses, so a record that was removed and freed meanwhile
   * is not read. O(1) expected.
   */
  has(root: Address, record: Address, hash: number): boolean {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    if (buckets === 0) return false;
    let found = this.#directory.head(rootWords[at + Root.directory]!, buckets, bucketOf(hash, buckets));
    while (found !== 0 && found !== record) found = this.#chains.next(found);
    return found !== 0;
  }

  /** `find` that hashes the key itself; for a prefetched key it only compares the record. O(1) expected. */
  lookUp(root: Address, bytes: Uint8Array, start: number, end: number): Address {
    const prefetch = this.#prefetch;
    this.#keys.lookAt(bytes);
    if (bytes === prefetch.bytes) {
      const slot = prefetch.find(start, end);
      if (slot >= 0) {
        const { slots } = prefetch;
        const hash = slots[slot + Slot.hash]!;
        if (prefetch.version === this.#version && prefetch.root === root) {
          const record = slots[slot + Slot.record]!;
          if (record === 0) return 0;
          const words = this.#words[record >>> SEGMENT_SHIFT]!;
          const word = (record & SEGMENT_MASK) << 1;
          const length = (end - start) | 0;
          if (
            words[word + this.#hashWord] === hash &&
            (words[word + this.#keyLengthWord]! & KEY_LENGTH_MASK) === length &&
            this.#keys.equals(words, (word + this.#keyWord) | 0, start, length)
          ) {
            return record >>> 0;
          }
        }
        return this.find(root, bytes, start, end, hash);
      }
    }
    return this.find(root, bytes, start, end, this.hash(bytes, start, end));
  }

  /**
   * Adds a record and writes its chain and hash words. The caller has checked that its key is not in the table. O(1), splits at most
   * one bucket.
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  insert(root: Address, record: Address, hash: number): void {
    this.#version = (this.#version + 1) | 0;
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const size = rootWords[at + Root.size]!;
    if (size >= rootWords[at + Root.buckets]!) this.#chains.split(root);
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const bucket = bucketOf(hash, buckets);
    const words = this.#words[record >>> SEGMENT_SHIFT]!;
    const word = (record & SEGMENT_MASK) << 1;
    words[word + this.#hashWord] = hash;
    words[word + this.#chainWord] = this.#directory.head(directory, buckets, bucket);
    this.#directory.setHead(directory, buckets, bucket, record);
    rootWords[at + Root.size] = size + 1;
  }

  /** Removes a record that is in the table, and does not free it. O(1) expected, merges at most two buckets. */
  remove(root: Address, record: Address): void {
    this.#version = (this.#version + 1) | 0;
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    this.#chains.relink(root, record, this.#chains.next(record));
    const size = rootWords[at + Root.size]! - 1;
    rootWords[at + Root.size] = size;
    for (let merges = 0; merges < 2; merges++) {
      const buckets = rootWords[at + Root.buckets]!;
      if (buckets <= 1 || size >= buckets >>> 1 || !this.#chains.merge(root)) return;
    }
  }

  /** Replaces `old` by `fresh`, which has the same key. `old` is not freed. O(1) expected. */
  replace(root: Address, old: Address, fresh: Address): void {
    this.#version = (this.#version + 1) | 0;
    const words = this.#words[fresh >>> SEGMENT_SHIFT]!;
    const word = (fresh & SEGMENT_MASK) << 1;
    words[word + this.#hashWord] = this.#chains.hashOf(old);
    words[word + this.#chainWord] = this.#chains.next(old);
    this.#chains.relink(root, old, fresh);
  }

  /**
   * One step of Redis' SCAN: visits the records of one bucket and returns the next cursor; 0 starts and ends. A record that is in the
   * table during the whole scan is visited at least once, even if the table grows or shrinks meanwhile. Any 32-bit cursor is valid.
   * `visit` may remove and free the record that it visits; it must not insert. O(chain).
   */
  scan(root: Address, cursor: number, visit: (record: Address) => void): number {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    if (buckets === 0) return 0;
    const step = this.#step;
    scanStep(cursor, buckets, step);
    const { bucket, next } = step;
    this.#chains.visit(this.#directory.head(rootWords[at + Root.directory]!, buckets, bucket), visit);
    return next;
  }

  /**
   * A random record, or 0 if there is none. `random` returns 32 random bits. Rejection sampling: a random bucket and one of four slots
   * of its chain, until there is a record. Uniform while chains have up to 4 records; in a longer chain, the records from the fourth
   * on share the last slot. O(1) expected. Hot: a sample takes one random number, and follows a chain only up to its slot.
   */
  random(root: Address, random: () => number): Address {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    if (rootWords[at + Root.size] === 0) return 0;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    for (;;) {
      const sample = Math.floor(((random() >>> 0) / 2 ** 32) * SAMPLED_SLOTS * buckets) >>> 0;
      const slot = sample % SAMPLED_SLOTS;
      let record = this.#directory.head(directory, buckets, (sample - slot) / SAMPLED_SLOTS);
      for (let i = 0; i < slot && record !== 0; i++) record = this.#chains.next(record);
      if (record === 0) continue;
      const beyond = slot === SAMPLED_SLOTS - 1 ? this.#chains.length(record) : 1;
      for (let i = beyond === 1 ? 0 : (random() >>> 0) % beyond; i > 0; i--) record = this.#chains.next(record);
      return record;
    }
  }

  /** Visits each record once, in no order. `visit` must not insert; it may free records only if the table is destroyed next. O(size). */
  forEach(root: Address, visit: (record: Address) => void): void {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    for (let bucket = 0; bucket < buckets; bucket++)
      this.#chains.visit(this.#directory.head(directory, buckets, bucket), visit);
  }

  /** How many buckets a table has; grows and shrinks with its size. O(1). */
  bucketCount(root: Address): number {
    return this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.buckets]!;
  }

  /**
   * The first record of a bucket (0 to `bucketCount` - 1), or 0. The others follow through the chain words of the records. For loops
   * that are too hot for a callback per record. O(1).
   */
  firstOf(root: Address, bucket: number): Address {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    return this.#directory.head(rootWords[at + Root.directory]!, rootWords[at + Root.buckets]!, bucket);
  }

  /**
   * Writes the records of `count` buckets from `firstBucket` on (all below `bucketCount`) to `into` and returns how many it has written.
   * Records that do not fit are left out. The first records of all chains come first, then all second ones, and so on. O(records + count).
   */
  recordsOf(root: Address, firstBucket: number, count: number, into: Uint32Array): number {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    return this.#chains.collect(directory, buckets, firstBucket, count, into);
  }

  /**
   * Removes records from a table that will be destroyed: whole buckets from the last one on, until it has removed `budget` records (an
   * empty bucket counts as one). Calls `visit` with each record, which may free it. Returns whether the table is empty. Until
   * `destroy`, the table may only be drained further. The directory is cut and never copied, so this needs no memory and cannot
   * fail. O(budget + chain).
   */
  drain(root: Address, budget: number, visit: (record: Address) => void): boolean {
    this.#version = (this.#version + 1) | 0;
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    let left = budget;
    for (let buckets = rootWords[at + Root.buckets]!; buckets > 0 && left > 0; buckets--) {
      let record = this.#directory.head(rootWords[at + Root.directory]!, buckets, buckets - 1);
      if (record === 0) left--;
      while (record !== 0) {
        const next = this.#chains.next(record);
        visit(record);
        rootWords[at + Root.size]!--;
        left--;
        record = next;
      }
      this.#directory.cutLast(root);
    }
    return rootWords[at + Root.size] === 0;
  }

  /** Arena bytes of the table itself: root and directory, without the records. O(1). */
  bytes(root: Address): number {
    return this.#directory.bytes(this.#words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.buckets]!);
  }

  /** Size, memory and the histogram of chain lengths. O(size). */
  statistics(root: Address): HashTableStatistics {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const chainLengths: number[] = [];
    for (let bucket = 0; bucket < buckets; bucket++) {
      const length = this.#chains.length(this.#directory.head(directory, buckets, bucket));
      while (chainLengths.length <= length) chainLengths.push(0);
      chainLengths[length]!++;
    }
    return { size: this.size(root), buckets, bytes: this.#directory.bytes(buckets), chainLengths };
  }
}
