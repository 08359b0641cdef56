import { type Address, SEGMENT_MASK, SEGMENT_SHIFT, TimingWheel } from '@nanoredis/intrusive-ds';
import { EntryWord, EXPIRY_UNITS, Expiry, HAS_EXPIRY, VALUE_OUTSIDE } from '../values/entry';
import type { Database } from './database';
import type { Keyspace } from './keyspace';

interface Discarded {
  readonly root: Address;
  cursor: number;
}

/** Frees what was cut off from the keyspace, in slices, so that a FLUSHALL of millions of keys stalls nobody. */
export class Reclaimer {
  readonly #keyspace: Keyspace;
  readonly #queue: Discarded[] = [];
  /** Keys that were freed lazily since the start. */
  freed = 0;

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace;
  }

  /** Keys that still wait to be freed. O(queue length). */
  get pending(): number {
    const table = this.#keyspace.table;
    return this.#queue.reduce((sum, { root }) => sum + table.size(root), 0);
  }

  /** Takes a database's contents over and leaves it empty. O(1). */
  takeContents(database: Database): void {
    const { table, arena, nowMs } = this.#keyspace;
    this.#queue.push({ root: database.root, cursor: 0 });
    database.root = table.create();
    database.wheel = new TimingWheel(arena, Expiry, nowMs);
  }

  /** Frees until the queue is empty or `isOver` says that the slice is used up. Returns whether nothing is left. */
  run(isOver: () => boolean): boolean {
    const { table } = this.#keyspace;
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      do {
        head.cursor = table.scan(head.root, head.cursor, this.#free);
        if (head.cursor !== 0 && isOver()) return false;
      } while (head.cursor !== 0);
      table.destroy(head.root);
      this.#queue.shift();
    }
    return true;
  }

  /** Frees everything now. O(n). */
  finish(): void {
    this.run(() => false);
  }

  /** The wheel that knew the entry is gone as a whole, so only its memory has to go. */
  readonly #free = (entry: Address): void => {
    const { arena, table } = this.#keyspace;
    table.remove(this.#queue[0]!.root, entry);
    const words = arena.words[entry >>> SEGMENT_SHIFT]!;
    const word = (entry & SEGMENT_MASK) << 1;
    const flags = words[word + EntryWord.keyLength]!;
    if ((flags & VALUE_OUTSIDE) !== 0) arena.free(words[word + EntryWord.value]!);
    arena.free((flags & HAS_EXPIRY) !== 0 ? entry - EXPIRY_UNITS : entry);
    this.freed++;
  };
}
