import {
  type Address,
  type Arena,
  copyBytes,
  type HashSeed,
  HashTable,
  SEGMENT_MASK,
  SEGMENT_SHIFT,
} from '@nanoredis/intrusive-ds';

/**
 * The record of one member of a set in the encoding `hashtable`:
 *
 * ```
 *   0 chain    next member of the bucket
 *   4 hash
 *   8 length   of the member in bytes
 *  12 bytes
 * ```
 */
export enum Member {
  chain = 0,
  hash = 4,
  keyLength = 8,
  key = 12,
}

/** The same offsets as indexes of u32 words. */
export enum MemberWord {
  chain = 0,
  hash = 1,
  length = 2,
}

/**
 * The encoding of sets that are not intsets: a hash table with one record per member. One object serves all of them; each is
 * identified by the root of its table, whose address does not change while the set exists. Equal members of any two sets have
 * equal hashes.
 */
export class MemberTable extends HashTable {
  readonly #arena: Arena;

  constructor(arena: Arena, seed: HashSeed) {
    super(arena, Member, seed);
    this.#arena = arena;
  }

  /**
   * Adds `bytes[start, end)`, which is not a member yet and has the hash `hash`. O(length).
   * @throws ArenaFullError when the arena is full; nothing has changed then.
   */
  add(root: Address, bytes: Uint8Array, start: number, end: number, hash: number): void {
    const arena = this.#arena;
    const record = arena.allocate(Member.key + end - start);
    const segment = record >>> SEGMENT_SHIFT;
    arena.words[segment]![((record & SEGMENT_MASK) << 1) + MemberWord.length] = end - start;
    copyBytes(bytes, start, end, arena.bytes[segment]!, ((record & SEGMENT_MASK) << 3) + Member.key);
    try {
      this.insert(root, record, hash);
    } catch (error) {
      arena.free(record);
      throw error;
    }
  }

  /** Removes a member by its record and frees the record. O(1) expected. */
  delete(root: Address, record: Address): void {
    this.remove(root, record);
    this.#arena.free(record);
  }

  /** Frees a table with all its members. O(size). */
  free(root: Address): void {
    this.forEach(root, this.#freeRecord);
    this.destroy(root);
  }

  /** Frees about `budget` members of an unreachable table. Returns whether the whole table is freed. O(budget). */
  freeSome(root: Address, budget: number): boolean {
    if (!this.drain(root, budget, this.#freeRecord)) return false;
    this.destroy(root);
    return true;
  }

  /**
   * A copy; the caller owns it. O(size).
   * @throws ArenaFullError when the arena is full; nothing is left allocated then.
   */
  copy(root: Address): Address {
    const arena = this.#arena;
    const copy = this.create();
    try {
      this.forEach(root, (record) => {
        const segment = record >>> SEGMENT_SHIFT;
        const word = (record & SEGMENT_MASK) << 1;
        const start = ((record & SEGMENT_MASK) << 3) + Member.key;
        const end = start + arena.words[segment]![word + MemberWord.length]!;
        this.add(copy, arena.bytes[segment]!, start, end, arena.words[segment]![word + MemberWord.hash]!);
      });
    } catch (error) {
      this.free(copy);
      throw error;
    }
    return copy;
  }

  /** Bytes of a table with its members, estimated from `samples` of them; 0 samples all and is exact. O(samples). */
  memoryOf(root: Address, samples: number): number {
    const size = this.size(root);
    const wanted = samples === 0 ? size : Math.min(samples, size);
    let sampled = 0;
    let sampledBytes = 0;
    let bucket = 0;
    const visit = (record: Address): void => {
      sampled++;
      sampledBytes += this.#arena.usableBytes(record);
    };
    do bucket = this.scan(root, bucket, visit);
    while (bucket !== 0 && sampled < wanted);
    return this.bytes(root) + (sampled === 0 ? 0 : Math.round((sampledBytes / sampled) * size));
  }

  readonly #freeRecord = (record: Address): void => {
    this.#arena.free(record);
  };
}
