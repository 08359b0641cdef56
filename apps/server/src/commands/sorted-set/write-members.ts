import type { Reply } from '../../command/reply';
import type { SortedSetCursor } from '../../values/sorted-set/sorted-set-cursor';

/** Begins the reply of `count` members: with scores, they are nested pairs in RESP3, and all in one row in RESP2. */
export function writeMembersHeader(reply: Reply, count: number, withScores: boolean): void {
  reply.array(withScores && reply.protocol === 2 ? 2 * count : count);
}

/** Writes the member that a cursor is at, with its score if `withScores`. */
export function writeMember(reply: Reply, cursor: SortedSetCursor, withScores: boolean): void {
  const { member } = cursor;
  if (withScores) {
    if (reply.protocol === 3) reply.array(2);
    reply.bulk(member.bytes, member.start, member.end);
    reply.double(cursor.score);
  } else {
    reply.bulk(member.bytes, member.start, member.end);
  }
}

/** Replies with `count` members from the one on that a cursor is at. O(count). */
export function writeMembers(
  reply: Reply,
  cursor: SortedSetCursor,
  count: number,
  isReverse: boolean,
  withScores: boolean,
): void {
  writeMembersHeader(reply, count, withScores);
  for (let left = count; left > 0; left--) {
    writeMember(reply, cursor, withScores);
    if (left > 1) {
      if (isReverse) cursor.previous();
      else cursor.next();
    }
  }
}
