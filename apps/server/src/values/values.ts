import type { Arena, HashSeed } from '@nanoredis/intrusive-ds';
import { ValueType } from './entry';
import { EntryRecords } from './entry-records';
import { Hashes } from './hash/hashes';
import { Lists } from './list/lists';
import { LongStrings } from './long-strings';
import { PackingLimits } from './packing-limits';
import { Sets } from './set/sets';
import { SortedSets } from './sorted-set/sorted-sets';
import type { ValueStore } from './value-store';

/** The value stores of all types over one arena, and the state that they share. */
export class Values {
  readonly limits = new PackingLimits();
  readonly entries: EntryRecords;
  readonly strings: LongStrings;
  readonly hashes: Hashes;
  readonly lists: Lists;
  readonly sets: Sets;
  readonly sortedSets: SortedSets;
  readonly #stores: readonly (ValueStore | undefined)[];

  /**
   * @param arena in which the values are stored.
   * @param seed of the keyed hash of every table in them.
   * @param randomUint32 returns uniform unsigned 32-bit numbers.
   */
  constructor(
    arena: Arena,
    readonly seed: HashSeed,
    readonly randomUint32: () => number,
  ) {
    this.entries = new EntryRecords(arena);
    this.strings = new LongStrings(arena);
    this.hashes = new Hashes(this.entries, this.limits, seed, randomUint32);
    this.lists = new Lists(arena, this.limits);
    this.sets = new Sets(arena, this.entries, this.limits, seed, randomUint32);
    this.sortedSets = new SortedSets(this.entries, this.limits, seed, randomUint32);
    const stores: (ValueStore | undefined)[] = [];
    stores[ValueType.string] = this.strings;
    stores[ValueType.list] = this.lists;
    stores[ValueType.hash] = this.hashes;
    stores[ValueType.set] = this.sets;
    stores[ValueType.sortedSet] = this.sortedSets;
    this.#stores = stores;
  }

  /** The store of a type. O(1). */
  of(type: ValueType): ValueStore {
    return this.#stores[type]!;
  }
}
