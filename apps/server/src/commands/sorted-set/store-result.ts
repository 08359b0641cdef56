import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { type KeyEvent, KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import { prepareSortedSet } from './prepare-sorted-set';

/**
 * Stores a sorted set at the key in argument `index`, replacing a value of any type. `fill` adds its members by
 * `SortedSets.append`. An empty result deletes the key. Returns the size. Cost as that of `fill`.
 * @param countsMembers whether each member counts as a change, as Redis counts them for GEOSEARCHSTORE.
 * @throws ArenaFullError when the arena is full; nothing has changed then. Errors of `fill` are passed on likewise.
 */
export function storeResult(
  args: Arguments,
  call: Invocation,
  index: number,
  event: KeyEvent,
  fill: (entry: Address) => void,
  countsMembers = false,
): number {
  const { database } = call;
  const { sortedSets } = call.keyspace.values;
  const { bytes } = args;
  const start = args.start(index);
  const end = args.end(index);
  const entry = prepareSortedSet(call, bytes, start, end, 0);
  let size = 0;
  try {
    fill(entry);
    sortedSets.settle(entry);
    size = sortedSets.size(entry);
    if (size > 0) database.attach(entry);
  } catch (error) {
    database.discard(entry);
    throw error;
  }
  if (size > 0) {
    database.changed(event, bytes, start, end, countsMembers ? size : 1);
    return size;
  }
  database.discard(entry);
  const old = database.find(bytes, start, end);
  if (old !== 0) {
    database.remove(old);
    database.changed(KeyEvents.generic.del, bytes, start, end);
  }
  return 0;
}
