import type { Invocation } from '../../command/invocation';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';

/**
 * Deletes the keys from argument 1 on (DEL, UNLINK). Their values are freed at once, or large ones in the background if `lazily`.
 * Returns how many keys existed. O(keys); O(records of their values) unless `lazily`.
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
