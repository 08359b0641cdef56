import type { Invocation } from '../../command/invocation';
import { ReplyError } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import { requireTime, type TimeForm, UNIX_MILLISECONDS } from '../../request/expiration';
import { propagateDeletion } from './propagate-deletion';

const NX_EXCLUDES = new ReplyError('ERR NX and XX, GT or LT options at the same time are not compatible');
const GT_EXCLUDES_LT = new ReplyError('ERR GT and LT options at the same time are not compatible');

/** Conditions on the current deadline of a key, as bits. */
const Condition = { nx: 1, xx: 2, gt: 4, lt: 8 } as const;

/**
 * Sets the deadline in argument 2 on the key in argument 1 if the conditions that follow hold (EXPIRE and its family). Deletes
 * the key if that deadline has passed. Returns whether it did either. O(1).
 * @throws ReplyError when an argument is invalid; the error of a time that overflows names `command`.
 */
export function expireKey(args: Arguments, call: Invocation, form: TimeForm, command: string): boolean {
  const conditions = args.count === 3 ? 0 : requireConditions(args);
  const deadlineMs = requireTime(args, 2, form, call.keyspace.nowMs, command);
  const { database } = call;
  const start = args.start(1);
  const end = args.end(1);
  const entry = database.findForWrite(args.bytes, start, end);
  if (entry === 0 || (conditions !== 0 && !holds(conditions, database.deadlineOf(entry), deadlineMs))) {
    return false;
  }
  if (deadlineMs <= call.keyspace.nowMs) {
    database.remove(entry, call.keyspace.lazyFree.expire);
    database.changed(KeyEvents.generic.del, args.bytes, start, end);
    propagateDeletion(call, args, 1, call.keyspace.lazyFree.expire);
  } else {
    database.setDeadline(entry, deadlineMs);
    database.changed(KeyEvents.generic.expire, args.bytes, start, end);
    if (form !== UNIX_MILLISECONDS && call.isPropagated) propagateDeadline(call, args, deadlineMs);
  }
  return true;
}

/** Propagates the point in time that a time from now means, with the conditions as they came. */
function propagateDeadline(call: Invocation, args: Arguments, deadlineMs: number): void {
  const command = call.propagateAs(args.count);
  command.bulkString('PEXPIREAT');
  command.bulk(args.bytes, args.start(1), args.end(1));
  command.bulkNumber(deadlineMs);
  for (let i = 3; i < args.count; i++) command.bulk(args.bytes, args.start(i), args.end(i));
}

function requireConditions(args: Arguments): number {
  let conditions = 0;
  for (let i = 3; i < args.count; i++) {
    if (args.equals(i, 'nx')) conditions |= Condition.nx;
    else if (args.equals(i, 'xx')) conditions |= Condition.xx;
    else if (args.equals(i, 'gt')) conditions |= Condition.gt;
    else if (args.equals(i, 'lt')) conditions |= Condition.lt;
    else throw new ReplyError(`ERR Unsupported option ${args.toCText(i)}`);
  }
  if ((conditions & Condition.nx) !== 0 && conditions !== Condition.nx) throw NX_EXCLUDES;
  if ((conditions & Condition.gt) !== 0 && (conditions & Condition.lt) !== 0) throw GT_EXCLUDES_LT;
  return conditions;
}

/** Whether a new deadline may replace the current one; -1 is none, which counts as infinite. */
function holds(conditions: number, current: number, deadlineMs: number): boolean {
  if ((conditions & Condition.nx) !== 0 && current >= 0) return false;
  if ((conditions & Condition.xx) !== 0 && current < 0) return false;
  if ((conditions & Condition.gt) !== 0 && (current < 0 || deadlineMs <= current)) return false;
  return (conditions & Condition.lt) === 0 || current < 0 || deadlineMs < current;
}
