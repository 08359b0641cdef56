import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { Encoding, ValueType } from '../../values/entry';

/**
 * An entry with an empty sorted set for the key `bytes[start, end)`, which nobody finds yet: to be filled, then given to
 * `database.attach` or `database.discard`. There is room for a first member of `memberBytes` bytes. O(key length).
 * @throws ArenaFullError
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
