import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValueForWrite } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import { ValueType } from '../../values/entry';

export const srem = defineCommand({
  name: 'srem',
  summary: 'Remove one or more members from a set',
  since: '1.0.0',
  group: 'set',
  complexity: 'O(N) where N is the number of members to be removed.',
  history: [['2.4.0', 'Accepts multiple `member` arguments.']],
  arity: -3,
  flags: ['write', 'fast'],
  categories: ['set'],
  keys: [keyAt(1, ['RW', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'member', type: 'string', multiple: true },
  ],
  execute(args, reply, call) {
    const { database } = call;
    const { keyspace } = call;
    const { sets } = keyspace.values;
    const start = args.start(1);
    const end = args.end(1);
    const entry = findValueForWrite(call, args, 1, ValueType.set);
    let removed = 0;
    let left = entry === 0 ? 0 : sets.size(entry);
    for (let i = 2; i < args.count && left > 0; i++) {
      if (!sets.remove(entry, args.bytes, args.start(i), args.end(i))) continue;
      removed++;
      left--;
    }
    if (removed > 0) {
      if (left === 0) database.remove(entry);
      database.changed(KeyEvents.set.srem, args.bytes, start, end, removed);
      if (left === 0) database.changed(KeyEvents.generic.del, args.bytes, start, end, 0);
    }
    reply.integer(removed);
  },
});
