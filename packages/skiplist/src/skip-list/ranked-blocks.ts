import { type Block, Branch, insertAt, Leaf, removeAt } from './blocks';

/** So many zero bits of a random number raise an entry by one level: one of 64 entries starts a leaf, one of 64 leaves a branch. */
const LEVEL_BITS = 6;

/** The most levels above the lowest that 32 random bits can give. */
const MAX_RAISED = 5;

/**
 * Ordered entries as a blocked skip list (Golovin, The B-Skip-List, 2010): a skip list in which the entries of a level between two raised
 * ones are in one block, so that a search halves arrays instead of following links. A raised entry starts a block on each level below
 * the one to which it was raised. Entries are raised at random, so the list needs no balancing.
 *
 * `seek` moves the cursor (`leaf` and `index`) to a position and keeps the path to it, for `insert` and `remove`.
 */
export class RankedBlocks<K, V> {
  size = 0;
  /** Counts the changes of the order, for iterators. */
  version = 0;
  leaf: Leaf<K, V> = new Leaf<K, V>([], []);
  /** Index of the cursor in its leaf; may be behind the last entry. */
  index = 0;
  readonly #compare: (a: K, b: K) => number;
  readonly #randomUint32: () => number;
  #root: Block<K, V> = this.leaf;
  #firstLeaf: Leaf<K, V> = this.leaf;
  #height = 0;
  /** By level: the branch on the path to the cursor, and the index of the path's child in it. */
  readonly #path: Branch<K, V>[] = [];
  readonly #indexes: number[] = [];

  constructor(compare: (a: K, b: K) => number, randomUint32: () => number) {
    this.#compare = compare;
    this.#randomUint32 = randomUint32;
  }

  /** Removes all entries. O(1). */
  clear(): void {
    this.size = 0;
    this.version++;
    this.leaf = new Leaf<K, V>([], []);
    this.index = 0;
    this.#root = this.leaf;
    this.#firstLeaf = this.leaf;
    this.#height = 0;
  }

