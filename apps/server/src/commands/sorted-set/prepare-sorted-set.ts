import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { Encoding, ValueType } from '../../values/entry';

/**
 * An entry with an empty sorted set for the key `bytes[start, end)`, which is not in the database yet. The caller fills it and
 * passes it to `database.attach` or `database.discard`. It has capacity for a member of `memberBytes` bytes. O(key length).
 * @throws ArenaFullError when the arena is full.
 */
export function prepareSortedSet(
  call: Invocation,
  bytes: Uint8Array,
  start: number,
  end: number,
  memberBytes: number,
): Address {
  const { database } = call;
  const { entries, sortedSets } = call.keyspace.values;
  const entry = database.prepare(bytes, start, end, ValueType.sortedSet, Encoding.listpack, 0);
  try {
    entries.setValue(entry, sortedSets.create(memberBytes), Encoding.listpack);
    return entry;
  } catch (error) {
    database.discard(entry);
    throw error;
  }
}
