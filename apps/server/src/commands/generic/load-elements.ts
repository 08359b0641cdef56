import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { ValueType } from '../../values/entry';
import type { SortVector } from '../../values/sort-vector';
import type { SortOptions } from './sort-options';

/** Positions of a vector, both included; `last` is less than `first` if there are none. */
export interface PlaceRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Copies the elements of the list, set or sorted set at `entry` (0 for none) into `vector`. Copies only the requested ones if
 * a list or sorted set is not sorted. Returns the requested positions of the vector. O(elements).
 */
export function loadElements(vector: SortVector, call: Invocation, entry: Address, options: SortOptions): PlaceRange {
  if (entry === 0) return { first: 0, last: -1 };
  const { database } = call;
  const { lists, sets, sortedSets } = call.keyspace.values;
  const type = database.typeOf(entry);
  if (type === ValueType.set) {
    const { cursor } = sets;
    for (cursor.begin(entry); cursor.next(); ) vector.add(cursor.bytes, cursor.start, cursor.end);
    return wantedPlaces(vector.count, options);
  }
  const isList = type === ValueType.list;
  // As in Redis, sorting converts a packed sorted set to a skip list.
  if (!isList) sortedSets.unpack(entry);
  const size = isList ? lists.length(database.valueOf(entry)) : sortedSets.size(entry);
  const wanted = wantedPlaces(size, options);
  const count = options.keepsOrder ? wanted.last - wanted.first + 1 : size;
  const skipped = options.keepsOrder ? wanted.first : 0;
  const isBackward = options.keepsOrder && options.isDescending;
  const first = isBackward ? size - 1 - skipped : skipped;
  if (count > 0 && isList) loadFromList(vector, call, entry, first, count, isBackward);
  else if (count > 0) loadFromSortedSet(vector, call, entry, first, count, isBackward);
  return options.keepsOrder ? { first: 0, last: count - 1 } : wanted;
}

/** The positions that LIMIT selects among `size`. */
function wantedPlaces(size: number, { offset, limit }: SortOptions): PlaceRange {
  const first = Math.min(Math.max(offset, 0), size);
  const last = limit < 0 ? size - 1 : Math.min(first + limit, size) - 1;
  return { first, last };
}

function loadFromList(
  vector: SortVector,
  call: Invocation,
  entry: Address,
  first: number,
  count: number,
  isBackward: boolean,
): void {
  const { lists } = call.keyspace.values;
  const { element } = lists;
  lists.seek(call.database.valueOf(entry), first);
  for (let i = 0; i < count; i++) {
    if (isBackward) lists.readBackward();
    else lists.readForward();
    vector.add(element.bytes, element.start, element.end);
  }
}

function loadFromSortedSet(
  vector: SortVector,
  call: Invocation,
  entry: Address,
  first: number,
  count: number,
  isBackward: boolean,
): void {
  const { sortedSets } = call.keyspace.values;
  const { cursor } = sortedSets;
  const { member } = cursor;
  cursor.toRank(entry, first);
  for (let i = 0; i < count; i++) {
    vector.add(member.bytes, member.start, member.end);
    if (isBackward) cursor.previous();
    else cursor.next();
  }
}
