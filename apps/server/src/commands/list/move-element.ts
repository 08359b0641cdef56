import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { WRONG_TYPE } from '../../errors';
import type { Reply } from '../../request/reply';
import { ValueType } from '../../values/entry';
import type { ListEnd } from '../../values/list/list-end';
import { elementsRemoved, popEvent } from './pop-elements';
import { attachList, pushEvent } from './push-elements';

/** A key: `bytes[start, end)`. */
export interface KeySpan {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * Moves the element at an end of a list to an end of the list at another key, which may be the same or missing, and replies with
 * the element. O(length of the element).
 * @param changes as how many changes it counts.
 * @throws ReplyError when the target holds another type.
 * @throws ArenaFullError when the arena is full; nothing has changed then.
 */
export function moveElement(
  call: Invocation,
  source: Address,
  from: ListEnd,
  sourceKey: KeySpan,
  to: ListEnd,
  targetKey: KeySpan,
  reply: Reply,
  changes = 1,
): void {
  const { database } = call;
  const { keyspace } = call;
  const { lists } = keyspace.values;
  const { bytes, start, end } = targetKey;
  const target = database.findForWrite(bytes, start, end);
  if (target !== 0 && database.typeOf(target) !== ValueType.list) throw WRONG_TYPE;
  const list = database.valueOf(source);
  const { element } = lists;
  lists.peek(list, from);
  if (target === source) element.keep();
  // Source and target are the same end: popping after pushing would remove the wrong element.
  const staysInPlace = target === source && from === to;
  if (!staysInPlace) pushTo(call, target, targetKey, to);
  reply.bulk(element.bytes, element.start, element.end);
  if (!staysInPlace) lists.drop(list, from);
  database.changed(pushEvent(to), bytes, start, end, 0);
  elementsRemoved(call, source, sourceKey.bytes, sourceKey.start, sourceKey.end, popEvent(from), changes);
}

/** Pushes the element read last to the list of an entry, or to a new list at the key if the entry is 0. */
function pushTo(call: Invocation, target: Address, key: KeySpan, end: ListEnd): void {
  const { database } = call;
  const { lists } = call.keyspace.values;
  const { element } = lists;
  if (target !== 0) {
    lists.push(database.valueOf(target), end, element.bytes, element.start, element.end);
    return;
  }
  const list = lists.create();
  try {
    lists.push(list, end, element.bytes, element.start, element.end);
    attachList(database, key.bytes, key.start, key.end, list);
  } catch (error) {
    lists.free(list);
    throw error;
  }
}
