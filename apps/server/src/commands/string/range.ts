import type { Invocation } from '../../command/invocation';
import { findString } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';

/**
 * Replies with the bytes from the offset in argument 2 to that in argument 3, both included. Negative offsets count from the
 * end. O(length of the range).
 */
export function replyWithRange(args: Arguments, reply: Reply, call: Invocation): void {
  const { view } = call.keyspace;
  let first = args.requireInteger(2);
  let last = args.requireInteger(3);
  const entry = findString(call, args, 1);
  const length = entry === 0 ? 0 : view.locate(entry).length;
  const isReversed = first < 0 && last < 0 && first > last;
  if (first < 0) first = Math.max(0, length + first);
  if (last < 0) last = Math.max(0, length + last);
  last = Math.min(last, length - 1);
  if (isReversed || first > last) reply.emptyBulk();
  else reply.bulk(view.bytes, view.start + first, view.start + last + 1);
}
