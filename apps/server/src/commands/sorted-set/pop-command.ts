import type { Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import { MUST_BE_POSITIVE, SYNTAX_ERROR } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import { popMembers } from './pop-members';

/** Executes ZPOPMIN or ZPOPMAX. O(log n + members). */
export function popCommand(args: Arguments, reply: Reply, call: Invocation, fromMax: boolean): void {
  if (args.count > 3) throw SYNTAX_ERROR;
  const isCounted = args.count === 3;
  const wanted = isCounted ? args.requireIntegerBetween(2, 0, Number.POSITIVE_INFINITY, MUST_BE_POSITIVE) : 1;
  const entry = findValueForWrite(call, args, 1, ValueType.sortedSet);
  if (entry === 0 || wanted === 0) {
    reply.emptyArray();
    return;
  }
  const count = Math.min(wanted, call.keyspace.values.sortedSets.size(entry));
  const isNested = isCounted && reply.protocol === 3;
  reply.array(isNested ? count : 2 * count);
  popMembers(call, entry, args.bytes, args.start(1), args.end(1), reply, fromMax, count, isNested);
}
