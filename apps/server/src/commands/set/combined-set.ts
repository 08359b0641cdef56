import type { Address } from '@nanoredis/intrusive-ds';
import type { Invocation } from '../../command/invocation';
import { type KeyEvent, KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { Encoding, ValueType } from '../../values/entry';
import type { Combine } from './combine';
import { operands } from './operands';
import { writeMembers } from './write-members';

/**
 * Stores the result for the sets from argument 2 on at the key in argument 1, replacing a value of any type, and replies with its
 * size. An empty result deletes the key. The destination may be one of the sources.
 */
export function storeCombined(
  args: Arguments,
  reply: Reply,
  call: Invocation,
  combine: Combine,
  event: KeyEvent,
): void {
  const { database } = call;
  const { bytes } = args;
  const start = args.start(1);
  const end = args.end(1);
  operands.find(call, args, 2, args.count);
  const entry = prepareCombined(call, bytes, start, end, combine);
  const size = call.keyspace.values.sets.size(entry);
  if (size === 0) {
    database.discard(entry);
    // As in Redis, delete the key without checking whether it has expired.
    const old = database.findRaw(bytes, start, end);
    if (old !== 0) {
      database.remove(old);
      database.changed(KeyEvents.generic.del, bytes, start, end);
    }
  } else {
    try {
      database.attach(entry);
    } catch (error) {
      database.discard(entry);
      throw error;
    }
    database.changed(event, bytes, start, end);
  }
  reply.integer(size);
}

/** Replies with the result for the operands, which is collected in a temporary set. */
export function replyCombined(args: Arguments, reply: Reply, call: Invocation, combine: Combine): void {
  const entry = prepareCombined(call, args.bytes, 0, 0, combine);
  writeMembers(reply, call.keyspace.values.sets, entry);
  call.database.discard(entry);
}

function prepareCombined(call: Invocation, key: Uint8Array, start: number, end: number, combine: Combine): Address {
  const { database } = call;
  const entry = database.prepare(key, start, end, ValueType.set, Encoding.intset, 0);
  try {
    combine(call.keyspace.values.sets, operands, entry);
  } catch (error) {
    database.discard(entry);
    throw error;
  }
  return entry;
}
