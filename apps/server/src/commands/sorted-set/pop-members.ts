import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { KeyEvents } from '../../keyspace/key-event';
import type { Reply } from '../../request/reply';
import { reportRemoval } from './report-removal';

/**
 * Pops `count` members (there are at least as many) with the lowest or, if `fromMax`, the highest scores from the sorted set at
 * the key `bytes[start, end)`. Writes each with its score, as a nested array if `isNested`. O(log n + count), O(n) if packed.
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
  // The removed range begins with its lowest member, which is the last one written if `fromMax`.
  if (!fromMax && count > 1) cursor.toEnd(entry, false);
  sortedSets.removeAt(entry, cursor, count);
  const event = fromMax ? KeyEvents.sortedSet.zpopmax : KeyEvents.sortedSet.zpopmin;
  reportRemoval(call, entry, bytes, start, end, event, count);
}
