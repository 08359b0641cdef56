import type { Address } from '@nanoredis/intrusive-ds';
import { WRONG_TYPE } from '../errors';
import type { Arguments } from '../request/arguments';
import { ValueType } from '../values/entry';
import type { Invocation } from './invocation';

/**
 * The entry of the value of a type under argument `index`, for reading (counts a hit or a miss), or 0. O(1).
 * @throws ReplyError WRONG_TYPE when the key holds a value of another type.
 */
export function findValue(call: Invocation, args: Arguments, index: number, type: ValueType): Address {
  const { database } = call;
  const entry = database.findForRead(args.bytes, args.start(index), args.end(index));
  if (entry !== 0 && database.typeOf(entry) !== type) throw WRONG_TYPE;
  return entry;
}

/**
 * The entry of the value of a type under argument `index`, for writing, or 0. O(1).
 * @throws ReplyError WRONG_TYPE when the key holds a value of another type.
 */
export function findValueForWrite(call: Invocation, args: Arguments, index: number, type: ValueType): Address {
  const { database } = call;
  const entry = database.findForWrite(args.bytes, args.start(index), args.end(index));
  if (entry !== 0 && database.typeOf(entry) !== type) throw WRONG_TYPE;
  return entry;
}

/**
 * The entry of the string under argument `index`, for reading (counts a hit or a miss), or 0. O(1).
 * @throws ReplyError WRONG_TYPE when the key holds a value of another type.
 */
export function findString(call: Invocation, args: Arguments, index: number): Address {
  const { database } = call;
  const entry = database.findForRead(args.bytes, args.start(index), args.end(index));
  if (entry !== 0 && database.typeOf(entry) !== ValueType.string) throw WRONG_TYPE;
  return entry;
}

/**
 * The entry of the string under argument `index`, for writing, or 0. O(1).
 * @throws ReplyError WRONG_TYPE when the key holds a value of another type.
 */
export function findStringForWrite(call: Invocation, args: Arguments, index: number): Address {
  const { database } = call;
  const entry = database.findForWrite(args.bytes, args.start(index), args.end(index));
  if (entry !== 0 && database.typeOf(entry) !== ValueType.string) throw WRONG_TYPE;
  return entry;
}
