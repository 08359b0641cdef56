import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import { BucketChains } from './bucket-chains';
import { BucketDirectory } from './bucket-directory';
import { Foresight, Place } from './foresight';
import type { HashSeed } from './half-sip-hash';
import { DART_SLOTS, type HashTableLayout, KEY_LENGTH_MASK } from './hash-table-layout';
import { KeyView } from './key-view';
import { bucketOf, type ScanStep, scanStep } from './linear-hashing';
import { ROOT_BYTES, Root } from './root-record';

/** What `statistics` tells about a table. */
export interface HashTableStatistics {
  readonly size: number;
  readonly buckets: number;
  /** Arena bytes of the table itself: root and directory, without the records. */
  readonly bytes: number;
  /** `chainLengths[n]` = number of buckets with n records. */
  readonly chainLengths: readonly number[];
}

/** Records of a chain that `foresee` follows; at a load of 1, nine look-ups of ten end there. */
const CHAIN_FORESEEN = 2;

/**
 * A kind of hash table over arena records with one layout; the tables of this kind are named by root addresses, and an empty one
 * costs 16 bytes. Chains run through the records, newest first. Growth and shrinking is linear hashing (Litwin 1980): each insert
 * splits at most one bucket, each removal merges at most two, so that there is no second table and no stall. The records are
 * their owner's: the table never allocates or frees one.
 */
export class HashTable {
  private readonly arena: Arena;
  private readonly words: Uint32Array[];
  private readonly directory: BucketDirectory;
  private readonly chainWord: number;
  private readonly hashWord: number;
  private readonly keyLengthWord: number;
  private readonly keyWord: number;
  private readonly keys: KeyView;
  private readonly chains: BucketChains;
  private readonly step: ScanStep = { bucket: 0, next: 0 };
  private readonly foresight = new Foresight();
  /** Counts the changes of all tables: what was foreseen before one may point to a record that is gone. */
  private version = 0;

  /** Throws RangeError if an offset of the layout is not a multiple of 4. */
  constructor(arena: Arena, layout: HashTableLayout, seed: HashSeed) {
    if (((layout.chain | layout.hash | layout.keyLength | layout.key) & 3) !== 0) {
      throw new RangeError('the offsets of a layout must be multiples of 4');
    }
    this.arena = arena;
    this.words = arena.words;
    this.directory = new BucketDirectory(arena);
    this.chainWord = layout.chain >>> 2;
    this.hashWord = layout.hash >>> 2;
    this.keyLengthWord = layout.keyLength >>> 2;
    this.keyWord = layout.key >>> 2;
    this.keys = new KeyView(seed);
    this.chains = new BucketChains(arena, this.directory, layout);
  }

  /** A new empty table of 16 bytes; the caller owns it. Throws ArenaFullError. O(1). */
  create(): Address {
    const root = this.arena.allocate(ROOT_BYTES);
    const words = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    words[at + Root.size] = 0;
    words[at + Root.buckets] = 0;
    words[at + Root.directory] = 0;
    return root;
  }

  /** Frees the table, root included, but not the records in it. O(size / 16384). */
  destroy(root: Address): void {
    this.version = (this.version + 1) | 0;
    this.directory.destroy(root);
    this.arena.free(root);
  }

