import type { Invocation } from '../../command/invocation';
import { STRING_TOO_LONG } from '../../errors';

/**
 * The length of a string of `size` bytes to which `more` bytes are appended.
 * @throws ReplyError when that exceeds proto-max-bulk-len.
 */
export function requireStringLength(call: Invocation, size: number, more: number): number {
  const length = size + more;
  if (length > call.keyspace.values.maxStringBytes) throw STRING_TOO_LONG;
  return length;
}
