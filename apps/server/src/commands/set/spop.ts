import type { Address } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { keyAt } from '../../command/key-specification';
import { findValueForWrite } from '../../command/lookup';
import { MUST_BE_POSITIVE, SYNTAX_ERROR } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import { Encoding, ValueType } from '../../values/entry';
import type { SetCursor } from '../../values/set/set-cursor';
import { propagateDeletion } from '../generic/propagate-deletion';
import { writeMembers } from './write-members';

export const spop = defineCommand({
  name: 'spop',
  summary: 'Remove and return one or multiple random members from a set',
  since: '1.0.0',
  group: 'set',
  complexity: 'Without the count argument O(1), otherwise O(N) where N is the value of the passed count.',
  history: [['3.2.0', 'Added the `count` argument.']],
  arity: -2,
  flags: ['write', 'fast'],
  categories: ['set'],
  tips: ['nondeterministic_output'],
  keys: [keyAt(1, ['RW', 'access', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'count', type: 'integer', since: '3.2.0', optional: true },
  ],
  execute(args, reply, call) {
    if (args.count > 3) throw SYNTAX_ERROR;
    if (args.count === 3) return popMany(args, reply, call);
    const { database } = call;
    const { sets } = call.keyspace.values;
    const entry = findValueForWrite(call, args, 1, ValueType.set);
    if (entry === 0) return reply.null();
    const member = sets.random(entry);
    reply.bulk(member.bytes, member.start, member.end);
    propagateRemoval(call, args, member);
    sets.removeAt(entry, member);
    const isEmpty = sets.size(entry) === 0;
    if (isEmpty) database.remove(entry);
    database.changed(KeyEvents.set.spop, args.bytes, args.start(1), args.end(1));
    if (isEmpty) database.changed(KeyEvents.generic.del, args.bytes, args.start(1), args.end(1), 0);
  },
});

/** If at most 1/5 as many members remain as are popped, the remaining ones are selected: SPOP_MOVE_STRATEGY_MUL of Redis. */
const MOVE_STRATEGY_FACTOR = 5;

function popMany(args: Arguments, reply: Reply, call: Invocation): void {
  const wanted = args.requireIntegerBetween(2, 0, Number.POSITIVE_INFINITY, MUST_BE_POSITIVE);
  const { database } = call;
  const { keyspace } = call;
  const { sets } = keyspace.values;
  const entry = findValueForWrite(call, args, 1, ValueType.set);
  if (entry === 0 || wanted === 0) {
    reply.set(0);
    return;
  }
  const size = sets.size(entry);
  const count = Math.min(wanted, size);
  if (count === size) {
    // Redis implements this by SUNION, which looks up the key again.
    keyspace.hits++;
    writeMembers(reply, sets, entry);
    database.remove(entry);
    propagateDeletion(call, args, 1, false);
  } else if ((size - count) * MOVE_STRATEGY_FACTOR > count) {
    popRandom(args, reply, call, entry, count);
  } else {
    keepRandom(args, reply, call, entry, size - count);
  }
  database.changed(KeyEvents.set.spop, args.bytes, args.start(1), args.end(1), count);
  if (count === size) database.changed(KeyEvents.generic.del, args.bytes, args.start(1), args.end(1), 0);
}

/** Pops `count` random members of a larger set. O(count), in an intset O(count * size). */
function popRandom(args: Arguments, reply: Reply, call: Invocation, entry: Address, count: number): void {
  const { sets } = call.keyspace.values;
  reply.set(count);
  for (let i = 0; i < count; i++) {
    const member = sets.random(entry);
    reply.bulk(member.bytes, member.start, member.end);
    propagateRemoval(call, args, member);
    sets.removeAt(entry, member);
  }
}

/**
 * Pops all but `count` random members of a set. As in Redis, the remaining members become a new value with its own encoding.
 * O(size).
 */
function keepRandom(args: Arguments, reply: Reply, call: Invocation, entry: Address, count: number): void {
  const { database } = call;
  const { sets } = call.keyspace.values;
  const kept = database.prepare(args.bytes, 0, 0, ValueType.set, Encoding.intset, 0);
  try {
    while (sets.size(kept) < count) sets.addMember(kept, sets.random(entry));
  } catch (error) {
    database.discard(kept);
    throw error;
  }
  reply.set(sets.size(entry) - count);
  const { cursor } = sets;
  for (cursor.begin(entry); cursor.advance(); ) {
    if (sets.hasMember(kept, cursor)) continue;
    cursor.spell();
    reply.bulk(cursor.bytes, cursor.start, cursor.end);
    propagateRemoval(call, args, cursor);
  }
  sets.exchange(entry, kept);
  database.discard(kept);
}

/** Propagates the removal of the member that a cursor is at, which is another one wherever the command is executed. */
function propagateRemoval(call: Invocation, args: Arguments, member: SetCursor): void {
  if (!call.isPropagated) return;
  const command = call.propagateAs(3);
  command.bulkString('SREM');
  command.bulk(args.bytes, args.start(1), args.end(1));
  command.bulk(member.bytes, member.start, member.end);
}
