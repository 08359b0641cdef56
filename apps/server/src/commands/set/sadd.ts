import type { Address } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { keyAt } from '../../command/key-specification';
import { findValueForWrite } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import { Encoding, ValueType } from '../../values/entry';
import { AddressList } from '../generic/address-list';

export const sadd = defineCommand({
  name: 'sadd',
  summary: 'Add one or more members to a set',
  since: '1.0.0',
  group: 'set',
  complexity:
    'O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.',
  history: [['2.4.0', 'Accepts multiple `member` arguments.']],
  arity: -3,
  flags: ['write', 'denyoom', 'fast'],
  categories: ['set'],
  keys: [keyAt(1, ['RW', 'insert'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'member', type: 'string', multiple: true },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const start = args.start(1);
    const end = args.end(1);
    const entry = findValueForWrite(call, args, 1, ValueType.set);
    const count = entry === 0 ? create(args, call) : addMembers(args, call, entry);
    if (count > 0) {
      database.changed(KeyEvents.set.sadd, args.bytes, start, end, count);
    }
    reply.integer(count);
  },
});

/** Indexes of the arguments added so far, to undo them on failure. Scratch of one call: valid until the command ends or calls another command. */
const added = new AddressList();

/** Creates the set of the arguments from 2 on, and attaches it to the database once it is complete. Returns its size. */
function create(args: Arguments, call: Invocation): number {
  const { database } = call;
  const entry = database.prepare(args.bytes, args.start(1), args.end(1), ValueType.set, Encoding.intset, 0);
  try {
    const count = addMembers(args, call, entry);
    database.attach(entry);
    return count;
  } catch (error) {
    database.discard(entry);
    throw error;
  }
}

/**
 * Adds the arguments from 2 on to a set. Returns how many are new. O(bytes of the members).
 * @throws ArenaFullError when the arena is full; the set has its old members then.
 */
function addMembers(args: Arguments, call: Invocation, entry: Address): number {
  const { sets } = call.keyspace.values;
  const { bytes } = args;
  if (args.count === 3) return sets.add(entry, bytes, args.start(2), args.end(2)) ? 1 : 0;
  added.clear();
  try {
    for (let i = 2; i < args.count; i++) if (sets.add(entry, bytes, args.start(i), args.end(i))) added.push(i);
  } catch (error) {
    for (let i = 0; i < added.length; i++) sets.remove(entry, bytes, args.start(added.at(i)), args.end(added.at(i)));
    throw error;
  }
  return added.length;
}
