import type { Address } from '@nanoredis/intrusive-ds';
import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { keyAt } from '../../command/key-specification';
import { WRONG_TYPE } from '../../errors';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import { Encoding, ValueType } from '../../values/entry';

export const smove = defineCommand({
  name: 'smove',
  summary: 'Move a member from one set to another',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(1)',
  arity: 4,
  flags: ['write', 'fast'],
  categories: ['set'],
  keys: [keyAt(1, ['RW', 'access', 'delete']), keyAt(2, ['RW', 'insert'])],
  arguments: [
    { name: 'source', type: 'key', keySpec: 0 },
    { name: 'destination', type: 'key', keySpec: 1 },
    { name: 'member', type: 'string' },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { sets } = call.keyspace.values;
    const source = database.findForWrite(args.bytes, args.start(1), args.end(1));
    const target = database.findForWrite(args.bytes, args.start(2), args.end(2));
    if (source === 0) return reply.integer(0);
    if (database.typeOf(source) !== ValueType.set) throw WRONG_TYPE;
    if (target !== 0 && database.typeOf(target) !== ValueType.set) throw WRONG_TYPE;
    const isMember = sets.has(source, args.bytes, args.start(3), args.end(3));
    if (isMember && source !== target) move(args, call, source, target);
    reply.integer(isMember ? 1 : 0);
  },
});

/**
 * Moves argument 3 from a set to another one, which is created if it is 0. The events are in the order of Redis, but the member
 * is removed from its set only when no allocation can fail any more.
 */
function move(args: Arguments, call: Invocation, source: Address, existing: Address): void {
  const { database } = call;
  const { sets } = call.keyspace.values;
  const { bytes } = args;
  const [from, fromEnd] = [args.start(1), args.end(1)];
  const [to, toEnd] = [args.start(2), args.end(2)];
  const [member, memberEnd] = [args.start(3), args.end(3)];
  const isLast = sets.size(source) === 1;
  const isAbsent = existing === 0;
  const target = isAbsent ? database.prepare(bytes, to, toEnd, ValueType.set, Encoding.intset, 0) : existing;
  let isNew = true;
  try {
    isNew = sets.add(target, bytes, member, memberEnd);
    database.changed(KeyEvents.set.srem, bytes, from, fromEnd);
    if (isLast) database.changed(KeyEvents.generic.del, bytes, from, fromEnd, 0);
    if (isAbsent) database.attach(target);
  } catch (error) {
    if (isAbsent) database.discard(target);
    throw error;
  }
  if (isLast) database.remove(source);
  else sets.remove(source, bytes, member, memberEnd);
  if (isNew) database.changed(KeyEvents.set.sadd, bytes, to, toEnd);
}
