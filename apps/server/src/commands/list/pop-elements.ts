import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { KeyEvents } from '../../keyspace/key-event';
import type { Reply } from '../../request/reply';
import { ListEnd } from '../../values/list/list-end';

/**
 * Pops the element at an end of a list and writes it as a bulk string; an emptied list is deleted. O(1) amortised.
 * @param changes as how many changes it counts.
 */
export function popElement(
  call: Invocation,
  entry: Address,
  key: Uint8Array,
  start: number,
  keyEnd: number,
  end: ListEnd,
  reply: Reply,
  changes = 1,
): void {
  const { lists } = call.keyspace.values;
  const list = call.database.valueOf(entry);
  lists.pop(list, end);
  const { element } = lists;
  reply.bulk(element.bytes, element.start, element.end);
  elementsRemoved(call, entry, key, start, keyEnd, popEvent(end), changes);
}

/**
 * Pops up to `count` elements at an end of a list and writes them as an array, the outermost first. Returns how many there are.
 * O(elements popped + nodes).
 */
export function popElements(
  call: Invocation,
  entry: Address,
  key: Uint8Array,
  start: number,
  keyEnd: number,
  end: ListEnd,
  count: number,
  reply: Reply,
): number {
  const { lists } = call.keyspace.values;
  const list = call.database.valueOf(entry);
  const { element } = lists;
  const popped = Math.min(count, lists.length(list));
  reply.array(popped);
  if (end === ListEnd.front) lists.seek(list, 0);
  else lists.seek(list, -1);
  for (let i = 0; i < popped; i++) {
    if (end === ListEnd.front) lists.readForward();
    else lists.readBackward();
    reply.bulk(element.bytes, element.start, element.end);
  }
  lists.dropMany(list, end, popped);
  elementsRemoved(call, entry, key, start, keyEnd, popEvent(end), popped);
  return popped;
}

/** Reports the removal of elements of a list, and deletes the key if the list is empty. `count` may be 0 (LTRIM). */
export function elementsRemoved(
  call: Invocation,
  entry: Address,
  key: Uint8Array,
  start: number,
  end: number,
  event: (typeof KeyEvents.list)['lpop' | 'rpop' | 'lrem' | 'ltrim'],
  count: number,
): void {
  const { database } = call;
  const { keyspace } = call;
  database.changed(event, key, start, end, count);
  if (keyspace.values.lists.length(database.valueOf(entry)) > 0) return;
  database.remove(entry);
  database.changed(KeyEvents.generic.del, key, start, end, 0);
}

/** The keyspace event of a pop at an end. */
export function popEvent(end: ListEnd): (typeof KeyEvents.list)['lpop' | 'rpop'] {
  return end === ListEnd.front ? KeyEvents.list.lpop : KeyEvents.list.rpop;
}
