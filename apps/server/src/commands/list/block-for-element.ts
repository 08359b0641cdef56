import type { Address } from '@nanoredis/intrusive-ds';
import type { BlockedOperation, Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import { requireDeadline } from '../../request/blocking-deadline';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import type { ListEnd } from '../../values/list/list-end';
import { popElement } from './pop-elements';

/**
 * Pops an element from the first of the keys that holds a list, or waits for one: all arguments but the last are keys,
 * and that is the timeout (BLPOP, BRPOP). Replies the key and the element.
 * @throws ReplyError for a wrong timeout, or a key of another type before the first list.
 */
export function popOrBlock(args: Arguments, reply: Reply, call: Invocation, end: ListEnd): void {
  const { bytes } = args;
  const timeout = args.count - 1;
  const deadlineMs = requireDeadline(args, timeout, call.server.clock);
  for (let i = 1; i < timeout; i++) {
    const entry = findValueForWrite(call, args, i, ValueType.list);
    if (entry === 0) continue;
    popOneWithKey(call, entry, bytes, args.start(i), args.end(i), end, reply);
    return;
  }
  call.block(args, 1, timeout, deadlineMs, new SinglePop(end));
}

/** Waits for an element at an end of a list. */
class SinglePop implements BlockedOperation {
  readonly type = ValueType.list;

  constructor(private readonly end: ListEnd) {}

  serve(entry: Address, key: Buffer, reply: Reply, call: Invocation): void {
    popOneWithKey(call, entry, key, 0, key.length, this.end, reply);
    // Redis counts an element that is handed on as one change, that of its push.
    call.keyspace.dirty--;
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
): void {
  reply.array(2);
  reply.bulk(key, start, keyEnd);
  popElement(call, entry, key, start, keyEnd, end, reply);
}
