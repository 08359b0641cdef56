import type { Invocation } from '../../command/invocation';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';

/**
 * Stores argument `valueIndex` under the key of argument 1, whatever was there. Its deadline becomes `deadlineMs`; -1
 * takes it away, unless `keepsDeadline`. O(length).
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
    // A deadline that is about to be replaced stays too: its record has the room for the new one.
    keepsDeadline || deadlineMs >= 0,
  );
  database.changed(KeyEvents.string.set, args.bytes, start, end);
  if (deadlineMs < 0) return;
  database.setDeadline(entry, deadlineMs);
  database.notify(KeyEvents.generic.expire, args.bytes, start, end);
}
