import type { Invocation } from '../../command/invocation';
import type { Arguments } from '../../request/arguments';

/** Propagates the deletion of the key in argument `index` in place of the running command. O(key length). */
export function propagateDeletion(call: Invocation, args: Arguments, index: number, lazily: boolean): void {
  if (!call.isPropagated) return;
  const command = call.propagateAs(2);
  command.bulkString(lazily ? 'UNLINK' : 'DEL');
  command.bulk(args.bytes, args.start(index), args.end(index));
}
