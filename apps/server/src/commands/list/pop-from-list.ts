import type { Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import { MUST_BE_POSITIVE, wrongArity } from '../../errors';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import type { ListEnd } from '../../values/list/list-end';
import { popElement, popElements } from './pop-elements';

/**
 * Pops at an end of the list at the key in argument 1 (LPOP, RPOP): one element, or an array of up to the number in argument 2.
 * @throws ReplyError when the count or the type is wrong; nothing has changed then.
 */
export function popFromList(args: Arguments, reply: Reply, call: Invocation, name: string, end: ListEnd): void {
  if (args.count > 3) throw wrongArity(name);
  const hasCount = args.count === 3;
  const count = hasCount ? args.requireIntegerBetween(2, 0, Number.POSITIVE_INFINITY, MUST_BE_POSITIVE) : 1;
  const entry = findValueForWrite(call, args, 1, ValueType.list);
  const { bytes } = args;
  if (entry === 0) {
    if (hasCount) reply.nullArray();
    else reply.null();
  } else if (!hasCount) {
    popElement(call, entry, bytes, args.start(1), args.end(1), end, reply);
  } else if (count === 0) {
    reply.emptyArray();
  } else {
    popElements(call, entry, bytes, args.start(1), args.end(1), end, count, reply);
  }
}
