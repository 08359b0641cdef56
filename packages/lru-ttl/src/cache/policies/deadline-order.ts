import type { Deadlines } from '../deadlines';
import type { SlotList } from '../slot-list';
import type { EvictionOrder } from './eviction-order';

/**
 * `ttl`: the entry goes whose deadline is next, in an exact binary heap of slots that knows the place of each. Where no entry has a
 * deadline, the one goes that was added longest ago.
 */
export class DeadlineOrder implements EvictionOrder {
  readonly #slots: SlotList;
  readonly #deadlines: Deadlines;
  /** Slots from place 1 on; a parent is due before its children, which are at twice its place and the next. */
  #heap: Uint32Array;
  /** The place of each slot, 0 for none. */
  #places: Uint32Array;
  #size = 0;

  constructor(slots: SlotList, deadlines: Deadlines) {
    this.#slots = slots;
    this.#deadlines = deadlines;
    this.#heap = new Uint32Array(slots.capacity + 1);
    this.#places = new Uint32Array(slots.capacity + 1);
  }

  /** O(log n). */
  add(slot: number): void {
    this.replace(slot);
  }

  /** O(log n). */
  replace(slot: number): void {
    if (this.#deadlines.of(slot) === Number.POSITIVE_INFINITY) {
      this.remove(slot);
      return;
    }
    if (this.#places[slot] === 0) this.#put(slot, ++this.#size);
    this.#settle(slot);
  }

  use(): void {}

  /** O(log n). */
  remove(slot: number): void {
    const place = this.#places[slot]!;
    if (place === 0) return;
    this.#places[slot] = 0;
    const last = this.#heap[this.#size--]!;
    if (last === slot) return;
    this.#put(last, place);
    this.#settle(last);
  }

  /** O(1). */
  victim(kept: number): number {
    const heap = this.#heap;
    const size = this.#size;
    const slots = this.#slots;
    const first = heap[1]!;
    if (size > 0 && first !== kept) return first;
    if (size > 1) return size > 2 && this.#isBefore(heap[3]!, heap[2]!) ? heap[3]! : heap[2]!;
    return slots.last === kept ? slots.previous(kept) : slots.last;
  }

  resize(capacity: number): void {
    const heap = new Uint32Array(capacity + 1);
    const places = new Uint32Array(capacity + 1);
    heap.set(this.#heap);
    places.set(this.#places);
    this.#heap = heap;
    this.#places = places;
  }

  #isBefore(slot: number, other: number): boolean {
    return this.#deadlines.of(slot) < this.#deadlines.of(other);
  }

  #put(slot: number, place: number): void {
    this.#heap[place] = slot;
    this.#places[slot] = place;
  }

  /** Moves a slot up or down to where its deadline belongs. */
  #settle(slot: number): void {
    const heap = this.#heap;
    let place = this.#places[slot]!;
    while (place > 1 && this.#isBefore(slot, heap[place >>> 1]!)) {
      this.#put(heap[place >>> 1]!, place);
      place >>>= 1;
    }
    for (;;) {
      let child = 2 * place;
      if (child > this.#size) break;
      if (child < this.#size && this.#isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#isBefore(heap[child]!, slot)) break;
      this.#put(heap[child]!, place);
      place = child;
    }
    this.#put(slot, place);
  }
}
