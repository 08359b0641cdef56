import type { Invocation } from '../../command/invocation';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';

/** Stores the pairs of key and value from argument 1 on, in order. O(pairs + bytes). */
export function setPairs(args: Arguments, call: Invocation): void {
  const { database } = call;
  for (let i = 1; i < args.count; i += 2) {
    const start = args.start(i);
    const end = args.end(i);
    database.strings.set(args.bytes, start, end, args.bytes, args.start(i + 1), args.end(i + 1));
    database.changed(KeyEvents.string.set, args.bytes, start, end);
  }
}
