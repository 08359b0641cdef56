import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import type { BucketDirectory } from './bucket-directory';
import type { HashTableLayout } from './hash-table-layout';
import type { KeyView } from './key-view';
import { bucketOf } from './linear-hashing';
import { Root } from './root-record';

/** How many keys can be prefetched at once. */
export const MAX_PREFETCHED_KEYS = 32;

/** Slots for prefetched keys. The position where a key begins chooses its slot. */
const SLOTS = 128;
const SLOT_MASK = SLOTS - 1;

/** Records of a chain that a prefetch follows; at a load of 1, nine look-ups of ten end there. */
const CHAIN_RECORDS = 2;

/** Words of a slot. */
export enum Slot {
  start = 0,
  end = 1,
  hash = 2,
  /** The batch that wrote the slot; in any other batch the slot counts as empty. */
  batch = 3,
  /** Address of the record that the key led to, as far as its chain was followed. */
  record = 4,
  words = 8,
}

/** The keys of a table's coming look-ups: their positions, their hashes, and the records that they lead to. */
export class Prefetch {
  /** The bytes that contain the keys, or null while nothing is prefetched. */
  bytes: Uint8Array | null = null;
  /** The table that the keys are for. */
  root: Address = 0;
  /** The table's version at the time: once it has changed, the records in the slots are void. */
  version = 0;
  readonly slots = new Int32Array(SLOTS * Slot.words);
  readonly #words: Uint32Array[];
  readonly #directory: BucketDirectory;
  readonly #keys: KeyView;
  readonly #chainWord: number;
  readonly #hashWord: number;
  /** Slots of the current batch, in the order of the keys. */
  readonly #order = new Int32Array(MAX_PREFETCHED_KEYS);
  #batch = 0;

  constructor(arena: Arena, directory: BucketDirectory, keys: KeyView, layout: HashTableLayout) {
    this.#words = arena.words;
    this.#directory = directory;
    this.#keys = keys;
    this.#chainWord = layout.chain >>> 2;
    this.#hashWord = layout.hash >>> 2;
  }

  /** Loads the records of `count` keys into the cache of the processor and notes where they are; ends an earlier batch. O(count). */
  load(root: Address, version: number, bytes: Uint8Array, spans: Int32Array, count: number): void {
    this.bytes = bytes;
    this.root = root;
    this.version = version;
    this.#batch = (this.#batch + 1) | 0;
    this.#keys.lookAt(bytes);
    for (let i = 0; i < count; i++) this.#add(i, spans[2 * i]!, spans[2 * i + 1]!);
    this.#loadHeads(root, count);
    for (let chained = 0; chained < CHAIN_RECORDS; chained++) this.#followChains(count);
  }

  /** Ends the batch. O(1). */
  end(): void {
    this.bytes = null;
  }

  /** The slot of the key from `start` to `end`; -1 if it was not prefetched, or another key has overwritten its slot. O(1). */
  find(start: number, end: number): number {
    const { slots } = this;
    const slot = slotOf(start);
    return slots[slot + Slot.start] === start &&
      slots[slot + Slot.end] === end &&
      slots[slot + Slot.batch] === this.#batch
      ? slot
      : -1;
  }

  #add(index: number, start: number, end: number): void {
    const { slots } = this;
    const slot = slotOf(start);
    slots[slot + Slot.start] = start;
    slots[slot + Slot.end] = end;
    slots[slot + Slot.hash] = this.#keys.hash(start, end);
    slots[slot + Slot.batch] = this.#batch;
    this.#order[index] = slot;
  }

  // Each of the next two loops only loads what the one before has found, so its loads do not wait for each other. They do not branch
  // on what they load either: a wrong branch prediction would wait for it.

  #loadHeads(root: Address, count: number): void {
    const { slots } = this;
    const order = this.#order;
    const rootWords = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = rootWords[at + Root.buckets]!;
    const directory = rootWords[at + Root.directory]!;
    for (let i = 0; i < count; i++) {
      const slot = order[i]!;
      const bucket = bucketOf(slots[slot + Slot.hash]!, buckets);
      slots[slot + Slot.record] = buckets === 0 ? 0 : this.#directory.head(directory, buckets, bucket);
    }
  }

  /** Moves each key on to the next record of its chain where the hash differs. Null may be read as a record: it is all zeros. */
  #followChains(count: number): void {
    const { slots } = this;
    const order = this.#order;
    const arenaWords = this.#words;
    for (let i = 0; i < count; i++) {
      const slot = order[i]!;
      const record = slots[slot + Slot.record]!;
      const words = arenaWords[record >>> SEGMENT_SHIFT]!;
      const word = (record & SEGMENT_MASK) << 1;
      const difference = words[word + this.#hashWord]! ^ slots[slot + Slot.hash]!;
      const isOther = (difference | -difference) >> 31;
      slots[slot + Slot.record] = (record & ~isOther) | (words[word + this.#chainWord]! & isOther);
    }
  }
}

/** Requests of a pipeline begin at least 16 bytes apart. */
function slotOf(start: number): number {
  return ((start >>> 4) & SLOT_MASK) * Slot.words;
}
