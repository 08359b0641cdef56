import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../../command/invocation';
import type { Arguments } from '../../../request/arguments';

/**
 * The entry of the key at argument 2, or 0, for a command that looks at how a key is kept: it counts as a hit or a miss,
 * but neither as a use of the key nor as a missed key that anyone is notified of. O(1).
 */
export function findObject(args: Arguments, call: Invocation): Address {
  const { keyspace } = call;
  const entry = call.database.find(args.bytes, args.start(2), args.end(2));
  if (entry === 0) keyspace.misses++;
  else keyspace.hits++;
  return entry;
}
