import type { Invocation } from '../../command/invocation';
import { findValue } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import { type RangeDirection, type RangeKind, rangeRequest } from './range-request';
import { writeMembers } from './write-members';

/**
 * Executes ZRANGE and its older variants: replies with a range of the sorted set at the key in argument 1. O(log n + members).
 */
export function replyWithRange(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  kind: RangeKind,
  direction: RangeDirection,
): void {
  const { sortedSets } = call.keyspace.values;
  const range = rangeRequest.read(args, 1, kind, direction, false);
  const entry = findValue(call, args, 1, ValueType.sortedSet);
  const count = entry === 0 ? 0 : range.select(sortedSets, entry);
  if (count === 0) reply.emptyArray();
  else writeMembers(reply, sortedSets, entry, count, range.isReverse, range.withScores);
}
