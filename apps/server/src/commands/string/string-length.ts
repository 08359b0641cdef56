import { STRING_TOO_LONG } from '../../errors';
import type { Session } from '../../session/session';

/**
 * The length of a string of `size` bytes that gets `more` behind them.
 * @throws ReplyError where that is more than proto-max-bulk-len.
 */
export function requireStringLength(session: Session, size: number, more: number): number {
  const length = size + more;
  if (length > session.instance.maxStringBytes) throw STRING_TOO_LONG;
  return length;
}
