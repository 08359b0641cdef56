/** A block of the lowest level: neighbouring entries. */
export class Leaf<K, V> {
  readonly keys: K[];
  readonly values: V[];
  next: Leaf<K, V> | null = null;
  previous: Leaf<K, V> | null = null;

  constructor(keys: K[], values: V[]) {
    this.keys = keys;
    this.values = values;
  }

  /** Splits the block before entry `at`. A new entry becomes the first of the new block, which is linked behind this one. O(entries). */
  split(at: number, key: K, value: V): Leaf<K, V> {
    const keys = [key];
    const values = [value];
    for (let i = at; i < this.keys.length; i++) {
      keys.push(this.keys[i]!);
      values.push(this.values[i]!);
    }
    this.keys.length = at;
    this.values.length = at;
    const right = new Leaf(keys, values);
    right.next = this.next;
    right.previous = this;
    if (this.next !== null) this.next.previous = right;
    this.next = right;
    return right;
  }

  /** Appends all entries but the first of the next block, and unlinks that block. O(entries). */
  mergeNext(): void {
    const right = this.next!;
    for (let i = 1; i < right.keys.length; i++) {
      this.keys.push(right.keys[i]!);
      this.values.push(right.values[i]!);
    }
    this.next = right.next;
    if (right.next !== null) right.next.previous = this;
  }
}

/** A block of a higher level: for each child its first key and its number of entries. The key of the first child is never read. */
export class Branch<K, V> {
  readonly keys: K[];
  readonly children: Block<K, V>[];
  readonly counts: number[];

  constructor(keys: K[], children: Block<K, V>[], counts: number[]) {
    this.keys = keys;
    this.children = children;
    this.counts = counts;
  }

  /** Splits the block before child `at`. A new child becomes the first of the new block. O(children). */
  split(at: number, key: K, child: Block<K, V>, count: number): Branch<K, V> {
    const right = new Branch([key], [child], [count]);
    right.append(this, at);
    this.keys.length = at;
    this.children.length = at;
    this.counts.length = at;
    return right;
  }

  /** Copies the children of `other` from index `from` on to the end of this block. O(children). */
  append(other: Branch<K, V>, from: number): void {
    for (let i = from; i < other.keys.length; i++) {
      this.keys.push(other.keys[i]!);
      this.children.push(other.children[i]!);
      this.counts.push(other.counts[i]!);
    }
  }

  /** How many entries the children from `from` to `to`, exclusive, have. O(children). */
  sum(from: number, to: number): number {
    const { counts } = this;
    let sum = 0;
    for (let i = from; i < to; i++) sum += counts[i]!;
    return sum;
  }
}

export type Block<K, V> = Leaf<K, V> | Branch<K, V>;

/** Up to this many items, a loop moves them faster than `splice`, which allocates an array in each call. */
const MAX_LOOPED_ITEMS = 24;

/** Inserts an item into an array. O(length - at). */
export function insertAt<T>(array: T[], at: number, item: T): void {
  if (array.length - at > MAX_LOOPED_ITEMS) {
    array.splice(at, 0, item);
    return;
  }
  array.push(item);
  for (let i = array.length - 1; i > at; i--) array[i] = array[i - 1]!;
  array[at] = item;
}

/** Removes an item from an array. O(length - at). */
export function removeAt<T>(array: T[], at: number): void {
  const last = array.length - 1;
  if (last - at > MAX_LOOPED_ITEMS) {
    array.splice(at, 1);
    return;
  }
  for (let i = at; i < last; i++) array[i] = array[i + 1]!;
  array.pop();
}
