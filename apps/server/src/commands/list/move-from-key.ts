import type { Address } from '@nanoredis/intrusive-ds';
import type { BlockedOperation, Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import { ListEnd } from '../../values/list/list-end';
import { type KeySpan, moveElement } from './move-element';

/**
 * Moves an element from the list at the key in argument 1 to that in argument 2 and replies with it. Returns whether there was
 * one; replies nothing otherwise. O(1).
 * @throws ReplyError when a key holds another type; nothing has changed then.
 */
export function moveFromKey(args: Arguments, reply: Reply, call: Invocation, from: ListEnd, to: ListEnd): boolean {
  const source = findValueForWrite(call, args, 1, ValueType.list);
  if (source === 0) return false;
  moveElement(call, source, from, keySpan(args, 1), to, keySpan(args, 2), reply);
  return true;
}

/** The command as which a move is propagated whose command may block. */
type MoveCommand = 'LMOVE' | 'RPOPLPUSH';

/** Like `moveFromKey`, but blocks until `deadlineMs` if there is no element (BLMOVE, BRPOPLPUSH). */
export function moveOrBlock(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  from: ListEnd,
  to: ListEnd,
  deadlineMs: number,
  propagatedAs: MoveCommand,
): void {
  if (moveFromKey(args, reply, call, from, to)) {
    propagateMove(call, keySpan(args, 1), keySpan(args, 2), from, to, propagatedAs);
    return;
  }
  if (!call.mayBlock) {
    // Unlike the null array of a time-out, as in redis-server.
    reply.null();
    return;
  }
  const operation = new ElementMove(from, to, args.copyArgument(2), propagatedAs);
  call.block(args, 1, 2, deadlineMs, operation);
}

/** Waits for an element that it pushes to another list. */
class ElementMove implements BlockedOperation {
  readonly type = ValueType.list;

  constructor(
    private readonly from: ListEnd,
    private readonly to: ListEnd,
    private readonly target: Buffer,
    private readonly propagatedAs: MoveCommand,
  ) {}

  serve(entry: Address, key: Buffer, reply: Reply, call: Invocation): void {
    const { target } = this;
    const sourceKey = { bytes: key, start: 0, end: key.length };
    const targetKey = { bytes: target, start: 0, end: target.length };
    // Redis counts the push of a served element as one change, and its pop as none.
    moveElement(call, entry, this.from, sourceKey, this.to, targetKey, reply, 0);
    propagateMove(call, sourceKey, targetKey, this.from, this.to, this.propagatedAs);
  }
}

/** Propagates the move of an element that is there, in place of a command that may have waited for it. */
function propagateMove(
  call: Invocation,
  source: KeySpan,
  target: KeySpan,
  from: ListEnd,
  to: ListEnd,
  name: MoveCommand,
): void {
  if (!call.isPropagated) return;
  const command = call.propagateAs(name === 'LMOVE' ? 5 : 3);
  command.bulkString(name);
  command.bulk(source.bytes, source.start, source.end);
  command.bulk(target.bytes, target.start, target.end);
  if (name === 'RPOPLPUSH') return;
  command.bulkString(from === ListEnd.front ? 'left' : 'right');
  command.bulkString(to === ListEnd.front ? 'left' : 'right');
}

function keySpan(args: Arguments, index: number): KeySpan {
  return { bytes: args.bytes, start: args.start(index), end: args.end(index) };
}
