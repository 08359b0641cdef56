import type { Address, Arena, HashSeed } from '@nanoredis/intrusive-ds';
import { ValueType } from './entry';
import { EntryRecords } from './entry-records';
import { Hashes } from './hash/hashes';
import { Lists } from './list/lists';
import { LongStrings } from './long-strings';
import { PackingLimits } from './packing-limits';
import { Sets } from './set/sets';
import { SortedSets } from './sorted-set/sorted-sets';
import { StringView } from './string-view';
import type { ValueStore } from './value-store';
import type { ValueVisitor } from './value-visitor';

/** The value stores of all types over one arena, and the state that they share. */
export class Values {
  readonly limits = new PackingLimits();
  /** Maximum length of a string, in bytes: proto-max-bulk-len. */
  maxStringBytes = 512 * 1024 * 1024;
  readonly entries: EntryRecords;
  readonly strings: LongStrings;
  readonly hashes: Hashes;
  readonly lists: Lists;
  readonly sets: Sets;
  readonly sortedSets: SortedSets;
  readonly #stores: readonly (ValueStore | undefined)[];
  /** Of `walk`, which may be called while other views are in use. */
  readonly #walkedString: StringView;

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
    this.#walkedString = new StringView(arena);
  }

  /** The store of a type. O(1). */
  of(type: ValueType): ValueStore {
    return this.#stores[type]!;
  }

  /** How many parts a walk of an entry's value visits. O(1). */
  count(entry: Address): number {
    const { entries } = this;
    const type = entries.typeOf(entry);
    return type === ValueType.string ? 1 : this.of(type).count(entries.valueOf(entry), entries.encodingOf(entry));
  }

  /** `ValueStore.walk` of an entry's value, which may also be a string inside the entry. O(budget). */
  walk(entry: Address, cursor: number, budget: number, visitor: ValueVisitor): number {
    const { entries } = this;
    const type = entries.typeOf(entry);
    if (type === ValueType.string) {
      const { bytes, start, end } = this.#walkedString.locate(entry);
      visitor.element(bytes, start, end);
      return 0;
    }
    return this.of(type).walk(entries.valueOf(entry), entries.encodingOf(entry), cursor, budget, visitor);
  }
}
