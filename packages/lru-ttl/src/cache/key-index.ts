import { commonLength, hashOfKey, isHashable } from './key-hash';

/** Places that are tried for a key before it goes to the Map: so many are passed by chance only if somebody seeks keys that collide. */
const MOST_PROBES = 128;
/** Places for each slot, at least; at most twice as many. Fewer make searches longer, more take 4 bytes each. */
const PLACES_PER_SLOT = 1.75;
/** As many where the table stays within the first-level cache, where a second probe costs more than the room: 4 ns of 32. */
const PLACES_PER_SLOT_IF_FEW = 3.5;
/** So many are few: fewer than 2^12, so that a place of 16 bits has room for a slot and a tag of four bits. */
const FEW_SLOTS = 4095;

/**
 * Finds the slot of a key. Short texts and integers are in a table of 32-bit words (16-bit where slots are few) with linear probing, which
 * takes 9 to 18 bytes an entry with the hashes where a Map takes 28 to 56; all other keys (objects, long texts) are in a Map.
 *
 * ```
 * table   | tag, slot |     0     | tag, slot | tag, slot | …     the tag is as many high bits of the hash as the slot leaves
 *               |
 * slots   | key, value | …      hashes | …
 * ```
 * The hash leaves out what all texts of the table begin with (`user:`), as far as it was known when the table grew; a text that begins
 * otherwise makes all of them be hashed again, once for each unit at most.
 *
 * The seed is random. Still nobody can make searches long on purpose: a key that finds no place within 128 goes to the Map too.
 */
export class KeyIndex<K, V> {
  /** Key and value of each slot, which are wanted together, so that they are in one cache line; undefined where there are none. */
  #pairs: (K | V | undefined)[] = [];
  /** The low bits of the hash of each slot, as many as a place has: no more are ever asked for. */
  #hashes = new Int32Array(0);
  /** The places. */
  #table = new Int32Array(0);
  /**
   * 1 if a word of `hashes` and `table` holds two of them, as it does where slots are few, else 0. The arrays are of one kind whatever their
   * number, because code that has met two kinds of arrays is slower.
   */
  #packing = 0;
  /** The bits of a place. */
  #wordMask = -1;
  #placeMask = 0;
  #tagMask = 0;
  #slotMask = 0;
  /** The slots of keys that have no place; null while there are none, as a Map takes 200 bytes. */
  #others: Map<K, number> | null = null;
  /** Keys of `others` that are hashable. */
  #strays = 0;
  readonly #seed: number;
  /** The UTF-16 units that every text in the table begins with. */
  #prefix: Uint16Array = new Uint16Array(0);
  /** The hash of the key that was sought last, so that `insert` need not take it again. */
  #soughtHash = 0;

  /** @param seed 32 bits that nobody outside should know. */
  constructor(capacity: number, seed: number = (Math.random() * 2 ** 32) | 0) {
    this.#seed = seed;
    this.resize(capacity);
  }

