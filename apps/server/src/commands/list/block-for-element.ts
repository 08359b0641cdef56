import type { Address } from '@nanoredis/intrusive-ds';
import { findValueForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import { requireDeadline } from '../../request/blocking-deadline';
import type { Reply } from '../../request/reply';
import type { Demand } from '../../session/blocked-client';
import type { Session } from '../../session/session';
import { ValueType } from '../../values/entry';
import type { ListEnd } from '../../values/list/list-end';
import { popElement } from './pop-elements';

/**
 * Pops an element from the first of the keys that holds a list, or waits for one: all arguments but the last are keys,
 * and that is the timeout (BLPOP, BRPOP). Replies the key and the element.
 * @throws ReplyError for a wrong timeout, or a key of another type before the first list.
 */
export function popOrBlock(args: Arguments, reply: Reply, session: Session, end: ListEnd): void {
  const { bytes } = args;
  const timeout = args.count - 1;
  const deadlineMs = requireDeadline(args, timeout, session);
  for (let i = 1; i < timeout; i++) {
    const entry = findValueForWrite(session, args, i, ValueType.list);
    if (entry === 0) continue;
    popOneWithKey(session, entry, bytes, args.start(i), args.end(i), end, reply);
    return;
  }
  session.instance.blockedClients.block(session, args, 1, timeout, reply, deadlineMs, new PopDemand(end));
}

/** Waits for an element at an end of a list. */
class PopDemand implements Demand {
  readonly type = ValueType.list;

  constructor(private readonly end: ListEnd) {}

  serve(entry: Address, key: Buffer, reply: Reply, session: Session): void {
    popOneWithKey(session, entry, key, 0, key.length, this.end, reply);
    // Redis counts an element that is handed on as one change, that of its push.
    session.instance.keyspace.dirty--;
  }
}

function popOneWithKey(
  session: Session,
  entry: Address,
  key: Uint8Array,
  start: number,
  keyEnd: number,
  end: ListEnd,
  reply: Reply,
): void {
  reply.array(2);
  reply.bulk(key, start, keyEnd);
  popElement(session, entry, key, start, keyEnd, end, reply);
}
