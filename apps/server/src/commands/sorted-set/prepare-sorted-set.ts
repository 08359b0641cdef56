import type { Address } from '@nanoredis/intrusive-ds';
import type { Session } from '../../session/session';
import { Encoding, ValueType } from '../../values/entry';

/**
 * An entry with an empty sorted set for the key `bytes[start, end)`, which nobody finds yet: to be filled, then given to
 * `database.attach` or `database.discard`. There is room for a first member of `memberBytes` bytes. O(key length).
 * @throws ArenaFullError
 */
export function prepareSortedSet(
  session: Session,
  bytes: Uint8Array,
  start: number,
  end: number,
  memberBytes: number,
): Address {
  const { database } = session;
  const { entries, sortedSets } = session.instance.keyspace.values;
  const entry = database.prepare(bytes, start, end, ValueType.sortedSet, Encoding.listpack, 0);
  try {
    entries.setValue(entry, sortedSets.create(memberBytes), Encoding.listpack);
    return entry;
  } catch (error) {
    database.discard(entry);
    throw error;
  }
}