  /** The slot of a key, or 0. O(1) expected, O(length) for a text. */
  find(key: K): number {
    if (!isHashable(key)) return this.#others?.get(key) ?? 0;
    const table = this.#table;
    const packing = this.#packing;
    const wordMask = this.#wordMask;
    const placeMask = this.#placeMask;
    const tagMask = this.#tagMask;
    const pairs = this.#pairs;
    const hash = hashOfKey(key, this.#seed, this.#prefix.length);
    this.#soughtHash = hash;
    let place = hash & placeMask;
    for (let left = MOST_PROBES; left > 0; left--) {
      // `read`, written out, as this is the inner loop of every look-up.
      const word = (table[place >>> packing]! >>> ((place & packing) << 4)) & wordMask;
      if (word === 0) break;
      if (((word ^ hash) & tagMask) === 0) {
        const slot = word & this.#slotMask;
        if (pairs[2 * slot - 2] === key) return slot;
      }
      place = (place + 1) & placeMask;
    }
    return this.#strays === 0 ? 0 : (this.#others?.get(key) ?? 0);
  }

  /** The key of a slot that has one. O(1). */
  keyOf(slot: number): K {
    return this.#pairs[2 * slot - 2] as K;
  }

  /** The value of a slot that has a key. O(1). */
  valueOf(slot: number): V {
    return this.#pairs[2 * slot - 1] as V;
  }

  /** Sets the value of a slot that has a key. O(1). */
  setValue(slot: number, value: V): void {
    this.#pairs[2 * slot - 1] = value;
  }

  /**
   * Enters a key that the last `find` sought and did not find; since then there was no `resize`. O(1) expected; O(n) if no text before began
   * as this one does.
   */
  insert(key: K, value: V, slot: number): void {
    this.#pairs[2 * slot - 2] = key;
    this.#pairs[2 * slot - 1] = value;
    if (!isHashable(key)) {
      this.#enterOther(slot);
      return;
    }
    if (typeof key === 'string') {
      const common = commonLength(key, this.#prefix);
      if (common < this.#prefix.length) {
        this.#shortenPrefix(common);
        this.find(key); // for its hash, which is another now
      }
    }
    const hash = this.#soughtHash & this.#wordMask;
    this.#write(this.#hashes, slot, hash);
    this.#place(slot, hash);
  }

  /** Forgets key and value of a slot. O(1) expected. */
  remove(slot: number): void {
    const key = this.keyOf(slot);
    this.#pairs[2 * slot - 2] = undefined;
    this.#pairs[2 * slot - 1] = undefined;
    if (isHashable(key)) {
      const place = this.#placeOf(slot);
      if (place >= 0) {
        this.#closeGap(place);
        return;
      }
      this.#strays--;
    }
    this.#others?.delete(key);
  }

  /** Makes room for slots up to `capacity`, not fewer than before. O(capacity). */
  resize(capacity: number): void {
    const placed = this.#placedSlots();
    // Filled, so that V8 keeps any kind of value in it without changing it again.
    const pairs = new Array<K | V | undefined>(2 * capacity).fill(undefined);
    for (let i = 0; i < this.#pairs.length; i++) pairs[i] = this.#pairs[i];
    this.#pairs = pairs;
    const areFew = capacity <= FEW_SLOTS;
    const placesPerSlot = areFew ? PLACES_PER_SLOT_IF_FEW : PLACES_PER_SLOT;
    const places = 1 << Math.ceil(Math.log2(placesPerSlot * (capacity + 1)));
    this.#packing = areFew ? 1 : 0;
    this.#wordMask = areFew ? 0xffff : -1;
    this.#table = new Int32Array(places >>> this.#packing);
    this.#hashes = new Int32Array((capacity >>> this.#packing) + 1);
    this.#placeMask = places - 1;
    this.#slotMask = (1 << Math.ceil(Math.log2(capacity + 1))) - 1;
    this.#tagMask = this.#wordMask & ~this.#slotMask;
    this.#prefix = this.#findPrefix(placed);
    this.#rehash(placed);
  }

  /** Leaves out less of all texts from now on. */
  #shortenPrefix(length: number): void {
    const placed = this.#placedSlots();
    this.#prefix = this.#prefix.slice(0, length);
    this.#table.fill(0);
    this.#rehash(placed);
  }

  /** Hashes the keys of these slots and puts them into the table, which is empty. */
  #rehash(slots: Uint32Array): void {
    const hashes = this.#hashes;
    const wordMask = this.#wordMask;
    const seed = this.#seed;
    const prefix = this.#prefix;
    for (const slot of slots) {
      const hash = hashOfKey(this.keyOf(slot) as string | number, seed, prefix.length) & wordMask;
      this.#write(hashes, slot, hash);
      this.#place(slot, hash);
    }
  }

  /** What all texts of these slots begin with. */
  #findPrefix(slots: Uint32Array): Uint16Array {
    let prefix: Uint16Array | undefined;
    for (const slot of slots) {
      const key = this.keyOf(slot);
      if (typeof key !== 'string') continue;
      prefix ??= Uint16Array.from({ length: key.length }, (_, i) => key.charCodeAt(i));
      prefix = prefix.subarray(0, commonLength(key, prefix));
    }
    return prefix ?? new Uint16Array(0);
  }

  /** The slots whose keys are in the table. */
  #placedSlots(): Uint32Array {
    const places = this.#table.length << this.#packing;
    const slots = new Uint32Array(places);
    let count = 0;
    for (let place = 0; place < places; place++) {
      const word = this.#read(this.#table, place);
      if (word !== 0) slots[count++] = word & this.#slotMask;
    }
    return slots.subarray(0, count);
  }

  /** What is in a place (tag and slot, or 0), or the hash of a slot. */
  #read(words: Int32Array, at: number): number {
    return (words[at >>> this.#packing]! >>> ((at & this.#packing) << 4)) & this.#wordMask;
  }

  /** Sets what `read` gives; `word` has no bits but those of a place. */
  #write(words: Int32Array, at: number, word: number): void {
    const shift = (at & this.#packing) << 4;
    const i = at >>> this.#packing;
    words[i] = (words[i]! & ~(this.#wordMask << shift)) | (word << shift);
  }

  /** Puts the slot into the first free place from that of its hash on, or its key among the others. */
  #place(slot: number, hash: number): void {
    const table = this.#table;
    const placeMask = this.#placeMask;
    let place = hash & placeMask;
    for (let left = MOST_PROBES; left > 0; left--) {
      if (this.#read(table, place) === 0) {
        this.#write(table, place, (hash & this.#tagMask) | slot);
        return;
      }
      place = (place + 1) & placeMask;
    }
    this.#enterOther(slot);
    this.#strays++;
  }

  #enterOther(slot: number): void {
    this.#others ??= new Map();
    this.#others.set(this.keyOf(slot), slot);
  }

  /** Where a slot is in the table, or -1. */
  #placeOf(slot: number): number {
    const table = this.#table;
    const placeMask = this.#placeMask;
    const hash = this.#read(this.#hashes, slot);
    const word = (hash & this.#tagMask) | slot;
    let place = hash & placeMask;
    for (let left = MOST_PROBES; left > 0; left--) {
      if (this.#read(table, place) === word) return place;
      place = (place + 1) & placeMask;
    }
    return -1;
  }

  /** Empties a place and moves up what stands behind it only because it was taken, so that no search stops early (Knuth 6.4, R). */
  #closeGap(gap: number): void {
    const table = this.#table;
    const placeMask = this.#placeMask;
    const slotMask = this.#slotMask;
    const hashes = this.#hashes;
    let place = gap;
    for (;;) {
      place = (place + 1) & placeMask;
      const word = this.#read(table, place);
      if (word === 0) break;
      const home = this.#read(hashes, word & slotMask);
      if (((place - home) & placeMask) >= ((place - gap) & placeMask)) {
        this.#write(table, gap, word);
        gap = place;
      }
    }
    this.#write(table, gap, 0);
  }
}
