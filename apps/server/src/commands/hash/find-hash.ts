import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { findValue, findValueForWrite } from '../../command/lookup';
import type { Arguments } from '../../request/arguments';
import { ValueType } from '../../values/entry';

/**
 * The entry of the hash at the key in argument 1, for reading, or 0. O(1).
 * @throws ReplyError when the key holds another type.
 */
export function findHash(call: Invocation, args: Arguments): Address {
  return findValue(call, args, 1, ValueType.hash);
}

/**
 * The entry of the hash at the key in argument 1, for writing, or 0. O(1).
 * @throws ReplyError when the key holds another type.
 */
export function findHashForWrite(call: Invocation, args: Arguments): Address {
  return findValueForWrite(call, args, 1, ValueType.hash);
}
