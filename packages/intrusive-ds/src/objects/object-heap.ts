/** What an object needs to be in an ObjectHeap: a field that only the heap writes while the object is a member. */
export interface HeapPosition {
  heapPosition: number;
}

/**
 * A min-heap of plain objects, with four children per node. Each object has its position, so any member can be removed or updated in
 * O(log n) without a search.
 */
export class ObjectHeap<T extends HeapPosition> {
  readonly #before: (a: T, b: T) => boolean;
  readonly #members: T[] = [];

  /** `before(a, b)` says whether object a is popped before object b. */
  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  /** How many members there are. O(1). */
  get size(): number {
    return this.#members.length;
  }

  /** The object that `pop` would return, or null. O(1). */
  get first(): T | null {
    return this.#members[0] ?? null;
  }

  /** Adds an object. O(log n). */
  push(object: T): void {
    this.#members.push(object);
    this.#siftUp(object, this.#members.length - 1);
  }

  /** Removes the first object and returns it, or null. O(log n). */
  pop(): T | null {
    const object = this.first;
    if (object !== null) this.remove(object);
    return object;
  }

  /** Removes a member. O(log n). */
  remove(object: T): void {
    const last = this.#members.pop()!;
    if (last !== object) this.#settle(last, object.heapPosition);
  }

  /** Restores the order after a value that `before` compares has changed in a member. O(log n). */
  update(object: T): void {
    this.#settle(object, object.heapPosition);
  }

  /** Empties the heap without writing to its members. O(1). */
  clear(): void {
    this.#members.length = 0;
  }

  #settle(object: T, position: number): void {
    if (position > 0 && this.#before(object, this.#members[(position - 1) >>> 2]!)) this.#siftUp(object, position);
    else this.#siftDown(object, position);
  }

  #siftUp(object: T, from: number): void {
    let position = from;
    while (position > 0) {
      const above = (position - 1) >>> 2;
      const parent = this.#members[above]!;
      if (!this.#before(object, parent)) break;
      this.#place(parent, position);
      position = above;
    }
    this.#place(object, position);
  }

  #siftDown(object: T, from: number): void {
    const members = this.#members;
    let position = from;
    for (;;) {
      const child = position * 4 + 1;
      if (child >= members.length) break;
      const end = Math.min(child + 4, members.length);
      let smallest = child;
      for (let sibling = child + 1; sibling < end; sibling++) {
        if (this.#before(members[sibling]!, members[smallest]!)) smallest = sibling;
      }
      if (!this.#before(members[smallest]!, object)) break;
      this.#place(members[smallest]!, position);
      position = smallest;
    }
    this.#place(object, position);
  }

  #place(object: T, position: number): void {
    this.#members[position] = object;
    object.heapPosition = position;
  }
}
