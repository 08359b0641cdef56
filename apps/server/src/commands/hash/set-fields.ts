import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import { Encoding, ValueType } from '../../values/entry';

/**
 * Sets the pairs of field and value from argument 2 on in the hash at the key in argument 1. `entry` is that hash, or 0 if there
 * is none. Returns how many fields are new. O(pairs + bytes).
 * @throws ArenaFullError when the arena is full; a new hash is not created then, an existing one has the pairs set before.
 */
export function setFields(args: Arguments, call: Invocation, entry: Address): number {
  const { database } = call;
  const pairs = (args.count - 2) >>> 1;
  let longest = 0;
  let total = 0;
  for (let i = 2; i < args.count; i++) {
    const length = args.length(i);
    if (length > longest) longest = length;
    total += length;
  }
  let created = 0;
  try {
    if (entry === 0) created = createWithPairs(args, call, longest, total);
    else created = setPairs(args, call, entry, longest, total);
  } catch (error) {
    if (entry !== 0) database.changed(KeyEvents.hash.hset, args.bytes, args.start(1), args.end(1));
    throw error;
  }
  database.changed(KeyEvents.hash.hset, args.bytes, args.start(1), args.end(1), pairs);
  return created;
}

/**
 * Sets the field in argument 2 of the hash at the key in argument 1 to `bytes[start, end)`. `entry` is that hash, or 0 if there
 * is none. The caller reports the change. O(1) expected.
 * @throws ArenaFullError when the arena is full; nothing has changed then.
 */
export function setField(
  args: Arguments,
  call: Invocation,
  entry: Address,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  const { hashes } = call.keyspace.values;
  if (entry !== 0) {
    hashes.set(entry, args.bytes, args.start(2), args.end(2), bytes, start, end);
    return;
  }
  const { database } = call;
  const fresh = prepareHash(args, call, 0);
  try {
    hashes.set(fresh, args.bytes, args.start(2), args.end(2), bytes, start, end);
    database.attach(fresh);
  } catch (error) {
    database.discard(fresh);
    throw error;
  }
}

function createWithPairs(args: Arguments, call: Invocation, longest: number, total: number): number {
  const { database } = call;
  const { hashes, limits } = call.keyspace.values;
  // Most texts need one byte of header; `trim` frees the rest.
  const texts = args.count - 2;
  const capacity = longest <= limits.hashValueBytes && texts <= 2 * limits.hashEntries ? total + texts : 0;
  const fresh = prepareHash(args, call, capacity);
  try {
    const created = setPairs(args, call, fresh, longest, total);
    hashes.trim(fresh);
    database.attach(fresh);
    return created;
  } catch (error) {
    database.discard(fresh);
    throw error;
  }
}

function setPairs(args: Arguments, call: Invocation, entry: Address, longest: number, total: number): number {
  const { hashes } = call.keyspace.values;
  const { bytes, count } = args;
  hashes.admit(entry, longest, total);
  let created = 0;
  for (let i = 2; i < count; i += 2) {
    if (hashes.set(entry, bytes, args.start(i), args.end(i), bytes, args.start(i + 1), args.end(i + 1))) created++;
  }
  return created;
}

/** An entry with an empty hash; it is not in the database yet. */
function prepareHash(args: Arguments, call: Invocation, capacity: number): Address {
  const { hashes } = call.keyspace.values;
  const value = hashes.create(capacity);
  try {
    return call.database.prepare(args.bytes, args.start(1), args.end(1), ValueType.hash, Encoding.listpack, value);
  } catch (error) {
    hashes.free(value, Encoding.listpack);
    throw error;
  }
}
