import type { Invocation } from '../../command/invocation';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';

/**
 * Deletes the keys from argument 1 on (DEL, UNLINK), whose big values are freed now or `lazily`. Returns how many there were.
 * O(keys), and O(records of their values) unless lazily.
 */
export function deleteKeys(args: Arguments, call: Invocation, lazily: boolean): number {
  const { database } = call;
  let deleted = 0;
  for (let i = 1; i < args.count; i++) {
    const start = args.start(i);
    const end = args.end(i);
    const entry = database.find(args.bytes, start, end);
    if (entry === 0) continue;
    database.remove(entry, lazily);
    database.changed(KeyEvents.generic.del, args.bytes, start, end);
    deleted++;
  }
  return deleted;
}
