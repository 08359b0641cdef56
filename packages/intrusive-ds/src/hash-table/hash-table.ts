import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import { BucketDirectory } from './bucket-directory';
import { Foresight, Place } from './foresight';
import { type HashSeed, halfSipHash, lastBytes } from './half-sip-hash';
import { DART_SLOTS, type HashTableLayout, KEY_LENGTH_MASK } from './hash-table-layout';
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

const NO_BYTES = new Uint8Array(0);

/** Records of a chain that `foresee` follows; at a load of 1, nine look-ups of ten end there. */
const CHAIN_FORESEEN = 2;

function reverseBits(word: number): number {
  let bits = word;
  bits = ((bits >>> 1) & 0x55555555) | ((bits & 0x55555555) << 1);
  bits = ((bits >>> 2) & 0x33333333) | ((bits & 0x33333333) << 2);
  bits = ((bits >>> 4) & 0x0f0f0f0f) | ((bits & 0x0f0f0f0f) << 4);
  bits = ((bits >>> 8) & 0x00ff00ff) | ((bits & 0x00ff00ff) << 8);
  return ((bits >>> 16) | (bits << 16)) >>> 0;
}

/** Bits of the hash that name a bucket, the unsplit ones included. */
function depthOf(buckets: number): number {
  return 32 - Math.clz32(buckets - 1);
}