  /** Moves the cursor to the first entry that is not below `key`. Returns whether that has the key. O(log n) expected. */
  seek(key: K): boolean {
    const compare = this.#compare;
    const path = this.#path;
    const indexes = this.#indexes;
    let block = this.#root;
    for (let level = this.#height; level > 0; level--) {
      const branch = block as Branch<K, V>;
      const { keys } = branch;
      let low = 0;
      let high = keys.length;
      while (high - low > 1) {
        const middle = (low + high) >>> 1;
        if (compare(keys[middle]!, key) <= 0) low = middle;
        else high = middle;
      }
      path[level] = branch;
      indexes[level] = low;
      block = branch.children[low]!;
    }
    const leaf = block as Leaf<K, V>;
    const { keys } = leaf;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(keys[middle]!, key) < 0) low = middle + 1;
      else high = middle;
    }
    this.leaf = leaf;
    this.index = low;
    return low < keys.length && compare(keys[low]!, key) === 0;
  }

  /** Moves the cursor to the entry of a rank from 0 to `size`. O(log n) expected. */
  seekRank(rank: number): void {
    let block = this.#root;
    let left = rank;
    for (let level = this.#height; level > 0; level--) {
      const branch = block as Branch<K, V>;
      const { counts } = branch;
      const last = counts.length - 1;
      let childIndex = 0;
      while (childIndex < last && left >= counts[childIndex]!) left -= counts[childIndex++]!;
      this.#path[level] = branch;
      this.#indexes[level] = childIndex;
      block = branch.children[childIndex]!;
    }
    this.leaf = block as Leaf<K, V>;
    this.index = left;
  }

  /** The rank of the cursor after a `seek`. O(log n) expected. */
  rank(): number {
    let rank = this.index;
    for (let level = this.#height; level > 0; level--) rank += this.#path[level]!.sum(0, this.#indexes[level]!);
    return rank;
  }

  /** Moves the cursor to the first entry, without a path. O(1). */
  seekFirst(): void {
    this.leaf = this.#firstLeaf;
    this.index = 0;
  }

  /** If the cursor is behind the last entry of its leaf, moves it to the next entry. Returns false if there is none. O(1). */
  settle(): boolean {
    while (this.index >= this.leaf.keys.length) {
      if (this.leaf.next === null) return false;
      this.leaf = this.leaf.next;
      this.index = 0;
    }
    return true;
  }

  /** Moves the cursor to the previous entry. Returns false if there is none. O(1). */
  stepBack(): boolean {
    while (this.index === 0) {
      if (this.leaf.previous === null) return false;
      this.leaf = this.leaf.previous;
      this.index = this.leaf.keys.length;
    }
    this.index--;
    return true;
  }

  /** Inserts an entry at the cursor, which `seek` has just moved. O(log n) expected. */
  insert(key: K, value: V): void {
    const random = this.#randomUint32() | 0x80000000;
    const raised = Math.min(Math.trunc((31 - Math.clz32(random & -random)) / LEVEL_BITS), MAX_RAISED);
    if (raised > 0) {
      this.#insertRaised(key, value, raised);
    } else {
      insertAt(this.leaf.keys, this.index, key);
      insertAt(this.leaf.values, this.index, value);
    }
    for (let level = raised + 1; level <= this.#height; level++) this.#path[level]!.counts[this.#indexes[level]!]!++;
    this.size++;
    this.version++;
  }

  /** Removes the entry at the cursor, which `seek` or `seekRank` has just moved. O(log n) expected. */
  remove(): void {
    let level = 1;
    if (this.index === 0) while (level <= this.#height && this.#indexes[level] === 0) level++;
    if (this.index > 0 || level > this.#height) {
      removeAt(this.leaf.keys, this.index);
      removeAt(this.leaf.values, this.index);
      level = 0;
    } else {
      this.#removeRaised(this.#path[level]!, this.#indexes[level]!, level);
    }
    for (level++; level <= this.#height; level++) this.#path[level]!.counts[this.#indexes[level]!]!--;
    this.size--;
    this.version++;
    while (this.#height > 0 && this.#root.keys.length === 1) {
      this.#root = (this.#root as Branch<K, V>).children[0]!;
      this.#height--;
    }
  }

  /** Splits the blocks of the path up to level `raised`; the right ones start with the new entry. */
  #insertRaised(key: K, value: V, raised: number): void {
    const leaf = this.leaf.split(this.index, key, value);
    let child: Block<K, V> = leaf;
    let count = leaf.keys.length;
    for (let level = 1; level <= raised; level++) {
      if (level > this.#height) this.#grow(key);
      const branch = this.#path[level]!;
      const childIndex = this.#indexes[level]!;
      branch.counts[childIndex]! -= count - 1;
      if (level === raised) {
        insertAt(branch.keys, childIndex + 1, key);
        insertAt(branch.children, childIndex + 1, child);
        insertAt(branch.counts, childIndex + 1, count);
      } else {
        const rest = branch.sum(childIndex + 1, branch.counts.length);
        child = branch.split(childIndex + 1, key, child, count);
        count += rest;
      }
    }
  }

  /** Appends the blocks that start with the entry, below child `childIndex` of a branch, to their left neighbours, without that entry. */
  #removeRaised(branch: Branch<K, V>, childIndex: number, top: number): void {
    let left = branch.children[childIndex - 1]!;
    let right = branch.children[childIndex]!;
    branch.counts[childIndex - 1]! += branch.counts[childIndex]! - 1;
    removeAt(branch.keys, childIndex);
    removeAt(branch.children, childIndex);
    removeAt(branch.counts, childIndex);
    for (let level = top - 1; level > 0; level--) {
      const leftBranch = left as Branch<K, V>;
      const rightBranch = right as Branch<K, V>;
      const last = leftBranch.children.length - 1;
      left = leftBranch.children[last]!;
      right = rightBranch.children[0]!;
      leftBranch.counts[last]! += rightBranch.counts[0]! - 1;
      leftBranch.append(rightBranch, 1);
    }
    (left as Leaf<K, V>).mergeNext();
  }

  /** Adds a level. `key` is used as the first child's key, which is never read, so that all items of the array have one type. */
  #grow(key: K): void {
    const root = new Branch<K, V>([key], [this.#root], [this.size]);
    this.#root = root;
    this.#height++;
    this.#path[this.#height] = root;
    this.#indexes[this.#height] = 0;
  }
}
