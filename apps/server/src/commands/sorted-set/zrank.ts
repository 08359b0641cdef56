import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const zrank = defineCommand({
  name: 'zrank',
  summary: 'Determine the index of a member in a sorted set',
  since: '2.0.0',
  group: 'sorted-set',
  complexity: 'O(log(N))',
  arity: 3,
  flags: ['readonly', 'fast'],
  categories: ['sortedset'],
  keys: [keyAt(1, ['RO', 'access'])],
  arguments: [
    { name: 'key', type: 'key', keySpec: 0 },
    { name: 'member', type: 'string' },
  ],
  execute(args, reply, call) {
    const entry = findValue(call, args, 1, ValueType.sortedSet);
    if (entry === 0) return reply.null();
    const { sortedSets } = call.keyspace.values;
    const rank = sortedSets.rankOf(entry, args.bytes, args.start(2), args.end(2));
    if (rank < 0) reply.null();
    else reply.integer(rank);
  },
});
