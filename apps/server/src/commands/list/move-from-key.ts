import type { Address } from '@nanoredis/intrusive-ds';
import { findValueForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import type { Demand } from '../../session/blocked-client';
import type { Session } from '../../session/session';
import { ValueType } from '../../values/entry';
import type { ListEnd } from '../../values/list/list-end';
import { type KeySpan, moveElement } from './move-element';

/**
 * Moves an element from the list at argument 1 to the one at argument 2 and replies it. Returns whether there was one;
 * nothing is written otherwise. O(1).
 * @throws ReplyError WRONG_TYPE, before anything was changed.
 */
export function moveFromKey(args: Arguments, reply: Reply, session: Session, from: ListEnd, to: ListEnd): boolean {
  const source = findValueForWrite(session, args, 1, ValueType.list);
  if (source === 0) return false;
  moveElement(session, source, from, keySpan(args, 1), to, keySpan(args, 2), reply);
  return true;
}

/** As `moveFromKey`, but waits until `deadlineMs` for an element (BLMOVE, BRPOPLPUSH). */
export function moveOrBlock(
  args: Arguments,
  reply: Reply,
  session: Session,
  from: ListEnd,
  to: ListEnd,
  deadlineMs: number,
): void {
  if (moveFromKey(args, reply, session, from, to)) return;
  if (session.transaction !== null) {
    // Not the null array that a time-out gives: the two differ in redis-server.
    reply.null();
    return;
  }
  const demand = new MoveDemand(from, to, args.copyArgument(2));
  session.instance.blockedClients.block(session, args, 1, 2, reply, deadlineMs, demand);
}

/** Waits for an element that it pushes to another list. */
class MoveDemand implements Demand {
  readonly type = ValueType.list;

  constructor(
    private readonly from: ListEnd,
    private readonly to: ListEnd,
    private readonly target: Buffer,
  ) {}

  serve(entry: Address, key: Buffer, reply: Reply, session: Session): void {
    const { target } = this;
    const sourceKey = { bytes: key, start: 0, end: key.length };
    const targetKey = { bytes: target, start: 0, end: target.length };
    moveElement(session, entry, this.from, sourceKey, this.to, targetKey, reply);
    // Redis counts an element that is handed on as one change, that of its push.
    session.instance.keyspace.dirty--;
  }
}

function keySpan(args: Arguments, index: number): KeySpan {
  return { bytes: args.bytes, start: args.start(index), end: args.end(index) };
}
