import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../../command/invocation';
import type { Arguments } from '../../../request/arguments';

/**
 * The entry of the key in argument 2, or 0, for commands that inspect a key. Counts a hit or a miss, but does not update the
 * recency of the key or publish a keymiss event. O(1).
 */
export function findObject(args: Arguments, call: Invocation): Address {
  const { keyspace } = call;
  const entry = call.database.find(args.bytes, args.start(2), args.end(2));
  if (entry === 0) keyspace.misses++;
  else keyspace.hits++;
  return entry;
}
