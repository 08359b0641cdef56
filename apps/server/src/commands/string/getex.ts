import { defineCommand } from '../../command/define-command';
import type { Invocation } from '../../command/invocation';
import { keyAt } from '../../command/key-specification';
import { findString } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import type { Arguments } from '../../request/arguments';
import { propagateDeletion } from '../generic/propagate-deletion';
import { StringOptions } from './string-options';

/** Scratch of one call: valid until the command ends or calls another command. */
const options = new StringOptions('getex');

export const getex = defineCommand({
  name: 'getex',
  summary: 'Get the value of a key and optionally set its expiration',
  since: '6.2.0',
  group: 'string',
  complexity: 'O(1)',
  arity: -2,
  flags: ['write', 'fast'],
  categories: ['string'],
  keys: [keyAt(1, ['RW', 'access', 'update'], 'RW and UPDATE because it changes the TTL')],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    {
      name: 'expiration',
      type: 'oneof',
      optional: true,
      arguments: [
        { name: 'seconds', type: 'integer', token: 'EX' },
        { name: 'milliseconds', type: 'integer', token: 'PX' },
        { name: 'unix-time-seconds', type: 'unix-time', token: 'EXAT' },
        { name: 'unix-time-milliseconds', type: 'unix-time', token: 'PXAT' },
        { name: 'persist', type: 'pure-token', token: 'PERSIST' },
      ],
    },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { view, nowMs } = call.keyspace;
    const { form, persists } = options.read(args, 2);
    const start = args.start(1);
    const end = args.end(1);
    let entry = findString(call, args, 1);
    if (entry === 0) return reply.null();
    const deadlineMs = options.requireDeadline(call, args);
    const isOver = form?.isAbsolute === true && deadlineMs <= nowMs;
    const losesDeadline = persists && database.hasDeadline(entry);
    if (deadlineMs >= 0 && !isOver) entry = database.setDeadline(entry, deadlineMs);
    else if (losesDeadline) entry = database.clearDeadline(entry);
    reply.bulk(view.locate(entry).bytes, view.start, view.end);
    if (isOver) {
      database.remove(entry, call.keyspace.lazyFree.expire);
      database.changed(KeyEvents.generic.del, args.bytes, start, end);
      propagateDeletion(call, args, 1, call.keyspace.lazyFree.expire);
    } else if (deadlineMs >= 0) {
      database.changed(KeyEvents.generic.expire, args.bytes, start, end);
      if (call.isPropagated) propagateDeadline(call, args, deadlineMs);
    } else if (losesDeadline) {
      database.changed(KeyEvents.generic.persist, args.bytes, start, end);
      if (call.isPropagated) propagatePersist(call, args);
    }
  },
});

function propagateDeadline(call: Invocation, args: Arguments, deadlineMs: number): void {
  const command = call.propagateAs(3);
  command.bulkString('PEXPIREAT');
  command.bulk(args.bytes, args.start(1), args.end(1));
  command.bulkNumber(deadlineMs);
}

function propagatePersist(call: Invocation, args: Arguments): void {
  const command = call.propagateAs(2);
  command.bulkString('PERSIST');
  command.bulk(args.bytes, args.start(1), args.end(1));
}
