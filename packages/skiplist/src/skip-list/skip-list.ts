import { type RandomOptions, randomSource } from '../random/random-source';
import { EntryIterator } from './entry-iterator';
import { RankedBlocks } from './ranked-blocks';

/** Keys from `min` to `max`; a bound that is left out (or undefined) does not bound. */
export interface KeyRange<K> {
  readonly min?: K | undefined;
  readonly max?: K | undefined;
  /** Whether `min` itself is left out. Default: false. */
  readonly minExclusive?: boolean;
  /** Whether `max` itself is left out. Default: false. */
  readonly maxExclusive?: boolean;
}

/** What of a KeyRange is wanted, and in which order. */
export interface KeyRangeOptions<K> extends KeyRange<K> {
  /** Entries to pass over first. Default: 0. */
  readonly offset?: number;
  /** Most entries to answer. Default: all. */
  readonly limit?: number;
  /** From the highest key to the lowest. Default: false. */
  readonly reverse?: boolean;
}

/**
 * A map that is ordered by its keys and knows the rank of each: a blocked skip list of plain JavaScript keys and values. `compare` orders
 * keys as for `Array.prototype.sort`; keys that compare equal are one key.
 */
export class SkipList<K, V> {
  readonly #blocks: RankedBlocks<K, V>;

  /** Throws TypeError if `compare` is no function or an option is wrong. */
  constructor(compare: (a: K, b: K) => number, options: RandomOptions = {}) {
    if (typeof compare !== 'function') throw new TypeError('"compare" must be a function of two keys');
    this.#blocks = new RankedBlocks(compare, randomSource(options));
  }

  /** Entries of the list. O(1). */
  get size(): number {
    return this.#blocks.size;
  }

  /** Sets the value of a key, adding the key if it is not there; the list. O(log n) expected. */
  set(key: K, value: V): this {
    const blocks = this.#blocks;
    if (blocks.seek(key)) blocks.leaf.values[blocks.index] = value;
    else blocks.insert(key, value);
    return this;
  }

  /** The value of a key, or undefined. O(log n) expected. */
  get(key: K): V | undefined {
    const blocks = this.#blocks;
    return blocks.seek(key) ? blocks.leaf.values[blocks.index] : undefined;
  }

  /** Whether the key is there. O(log n) expected. */
  has(key: K): boolean {
    return this.#blocks.seek(key);
  }

  /** Takes a key out; whether it was there. O(log n) expected. */
  delete(key: K): boolean {
    const blocks = this.#blocks;
    if (!blocks.seek(key)) return false;
    blocks.remove();
    return true;
  }

  /** Takes all keys out. O(1). */
  clear(): void {
    this.#blocks.clear();
  }

  /** The rank of a key, from 0, or undefined if it is not there. O(log n) expected. */
  rank(key: K): number | undefined {
    return this.#blocks.seek(key) ? this.#blocks.rank() : undefined;
  }

  /** The entry of a rank; a negative one counts from the end. Undefined if there is none. O(log n) expected. */
  at(rank: number): [K, V] | undefined {
    const blocks = this.#blocks;
    const place = Math.trunc(rank) || 0;
    const absolute = place < 0 ? place + blocks.size : place;
    if (absolute < 0 || absolute >= blocks.size) return undefined;
    blocks.seekRank(absolute);
    return this.#entry();
  }

  /** The entry of the lowest key, or undefined. O(1). */
  first(): [K, V] | undefined {
    this.#blocks.seekFirst();
    return this.#blocks.settle() ? this.#entry() : undefined;
  }

  /** The entry of the highest key, or undefined. O(log n) expected. */
  last(): [K, V] | undefined {
    return this.at(-1);
  }

  /** The entry of the highest key that is not above `key`, or undefined. O(log n) expected. */
  floor(key: K): [K, V] | undefined {
    return this.#blocks.seek(key) || this.#blocks.stepBack() ? this.#entry() : undefined;
  }

  /** The entry of the lowest key that is not below `key`, or undefined. O(log n) expected. */
  ceiling(key: K): [K, V] | undefined {
    this.#blocks.seek(key);
    return this.#blocks.settle() ? this.#entry() : undefined;
  }

  /** The entry of the highest key below `key`, or undefined. O(log n) expected. */
  lower(key: K): [K, V] | undefined {
    this.#blocks.seek(key);
    return this.#blocks.stepBack() ? this.#entry() : undefined;
  }

