import type { Address } from '@nanoredis/intrusive-ds';
import { findValue, findValueForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import type { Session } from '../../session/session';
import { ValueType } from '../../values/entry';

/**
 * The entry of the hash under argument 1, for reading, or 0. O(1).
 * @throws ReplyError WRONG_TYPE where the key holds something else.
 */
export function findHash(session: Session, args: Arguments): Address {
  return findValue(session, args, 1, ValueType.hash);
}

/**
 * The entry of the hash under argument 1, for writing, or 0. O(1).
 * @throws ReplyError WRONG_TYPE where the key holds something else.
 */
export function findHashForWrite(session: Session, args: Arguments): Address {
  return findValueForWrite(session, args, 1, ValueType.hash);
}
