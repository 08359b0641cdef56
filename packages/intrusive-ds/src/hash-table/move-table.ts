import { type Address, SEGMENT_MASK, SEGMENT_SHIFT } from '../arena/address';
import type { Arena } from '../arena/arena';
import type { RecordMover } from '../arena/record-mover';
import type { HashTable } from './hash-table';
import { Root } from './root-record';

/**
 * Moves the root and the directory of a hash table out of sparse memory. Returns the address of the root, which may be new. The records
 * in the table are moved by `HashTable.replace`. O(1), at worst a copy of 32 KiB.
 */
export function moveTable(arena: Arena, root: Address, mover: RecordMover): Address {
  const words = arena.words[root >>> SEGMENT_SHIFT]!;
  const at = (root & SEGMENT_MASK) << 1;
  // The chunks of a table with several chunks are runs of pages, which are never sparse.
  const directory = words[at + Root.directory]!;
  if (words[at + Root.buckets] !== 0) words[at + Root.directory] = mover.move(directory);
  return mover.move(root);
}

/**
 * Moves records of a table out of sparse memory, if nothing but the table points to them: visits about `budget` records from a cursor of
 * `HashTable.scan` on. Returns the next cursor, or 0 at the end. O(budget).
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
