import type { Address } from '@nanoredis/intrusive-ds';
import type { BlockedOperation, Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import { requireDeadline } from '../../request/blocking-deadline';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import type { ListEnd } from '../../values/list/list-end';
import { popElement } from './pop-elements';
import { propagatePop } from './propagate-pop';

/**
 * Pops an element from the first key that holds a list, or blocks until there is one (BLPOP, BRPOP). The last argument is the
 * timeout, all others are keys. Replies with the key and the element.
 * @throws ReplyError when the timeout is invalid, or a key before the first list holds another type.
 */
export function popOrBlock(args: Arguments, reply: Reply, call: Invocation, end: ListEnd): void {
  const { bytes } = args;
  const timeout = args.count - 1;
  const deadlineMs = requireDeadline(args, timeout, call.server.clock);
  for (let i = 1; i < timeout; i++) {
    const entry = findValueForWrite(call, args, i, ValueType.list);
    if (entry === 0) continue;
    popOneWithKey(call, entry, bytes, args.start(i), args.end(i), end, reply, 1);
    return;
  }
  call.block(args, 1, timeout, deadlineMs, new SinglePop(end));
}

/** Waits for an element at an end of a list. */
class SinglePop implements BlockedOperation {
  readonly type = ValueType.list;

  constructor(private readonly end: ListEnd) {}

  serve(entry: Address, key: Buffer, reply: Reply, call: Invocation): void {
    // Redis counts the push of a served element as one change, and its pop as none.
    popOneWithKey(call, entry, key, 0, key.length, this.end, reply, 0);
  }
}

function popOneWithKey(
  call: Invocation,
  entry: Address,
  key: Uint8Array,
  start: number,
  keyEnd: number,
  end: ListEnd,
  reply: Reply,
  changes: number,
): void {
  reply.array(2);
  reply.bulk(key, start, keyEnd);
  popElement(call, entry, key, start, keyEnd, end, reply, changes);
  propagatePop(call, key, start, keyEnd, end);
}
