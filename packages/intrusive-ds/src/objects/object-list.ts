/** What an object needs to be in an ObjectList: two fields that only the list writes while the object is a member. */
export interface ListLinks<T> {
  next: T | null;
  previous: T | null;
}

/**
 * A doubly linked list of plain objects whose links are fields of the objects. No nodes are allocated, and any member is removed in
 * O(1). The fields have fixed names, which V8 reads fastest; so an object is in one list at a time.
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
  #head: T | null = null;
  #tail: T | null = null;
  #count = 0;

  /** How many members there are. O(1). */
  get size(): number {
    return this.#count;
  }

  /** The first member, or null. O(1). */
  get first(): T | null {
    return this.#head;
  }

  /** The last member, or null. O(1). */
  get last(): T | null {
    return this.#tail;
  }

  /** Adds an object at the end. O(1). */
  push(object: T): void {
    this.#link(object, this.#tail, null);
  }

  /** Adds an object at the beginning. O(1). */
  unshift(object: T): void {
    this.#link(object, null, this.#head);
  }

  /** Adds an object before a member. O(1). */
  insertBefore(member: T, object: T): void {
    this.#link(object, member.previous, member);
  }

  /** Adds an object after a member. O(1). */
  insertAfter(member: T, object: T): void {
    this.#link(object, member, member.next);
  }

  /** Removes the last member and returns it, or null. O(1). */
  pop(): T | null {
    const object = this.#tail;
    if (object !== null) this.remove(object);
    return object;
  }

  /** Removes the first member and returns it, or null. O(1). */
  shift(): T | null {
    const object = this.#head;
    if (object !== null) this.remove(object);
    return object;
  }

  /** Removes a member. Both of its links are null afterwards, so that it keeps no other member alive. O(1). */
  remove(object: T): void {
    const { next, previous } = object;
    if (previous === null) this.#head = next;
    else previous.next = next;
    if (next === null) this.#tail = previous;
    else next.previous = previous;
    object.next = null;
    object.previous = null;
    this.#count--;
  }

  /** Moves a member to the end, as an LRU order does at each use. O(1). */
  moveToEnd(object: T): void {
    if (this.#tail === object) return;
    this.remove(object);
    this.push(object);
  }

  /** Empties the list without writing to its members. O(1). */
  clear(): void {
    this.#head = null;
    this.#tail = null;
    this.#count = 0;
  }

  /** Iterates over the members in order. The current one may be removed meanwhile. O(n). */
  *[Symbol.iterator](): IterableIterator<T> {
    let object = this.#head;
    while (object !== null) {
      const next: T | null = object.next;
      yield object;
      object = next;
    }
  }

  #link(object: T, previous: T | null, next: T | null): void {
    object.next = next;
    object.previous = previous;
    if (previous === null) this.#head = object;
    else previous.next = object;
    if (next === null) this.#tail = object;
    else next.previous = object;
    this.#count++;
  }
}
