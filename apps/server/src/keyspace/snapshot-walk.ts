import type { Address } from '@nanoredis/intrusive-ds';
import { SNAPSHOT_PARITY } from '../values/entry';
import type { KeyspaceContext, SnapshotHook } from './keyspace-context';

/** Receives the entries of a snapshot. */
export interface SnapshotVisitor {
  /**
   * Takes an entry as it was when the snapshot began. Must not change the keyspace.
   * @param databaseIndex the database that it was in then.
   * @param entry its address, which is valid until this returns true.
   * @param isLast false: it may leave a big value for later and return false; then it gets the entry again. True: the
   * entry is about to change, so this is the last call for it. A visitor that has left another entry unfinished is
   * called with `isLast` for this one in between.
   * @returns whether it has taken all of the entry.
   */
  visit(databaseIndex: number, entry: Address, isLast: boolean): boolean;
}

/** A table that belongs to the snapshot. */
interface WalkedTable {
  readonly root: Address;
  readonly databaseIndex: number;
  cursor: number;
  /** It was flushed: nothing else knows it any more. */
  isCutOff: boolean;
  isDone: boolean;
}

/** Ignores the entries: the visitor of a walk that was abandoned. */
const NO_VISITOR: SnapshotVisitor = { visit: () => true };

/**
 * A snapshot of all databases without a copy of memory: hands every entry to a visitor once, as it was when the walk
 * began, while commands go on.
 *
 * ```
 * step() ────────── the buckets of all tables, one after the other ──┐
 *                                                                    ├──► visitor, once for each entry
 * beforeChange() ── an entry that a command is about to change ──────┘
 * ```
 *
 * Whether an entry was visited is one bit in its record, SNAPSHOT_PARITY. Before the walk, all entries have the bit of
 * `context.snapshotParity`; the walk begins by flipping that, so that none has it, in O(1). A visited entry gets the new
 * bit, and so does an entry that is created, which is how the walk passes by what is newer than itself. At the end all
 * entries have it again, and the next walk can begin.
 *
 * SWAPDB moves tables between databases; the walk knows them by their roots. A flushed table stays until the walk is
 * through with it.
 */
export class SnapshotWalk implements SnapshotHook {
  readonly #context: KeyspaceContext;
  readonly #tables: readonly WalkedTable[];
  #visitor: SnapshotVisitor;
  /** Index in `#tables` of the one that is walked. */
  #at = 0;
  /** The entry that the visitor has left unfinished, and its database; 0 for none. */
  #unfinished: Address = 0;
  #unfinishedIndex = 0;

  /**
   * Begins a walk; from now on `context.snapshot` is this. O(databases).
   * @param databases all databases of the keyspace.
   * @throws Error while another snapshot is in progress.
   */
  constructor(
    context: KeyspaceContext,
    databases: readonly { readonly index: number; readonly root: Address }[],
    visitor: SnapshotVisitor,
  ) {
    if (context.snapshot !== null) throw new Error('a snapshot is in progress');
    this.#context = context;
    this.#visitor = visitor;
    this.#tables = databases.map(({ root, index }) => ({
      root,
      databaseIndex: index,
      cursor: 0,
      isCutOff: false,
      isDone: false,
    }));
    context.snapshotParity ^= SNAPSHOT_PARITY;
    context.snapshot = this;
  }

  /** Whether every entry was visited, and the snapshot has ended. */
  get isDone(): boolean {
    return this.#at === this.#tables.length;
  }

  /**
   * Goes on with the walk: visits the entries of one bucket, or gives the visitor an unfinished entry again. Returns
   * whether the walk has ended. O(1) expected, besides what the visitor costs.
   */
  step(): boolean {
    const table = this.#tables[this.#at];
    if (table === undefined) return true;
    if (this.#unfinished !== 0) {
      this.#visit(this.#unfinishedIndex, this.#unfinished, false);
      return false;
    }
    const next = this.#context.table.scan(table.root, table.cursor, this.#visitIfNeeded);
    // An interrupted bucket is scanned again: its entries that were visited have the bit.
    if (this.#unfinished !== 0) return false;
    table.cursor = next;
    if (next === 0) this.#endTable(table);
    return this.isDone;
  }

  /**
   * The snapshot is not needed any more: nothing is visited from now on. `step` has to be called on to the end, which only
   * sets bits.
   */
  abandon(): void {
    this.#visitor = NO_VISITOR;
    if (this.#unfinished !== 0) this.#visit(this.#unfinishedIndex, this.#unfinished, true);
  }

  beforeChange(root: Address, entry: Address): void {
    if (this.#isVisited(entry)) return;
    const table = this.#tables.find((candidate) => candidate.root === root)!;
    this.#visit(table.databaseIndex, entry, true);
  }

  keeps(root: Address): boolean {
    const table = this.#tables.find((candidate) => candidate.root === root && !candidate.isDone);
    if (table === undefined) return false;
    table.isCutOff = true;
    return true;
  }

  readonly #visitIfNeeded = (entry: Address): void => {
    if (this.#unfinished === 0 && !this.#isVisited(entry)) {
      this.#visit(this.#tables[this.#at]!.databaseIndex, entry, false);
    }
  };

  #visit(databaseIndex: number, entry: Address, isLast: boolean): void {
    const { snapshotParity, values } = this.#context;
    if (!this.#visitor.visit(databaseIndex, entry, isLast)) {
      this.#unfinished = entry;
      this.#unfinishedIndex = databaseIndex;
      return;
    }
    values.entries.setSnapshotParity(entry, snapshotParity);
    if (entry === this.#unfinished) this.#unfinished = 0;
  }

  #isVisited(entry: Address): boolean {
    return this.#context.values.entries.snapshotParityOf(entry) === this.#context.snapshotParity;
  }

  #endTable(table: WalkedTable): void {
    table.isDone = true;
    if (table.isCutOff) this.#context.reclaimer.takeTable(table.root);
    this.#at++;
    if (this.isDone) this.#context.snapshot = null;
  }
}
