import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import type { Reply } from '../../request/reply';
import { writeMember, writeMembers, writeMembersHeader } from './write-members';

/** Up to this share of a set's members, random draws are faster than a walk over all of them. */
const MAX_DRAWN_SHARE = 1 / 3;

/** Replies with `count` members, each drawn from all members. O(count), O(count * n) if packed. */
export function writeDrawn(reply: Reply, call: Invocation, entry: Address, count: number, withScores: boolean): void {
  const { cursor } = call.keyspace.values.sortedSets;
  writeMembersHeader(reply, count, withScores);
  for (let i = 0; i < count && !call.session.isClosing; i++) {
    cursor.toRandom(entry);
    writeMember(reply, cursor, withScores);
  }
}

/**
 * Replies with `count` different members, or all if there are fewer. O(count); O(n) for a large share of the members or if
 * packed.
 */
export function writeDistinct(
  reply: Reply,
  call: Invocation,
  entry: Address,
  count: number,
  withScores: boolean,
): void {
  const { sortedSets } = call.keyspace.values;
  const size = sortedSets.size(entry);
  const { cursor } = sortedSets;
  if (count >= size) {
    // From the highest score on, as in Redis.
    cursor.toEnd(entry, true);
    writeMembers(reply, sortedSets, entry, size, true, withScores);
    return;
  }
  writeMembersHeader(reply, count, withScores);
  if (sortedSets.isTable(entry) && count < size * MAX_DRAWN_SHARE) {
    const drawn = new Set<number>();
    while (drawn.size < count) {
      cursor.toRandom(entry);
      if (drawn.has(cursor.position)) continue;
      drawn.add(cursor.position);
      writeMember(reply, cursor, withScores);
    }
    return;
  }
  // Select each member with the probability of wanted to remaining members (Knuth, Algorithm S).
  let wanted = count;
  cursor.toEnd(entry, false);
  for (let left = size; wanted > 0; left--) {
    if (Math.floor((sortedSets.randomUint32() / 2 ** 32) * left) < wanted) {
      wanted--;
      writeMember(reply, cursor, withScores);
    }
    cursor.next();
  }
}