  /** The entry of the lowest key above `key`, or undefined. O(log n) expected. */
  higher(key: K): [K, V] | undefined {
    this.#seekBehind(key);
    return this.#blocks.settle() ? this.#entry() : undefined;
  }

  /** Takes out the entry of the lowest key and answers it, or undefined. O(log n) expected. */
  popFirst(): [K, V] | undefined {
    return this.#pop(0);
  }

  /** Takes out the entry of the highest key and answers it, or undefined. O(log n) expected. */
  popLast(): [K, V] | undefined {
    return this.#pop(-1);
  }

  /** The entries of the ranks from `start` up to but not including `end`, as `Array.prototype.slice` takes them. O(log n + answered). */
  slice(start = 0, end: number = this.size): [K, V][] {
    const { size } = this;
    const from = start < 0 ? Math.max(start + size, 0) : Math.min(start, size);
    const to = end < 0 ? end + size : Math.min(end, size);
    return this.#forwards(from, to);
  }

  /** The entries of a range of keys. Throws RangeError if `offset` or `limit` is not a whole number of at least 0. O(log n + answered). */
  range(options: KeyRangeOptions<K> = {}): [K, V][] {
    const { offset = 0, limit = Number.POSITIVE_INFINITY, reverse = false } = options;
    requireCount('offset', offset);
    requireCount('limit', limit);
    const from = this.#rankOfMin(options);
    const to = this.#rankOfMax(options);
    if (!reverse) return this.#forwards(from + offset, Math.min(to, from + offset + limit));
    return this.#forwards(Math.max(from, to - offset - limit), to - offset).reverse();
  }

  /** How many keys are in a range. O(log n) expected. */
  count(range: KeyRange<K> = {}): number {
    return Math.max(this.#rankOfMax(range) - this.#rankOfMin(range), 0);
  }

  /** Takes the keys of a range out, and answers how many there were. O(log n) expected for each. */
  deleteRange(range: KeyRange<K>): number {
    const from = this.#rankOfMin(range);
    const count = Math.max(this.#rankOfMax(range) - from, 0);
    for (let i = 0; i < count; i++) {
      this.#blocks.seekRank(from);
      this.#blocks.remove();
    }
    return count;
  }

  /** Calls `visit` for each entry in order; it may change the list. O(n). */
  forEach(visit: (value: V, key: K, list: this) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  /** The entries in order. Setting and deleting meanwhile is fine: the iterator goes on behind the last key that it gave. */
  entries(): IterableIterator<[K, V]> {
    return new EntryIterator(this.#blocks);
  }

  /** The keys in order, as `entries` gives them. */
  *keys(): IterableIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  /** The values in the order of their keys, as `entries` gives them. */
  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  /** The same as `entries`. */
  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.entries();
  }

  #entry(): [K, V] {
    const { leaf, index } = this.#blocks;
    return [leaf.keys[index]!, leaf.values[index]!];
  }

  #pop(rank: number): [K, V] | undefined {
    const entry = this.at(rank);
    if (entry !== undefined) this.delete(entry[0]);
    return entry;
  }

  #seekBehind(key: K): void {
    if (this.#blocks.seek(key)) this.#blocks.index++;
  }

  #rankOfMin(range: KeyRange<K>): number {
    if (range.min === undefined) return 0;
    if (range.minExclusive) this.#seekBehind(range.min);
    else this.#blocks.seek(range.min);
    return this.#blocks.rank();
  }

  #rankOfMax(range: KeyRange<K>): number {
    if (range.max === undefined) return this.size;
    if (range.maxExclusive) this.#blocks.seek(range.max);
    else this.#seekBehind(range.max);
    return this.#blocks.rank();
  }

  /** The entries of the ranks from `from` to before `to`. */
  #forwards(from: number, to: number): [K, V][] {
    const entries: [K, V][] = [];
    if (from >= to) return entries;
    this.#blocks.seekRank(from);
    let { leaf, index } = this.#blocks;
    for (let left = to - from; left > 0; left--) {
      while (index === leaf.keys.length) {
        leaf = leaf.next!;
        index = 0;
      }
      entries.push([leaf.keys[index]!, leaf.values[index]!]);
      index++;
    }
    return entries;
  }
}

function requireCount(option: string, value: number): void {
  if (!(value >= 0) || (value !== Number.POSITIVE_INFINITY && !Number.isInteger(value))) {
    throw new RangeError(`the option "${option}" must be a whole number of at least 0`);
  }
}
