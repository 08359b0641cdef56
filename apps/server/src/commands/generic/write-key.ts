import type { Address } from '@nanoredis/intrusive-ds';
import type { Database } from '../../keyspace/database';
import type { Reply } from '../../request/reply';

/** Writes the key of an entry as a bulk string, directly from the arena. O(length). */
export function writeKey(reply: Reply, database: Database, entry: Address): void {
  const start = database.keyStartOf(entry);
  reply.bulk(database.keyBytesOf(entry), start, start + database.keyLengthOf(entry));
}
