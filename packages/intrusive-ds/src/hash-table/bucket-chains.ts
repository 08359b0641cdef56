import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import type { BucketDirectory } from './bucket-directory';
import type { HashTableLayout } from './hash-table-layout';
import { bucketOf, splitBitOf } from './linear-hashing';
import { Root } from './root-record';

/** The chains through the records of each bucket, newest first: how to read them, and how records move between them. */
export class BucketChains {
  readonly #words: Uint32Array[];
  readonly #directory: BucketDirectory;
  readonly #chainWord: number;
  readonly #hashWord: number;

  constructor(arena: Arena, directory: BucketDirectory, layout: HashTableLayout) {
    this.#words = arena.words;
    this.#directory = directory;
    this.#chainWord = layout.chain >>> 2;
    this.#hashWord = layout.hash >>> 2;
  }

  /** The next record of the chain, or 0. O(1). */
  next(record: Address): Address {
    return this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.#chainWord]!;
  }

  /** Links `next`, which may be 0, behind `record`. O(1). */
  setNext(record: Address, next: Address): void {
    this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.#chainWord] = next;
  }

  /** The hash in a record. O(1). */
  hashOf(record: Address): number {
    return this.#words[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + this.#hashWord]!;
  }

  /** Visits a record and all that follow it; `visit` may free the record that it visits. O(chain). */
  visit(head: Address, visit: (record: Address) => void): void {
    let record = head;
    while (record !== 0) {
      const next = this.next(record);
      visit(record);
      record = next;
    }
  }

  /**
   * Writes the records of `count` buckets from `firstBucket` on to `into`, as many as fit, and returns how many. `directory` and
   * `buckets` are those of the root. O(records + count).
   *
   * Hot: each round only loads what the round before has found, so its loads do not wait for each other, and no branch depends on them.
   */
  collect(directory: Address, buckets: number, firstBucket: number, count: number, into: Uint32Array): number {
    const capacity = into.length;
    const arenaWords = this.#words;
    const chainWord = this.#chainWord;
    let end = 0;
    for (let bucket = firstBucket; bucket < firstBucket + count && end < capacity; bucket++) {
      const record = this.#directory.head(directory, buckets, bucket);
      into[end] = record;
      end += (record | -record) >>> 31;
    }
    for (let start = 0; start < end; ) {
      const from = start;
      start = end;
      for (let i = from; i < start && end < capacity; i++) {
        const record = into[i]!;
        const next = arenaWords[record >>> SEGMENT_SHIFT]![((record & SEGMENT_MASK) << 1) + chainWord]!;
        into[end] = next;
        end += (next | -next) >>> 31;
      }
    }
    return end;
  }

  /** How many records a chain has from `head` on. O(chain). */
  length(head: Address): number {
    let length = 0;
    for (let record = head; record !== 0; record = this.next(record)) length++;
    return length;
  }

  /**
   * Makes what points to `record` point to `target` instead. O(chain).
   * @throws Error when the record is not in the table; nothing has changed then
   */
  relink(root: Address, record: Address, target: Address): void {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const bucket = bucketOf(this.hashOf(record), buckets);
    let before = this.#directory.head(directory, buckets, bucket);
    if (before === record) {
      this.#directory.setHead(directory, buckets, bucket, target);
      return;
    }
    for (let next = this.next(before); next !== record; next = this.next(before)) {
      if (next === 0) throw new Error('the record is not in this table');
      before = next;
    }
    this.setNext(before, target);
  }

  /**
   * Adds a bucket, and moves the records there whose next bit of the hash says so. O(chain).
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  split(root: Address): void {
    this.#directory.add(root);
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    const fresh = buckets - 1;
    if (fresh === 0) {
      this.#directory.setHead(directory, buckets, 0, 0);
      return;
    }
    const bit = splitBitOf(fresh);
    let stayingHead = 0;
    let stayingTail = 0;
    let movingHead = 0;
    let movingTail = 0;
    let record = this.#directory.head(directory, buckets, fresh - bit);
    while (record !== 0) {
      const words = this.#words[record >>> SEGMENT_SHIFT]!;
      const word = (record & SEGMENT_MASK) << 1;
      if ((words[word + this.#hashWord]! & bit) === 0) {
        if (stayingTail === 0) stayingHead = record;
        else this.setNext(stayingTail, record);
        stayingTail = record;
      } else {
        if (movingTail === 0) movingHead = record;
        else this.setNext(movingTail, record);
        movingTail = record;
      }
      record = words[word + this.#chainWord]!;
    }
    if (movingTail === 0) {
      this.#directory.setHead(directory, buckets, fresh, 0);
      return;
    }
    this.setNext(movingTail, 0);
    if (stayingTail !== 0) this.setNext(stayingTail, 0);
    this.#directory.setHead(directory, buckets, fresh - bit, stayingHead);
    this.#directory.setHead(directory, buckets, fresh, movingHead);
  }

  /**
   * Removes the last bucket (there are at least two) and appends its chain to the bucket that it was split from. Returns false, and has
   * changed nothing, if there is no memory for a smaller directory. O(chain).
   */
  merge(root: Address): boolean {
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const last = buckets - 1;
    const into = last - splitBitOf(last);
    const chain = this.#directory.head(rootWords[at + Root.directory]!, buckets, last);
    if (!this.#directory.removeLast(root)) return false;
    if (chain === 0) return true;
    const directory = rootWords[at + Root.directory]!;
    const head = this.#directory.head(directory, last, into);
    if (head === 0) {
      this.#directory.setHead(directory, last, into, chain);
      return true;
    }
    let tail = head;
    for (let next = this.next(tail); next !== 0; next = this.next(tail)) tail = next;
    this.setNext(tail, chain);
    return true;
  }
}