function bucketOf(hash: number, buckets: number): number {
  const mask = (1 << depthOf(buckets)) - 1;
  const bucket = hash & mask;
  return bucket < buckets ? bucket : bucket & (mask >>> 1);
}

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
  private readonly k0: number;
  private readonly k1: number;
  /**
   * A view of the bytes that keys were last looked up from. Keys come out of the same few buffers, and a view reads them by words:
   * half the instructions of a look-up by bytes (bench hash-table.bench.ts).
   */
  private view: DataView = new DataView(new ArrayBuffer(0));
  private viewed: Uint8Array = NO_BYTES;
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
    this.k0 = seed.k0 | 0;
    this.k1 = seed.k1 | 0;
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
    if (bytes !== this.viewed) this.lookAt(bytes);
    return halfSipHash(this.view, start, end, this.k0, this.k1) >>> 1;
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
    if (bytes !== this.viewed) this.lookAt(bytes);
    for (let i = 0; i < count; i++) {
      const start = spans[2 * i]!;
      const end = spans[2 * i + 1]!;
      foresight.add(i, start, end, halfSipHash(this.view, start, end, this.k0, this.k1) >>> 1);
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
    if (bytes !== this.viewed) this.lookAt(bytes);
    const length = (end - start) | 0;
    let record = this.directory.head(rootWords[at + Root.directory]!, buckets, bucketOf(hash, buckets));
    while (record !== 0) {
      const words = this.words[record >>> SEGMENT_SHIFT]!;
      const word = (record & SEGMENT_MASK) << 1;
      if (
        words[word + this.hashWord] === hash &&
        (words[word + this.keyLengthWord]! & KEY_LENGTH_MASK) === length &&
        this.hasKey(words, (word + this.keyWord) | 0, start, length)
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
    while (held !== 0 && held !== record) held = this.chainOf(held);
    return held !== 0;
  }

  /** `find` of the key's own hash; a look-up that was foreseen finds its record at once. O(1) expected. */
  lookUp(root: Address, bytes: Uint8Array, start: number, end: number): Address {
    const { foresight } = this;
    if (bytes !== this.viewed) this.lookAt(bytes);
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
            this.hasKey(words, (word + this.keyWord) | 0, start, length)
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
    if (size >= rootWords[at + Root.buckets]!) this.split(root);
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
    this.relink(root, record, this.chainOf(record));
    const size = rootWords[at + Root.size]! - 1;
    rootWords[at + Root.size] = size;
    for (let merges = 0; merges < 2; merges++) {
      const buckets = rootWords[at + Root.buckets]!;
      if (buckets <= 1 || size >= buckets >>> 1 || !this.merge(root, buckets)) return;
    }
  }

  /** Lets `fresh`, which carries the same key, take the place of `old`, which stays the caller's. O(1) expected. */
  replace(root: Address, old: Address, fresh: Address): void {
    this.version = (this.version + 1) | 0;
    const words = this.words[fresh >>> SEGMENT_SHIFT]!;
    const word = (fresh & SEGMENT_MASK) << 1;
    words[word + this.hashWord] = this.hashOf(old);
    words[word + this.chainWord] = this.chainOf(old);
    this.relink(root, old, fresh);
  }

  /**
   * One step of Redis' SCAN: visits the records of one bucket and answers the next cursor; 0 starts and ends. A record that is in the
   * table during the whole scan is visited at least once, however the table grows or shrinks in between. Any 32-bit cursor is safe.
   * `visit` may remove the record that it visits, and free it; it must not insert. O(chain).
   *
   * A bucket is a leaf of the trie over bit-reversed hashes, and covers an interval of them; a split halves the interval, a merge
   * joins two. The cursor is where the next interval begins (reversed, so that it is a small number, as Redis has it).
   */
  scan(root: Address, cursor: number, visit: (record: Address) => void): number {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    if (buckets === 0) return 0;
    let depth = depthOf(buckets);
    const half = depth === 0 ? 0 : 1 << (depth - 1);
    let bucket = cursor & ((1 << depth) - 1);
    if (bucket >= buckets) {
      bucket -= half;
      depth--;
    } else if (bucket < half && bucket + half >= buckets) {
      depth--;
    }
    this.visitChain(this.directory.head(rootWords[at + Root.directory]!, buckets, bucket), visit);
    const next = reverseBits(bucket) + 2 ** (32 - depth);
    return next >= 2 ** 32 ? 0 : reverseBits(next);
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
      for (let i = 0; i < slot && record !== 0; i++) record = this.chainOf(record);
      if (record === 0) continue;
      const beyond = slot === DART_SLOTS - 1 ? this.chainLength(record) : 1;
      for (let i = beyond === 1 ? 0 : (random() >>> 0) % beyond; i > 0; i--) record = this.chainOf(record);
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
      this.visitChain(this.directory.head(directory, buckets, bucket), visit);
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
   * Takes records out of a table that is about to be destroyed, whole buckets from the last one on, until `budget` of them or all are
   * gone, and hands each to `visit`, which may free it. Returns whether the table is empty. Until `destroy`, the table may only be
   * drained further: its directory is cut, never copied, so that this can't fail for lack of memory. O(budget + chain + empty buckets).
   */
  drain(root: Address, budget: number, visit: (record: Address) => void): boolean {
    this.version = (this.version + 1) | 0;
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    let left = budget;
    for (let buckets = rootWords[at + Root.buckets]!; buckets > 0 && left > 0; buckets--) {
      let record = this.directory.head(rootWords[at + Root.directory]!, buckets, buckets - 1);
      while (record !== 0) {
        const next = this.chainOf(record);
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
      const length = this.chainLength(this.directory.head(directory, buckets, bucket));
      while (chainLengths.length <= length) chainLengths.push(0);
      chainLengths[length]!++;
    }
    return { size: this.size(root), buckets, bytes: this.directory.bytes(buckets), chainLengths };
  }

  /** Whether the key at `word` of `words` is the `length` bytes at `start` of the current view. */
  private hasKey(words: Uint32Array, word: number, start: number, length: number): boolean {
    const view = this.view;
    const wordsEnd = (start + (length & ~3)) | 0;
    let at = start | 0;
    for (; at < wordsEnd; at = (at + 4) | 0, word = (word + 1) | 0) {
      if ((words[word]! | 0) !== view.getInt32(at, true)) return false;
    }
    const rest = length & 3;
    return rest === 0 || (words[word]! & ((1 << (rest << 3)) - 1)) === lastBytes(view, at, rest);
  }

  private lookAt(bytes: Uint8Array): void {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.viewed = bytes;
  }

  /** Makes whatever points to `record` point to `target`. */
  private relink(root: Address, record: Address, target: Address): void {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const bucket = bucketOf(this.hashOf(record), buckets);
    let before = this.directory.head(directory, buckets, bucket);
    if (before === record) {
      this.directory.setHead(directory, buckets, bucket, target);
      return;
    }
    for (let next = this.chainOf(before); next !== record; next = this.chainOf(before)) {
      if (next === 0) throw new Error('the record is not in this table');
      before = next;
    }
    this.setChain(before, target);
  }

  /** Adds a bucket; what belongs into it by the next bit of its hash moves there from the bucket that had it. */
  private split(root: Address): void {
    this.directory.add(root);
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const fresh = buckets - 1;
    if (fresh === 0) {
      this.directory.setHead(directory, buckets, 0, 0);
      return;
    }
    const bit = 1 << (31 - Math.clz32(fresh));
    let stayingHead = 0;
    let stayingTail = 0;
    let movingHead = 0;
    let movingTail = 0;
    let record = this.directory.head(directory, buckets, fresh - bit);
    while (record !== 0) {
      const words = this.words[record >>> SEGMENT_SHIFT]!;
      const word = (record & SEGMENT_MASK) << 1;
      if ((words[word + this.hashWord]! & bit) === 0) {
        if (stayingTail === 0) stayingHead = record;
        else this.setChain(stayingTail, record);
        stayingTail = record;
      } else {
        if (movingTail === 0) movingHead = record;
        else this.setChain(movingTail, record);
        movingTail = record;
      }
      record = words[word + this.chainWord]!;
    }
    if (movingTail === 0) {
      this.directory.setHead(directory, buckets, fresh, 0);
      return;
    }
    this.setChain(movingTail, 0);
    if (stayingTail !== 0) this.setChain(stayingTail, 0);
    this.directory.setHead(directory, buckets, fresh - bit, stayingHead);
    this.directory.setHead(directory, buckets, fresh, movingHead);
  }

  /** Drops the last bucket and hangs its chain behind that of the bucket it was split from; false if memory is too short for that. */
  private merge(root: Address, buckets: number): boolean {
    const rootWords = this.words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const last = buckets - 1;
    const into = last - (1 << (31 - Math.clz32(last)));
    const chain = this.directory.head(rootWords[at + Root.directory]!, buckets, last);
    if (!this.directory.removeLast(root)) return false;
    if (chain === 0) return true;
    const directory = rootWords[at + Root.directory]!;
    const head = this.directory.head(directory, last, into);
    if (head === 0) {
      this.directory.setHead(directory, last, into, chain);
      return true;
    }
    let tail = head;
    for (let next = this.chainOf(tail); next !== 0; next = this.chainOf(tail)) tail = next;
    this.setChain(tail, chain);
    return true;
  }

  private visitChain(head: Address, visit: (record: Address) => void): void {
    let record = head;
    while (record !== 0) {
      const next = this.chainOf(record);
      visit(record);
      record = next;
    }
  }

  private chainLength(head: Address): number {
    let length = 0;
    for (let record = head; record !== 0; record = this.chainOf(record)) length++;
    return length;
  }

  private chainOf(record: Address): Address {
    return this.words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.chainWord]!;
  }

  private setChain(record: Address, next: Address): void {
    this.words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.chainWord] = next;
  }

  private hashOf(record: Address): number {
    return this.words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.hashWord]!;
  }
}
