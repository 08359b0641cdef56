import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { KeyEvents } from '../../keyspace/key-event';
import type { Reply } from '../../request/reply';
import { reportRemoval } from './report-removal';

/**
 * Takes `count` members (there are as many) with the lowest or, `fromMax`, the highest scores out of the sorted set under the key
 * `bytes[start, end)`, and writes each with its score, as an array of its own if `isNested`. O(log n + count), O(n) if packed.
 */
export function popMembers(
  call: Invocation,
  entry: Address,
  bytes: Uint8Array,
  start: number,
  end: number,
  reply: Reply,
  fromMax: boolean,
  count: number,
  isNested: boolean,
): void {
  const { sortedSets } = call.keyspace.values;
  const { cursor } = sortedSets;
  const { member } = cursor;
  cursor.toEnd(entry, fromMax);
  for (let left = count; left > 0; left--) {
    if (isNested) reply.array(2);
    reply.bulk(member.bytes, member.start, member.end);
    reply.double(cursor.score);
    if (left === 1) break;
    if (fromMax) cursor.previous();
    else cursor.next();
  }
  // What is removed begins with the lowest of them, which is the last one that was written from above.
  if (!fromMax && count > 1) cursor.toEnd(entry, false);
  sortedSets.removeAt(entry, cursor, count);
  const event = fromMax ? KeyEvents.sortedSet.zpopmax : KeyEvents.sortedSet.zpopmin;
  reportRemoval(call, entry, bytes, start, end, event, count);
}
