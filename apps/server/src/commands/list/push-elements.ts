import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { findValueForWrite } from '../../command/lookup';
import type { Database } from '../../keyspace/database';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { Encoding, ValueType } from '../../values/entry';
import { ListEnd } from '../../values/list/list-end';
import type { Lists } from '../../values/list/lists';

/**
 * Pushes the arguments from 2 on to the list at the key in argument 1, in order, and replies with its length (LPUSH, RPUSH).
 * Without `creates` only if the list exists (LPUSHX, RPUSHX). O(elements).
 * @throws ReplyError when the key holds another type.
 */
export function pushElements(args: Arguments, reply: Reply, call: Invocation, end: ListEnd, creates: boolean): void {
  const { database } = call;
  const { keyspace } = call;
  const { lists } = keyspace.values;
  let entry = findValueForWrite(call, args, 1, ValueType.list);
  if (entry === 0) {
    if (!creates) {
      reply.integer(0);
      return;
    }
    const list = lists.create();
    try {
      pushAll(lists, list, end, args);
      entry = attachList(database, args.bytes, args.start(1), args.end(1), list);
    } catch (error) {
      lists.free(list);
      throw error;
    }
  } else {
    pushAll(lists, database.valueOf(entry), end, args);
  }
  database.changed(pushEvent(end), args.bytes, args.start(1), args.end(1), args.count - 2);
  reply.integer(lists.length(database.valueOf(entry)));
}

/**
 * Stores a list at a key that is missing. The entry owns the list then.
 * @throws ArenaFullError when the arena is full; the caller still owns the list then.
 */
export function attachList(database: Database, key: Uint8Array, start: number, end: number, list: Address): Address {
  return database.create(key, start, end, ValueType.list, Encoding.quicklist, list);
}

/** The keyspace event of a push at an end. */
export function pushEvent(end: ListEnd): (typeof KeyEvents.list)['lpush' | 'rpush'] {
  return end === ListEnd.front ? KeyEvents.list.lpush : KeyEvents.list.rpush;
}

function pushAll(lists: Lists, list: Address, end: ListEnd, args: Arguments): void {
  const { bytes, count } = args;
  let i = 2;
  try {
    for (; i < count; i++) lists.push(list, end, bytes, args.start(i), args.end(i));
  } catch (error) {
    for (; i > 2; i--) lists.drop(list, end);
    throw error;
  }
}
