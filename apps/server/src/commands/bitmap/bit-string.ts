import type { Invocation } from '../../command/invocation';
import { findStringForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';

/**
 * Makes the string at the key in argument 1 writable and long enough for bit `lastBit`, and points the keyspace's view at it.
 * Returns whether it has grown. O(1), or O(length) if it grows.
 * @throws ReplyError when the key holds another type.
 */
export function prepareBits(call: Invocation, args: Arguments, lastBit: number): boolean {
  const { database } = call;
  const { view } = call.keyspace;
  const needed = Math.floor(lastBit / 8) + 1;
  const entry = findStringForWrite(call, args, 1);
  if (entry === 0) {
    view.locate(database.strings.createZeros(args.bytes, args.start(1), args.end(1), needed));
    return true;
  }
  const { length } = view.locate(entry);
  view.locate(database.strings.grow(entry, needed));
  return needed > length;
}
