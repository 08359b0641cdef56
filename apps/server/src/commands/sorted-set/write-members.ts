import { type Address, SEGMENT_SHIFT } from '@nanoredis/intrusive-ds';
import type { ElementCursor } from '@nanoredis/skiplist';
import type { Reply } from '../../request/reply';
import type { SortedSetCursor } from '../../values/sorted-set/sorted-set-cursor';
import type { SortedSets } from '../../values/sorted-set/sorted-sets';

/** Begins a reply of `count` members. With scores, they are nested pairs in RESP3 and a flat array in RESP2. */
export function writeMembersHeader(reply: Reply, count: number, withScores: boolean): void {
  reply.array(withScores && reply.protocol === 2 ? 2 * count : count);
}

/** Writes the member of a cursor, with its score if `withScores`. */
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

/**
 * Replies with `count` members of a set from the one at its store's cursor on. O(count).
 *
 * Hot: ranges of large sets read elements in runs without the cursor, which would update more state than they need.
 */
export function writeMembers(
  reply: Reply,
  sets: SortedSets,
  entry: Address,
  count: number,
  isReverse: boolean,
  withScores: boolean,
): void {
  const { cursor } = sets;
  writeMembersHeader(reply, count, withScores);
  if (sets.isTable(entry)) {
    writeElements(reply, sets, cursor.elements, count, isReverse, withScores);
    return;
  }
  for (let left = count; left > 0; left--) {
    writeMember(reply, cursor, withScores);
    if (left === 1) break;
    if (isReverse) cursor.previous();
    else cursor.next();
  }
}

/** Number of elements of a range whose addresses are read together. */
const RUN_LENGTH = 64;

/** Scratch of one call: valid until the command ends or calls another command. */
const addresses = new Uint32Array(RUN_LENGTH);

function writeElements(
  reply: Reply,
  sets: SortedSets,
  elements: ElementCursor,
  count: number,
  isReverse: boolean,
  withScores: boolean,
): void {
  const { table } = sets;
  const { words } = sets.entries.arena;
  const isNested = withScores && reply.protocol === 3;
  for (let left = count; ; ) {
    const read = isReverse ? elements.readBackward(addresses, left) : elements.readForward(addresses, left);
    for (let i = 0; i < read; i++) {
      const element = addresses[i]!;
      if (isNested) reply.array(2);
      const word = table.memberStart(element) >>> 2;
      reply.bulkWords(words[element >>> SEGMENT_SHIFT]!, word, table.memberLength(element));
      if (withScores) reply.double(table.scoreOf(element));
    }
    left -= read;
    if (left === 0) return;
    if (isReverse) elements.previous();
    else elements.next();
  }
}
