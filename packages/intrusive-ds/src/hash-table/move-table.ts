import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import type { RecordMover } from '../arena/record-mover';
import type { HashTable } from './hash-table';
import { Root } from './root-record';

/**
 * Moves the records of a hash table itself that are in sparse memory, which are its root and what that points to; returns the
 * root's address, which may be new. Records in the table are moved with `HashTable.replace`. O(1), at worst a copy of 32 KiB.
 */
export function moveTable(arena: Arena, root: Address, mover: RecordMover): Address {
  const words = arena.words[root >>> SEGMENT_SHIFT]!;
  const at = (root & SEGMENT_MASK) << 1;
  // A chunk of a table with many of them is a run of pages, which is never sparse.
  const directory = words[at + Root.directory]!;
  if (words[at + Root.buckets] !== 0) words[at + Root.directory] = mover.move(directory);
  return mover.move(root);
}

/**
 * Moves records of a table that are in sparse memory, for tables whose records nothing else points to: some `budget` of them, from a
 * cursor of `HashTable.scan` on. Returns the next cursor, 0 at the end. O(budget).
 */
export function moveRecords(
  table: HashTable,
  root: Address,
  cursor: number,
  budget: number,
  mover: RecordMover,
): number {
  let left = budget;
  const visit = (record: Address): void => {
    left--;
    const fresh = mover.copyOf(record);
    if (fresh === 0) return;
    table.replace(root, record, fresh);
    mover.free(record);
  };
  let next = cursor;
  do {
    left--;
    next = table.scan(root, next, visit);
  } while (next !== 0 && left > 0);
  return next;
}
