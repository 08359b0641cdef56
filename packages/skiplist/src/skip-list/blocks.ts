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

  /** Cuts the block before entry `at`; a new entry is the first of the new block, which is linked behind. O(entries). */
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

  /** Takes over all entries but the first of the next block, which is unlinked. O(entries). */
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

/** A block of a higher level: for each child its first key (of the first child: any, it is not read) and its number of entries. */
export class Branch<K, V> {
  readonly keys: K[];
  readonly children: Block<K, V>[];
  readonly counts: number[];

  constructor(keys: K[], children: Block<K, V>[], counts: number[]) {
    this.keys = keys;
    this.children = children;
    this.counts = counts;
  }

  /** Cuts the block before child `at`; a new child is the first of the new block. O(children). */
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

  /** Entries of the children from `from` up to but not including `to`. O(children). */
  sum(from: number, to: number): number {
    const { counts } = this;
    let sum = 0;
    for (let i = from; i < to; i++) sum += counts[i]!;
    return sum;
  }
}

export type Block<K, V> = Leaf<K, V> | Branch<K, V>;

/** From here on, `splice`, which moves memory as a whole but allocates an array at every call, is faster than a loop. */
const LONG_MOVE = 24;

/** Opens a place in an array for an item. O(length - at). */
export function insertAt<T>(array: T[], at: number, item: T): void {
  if (array.length - at > LONG_MOVE) {
    array.splice(at, 0, item);
    return;
  }
  array.push(item);
  for (let i = array.length - 1; i > at; i--) array[i] = array[i - 1]!;
  array[at] = item;
}

/** Closes a place of an array. O(length - at). */
export function removeAt<T>(array: T[], at: number): void {
  const last = array.length - 1;
  if (last - at > LONG_MOVE) {
    array.splice(at, 1);
    return;
  }
  for (let i = at; i < last; i++) array[i] = array[i + 1]!;
  array.pop();
}
