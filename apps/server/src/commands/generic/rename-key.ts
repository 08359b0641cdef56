import type { Invocation } from '../../command/invocation';
import { NO_SUCH_KEY } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import { moveEntry } from '../../keyspace/transfer';
import type { Arguments } from '../../request/arguments';

/**
 * Renames the key in argument 1 to argument 2 (RENAME, RENAMENX). Returns false if the new name exists (even if it is the same
 * key) and `overwrites` is not set.
 * @throws ReplyError when there is no such key.
 */
export function renameKey(args: Arguments, call: Invocation, overwrites: boolean): boolean {
  const { database } = call;
  const { bytes } = args;
  const entry = database.findForWrite(bytes, args.start(1), args.end(1));
  if (entry === 0) throw NO_SUCH_KEY;
  if (args.isSameArgument(1, 2)) return overwrites;
  const start = args.start(2);
  const end = args.end(2);
  if (database.findForWrite(bytes, start, end) !== 0 && !overwrites) return false;
  moveEntry(call.keyspace, database, entry, database, bytes, start, end);
  database.changed(KeyEvents.generic.rename_from, bytes, args.start(1), args.end(1));
  database.changed(KeyEvents.generic.rename_to, bytes, start, end, 0);
  return true;
}
