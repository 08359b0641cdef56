import type { Address } from '@nanoredis/intrusive-ds';
import type { Reply } from '../../request/reply';
import type { SetCursor } from '../../values/set/set-cursor';
import type { Sets } from '../../values/set/sets';
import type { AddressList } from '../generic/address-list';

/** Replies with all members of a set. O(size). */
export function writeMembers(reply: Reply, sets: Sets, entry: Address): void {
  const { cursor } = sets;
  reply.set(sets.size(entry));
  for (cursor.begin(entry); cursor.next(); ) reply.bulk(cursor.bytes, cursor.start, cursor.end);
}

/** Writes the members of a cursor's set with the given handles. O(members). */
export function writeFound(reply: Reply, cursor: SetCursor, handles: AddressList): void {
  for (let i = 0; i < handles.length; i++) {
    cursor.seek(handles.at(i));
    reply.bulk(cursor.bytes, cursor.start, cursor.end);
  }
}
