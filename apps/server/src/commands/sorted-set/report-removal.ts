import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { type KeyEvent, KeyEvents } from '../../keyspace/key-event';

/** Reports the removal of `removed` members, at least one, and deletes the key `bytes[start, end)` if its set is empty. O(1). */
export function reportRemoval(
  call: Invocation,
  entry: Address,
  bytes: Uint8Array,
  start: number,
  end: number,
  event: KeyEvent,
  removed: number,
): void {
  const { database } = call;
  const { keyspace } = call;
  const isEmpty = keyspace.values.sortedSets.size(entry) === 0;
  if (isEmpty) database.remove(entry);
  database.changed(event, bytes, start, end, removed);
  if (isEmpty) database.changed(KeyEvents.generic.del, bytes, start, end, 0);
}
