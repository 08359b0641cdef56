import type { Arena, HashSeed } from '@nanoredis/intrusive-ds';
import { ValueType } from './entry';
import { EntryRecords } from './entry-records';
import { LongStrings } from './long-strings';
import { PackingLimits } from './packing-limits';
import type { ValueStore } from './value-store';

/** The stores of all types of values over one arena, with what they share. */
export class Values {
  readonly limits = new PackingLimits();
  readonly entries: EntryRecords;
  readonly strings: LongStrings;
  readonly #stores: readonly (ValueStore | undefined)[];

  /**
   * @param arena where the values lie.
   * @param seed of the keyed hash of every table in them.
   * @param randomUint32 gives uniform unsigned 32-bit numbers.
   */
  constructor(
    arena: Arena,
    readonly seed: HashSeed,
    readonly randomUint32: () => number,
  ) {
    this.entries = new EntryRecords(arena);
    this.strings = new LongStrings(arena);
    const stores: (ValueStore | undefined)[] = [];
    stores[ValueType.string] = this.strings;
    this.#stores = stores;
  }

  /** The store of a type. O(1). */
  of(type: ValueType): ValueStore {
    return this.#stores[type]!;
  }
}
