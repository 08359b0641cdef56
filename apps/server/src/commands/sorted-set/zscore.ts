import { defineCommand } from '../../command/define-command';
import { keyAt } from '../../command/key-specification';
import { findValue } from '../../command/lookup';
import { ValueType } from '../../values/entry';

export const zscore = defineCommand({
  name: 'zscore',
  summary: 'Get the score associated with the given member in a sorted set',
  since: '1.2.0',
  group: 'sorted-set',
  complexity: 'O(1)',
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
    const score = sortedSets.scoreOf(entry, args.bytes, args.start(2), args.end(2));
    if (Number.isNaN(score)) reply.null();
    else reply.double(score);
  },
});
