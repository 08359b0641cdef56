import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import { ArenaFullError } from '../arena/arena-errors';
import { copyBytes } from '../bytes/copy-bytes';
import {
  CHUNK_BUCKETS,
  CHUNK_MASK,
  CHUNK_SHIFT,
  MIN_CHUNK_BUCKETS,
  MIN_LIST_CHUNKS,
  ROOT_BYTES,
  Root,
} from './root-record';

/** Capacity of the only chunk, or of the list, of `count` entries: a function of the count, so that it need not be stored. */
function capacityFor(count: number, smallest: number): number {
  return count <= smallest ? smallest : 1 << (32 - Math.clz32(count - 1));
}

/** The bucket heads of tables, which grow and shrink by one at the end. The caller writes the head of a new bucket. */
export class BucketDirectory {
  readonly #arena: Arena;
  readonly #words: Uint32Array[];

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#words = arena.words;
  }

  /** The first record of a bucket. `directory` and `buckets` are those of the root. O(1). */
  head(directory: Address, buckets: number, bucket: number): Address {
    const chunk = buckets <= CHUNK_BUCKETS ? directory : this.#entry(directory, bucket >>> CHUNK_SHIFT);
    return this.#entry(chunk, bucket & CHUNK_MASK);
  }

  /** Writes the first record of a bucket. O(1). */
  setHead(directory: Address, buckets: number, bucket: number, record: Address): void {
    const chunk = buckets <= CHUNK_BUCKETS ? directory : this.#entry(directory, bucket >>> CHUNK_SHIFT);
    this.#setEntry(chunk, bucket & CHUNK_MASK, record);
  }

  /**
   * Adds a bucket at the end and counts it in the root. O(1), at worst a copy of 64 KiB.
   * @throws ArenaFullError when there is no memory; nothing has changed then
   */
  add(root: Address): void {
    const words = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = words[at + Root.buckets]!;
    const directory = words[at + Root.directory]!;
    if (buckets === 0) {
      words[at + Root.directory] = this.#arena.allocate(MIN_CHUNK_BUCKETS * 4);
    } else if (buckets < CHUNK_BUCKETS) {
      words[at + Root.directory] = this.#resized(directory, buckets, buckets + 1, MIN_CHUNK_BUCKETS);
    } else if (buckets === CHUNK_BUCKETS) {
      words[at + Root.directory] = this.#listOf(directory);
    } else if ((buckets & CHUNK_MASK) === 0) {
      const chunks = buckets >>> CHUNK_SHIFT;
      const list = this.#resized(directory, chunks, chunks + 1, MIN_LIST_CHUNKS);
      words[at + Root.directory] = list;
      this.#setEntry(list, chunks, this.#arena.allocate(CHUNK_BUCKETS * 4));
    }
    words[at + Root.buckets] = buckets + 1;
  }

  /**
   * Removes the last bucket (there are at least two) and frees its memory. Returns false, and has changed nothing, if the arena has no
   * memory for a smaller chunk: a removal must not fail. O(1), at worst a copy of 64 KiB.
   */
  removeLast(root: Address): boolean {
    const words = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = words[at + Root.buckets]! - 1;
    const directory = words[at + Root.directory]!;
    if (buckets === CHUNK_BUCKETS) {
      words[at + Root.directory] = this.#entry(directory, 0);
      this.#arena.free(this.#entry(directory, 1));
      this.#arena.free(directory);
    } else if (buckets < CHUNK_BUCKETS) {
      const chunk = this.#shrunk(directory, buckets + 1, buckets, MIN_CHUNK_BUCKETS);
      if (chunk === 0) return false;
      words[at + Root.directory] = chunk;
    } else if ((buckets & CHUNK_MASK) === 0) {
      const chunks = buckets >>> CHUNK_SHIFT;
      const surplus = this.#entry(directory, chunks);
      const list = this.#shrunk(directory, chunks + 1, chunks, MIN_LIST_CHUNKS);
      if (list === 0) return false;
      this.#arena.free(surplus);
      words[at + Root.directory] = list;
    }
    words[at + Root.buckets] = buckets;
    return true;
  }

  /**
   * Removes the last bucket without moving the others, so that only whole chunks are freed and nothing can fail. From then on the
   * directory may only be cut further or destroyed. O(1).
   */
  cutLast(root: Address): void {
    const words = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = words[at + Root.buckets]! - 1;
    const directory = words[at + Root.directory]!;
    if (buckets === 0) {
      this.#arena.free(directory);
      words[at + Root.directory] = 0;
    } else if (buckets === CHUNK_BUCKETS) {
      words[at + Root.directory] = this.#entry(directory, 0);
      this.#arena.free(this.#entry(directory, 1));
      this.#arena.free(directory);
    } else if (buckets > CHUNK_BUCKETS && (buckets & CHUNK_MASK) === 0) {
      this.#arena.free(this.#entry(directory, buckets >>> CHUNK_SHIFT));
    }
    words[at + Root.buckets] = buckets;
  }

  /** Frees all chunks and the list. O(chunks). */
  destroy(root: Address): void {
    const words = this.#words[root >>> SEGMENT_SHIFT]!;
    const at = (root & SEGMENT_MASK) << 1;
    const buckets = words[at + Root.buckets]!;
    const directory = words[at + Root.directory]!;
    if (buckets === 0) return;
    if (buckets > CHUNK_BUCKETS) {
      for (let chunk = 0; chunk <= (buckets - 1) >>> CHUNK_SHIFT; chunk++)
        this.#arena.free(this.#entry(directory, chunk));
    }
    this.#arena.free(directory);
    words[at + Root.buckets] = 0;
    words[at + Root.directory] = 0;
  }

  /** Bytes of arena memory behind a table, its root included. O(1). */
  bytes(buckets: number): number {
    const root = this.#arena.allocationBytes(ROOT_BYTES);
    if (buckets === 0) return root;
    if (buckets <= CHUNK_BUCKETS)
      return root + this.#arena.allocationBytes(capacityFor(buckets, MIN_CHUNK_BUCKETS) * 4);
    const chunks = ((buckets - 1) >>> CHUNK_SHIFT) + 1;
    const list = this.#arena.allocationBytes(capacityFor(chunks, MIN_LIST_CHUNKS) * 4);
    return root + list + chunks * this.#arena.allocationBytes(CHUNK_BUCKETS * 4);
  }

  #listOf(chunk: Address): Address {
    const second = this.#arena.allocate(CHUNK_BUCKETS * 4);
    let list: Address;
    try {
      list = this.#arena.allocate(MIN_LIST_CHUNKS * 4);
    } catch (error) {
      this.#arena.free(second);
      throw error;
    }
    this.#setEntry(list, 0, chunk);
    this.#setEntry(list, 1, second);
    return list;
  }

  /** Moves a chunk or list of `old` entries to a record for `fresh` entries, if that has another capacity. */
  #resized(from: Address, old: number, fresh: number, smallest: number): Address {
    const capacity = capacityFor(fresh, smallest);
    if (capacity === capacityFor(old, smallest)) return from;
    const to = this.#arena.allocate(capacity * 4);
    const { bytes } = this.#arena;
    const start = (from & SEGMENT_MASK) << 3;
    const end = start + Math.min(old, fresh) * 4;
    copyBytes(bytes[from >>> SEGMENT_SHIFT]!, start, end, bytes[to >>> SEGMENT_SHIFT]!, (to & SEGMENT_MASK) << 3);
    this.#arena.free(from);
    return to;
  }

  #shrunk(from: Address, old: number, fresh: number, smallest: number): Address {
    try {
      return this.#resized(from, old, fresh, smallest);
    } catch (error) {
      if (error instanceof ArenaFullError) return 0;
      throw error;
    }
  }

  #entry(table: Address, index: number): number {
    return this.#words[table >>> SEGMENT_SHIFT]![((table & SEGMENT_MASK) << 1) + index]!;
  }

  #setEntry(table: Address, index: number, value: number): void {
    this.#words[table >>> SEGMENT_SHIFT]![((table & SEGMENT_MASK) << 1) + index] = value;
  }
}
