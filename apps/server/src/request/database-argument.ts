import { DB_INDEX_OUT_OF_RANGE, ReplyError } from '../errors';
import type { Database } from '../keyspace/database';
import type { Keyspace } from '../keyspace/keyspace';
import type { Arguments } from './arguments';

const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;
const NO_INT = new ReplyError(`ERR value is out of range, value must between ${INT_MIN} and ${INT_MAX}`);

/**
 * The database whose number is the argument at `index`.
 * @throws ReplyError when it is no integer of 32 bits, or there is no such database.
 */
export function requireDatabase(args: Arguments, index: number, keyspace: Keyspace): Database {
  const number = args.requireInteger(index);
  if (number < INT_MIN || number > INT_MAX) throw NO_INT;
  const database = keyspace.databases[number];
  if (database === undefined) throw DB_INDEX_OUT_OF_RANGE;
  return database;
}

/**
 * The integer of 32 bits at `index`.
 * @throws ReplyError `error` when it is none.
 */
export function requireInt(args: Arguments, index: number, error: ReplyError): number {
  return args.requireIntegerBetween(index, INT_MIN, INT_MAX, error);
}
