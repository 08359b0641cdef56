/** What an object must have to be in an ObjectHeap: a field that is the heap's own while it is a member. */
export interface HeapPosition {
  heapPosition: number;
}

/**
 * A min-heap of plain objects (four children a node) in which each object knows its position, so that any of them can be taken out or
 * put into order again in O(log n) without a search.
 */
export class ObjectHeap<T extends HeapPosition> {
  private readonly before: (a: T, b: T) => boolean;
  private readonly places: T[] = [];

  /** `before(a, b)` says whether object a has to come out before object b. */
  constructor(before: (a: T, b: T) => boolean) {
    this.before = before;
  }

  /** Members. O(1). */
  get size(): number {
    return this.places.length;
  }

  /** The object that comes out first, or null. O(1). */
  get first(): T | null {
    return this.places[0] ?? null;
  }

  /** Adds an object. O(log n). */
  push(object: T): void {
    this.places.push(object);
    this.siftUp(object, this.places.length - 1);
  }

  /** Takes out the first object and answers it, or null. O(log n). */
  pop(): T | null {
    const object = this.first;
    if (object !== null) this.remove(object);
    return object;
  }

  /** Takes out a member. O(log n). */
  remove(object: T): void {
    const last = this.places.pop()!;
    if (last !== object) this.settle(last, object.heapPosition);
  }

  /** Puts a member into order again after what `before` compares has changed. O(log n). */
  update(object: T): void {
    this.settle(object, object.heapPosition);
  }

  /** Lets go of all members without touching them. O(1). */
  clear(): void {
    this.places.length = 0;
  }

  private settle(object: T, position: number): void {
    if (position > 0 && this.before(object, this.places[(position - 1) >>> 2]!)) this.siftUp(object, position);
    else this.siftDown(object, position);
  }

  private siftUp(object: T, from: number): void {
    let position = from;
    while (position > 0) {
      const above = (position - 1) >>> 2;
      const parent = this.places[above]!;
      if (!this.before(object, parent)) break;
      this.place(parent, position);
      position = above;
    }
    this.place(object, position);
  }

  private siftDown(object: T, from: number): void {
    const { places } = this;
    let position = from;
    for (;;) {
      const child = position * 4 + 1;
      if (child >= places.length) break;
      const end = Math.min(child + 4, places.length);
      let least = child;
      for (let sibling = child + 1; sibling < end; sibling++) {
        if (this.before(places[sibling]!, places[least]!)) least = sibling;
      }
      if (!this.before(places[least]!, object)) break;
      this.place(places[least]!, position);
      position = least;
    }
    this.place(object, position);
  }

  private place(object: T, position: number): void {
    this.places[position] = object;
    object.heapPosition = position;
  }
}
