import type { Invocation } from '../../command/invocation';
import { ListEnd } from '../../values/list/list-end';

/**
 * Propagates LPOP or RPOP of the key `bytes[start, end)` in place of a command that pops from one of several keys, perhaps
 * later. O(key length).
 * @param count number of elements that were popped; 0 for one without a count.
 */
export function propagatePop(
  call: Invocation,
  bytes: Uint8Array,
  start: number,
  end: number,
  listEnd: ListEnd,
  count = 0,
): void {
  if (!call.isPropagated) return;
  const command = call.propagateAs(count > 0 ? 3 : 2);
  command.bulkString(listEnd === ListEnd.front ? 'LPOP' : 'RPOP');
  command.bulk(bytes, start, end);
  if (count > 0) command.bulkNumber(count);
}
