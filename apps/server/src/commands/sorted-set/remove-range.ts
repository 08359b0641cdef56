import type { Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import type { KeyEvent } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import { type RangeKind, rangeRequest } from './range-request';
import { reportRemoval } from './report-removal';

/**
 * Executes the ZREMRANGEBY commands: removes a range of the sorted set at the key in argument 1, and replies with the number of
 * members. O(log n + members).
 */
export function removeRange(args: Arguments, reply: Reply, call: Invocation, kind: RangeKind, event: KeyEvent): void {
  const { sortedSets } = call.keyspace.values;
  const range = rangeRequest.readBounds(args, 1, kind);
  const entry = findValueForWrite(call, args, 1, ValueType.sortedSet);
  const count = entry === 0 ? 0 : range.select(sortedSets, entry);
  if (count > 0) {
    sortedSets.removeAt(entry, sortedSets.cursor, count);
    reportRemoval(call, entry, args.bytes, args.start(1), args.end(1), event, count);
  }
  reply.integer(count);
}
