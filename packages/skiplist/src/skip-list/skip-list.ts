import { type RandomOptions, randomSource } from '../random/random-source';
import { EntryIterator } from './entry-iterator';
import { RankedBlocks } from './ranked-blocks';

/** Keys from `min` to `max`; without a bound (or undefined) the range is open at that end. */
export interface KeyRange<K> {
  readonly min?: K | undefined;
  readonly max?: K | undefined;
  /** Whether `min` itself is excluded. Default: false. */
  readonly minExclusive?: boolean;
  /** Whether `max` itself is excluded. Default: false. */
  readonly maxExclusive?: boolean;
}

/** Which part of a KeyRange to return, and in which order. */
export interface KeyRangeOptions<K> extends KeyRange<K> {
  /** How many entries to skip. Default: 0. */
  readonly offset?: number;
  /** How many entries to return at most. Default: all. */
  readonly limit?: number;
  /** From the highest key to the lowest. Default: false. */
  readonly reverse?: boolean;
}

/**
 * A map in the order of its keys, with ranks: a blocked skip list of plain JavaScript keys and values. `compare` orders keys as for
 * `Array.prototype.sort`; keys that compare equal are the same key.
 */
export class SkipList<K, V> {
  readonly #blocks: RankedBlocks<K, V>;

  /** @throws TypeError when `compare` is no function or an option is not valid */
  constructor(compare: (a: K, b: K) => number, options: RandomOptions = {}) {
    if (typeof compare !== 'function') throw new TypeError('"compare" must be a function of two keys');
    this.#blocks = new RankedBlocks(compare, randomSource(options));
  }

  /** How many entries there are. O(1). */
  get size(): number {
    return this.#blocks.size;
  }

  /** Sets the value of a key, which is added if it does not exist. Returns the list. O(log n) expected. */
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

  /** Whether a key exists. O(log n) expected. */
  has(key: K): boolean {
    return this.#blocks.seek(key);
  }

  /** Removes a key. Returns whether it existed. O(log n) expected. */
  delete(key: K): boolean {
    const blocks = this.#blocks;
    if (!blocks.seek(key)) return false;
    blocks.remove();
    return true;
  }

  /** Removes all keys. O(1). */
  clear(): void {
    this.#blocks.clear();
  }

  /** The rank of a key, from 0, or undefined if it does not exist. O(log n) expected. */
  rank(key: K): number | undefined {
    return this.#blocks.seek(key) ? this.#blocks.rank() : undefined;
  }

  /** The entry of a rank; a negative one counts from the end. Undefined if there is none. O(log n) expected. */
  at(rank: number): [K, V] | undefined {
    const blocks = this.#blocks;
    const whole = Math.trunc(rank) || 0;
    const fromStart = whole < 0 ? whole + blocks.size : whole;
    if (fromStart < 0 || fromStart >= blocks.size) return undefined;
    blocks.seekRank(fromStart);
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
    this.#seekAfter(key);
    return this.#blocks.settle() ? this.#entry() : undefined;
  }

  /** Removes the entry of the lowest key and returns it, or undefined. O(log n) expected. */
  popFirst(): [K, V] | undefined {
    return this.#pop(0);
  }

  /** Removes the entry of the highest key and returns it, or undefined. O(log n) expected. */
  popLast(): [K, V] | undefined {
    return this.#pop(-1);
  }

  /** The entries of the ranks from `start` to `end`, exclusive, as with `Array.prototype.slice`. O(log n + returned). */
  slice(start = 0, end: number = this.size): [K, V][] {
    const { size } = this;
    const from = start < 0 ? Math.max(start + size, 0) : Math.min(start, size);
    const to = end < 0 ? end + size : Math.min(end, size);
    return this.#forwards(from, to);
  }

  /**
   * The entries of a range of keys. O(log n + returned).
   * @throws RangeError when `offset` or `limit` is not a whole number of at least 0
   */
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

  /** Removes the keys of a range and returns how many there were. O(log n) expected for each. */
  deleteRange(range: KeyRange<K>): number {
    const from = this.#rankOfMin(range);
    const count = Math.max(this.#rankOfMax(range) - from, 0);
    for (let i = 0; i < count; i++) {
      this.#blocks.seekRank(from);
      this.#blocks.remove();
    }
    return count;
  }

  /** Calls `visit` with each entry in order; it may change the list. O(n). */
  forEach(visit: (value: V, key: K, list: this) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  /** Iterates over the entries in order. The list may change meanwhile: the iterator continues behind the last key that it returned. */
  entries(): IterableIterator<[K, V]> {
    return new EntryIterator(this.#blocks);
  }

  /** Iterates over the keys in order; see `entries`. */
  *keys(): IterableIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  /** Iterates over the values in the order of their keys; see `entries`. */
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

  /** Moves the cursor behind a key. */
  #seekAfter(key: K): void {
    if (this.#blocks.seek(key)) this.#blocks.index++;
  }

  #rankOfMin(range: KeyRange<K>): number {
    if (range.min === undefined) return 0;
    if (range.minExclusive) this.#seekAfter(range.min);
    else this.#blocks.seek(range.min);
    return this.#blocks.rank();
  }

  #rankOfMax(range: KeyRange<K>): number {
    if (range.max === undefined) return this.size;
    if (range.maxExclusive) this.#blocks.seek(range.max);
    else this.#seekAfter(range.max);
    return this.#blocks.rank();
  }

  /** The entries of the ranks from `from` to `to`, exclusive. */
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
