import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValueForWrite } from '../../command/lookup';
import { KeyEvents } from '../../keyspace/key-event';
import { ValueType } from '../../values/entry';
import { reportRemoval } from './report-removal';

export const zrem = defineCommand({
  name: 'zrem',
  summary: 'Remove one or more members from a sorted set',
  since: '1.2.0',
  group: 'sorted-set',
  complexity:
    'O(M*log(N)) with N being the number of elements in the sorted set and M the number of elements to be removed.',
  history: [['2.4.0', 'Accepts multiple elements.']],
  arity: -3,
  flags: ['write', 'fast'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RW', 'delete'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'member', type: 'string', multiple: true },
  ],
  execute(args, reply, call) {
    const entry = findValueForWrite(call, args, 1, ValueType.sortedSet);
    if (entry === 0) return reply.integer(0);
    const { sortedSets } = call.keyspace.values;
    const { bytes } = args;
    let removed = 0;
    for (let i = 2; i < args.count && sortedSets.size(entry) > 0; i++) {
      if (sortedSets.remove(entry, bytes, args.start(i), args.end(i))) removed++;
    }
    if (removed > 0) {
      reportRemoval(call, entry, bytes, args.start(1), args.end(1), KeyEvents.sortedSet.zrem, removed);
    }
    reply.integer(removed);
  },
});
