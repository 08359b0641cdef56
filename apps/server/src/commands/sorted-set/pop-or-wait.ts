import { findValueForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import type { Session } from '../../session/session';
import { ValueType } from '../../values/entry';
import type { KeyedPop } from './keyed-pop';

/** Pops from the first of the keys in arguments `first` to `end` (exclusive) that is there, or waits for one of them. O(keys), besides popping. */
export function popOrWait(
  args: Arguments,
  reply: Reply,
  session: Session,
  first: number,
  end: number,
  deadlineMs: number,
  pop: KeyedPop,
): void {
  for (let i = first; i < end; i++) {
    const entry = findValueForWrite(session, args, i, ValueType.sortedSet);
    if (entry === 0) continue;
    pop.take(entry, args.bytes, args.start(i), args.end(i), reply, session);
    return;
  }
  session.instance.blockedClients.block(session, args, first, end, reply, deadlineMs, pop);
}
