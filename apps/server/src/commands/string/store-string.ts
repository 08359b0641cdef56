import type { Invocation } from '../../command/invocation';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';

/**
 * Stores argument `valueIndex` at the key in argument 1, replacing a value of any type. The deadline becomes `deadlineMs`; -1
 * removes it unless `keepsDeadline` is set. O(length).
 */
export function storeString(
  args: Arguments,
  call: Invocation,
  valueIndex: number,
  keepsDeadline = false,
  deadlineMs = -1,
): void {
  const { database } = call;
  const start = args.start(1);
  const end = args.end(1);
  const entry = database.strings.set(
    args.bytes,
    start,
    end,
    args.bytes,
    args.start(valueIndex),
    args.end(valueIndex),
    // A deadline that is about to be replaced is kept too, because its record has the space for the new one.
    keepsDeadline || deadlineMs >= 0,
  );
  database.changed(KeyEvents.string.set, args.bytes, start, end);
  if (deadlineMs < 0) return;
  database.setDeadline(entry, deadlineMs);
  database.changed(KeyEvents.generic.expire, args.bytes, start, end, 0);
  if (!call.isPropagated) return;
  const command = call.propagateAs(5);
  command.bulkString('SET');
  command.bulk(args.bytes, start, end);
  command.bulk(args.bytes, args.start(valueIndex), args.end(valueIndex));
  command.bulkString('PXAT');
  command.bulkNumber(deadlineMs);
}
