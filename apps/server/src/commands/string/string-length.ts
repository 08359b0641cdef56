import type { Invocation } from '../../command/invocation';
import { STRING_TOO_LONG } from '../../errors';

/**
 * The length of a string of `size` bytes that gets `more` behind them.
 * @throws ReplyError where that is more than proto-max-bulk-len.
 */
export function requireStringLength(call: Invocation, size: number, more: number): number {
  const length = size + more;
  if (length > call.server.maxStringBytes) throw STRING_TOO_LONG;
  return length;
}
