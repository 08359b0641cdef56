/**
 * The slots of a cache, numbers from 1, in an order: doubly linked in one typed array, so that both links of a slot are in one cache line.
 * Slot 0 is the head: it links the first and the last, and no case is special. A free slot names itself as its previous one, and is in a
 * chain of free ones.
 *
 * ```
 * links   | first, last | of slot 1: next, previous | of slot 2, which is free: next free, 2 | …
 * ```
 */
export class SlotList {
  /** Slots that are in the list. */
  size = 0;
  /** The highest slot that was ever handed out. */
  top = 0;
  #links: Uint32Array;
  #firstFree = 0;

  constructor(capacity: number) {
    this.#links = new Uint32Array(2 * (capacity + 1));
  }

  /** Slots that there is room for. O(1). */
  get capacity(): number {
    return (this.#links.length >>> 1) - 1;
  }

  /** The first slot, or 0. O(1). */
  get first(): number {
    return this.#links[0]!;
  }

  /** The last slot, or 0. O(1). */
  get last(): number {
    return this.#links[1]!;
  }

  /** The slot behind one, or 0. O(1). */
  next(slot: number): number {
    return this.#links[2 * slot]!;
  }

  /** The slot before one, or 0; of slot 0 the last one. O(1). */
  previous(slot: number): number {
    return this.#links[2 * slot + 1]!;
  }

  /** Whether a slot from 1 to `top` is in the list. O(1). */
  has(slot: number): boolean {
    return this.#links[2 * slot + 1] !== slot;
  }

  /** Hands out a slot, which is the first from now on. There must be room: `size` below `capacity`. O(1). */
  take(): number {
    let slot = this.#firstFree;
    if (slot === 0) slot = ++this.top;
    else this.#firstFree = this.#links[2 * slot]!;
    this.size++;
    this.#linkFirst(slot);
    return slot;
  }

  /** Takes a slot out and back. O(1). */
  release(slot: number): void {
    const links = this.#links;
    this.#unlink(slot);
    links[2 * slot] = this.#firstFree;
    links[2 * slot + 1] = slot;
    this.#firstFree = slot;
    this.size--;
  }

  /** Moves a slot to the beginning. O(1). */
  moveToFirst(slot: number): void {
    if (this.#links[0] === slot) return;
    this.#unlink(slot);
    this.#linkFirst(slot);
  }

  /** The slots from the first to the last, as they are now. O(n). */
  toArray(): Uint32Array {
    const slots = new Uint32Array(this.size);
    for (let slot = this.first, i = 0; slot !== 0; slot = this.next(slot), i++) slots[i] = slot;
    return slots;
  }

  /** Makes room for slots up to `capacity`. O(capacity). */
  resize(capacity: number): void {
    const links = new Uint32Array(2 * (capacity + 1));
    links.set(this.#links);
    this.#links = links;
  }

  #linkFirst(slot: number): void {
    const links = this.#links;
    const first = links[0]!;
    links[0] = slot;
    links[2 * slot] = first;
    links[2 * slot + 1] = 0;
    links[2 * first + 1] = slot;
  }

  #unlink(slot: number): void {
    const links = this.#links;
    const next = links[2 * slot]!;
    const previous = links[2 * slot + 1]!;
    links[2 * previous] = next;
    links[2 * next + 1] = previous;
  }
}