  /** Records in the table. O(1). */
  size(root: Address): number {
    return this.words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.size]!;
  }

  /**
   * The keyed hash of `bytes[start, end)`: 31 bits of HalfSipHash-1-3, so that V8 never has to put it into a heap number. O(length).
   */
  hash(bytes: Uint8Array, start: number, end: number): number {
    const { foresight } = this;
    if (bytes === foresight.bytes) {
      const place = foresight.find(start, end);
      if (place >= 0) return foresight.places[place + Place.hash]!;
    }
    this.keys.lookAt(bytes);
    return this.keys.hash(start, end);
  }

  /**
   * Tells of look-ups to come in the table `root`: of the keys `bytes[spans[2i], spans[2i + 1])` for i below `count`, at most
   * MOST_FORESEEN. Their memory is fetched side by side instead of one after the other, and their hashes are kept, so that a batch of
   * look-ups costs one trip to memory. Until `forget`, the bytes must not change. O(count).
   */
  foresee(root: Address, bytes: Uint8Array, spans: Int32Array, count: number): void {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const { foresight } = this;
    foresight.begin(bytes, root, this.version);
    this.keys.lookAt(bytes);
    for (let i = 0; i < count; i++) {
      const start = spans[2 * i]!;
      const end = spans[2 * i + 1]!;
      foresight.add(i, start, end, this.keys.hash(start, end));
    }
    // Each loop only loads what the one before has found, so its loads do not wait for each other; nor does it branch on what it
    // has loaded, since a wrong guess would wait. Null may be read like a record: the arena's first words are all 0.
    const { places, order } = foresight;
    const arenaWords = this.words;
    for (let i = 0; i < count; i++) {
      const place = order[i]!;
      const bucket = bucketOf(places[place + Place.hash]!, buckets);
      places[place + Place.record] = buckets === 0 ? 0 : this.directory.head(directory, buckets, bucket);
    }
    for (let chained = 0; chained < CHAIN_FORESEEN; chained++) {
      for (let i = 0; i < count; i++) {
        const place = order[i]!;
        const record = places[place + Place.record]!;
        const words = arenaWords[record >>> SEGMENT_SHIFT]!;
        const word = (record & SEGMENT_MASK) << 1;
        const difference = words[word + this.hashWord]! ^ places[place + Place.hash]!;
        const isOther = (difference | -difference) >> 31;
        places[place + Place.record] = (record & ~isOther) | (words[word + this.chainWord]! & isOther);
      }
    }
  }

  /** Ends what `foresee` began. O(1). */
  forget(): void {
    this.foresight.end();
  }

  /** The record whose key is `bytes[start, end)`, or 0. `hash` is that of the key. O(1) expected. */
  find(root: Address, bytes: Uint8Array, start: number, end: number, hash: number): Address {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    if (buckets === 0) return 0;
    this.keys.lookAt(bytes);
    const length = (end - start) | 0;
    let record = this.directory.head(rootWords[at + Root.directory]!, buckets, bucketOf(hash, buckets));
    while (record !== 0) {
      const words = this.words[record >>> SEGMENT_SHIFT]!;
      const word = (record & SEGMENT_MASK) << 1;
      if (
        words[word + this.hashWord] === hash &&
        (words[word + this.keyLengthWord]! & KEY_LENGTH_MASK) === length &&
        this.keys.equals(words, (word + this.keyWord) | 0, start, length)
      ) {
        return record;
      }
      record = words[word + this.chainWord]!;
    }
    return 0;
  }

  /**
   * Whether `record` is in the table, told by its address alone: for whoever has kept an address while the table went on changing. `hash`
   * is what stood in its hash word then; the record itself is not read unless it is there. O(1) expected.
   */
  holds(root: Address, record: Address, hash: number): boolean {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    if (buckets === 0) return false;
    let held = this.directory.head(rootWords[at + Root.directory]!, buckets, bucketOf(hash, buckets));
    while (held !== 0 && held !== record) held = this.chains.next(held);
    return held !== 0;
  }

  /** `find` of the key's own hash; a look-up that was foreseen finds its record at once. O(1) expected. */
  lookUp(root: Address, bytes: Uint8Array, start: number, end: number): Address {
    const { foresight } = this;
    this.keys.lookAt(bytes);
    if (bytes === foresight.bytes) {
      const place = foresight.find(start, end);
      if (place >= 0) {
        const { places } = foresight;
        const hash = places[place + Place.hash]!;
        if (foresight.version === this.version && foresight.root === root) {
          const record = places[place + Place.record]!;
          if (record === 0) return 0;
          const words = this.words[record >>> SEGMENT_SHIFT]!;
          const word = (record & SEGMENT_MASK) << 1;
          const length = (end - start) | 0;
          if (
            words[word + this.hashWord] === hash &&
            (words[word + this.keyLengthWord]! & KEY_LENGTH_MASK) === length &&
            this.keys.equals(words, (word + this.keyWord) | 0, start, length)
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
   * Adds a record whose key is not in the table yet (the caller has made sure), writing its chain and hash words. O(1), splits at most
   * one bucket. Throws ArenaFullError, and has changed nothing then.
   */
  insert(root: Address, record: Address, hash: number): void {
    this.version = (this.version + 1) | 0;
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const size = rootWords[at + Root.size]!;
    if (size >= rootWords[at + Root.buckets]!) this.chains.split(root);
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const bucket = bucketOf(hash, buckets);
    const words = this.words[record >>> SEGMENT_SHIFT]!;
    const word = (record & SEGMENT_MASK) << 1;
    words[word + this.hashWord] = hash;
    words[word + this.chainWord] = this.directory.head(directory, buckets, bucket);
    this.directory.setHead(directory, buckets, bucket, record);
    rootWords[at + Root.size] = size + 1;
  }

  /** Takes out a record that is in the table; it stays the caller's. O(1) expected, merges at most two buckets. */
  remove(root: Address, record: Address): void {
    this.version = (this.version + 1) | 0;
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    this.chains.relink(root, record, this.chains.next(record));
    const size = rootWords[at + Root.size]! - 1;
    rootWords[at + Root.size] = size;
    for (let merges = 0; merges < 2; merges++) {
      const buckets = rootWords[at + Root.buckets]!;
      if (buckets <= 1 || size >= buckets >>> 1 || !this.chains.merge(root)) return;
    }
  }

  /** Lets `fresh`, which carries the same key, take the place of `old`, which stays the caller's. O(1) expected. */
  replace(root: Address, old: Address, fresh: Address): void {
    this.version = (this.version + 1) | 0;
    const words = this.words[fresh >>> SEGMENT_SHIFT]!;
    const word = (fresh & SEGMENT_MASK) << 1;
    words[word + this.hashWord] = this.chains.hashOf(old);
    words[word + this.chainWord] = this.chains.next(old);
    this.chains.relink(root, old, fresh);
  }

  /**
   * One step of Redis' SCAN: visits the records of one bucket and answers the next cursor; 0 starts and ends. A record that is in the
   * table during the whole scan is visited at least once, however the table grows or shrinks in between. Any 32-bit cursor is safe.
   * `visit` may remove the record that it visits, and free it; it must not insert. O(chain).
   */
  scan(root: Address, cursor: number, visit: (record: Address) => void): number {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    if (buckets === 0) return 0;
    const { step } = this;
    scanStep(cursor, buckets, step);
    const { bucket, next } = step;
    this.chains.visit(this.directory.head(rootWords[at + Root.directory]!, buckets, bucket), visit);
    return next;
  }

  /**
   * A random record, or 0 if there is none. `random` gives 32 random bits. Exactly uniform while chains have up to 4 records: a dart
   * is thrown at a bucket and one of four slots of its chain until it hits; in a longer chain, those from the fourth on share the
   * last slot. O(1) expected. Hot: a dart costs one random number, and follows a chain no further than to its slot.
   */
  random(root: Address, random: () => number): Address {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    if (rootWords[at + Root.size] === 0) return 0;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    for (;;) {
      const dart = Math.floor(((random() >>> 0) / 2 ** 32) * DART_SLOTS * buckets) >>> 0;
      const slot = dart % DART_SLOTS;
      let record = this.directory.head(directory, buckets, (dart - slot) / DART_SLOTS);
      for (let i = 0; i < slot && record !== 0; i++) record = this.chains.next(record);
      if (record === 0) continue;
      const beyond = slot === DART_SLOTS - 1 ? this.chains.length(record) : 1;
      for (let i = beyond === 1 ? 0 : (random() >>> 0) % beyond; i > 0; i--) record = this.chains.next(record);
      return record;
    }
  }

  /** Visits every record once, in no order; `visit` must not insert, and may free records only if the table is destroyed next. O(size). */
  forEach(root: Address, visit: (record: Address) => void): void {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    for (let bucket = 0; bucket < buckets; bucket++)
      this.chains.visit(this.directory.head(directory, buckets, bucket), visit);
  }

  /** Buckets of a table; grows and shrinks with its size. O(1). */
  bucketCount(root: Address): number {
    return this.words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.buckets]!;
  }

  /**
   * The first record of a bucket (from 0, below `bucketCount`), or 0; the others follow by the chain words of the records. For walks
   * that a call for each record would slow down. O(1).
   */
  firstOf(root: Address, bucket: number): Address {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    return this.directory.head(rootWords[at + Root.directory]!, rootWords[at + Root.buckets]!, bucket);
  }

  /**
   * Writes the records of `count` buckets from `firstBucket` on (together below `bucketCount`) to `into` and returns how many there are;
   * those that it has no room for are left out. All first records of the chains come first, then all second ones, and so on: each round
   * only loads what the one before has found, so that its loads do not wait for each other, and nothing branches on them. O(records + count).
   */
  recordsOf(root: Address, firstBucket: number, count: number, into: Uint32Array): number {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const room = into.length;
    const arenaWords = this.words;
    const chainWord = this.chainWord;
    let end = 0;
    for (let bucket = firstBucket; bucket < firstBucket + count && end < room; bucket++) {
      const record = this.directory.head(directory, buckets, bucket);
      into[end] = record;
      end += (record | -record) >>> 31;
    }
    for (let start = 0; start < end; ) {
      const from = start;
      start = end;
      for (let i = from; i < start && end < room; i++) {
        const record = into[i]!;
        const next = arenaWords[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + chainWord]!;
        into[end] = next;
        end += (next | -next) >>> 31;
      }
    }
    return end;
  }

  /**
   * Takes records out of a table that is about to be destroyed, whole buckets from the last one on, until `budget` of them or all are
   * gone, and hands each to `visit`, which may free it; an empty bucket counts as a record. Returns whether the table is empty. Until
   * `destroy`, the table may only be drained further: its directory is cut, never copied, so that this can't fail for lack of memory.
   * O(budget + chain).
   */
  drain(root: Address, budget: number, visit: (record: Address) => void): boolean {
    this.version = (this.version + 1) | 0;
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    let left = budget;
    for (let buckets = rootWords[at + Root.buckets]!; buckets > 0 && left > 0; buckets--) {
      let record = this.directory.head(rootWords[at + Root.directory]!, buckets, buckets - 1);
      if (record === 0) left--;
      while (record !== 0) {
        const next = this.chains.next(record);
        visit(record);
        rootWords[at + Root.size]!--;
        left--;
        record = next;
      }
      this.directory.cutLast(root);
    }
    return rootWords[at + Root.size] === 0;
  }

  /** Arena bytes of the table itself: root and directory, without the records. O(1). */
  bytes(root: Address): number {
    return this.directory.bytes(this.words[root >>> SEGMENT_SHIFT]![((root & SEGMENT_MASK) << 1) + Root.buckets]!);
  }

  /** Size, memory and the histogram of chain lengths. O(size). */
  statistics(root: Address): HashTableStatistics {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const chainLengths: number[] = [];
    for (let bucket = 0; bucket < buckets; bucket++) {
      const length = this.chains.length(this.directory.head(directory, buckets, bucket));
      while (chainLengths.length <= length) chainLengths.push(0);
      chainLengths[length]!++;
    }
    return { size: this.size(root), buckets, bytes: this.directory.bytes(buckets), chainLengths };
  }
}
