import type { Invocation } from '../../command/invocation';
import type { Arguments } from '../../request/arguments';
import type { TimeForm } from '../../request/expiration';

/**
 * The reply of TTL and its family for the key in argument 1: the remaining time or the deadline, in the unit of `form`, seconds
 * rounded half up; -1 without a deadline, -2 without the key. O(1).
 */
export function timeToLive(args: Arguments, call: Invocation, form: TimeForm): number {
  const { database } = call;
  const entry = database.peek(args.bytes, args.start(1), args.end(1));
  if (entry === 0) return -2;
  const deadlineMs = database.deadlineOf(entry);
  if (deadlineMs < 0) return -1;
  const ms = form.isAbsolute ? deadlineMs : deadlineMs - call.keyspace.nowMs;
  return form.unitMs === 1 ? ms : Math.floor((ms + 500) / 1000);
}
