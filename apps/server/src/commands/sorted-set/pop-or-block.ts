import type { Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import type { KeyedPop } from './keyed-pop';

/**
 * Pops from the first existing key in arguments `first` to `end` (exclusive), or blocks on all of them. O(keys), plus popping.
 */
export function popOrBlock(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  first: number,
  end: number,
  deadlineMs: number,
  pop: KeyedPop,
): void {
  for (let i = first; i < end; i++) {
    const entry = findValueForWrite(call, args, i, ValueType.sortedSet);
    if (entry === 0) continue;
    pop.take(entry, args.bytes, args.start(i), args.end(i), reply, call);
    return;
  }
  call.block(args, first, end, deadlineMs, pop);
}
