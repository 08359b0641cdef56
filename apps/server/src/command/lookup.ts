import type { Address } from '@nanoredis/intrusive-ds';
import { WRONG_TYPE } from '../errors';
import type { Arguments } from '../request/arguments';
import type { Session } from '../session/session';
import { ValueType } from '../values/entry';

/**
 * The entry of the value of a type under argument `index`, for reading (counts a hit or a miss), or 0. O(1).
 * @throws ReplyError WRONG_TYPE where the key holds something else.
 */
export function findValue(session: Session, args: Arguments, index: number, type: ValueType): Address {
  const { database } = session;
  const entry = database.findForRead(args.bytes, args.start(index), args.end(index));
  if (entry !== 0 && database.typeOf(entry) !== type) throw WRONG_TYPE;
  return entry;
}

/**
 * The entry of the value of a type under argument `index`, for writing, or 0. O(1).
 * @throws ReplyError WRONG_TYPE where the key holds something else.
 */
export function findValueForWrite(session: Session, args: Arguments, index: number, type: ValueType): Address {
  const { database } = session;
  const entry = database.findForWrite(args.bytes, args.start(index), args.end(index));
  if (entry !== 0 && database.typeOf(entry) !== type) throw WRONG_TYPE;
  return entry;
}

/**
 * The entry of the string under argument `index`, for reading (counts a hit or a miss), or 0. O(1).
 * @throws ReplyError WRONG_TYPE where the key holds something else.
 */
export function findString(session: Session, args: Arguments, index: number): Address {
  const { database } = session;
  const entry = database.findForRead(args.bytes, args.start(index), args.end(index));
  if (entry !== 0 && database.typeOf(entry) !== ValueType.string) throw WRONG_TYPE;
  return entry;
}

/**
 * The entry of the string under argument `index`, for writing, or 0. O(1).
 * @throws ReplyError WRONG_TYPE where the key holds something else.
 */
export function findStringForWrite(session: Session, args: Arguments, index: number): Address {
  const { database } = session;
  const entry = database.findForWrite(args.bytes, args.start(index), args.end(index));
  if (entry !== 0 && database.typeOf(entry) !== ValueType.string) throw WRONG_TYPE;
  return entry;
}
