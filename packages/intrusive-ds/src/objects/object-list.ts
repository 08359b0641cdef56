/** What an object must have to be in an ObjectList: two fields that are the list's own while it is a member. */
export interface ListLinks<T> {
  next: T | null;
  previous: T | null;
}

/**
 * A doubly linked list of plain objects whose links are fields of the objects: no node is allocated, and an object that one has is
 * taken out in O(1). The fields have fixed names, so that V8 reads them as it reads any field; hence an object is in one list at a time.
 *
 * ```
 *  list { first, last, size }
 *          |       '---------------------.
 *          v                             v
 *        { next } ---> { next } ---> { next: null }
 *        { previous: null } <--- { previous } <--- { previous }
 * ```
 */
export class ObjectList<T extends ListLinks<T>> {
  private head: T | null = null;
  private tail: T | null = null;
  private count = 0;

  /** Members. O(1). */
  get size(): number {
    return this.count;
  }

  /** The first member, or null. O(1). */
  get first(): T | null {
    return this.head;
  }

  /** The last member, or null. O(1). */
  get last(): T | null {
    return this.tail;
  }

  /** Adds an object at the end. O(1). */
  push(object: T): void {
    this.link(object, this.tail, null);
  }

  /** Adds an object at the beginning. O(1). */
  unshift(object: T): void {
    this.link(object, null, this.head);
  }

  /** Adds an object before a member. O(1). */
  insertBefore(member: T, object: T): void {
    this.link(object, member.previous, member);
  }

  /** Adds an object behind a member. O(1). */
  insertAfter(member: T, object: T): void {
    this.link(object, member, member.next);
  }

  /** Takes out the last member and answers it, or null. O(1). */
  pop(): T | null {
    const object = this.tail;
    if (object !== null) this.remove(object);
    return object;
  }

  /** Takes out the first member and answers it, or null. O(1). */
  shift(): T | null {
    const object = this.head;
    if (object !== null) this.remove(object);
    return object;
  }

  /** Takes out a member and lets go of its neighbours: both links are null afterwards. O(1). */
  remove(object: T): void {
    const { next, previous } = object;
    if (previous === null) this.head = next;
    else previous.next = next;
    if (next === null) this.tail = previous;
    else next.previous = previous;
    object.next = null;
    object.previous = null;
    this.count--;
  }

  /** Puts a member at the end: the touch of an LRU order. O(1). */
  moveToEnd(object: T): void {
    if (this.tail === object) return;
    this.remove(object);
    this.push(object);
  }

  /** Lets go of all members without touching them. O(1). */
  clear(): void {
    this.head = null;
    this.tail = null;
    this.count = 0;
  }

  /** The members in order; the one just handed out may be taken out meanwhile. O(n). */
  *[Symbol.iterator](): IterableIterator<T> {
    let object = this.head;
    while (object !== null) {
      const next: T | null = object.next;
      yield object;
      object = next;
    }
  }

  private link(object: T, previous: T | null, next: T | null): void {
    object.next = next;
    object.previous = previous;
    if (previous === null) this.head = object;
    else previous.next = object;
    if (next === null) this.tail = object;
    else next.previous = object;
    this.count++;
  }
}
